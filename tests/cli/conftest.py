import shutil
from pathlib import Path

import pytest

from app import i18n
from app.cli import main
from app.config import HOME, Settings, Workspace, save
from tests import postgres
from tests.cli.running import SAMPLES, runner


@pytest.fixture(autouse=True)
def own_machine(tmp_path, monkeypatch):
    """What this computer remembers goes to a folder of the test; the language is English."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def sampled_folder(tmp_path_factory):
    """A workspace with sample customers, to be copied."""
    folder = tmp_path_factory.mktemp("sampled") / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME, str(tmp_path_factory.mktemp("home")))
        assert main(["--workspace", str(folder), "sample", "--customers", str(SAMPLES)]) == 0
    return folder


@pytest.fixture
def workspace(sampled_folder, tmp_path):
    """A workspace with 40 sample customers and their staff."""
    return Path(shutil.copytree(sampled_folder, tmp_path / "workspace"))


@pytest.fixture
def team_workspace(backend, request, tmp_path):
    """The same on each database."""
    if backend == "sqlite":
        yield request.getfixturevalue("workspace")
        return
    server = request.getfixturevalue("postgres_server")
    url = postgres.fresh_database(server, request.getfixturevalue("postgres_template"))
    folder = tmp_path / "team"
    save(Settings(database_url=url), Workspace(folder).settings)
    assert main(["--workspace", str(folder), "sample", "--customers", str(SAMPLES)]) == 0
    yield folder
    postgres.drop_database(url)


@pytest.fixture
def shuke(workspace, capsys):
    """Runs a command in the workspace: exit code, output, complaints."""
    return runner(workspace, capsys)


@pytest.fixture
def team_shuke(team_workspace, capsys):
    capsys.readouterr()
    return runner(team_workspace, capsys)
