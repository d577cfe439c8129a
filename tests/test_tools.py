import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import native
from tools.display import has_display, is_command

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"([a-z0-9-]+)==(\S+)")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def wanted(group: str | None) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize(
    ("platform", "environment", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
        ("win32", {"QT_QPA_PLATFORM": "minimal:freetype"}, False),
    ],
)
def test_a_display_is_where_somebody_could_see_a_window(platform, environment, seen):
    assert has_display(platform, environment) is seen


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], False),
        (["--workspace", "find"], False),
        (["--workspace=here", "--as", "王伟"], False),
        (["find", "zs"], True),
        (["--workspace", "here", "report", "customers"], True),
        (["--help"], True),
    ],
)
def test_only_a_command_does_without_a_window(arguments, command):
    assert is_command(arguments) is command


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(lock):
    comment, *lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert comment.startswith("# Made from pyproject.toml")
    other = [line for line in lines if not PIN.match(line) and not HASH.fullmatch(line)]
    assert other == []
    bare = [one for one, two in pairwise(lines) if PIN.match(one) and not HASH.match(two)]
    assert bare == []


@pytest.mark.parametrize(("lock", "group"), [(LOCKS[0], None), (LOCKS[1], None), (LOCKS[1], "dev")])
def test_a_lock_is_in_line_with_the_project_file(lock, group):
    locked = pins(lock)
    amiss = [
        str(requirement)
        for requirement in wanted(group)
        for version in [locked.get(requirement.name.lower().replace("_", "-"))]
        if version is None or version not in requirement.specifier
    ]
    assert amiss == []


def test_both_locks_name_the_same_versions():
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items()


@pytest.mark.parametrize("package", ["pyside6-essentials", "shiboken6", "sqlcipher3", "numpy"])
def test_compiled_packages_are_locked_for_several_systems(package):
    text = (ROOT / LOCKS[0]).read_text(encoding="utf-8")
    block = re.search(rf"^{package}==.*\n((?:    --hash.*\n)+)", text, re.MULTILINE)
    assert block is not None
    assert block[1].count("sha256:") >= 4


def test_a_library_that_does_not_load_is_named_with_its_package():
    there = Path(sys.modules["_ctypes"].__file__)
    wanted = {str(there): "python3", "libshuke-none.so.1": "libshuke-none1"}
    assert native.missing_libraries(wanted) == {"libshuke-none.so.1": "libshuke-none1"}


def test_where_nothing_can_be_installed_the_packages_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"\(on Debian: libegl1\)"):
        native.install_packages(["libegl1"], "Qt needs libEGL.so.1.")


class Checkout:
    """A small project with the real tools; its program tells how it was started."""

    PROGRAM = "import sys; print(sys.prefix, *sys.argv[1:], sep='|'); sys.exit(7)\n"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.stamp = root / ".venv" / "shuke-stamp"
        self.made = root / ".venv" / "pyvenv.cfg"
        shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("*.pyc"))
        self.write_locks("# nothing to install\n")
        (root / "main.py").write_text(self.PROGRAM)
        (root / "app").mkdir()
        (root / "app" / "part.py").write_text("")

    def write_locks(self, content: str) -> None:
        for lock in LOCKS:
            (self.root / lock).write_text(content)

    def dev(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.run(
            [sys.executable, self.root / "tools" / "dev.py", *arguments],
            cwd=self.root.parent,
            env=environment,
            capture_output=True,
            text=True,
        )


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A checkout whose environment was made by its first start, with the stamp it left."""
    checkout = Checkout(tmp_path_factory.mktemp("checkout") / "shuke")
    first = checkout.dev("run", "find", "张三")
    assert first.returncode == 7, first.stderr
    return checkout, checkout.stamp.read_text()


@pytest.fixture
def ready(started):
    """As after its first start, whatever another test did to it."""
    checkout, stamp = started
    checkout.write_locks("# nothing to install\n")
    checkout.stamp.write_text(stamp)
    return checkout


def test_the_program_gets_its_arguments_and_its_exit_code_comes_back(ready):
    done = ready.dev("run", "find", "张三", "--json")
    assert (done.returncode, done.stdout) == (7, f"{ready.root / '.venv'}|find|张三|--json\n")


def test_a_second_start_installs_nothing_and_says_nothing(ready):
    before = ready.made.stat().st_mtime_ns, ready.stamp.stat().st_mtime_ns
    assert ready.dev("run", "--help").stderr == ""
    assert (ready.made.stat().st_mtime_ns, ready.stamp.stat().st_mtime_ns) == before


def test_the_program_is_compiled_even_where_python_writes_no_caches(ready, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    shutil.rmtree(ready.root / "app" / "__pycache__", ignore_errors=True)
    assert ready.dev("run", "--help").stderr == ""
    assert list((ready.root / "app" / "__pycache__").glob("part.*.pyc"))


def test_a_changed_lock_is_installed_into_the_same_environment(ready):
    made = ready.made.stat().st_mtime_ns
    ready.write_locks("# still nothing to install\n")
    assert "Installing the packages of requirements.lock" in ready.dev("run", "--help").stderr
    assert ready.dev("run", "--help").stderr == ""
    assert ready.made.stat().st_mtime_ns == made


def test_an_environment_with_another_python_is_made_anew(ready):
    lines = ready.stamp.read_text().splitlines()
    old = ["interpreter elsewhere" if line.startswith("interpreter") else line for line in lines]
    ready.stamp.write_text("\n".join(old))
    made = ready.made.stat().st_mtime_ns
    assert "Making the environment" in ready.dev("run", "--help").stderr
    assert ready.made.stat().st_mtime_ns > made


def test_a_failed_installation_is_said_and_tried_again(ready):
    ready.write_locks("./nowhere.whl --hash=sha256:" + "0" * 64 + "\n")
    for _ in range(2):
        failed = ready.dev("run", "--help")
        assert failed.returncode == 1
        assert "The packages could not be installed" in failed.stderr
    ready.write_locks("# mended\n")
    assert ready.dev("run", "--help").returncode == 7


def test_what_setup_installs_serves_the_program_as_well(ready):
    assert ready.dev("setup").returncode == 0
    assert ready.dev("run", "--help").stderr == ""


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--help",), 0), (("shot",), 2)])
def test_the_commands_are_listed_when_none_is_known(ready, arguments, code):
    done = ready.dev(*arguments)
    assert done.returncode == code
    assert "bench [OPTIONS]" in done.stdout + done.stderr
