"""What holds for the whole program: who imports whom, what start-up loads, what is not written."""

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
SCREENS = APP / "ui"
MOST_LINES = 600
# Alembic runs this file itself, with a context that exists only then.
RUN_BY_ALEMBIC = {"app.migrations.env"}
KNOWS_QT = ("app.ui", "app.cli", "app.bootstrap")
LATE = ("matplotlib", "alembic", "psycopg", "openpyxl", "scipy", "pandas")
IMPORT_AND_TELL = """
import importlib, sys
*names, unwanted = sys.argv[1:]
for name in names:
    importlib.import_module(name)
unwanted = unwanted.split(",")
print(*[name for name in unwanted if name in sys.modules])
"""

Rule = Callable[[ast.AST], Iterator[int]]


def loaded(modules: list[str], unwanted: tuple[str, ...]) -> str:
    """Which of the unwanted modules a fresh process has after importing these."""
    command = [sys.executable, "-c", IMPORT_AND_TELL, *modules, ",".join(unwanted)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def module_name(source: Path) -> str:
    parts = source.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources(*folders: Path, but: tuple[Path, ...] = ()) -> list[Path]:
    found = [source for folder in folders for source in sorted(folder.rglob("*.py"))]
    return [source for source in found if not any(source.is_relative_to(one) for one in but)]


def places(rule: Rule, files: list[Path]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{line}"
        for file in files
        for line in rule(ast.parse(file.read_text(encoding="utf-8")))
    ]


def past_visibility(tree: ast.AST) -> Iterator[int]:
    """Ways to the tables that the criteria of db/visibility.py do not reach."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="__table__" | "from_select" | "exec_driver_sql"):
                yield node.lineno


def raw_sql(tree: ast.AST) -> Iterator[int]:
    """SQL in strings: sqlalchemy's text()."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("sqlalchemy"):
                if any(name.name == "text" for name in names):
                    yield node.lineno
            case ast.Attribute(value=ast.Name("sqlalchemy" | "sa"), attr="text"):
                yield node.lineno


def role_compared_as_enum(tree: ast.AST) -> Iterator[int]:
    """`role == Qt.ItemDataRole.…` and its kin: nine times slower than with plain numbers."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                if any(is_role(part) for side in (left, *others) for part in elements(side)):
                    yield node.lineno
            case ast.match_case(pattern=pattern):
                values = [n.value for n in ast.walk(pattern) if isinstance(n, ast.MatchValue)]
                if any(is_role(value) for value in values):
                    yield pattern.lineno


def elements(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple | ast.Set | ast.List) else [node]


def is_role(node: ast.expr) -> bool:
    text = ast.unparse(node)
    return text.startswith("Qt.") and text.endswith("Role")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ((node.lineno, f"{module}.{name.name}") for name in names)


def screen(name: str) -> str:
    """The screen a module belongs to: `customers` of app.ui.customers.page, or nothing."""
    package = name.removeprefix("app.ui.").partition(".")[0]
    is_screen = name.startswith("app.ui.") and (SCREENS / package).is_dir()
    return package if is_screen and package != "widgets" else ""


def test_imports_point_downwards():
    lint = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert lint == EXIT_STATUS_SUCCESS


def test_nothing_below_the_user_interface_loads_qt_or_pyplot():
    modules = [module_name(source) for source in sources(APP)]
    below = [m for m in modules if not m.startswith(KNOWS_QT) and m not in RUN_BY_ALEMBIC]
    assert loaded(below, ("PySide6", "matplotlib.pyplot")) == ""


@pytest.mark.parametrize("module", ["app.cli", "app.bootstrap", "app.ui.main_window"])
def test_start_up_does_not_load_what_is_needed_later(module):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} does not exist yet")
    assert loaded([module], LATE) == ""


def test_the_program_needs_no_package_that_its_lock_does_not_name():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    installed = {
        module: {re.sub(r"[-_.]+", "-", name).lower() for name in names}
        for module, names in packages_distributions().items()
    }
    ours = {"app", "tools", *sys.stdlib_module_names}
    found = {
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in [ROOT / "main.py", *sources(APP, ROOT / "tools")]
        for line, name in imported(ast.parse(file.read_text(encoding="utf-8")))
        if (top := name.partition(".")[0]) not in ours and not installed.get(top, set()) & locked
    }
    assert found == set()


def test_no_screen_imports_another():
    found = [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in sources(SCREENS)
        for line, name in imported(ast.parse(file.read_text(encoding="utf-8")))
        if (own := screen(module_name(file))) or file.is_relative_to(SCREENS / "widgets")
        if screen(name) not in {"", own}
    ]
    assert found == []


def test_no_file_passes_the_ceiling():
    lines = {file: file.read_text(encoding="utf-8").count("\n") for file in sources(APP)}
    assert [f"{f.relative_to(ROOT)}: {n}" for f, n in lines.items() if n > MOST_LINES] == []


def test_only_the_database_layer_reaches_past_visibility():
    layer = (APP / "db", APP / "migrations")
    assert places(past_visibility, sources(APP, but=layer)) == []
    # a table's definition names conditions of its indexes; it has no session to run SQL with
    assert places(raw_sql, sources(APP, but=(*layer, APP / "models"))) == []


def test_models_compare_roles_as_numbers():
    assert places(role_compared_as_enum, sources(SCREENS)) == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (past_visibility, "select(Customer.__table__)"),
        (past_visibility, "insert(Change).from_select(['id'], select(Customer.id))"),
        (past_visibility, "session.connection().exec_driver_sql('SELECT 1')"),
        (raw_sql, "from sqlalchemy import select, text"),
        (raw_sql, "from sqlalchemy.sql.expression import text as plain"),
        (raw_sql, "import sqlalchemy as sa\nsa.text('SELECT 1')"),
        (role_compared_as_enum, "role == Qt.ItemDataRole.DisplayRole"),
        (role_compared_as_enum, "Qt.DisplayRole != role"),
        (role_compared_as_enum, "role in (Qt.ItemDataRole.EditRole, DISPLAY)"),
        (role_compared_as_enum, "match role:\n case Qt.ItemDataRole.DisplayRole: pass"),
    ],
)
def test_a_rule_finds_what_it_forbids(rule, code):
    assert list(rule(ast.parse(code))) != []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (raw_sql, "label.text()"),
        (raw_sql, "from app.ui.widgets import text"),
        (role_compared_as_enum, "DISPLAY = int(Qt.ItemDataRole.DisplayRole)\nrole == DISPLAY"),
        (role_compared_as_enum, "orientation == Qt.Orientation.Horizontal"),
    ],
)
def test_a_rule_leaves_alone_what_is_right(rule, code):
    assert list(rule(ast.parse(code))) == []
