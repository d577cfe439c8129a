"""Data files of libraries, read without importing the library: that costs more than the data."""

from importlib.util import find_spec
from pathlib import Path


def library_text(package: str, *path: str) -> str:
    """The text of a data file that an installed package carries.

    Raises:
        ModuleNotFoundError: the package is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0], *path).read_text(encoding="utf-8")
