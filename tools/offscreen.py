"""What the program does where nobody could see a window: the same work, written to files."""

import shutil
import subprocess
from pathlib import Path

from tools.environment import ROOT, say

DRAW = """
import sys
from pathlib import Path
from tools.shots import main
sys.exit(main(Path(sys.argv[1]), quick=sys.argv[2:] == ["quick"]))
"""


def tour(python: str) -> int:
    """A sample workspace, a picture of every screen and a workbook, in the folder build/tour."""
    folder = ROOT / "build" / "tour"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    workspace, workbook, chart = (
        folder / name for name in ("workspace", "customers.xlsx", "customers.png")
    )
    main = [python, "main.py", "--workspace", str(workspace)]
    say("There is no display here, so the screens go to files.")
    steps = {
        "Making a workspace with 1,000 sample customers": [
            *main,
            "sample",
            "--customers",
            "1000",
            "--seed",
            "1",
        ],
        "Writing the workbook": [
            *main,
            "report",
            "customers",
            "--xlsx",
            str(workbook),
            "--png",
            str(chart),
        ],
        "Drawing every screen": _drawing(python, folder / "screens", "quick"),
    }
    for title, command in steps.items():
        say(f"{title} …")
        if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
            say(f"That failed; the program says above why. What was written is in {folder}.")
            return code
    print(
        f"Screens    {folder / 'screens'}\n"
        f"Workbook   {workbook}\n"
        f"Chart      {chart}\n"
        f"Workspace  {workspace}\n"
        "Where there is a display, the same command opens the window."
    )
    return 0


def draw_screens(python: str, folder: Path) -> int:
    """Every screen in every theme, language and scale."""
    code = subprocess.run(_drawing(python, folder), cwd=ROOT, check=False).returncode
    if not code:
        print(f"Screens    {folder}")
    return code


def _drawing(python: str, folder: Path, *options: str) -> list[str]:
    return [python, "-c", DRAW, str(folder), *options]
