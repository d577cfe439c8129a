"""PySide6 6.12.0 drops a reference to None with every call of some methods and then aborts.

On Python 3.11 None is counted like everything else; from 3.12 on it is immortal and the loss
cannot be seen, nor does it harm.
"""

import subprocess
import sys
from importlib.metadata import version

import pytest

CALLS = 2000
PROBE = f"""
import sys
from PySide6.QtWidgets import QApplication, QLabel, QWidget
application = QApplication([])
parent = QWidget()
label = QLabel(parent)
before = sys.getrefcount(None)
for number in range({CALLS}):
    label.setText(str(number))
    label.parent()
    label.setToolTip("")
lost = before - sys.getrefcount(None)
print(lost)
sys.stdout.flush()
"""


def test_the_release_that_loses_references_is_not_installed():
    assert tuple(map(int, version("PySide6_Essentials").split(".")[:2])) < (6, 12)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_do_not_lose_references_to_none():
    # in a process of its own: a release that loses them would take the whole suite down
    probe = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True)
    assert probe.returncode == 0, probe.stderr
    assert int(probe.stdout) < CALLS // 10
