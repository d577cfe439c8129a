"""Measurements in the real window: every one in a fresh process, offscreen at 1360 × 860."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from app.config import Workspace
from tests.benchmarks.bare import search_index
from tests.benchmarks.figures import Figure, middle, p95
from tests.benchmarks.large import ROOT
from tests.benchmarks.page import prepare
from tools.display import offscreen

STARTS = 5


def measure(made: Workspace, home: Path) -> dict[str, Figure]:
    """start_to_list, key_median, key_p95, scroll_p95, jump_end, rss_mb."""
    _child("start", made, home)
    bare = [_child("bare", made, home) for _ in range(STARTS)]
    starts = [_child("start", made, home) for _ in range(STARTS)]
    found = _child("script", made, home)
    if found["unanswered"]:
        sys.stderr.write(f"never answered: {found['unanswered']}\n")
    keys = [seconds * 1000 for _, seconds in found["keys"]]
    slowest = sorted(found["keys"], key=lambda one: -one[1])[:5]
    shown = ", ".join(f"{text} {seconds * 1000:.0f} ms" for text, seconds in slowest)
    sys.stderr.write(f"slowest keys: {shown}\n")
    least = search_index(made) + found["frame"] * 1000
    return {
        "start_to_list": Figure(_took(starts), _took(bare)),
        "key_median": Figure(middle(keys), least),
        "key_p95": Figure(p95(keys), least),
        "scroll_p95": Figure(p95(found["scroll"]) * 1000),
        "jump_end": Figure(found["jump"] * 1000),
        "rss_mb": Figure(found["rss"], middle([one["rss"] for one in bare])),
    }


def measure_page(scratch: Workspace, home: Path) -> dict[str, Figure]:
    """open_customer, open_customer_10k, log_call: in a workspace that is written to."""
    found = _child("page", scratch, home, str(prepare(scratch)))
    return {
        "open_customer": Figure(middle(found["open"])),
        "open_customer_10k": Figure(middle(found["open_long"])),
        "log_call": Figure(middle(found["log"])),
    }


def _took(found: list[dict[str, Any]]) -> float:
    return middle([one["painted"] - one["begun"] for one in found])


def _child(mode: str, made: Workspace, home: Path, *more: str) -> dict[str, Any]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": offscreen(home, 1920, 1080),
        "SHUKE_HOME": str(home),
        "QT_SCALE_FACTOR": "1",
    }
    module = "tests.benchmarks.page" if mode == "page" else "tests.benchmarks.window"
    what = [] if mode == "page" else [mode]
    command = [sys.executable, "-m", module, *what, str(made.folder), *more]
    begun = time.time()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    if not done.stdout:
        raise RuntimeError(f"the window did not answer ({mode}):\n{done.stderr}")
    return {**json.loads(done.stdout.splitlines()[-1]), "begun": begun}
