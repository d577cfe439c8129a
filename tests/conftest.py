"""What every test may ask for."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder with real files from elsewhere; what reads them is skipped where they are absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder with real files (shared/data) is not beside the project")
    return SHARED_DATA
