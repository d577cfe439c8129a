"""What every test may ask for."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from app.db.database import Database
from tests import databases, postgres

# how fast the program is, the benchmark says: a busy machine fails no test
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
DATABASES = ("sqlite", "postgres")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        default="sqlite",
        type=lambda text: text.split(","),
        help="which databases to test on, with a comma between: sqlite (the default), postgres",
    )
    parser.addoption(
        "--late",
        default=0.0,
        type=float,
        metavar="SECONDS",
        help="how much later than it could, at most, background work begins and is handed over:"
        " shows the tests that do not wait for what they look at",
    )


def pytest_configure(config: pytest.Config) -> None:
    for name in DATABASES:
        config.addinivalue_line("markers", f"{name}: needs this database; see --databases")
    chosen = config.getoption("databases")
    if unknown := set(chosen) - set(DATABASES):
        raise pytest.UsageError(f"--databases: {', '.join(sorted(unknown))} is none of {DATABASES}")
    if "postgres" in chosen and not hasattr(config, "workerinput"):
        # before any worker process starts: they inherit its address
        stack = contextlib.ExitStack()
        config.add_cleanup(stack.close)
        try:
            address = stack.enter_context(postgres.server())
        except postgres.NoServer as missing:
            raise pytest.UsageError(str(missing)) from None
        stack.enter_context(_environment(postgres.ADDRESS, address))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = set(DATABASES) - set(config.getoption("databases"))
    marks = {item: {mark.name for mark in item.iter_markers()} for item in items}
    config.hook.pytest_deselected(items=[item for item in items if marks[item] & left_out])
    items[:] = [item for item in items if not marks[item] & left_out]


@contextlib.contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


@pytest.fixture(params=[pytest.param(name, marks=getattr(pytest.mark, name)) for name in DATABASES])
def backend(request: pytest.FixtureRequest) -> str:
    """Every test that asks for it runs once on each database: "sqlite", then "postgres"."""
    return request.param


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Address of the server of this run; only for tests with the mark `postgres`."""
    return os.environ[postgres.ADDRESS]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder with real files from elsewhere; what reads them is skipped where they are absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder with real files (shared/data) is not beside the project")
    return SHARED_DATA


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("template") / "shuke.db"
    databases.make_template(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Address of a migrated, empty database to copy."""
    url = postgres.fresh_database(postgres_server)
    databases.make_template(url)
    return url


@pytest.fixture
def db(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty workspace's database, once on each backend; writes past the journal fail."""
    if backend == "sqlite":
        made = databases.sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        template = request.getfixturevalue("postgres_template")
        made = databases.postgresql(template, request.getfixturevalue("postgres_server"))
    with made as database:
        yield database
