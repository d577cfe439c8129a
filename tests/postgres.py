"""A PostgreSQL server for one test run, and empty databases on it.

`SHUKE_TEST_POSTGRES=postgresql+psycopg://user:password@host/postgres` names a server that is there
already; otherwise one is started on the loopback address in a folder of its own and stopped at the
end. Its texts sort by ICU rules, not by bytes: most servers in use do not sort by bytes either, so
what leans on byte order must say so itself.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

ADDRESS = "SHUKE_TEST_POSTGRES"
OLDEST = 15
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "timezone": "UTC",
    "lc_messages": "C",
}


class NoServer(Exception):
    """There is no PostgreSQL to test on; the text says what was looked for."""


def available() -> bool:
    """Whether `server()` has something to offer, found out without starting anything."""
    return bool(os.environ.get(ADDRESS)) or _binaries() is not None


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Address of a running server (its `postgres` database), whose user may create databases.

    Raises NoServer where there is neither an address nor a server program.
    """
    if given := os.environ.get(ADDRESS):
        yield given
        return
    binaries = _binaries()
    if binaries is None:
        raise NoServer(
            f"No PostgreSQL server program ({OLDEST} or newer) was found with pg_config, in"
            f" /usr/lib/postgresql or on PATH, and {ADDRESS} is not set."
        )
    with _own_folder() as folder, _running(binaries, folder) as address:
        yield address


def fresh_database(server_url: str, template: str | None = None) -> str:
    """Address of a new database: empty, or a copy of the database at the address `template`.

    Nobody may be connected to `template` meanwhile.
    """
    name = f"shuke_{secrets.token_hex(6)}"
    source = make_url(template).database if template else "template0"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _execute(server_url, statement.format(sql.Identifier(name), sql.Identifier(source)))
    return _text(make_url(server_url).set(database=name))


def drop_database(url: str) -> None:
    """Remove the database, closing whatever is still connected to it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    name = sql.Identifier(make_url(url).database)
    _execute(_text(make_url(url).set(database="postgres")), statement.format(name))


def _execute(url: str, statement: sql.Composable) -> None:
    plain = _text(make_url(url).set(drivername="postgresql"))
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _binaries() -> Path | None:
    """Folder of the newest server that is new enough."""
    found = {folder: _version(folder) for folder in _candidates()}
    fit = [folder for folder, version in found.items() if version >= OLDEST]
    return max(fit, key=found.__getitem__, default=None)


def _candidates() -> set[Path]:
    folders = set(Path("/usr/lib/postgresql").glob("*/bin"))
    if on_path := shutil.which("postgres"):
        folders.add(Path(on_path).resolve().parent)
    if pg_config := shutil.which("pg_config"):
        asked = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.add(Path(asked.stdout.strip()))
    return {
        f for f in folders if shutil.which("initdb", path=f) and shutil.which("postgres", path=f)
    }


def _version(binaries: Path) -> int:
    said = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout  # "postgres (PostgreSQL) 15.10 (Debian …)", "… 18beta1"
    digits = "".join(c if c.isdigit() else " " for c in said.split(") ", 1)[1])
    return int(digits.split()[0])


def _owner() -> str | None:
    """Whom the server runs as: it refuses root, so then the first of these that exists."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    there = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in there)


def _as_owner() -> dict:
    """How subprocess starts a program as that user."""
    if (owner := _owner()) is None:
        return {}
    import pwd

    return {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []}


@contextlib.contextmanager
def _own_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="shuke-postgres-"))
    if (owner := _owner()) is not None:
        shutil.chown(folder, owner)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[str]:
    password = secrets.token_urlsafe(18)
    _initialise(binaries, folder, password)
    port = _free_port()
    settings = {**SETTINGS, "port": str(port)}
    command = [binaries / "postgres", "-D", folder / "data"]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*_tied_to_this_process(), *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **_as_owner(),
        )
    address = f"postgresql+psycopg://postgres:{password}@127.0.0.1:{port}/postgres"
    try:
        _wait_until_ready(process, address, folder / "log")
        yield address
    finally:
        # a fast shutdown: whatever a failed test left connected is closed
        process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        process.wait(START_SECONDS)


def _initialise(binaries: Path, folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if (owner := _owner()) is not None:
        shutil.chown(secret, owner)
    made = subprocess.run(
        [
            *(binaries / "initdb", "--pgdata", folder / "data", "--username=postgres"),
            *("--pwfile", secret, "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"),
            *("--no-locale", "--locale-provider=icu", "--icu-locale=und"),
        ],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **_as_owner(),
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")


def _tied_to_this_process() -> list[str]:
    """So that the server ends with this process even when that is killed (Linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT"] if setpriv else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(process: subprocess.Popen, address: str, log: Path) -> None:
    url = _text(make_url(address).set(drivername="postgresql"))
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
