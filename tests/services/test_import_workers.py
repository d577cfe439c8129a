import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
import os, sys
from app.services.import_workers import Helpers

def main():
    with Helpers(writes=False) as helpers:
        (pid, _), = helpers.in_order(os.getpid, [(None, ())])
        print(pid, flush=True)
        sys.stdin.read()

if __name__ == "__main__":
    main()
"""


def test_helpers_end_with_the_program_even_if_it_is_killed(tmp_path):
    script = tmp_path / "program.py"
    script.write_text(PROGRAM, "utf-8")
    program = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with program:
        helper = int(program.stdout.readline())
        assert os.kill(helper, 0) is None
        program.kill()
        program.wait()
        # what the helper holds open of the program's output is closed when it has ended
        assert program.stdout.read() == ""
