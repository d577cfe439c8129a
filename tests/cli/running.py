"""Running commands inside the test's own process."""

import json

from app.cli import main

SAMPLES = 40
"""Customers in the sample workspace."""


def runner(folder, capsys):
    """A function that runs a command in this workspace: exit code, output, complaints."""

    def run(*arguments, at=folder):
        capsys.readouterr()
        code = main(["--workspace", str(at), *map(str, arguments)])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def parsed(result):
    """The JSON of a command that succeeded."""
    code, output, complaint = result
    assert code == 0, complaint
    return json.loads(output)
