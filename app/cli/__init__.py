"""The command line: without a command the window, with one the same work without a window."""

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; returns the exit code: 0, 1 (failed) or 2 (bad usage)."""
    if arguments:
        # the parser takes time that the start of the window need not spend
        from app.cli.commands import run

        return run(arguments)
    from app.bootstrap import run_window

    return run_window(None, "")
