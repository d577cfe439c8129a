"""Measure: python -m tests.benchmarks [--customers N] [--json] [--keep FOLDER]."""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import in_services, in_window, large
from tests.benchmarks.figures import BUDGETS, Figure, line, result


def main() -> int:
    options = _options()
    keep = options.keep.absolute() if options.keep else None
    made = large.workspace(options.customers, keep)
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as home:
        os.environ["SHUKE_HOME"] = home
        with large.held(made):
            figures |= in_window.measure(made, Path(home))
        scratch = large.copy(made, keep)
        try:
            with large.held(scratch):
                figures |= in_window.measure_page(scratch, Path(home))
                figures |= in_services.measure(made, scratch)
        finally:
            shutil.rmtree(scratch.folder, ignore_errors=True)
    results = {key: result(key, figures.get(key)) for key in BUDGETS}
    if options.json:
        sys.stdout.write(json.dumps({"machine": machine(), "results": results}) + "\n")
    else:
        sys.stdout.write(f"{options.customers:,} customers on {machine()}\n")
        for key, found in results.items():
            sys.stdout.write(line(key, found) + "\n")
    return 0


def machine() -> str:
    """What the figures depend on, without names."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()},"
        f" Python {platform.python_version()}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the workspace is kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
