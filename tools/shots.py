"""Every screen in every theme, language and scale, on one sheet a screen, and what is wrong."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from tools.drawing import PARTS
from tools.environment import ROOT

FULL: Final = ("zh_CN_light_1x", "zh_TW_dark_1x", "en_dark_2x")
"""Looks that are kept at full size, to be read."""
COLUMNS: Final = 4
WIDTH: Final = 720
CAPTION: Final = 22
_SHOWN: Final = 60


def main(folder: Path, *, quick: bool) -> int:
    """Draw into the folder; 1 when something is cut, overlaps, is untranslated or hard to read.

    `quick` draws two looks in one scale, to be looked at; the rest is for checking a change.
    """
    parts = folder / PARTS
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    scales = (1,) if quick else (1, 2)
    drawing = [
        subprocess.Popen(
            [sys.executable, "-m", "tools.drawing", str(folder), str(scale)]
            + (["quick"] if quick else []),
            cwd=ROOT,
        )
        for scale in scales
    ]
    codes = [one.wait() for one in drawing]
    if any(codes):
        print("Drawing failed; the error is above.")
        return 1
    _keep_full(folder, every=quick)
    _sheets(folder)
    return _report(folder, scales)


def _keep_full(folder: Path, *, every: bool) -> None:
    """The looks to be read, at full size."""
    target = folder / "full"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for picture in sorted((folder / PARTS).glob("*.png")):
        if every or any(picture.stem.endswith(look) for look in FULL):
            shutil.copyfile(picture, target / picture.name)


def _sheets(folder: Path) -> None:
    """All looks of a screen on one picture, made small."""
    screens: dict[str, list[Path]] = {}
    for picture in sorted((folder / PARTS).glob("*.png")):
        screen = next(
            picture.stem.partition(mark)[0]
            for mark in ("_zh_CN_", "_zh_TW_", "_en_")
            if mark in picture.stem
        )
        screens.setdefault(screen, []).append(picture)
    for screen, pictures in screens.items():
        _sheet(pictures).save(folder / f"{screen}.png")


def _sheet(pictures: list[Path]) -> Image.Image:
    small = []
    for path in pictures:
        with Image.open(path) as image:
            height = round(image.height * WIDTH / image.width)
            small.append(image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS))
    tallest = max(part.height for part in small) + CAPTION
    columns = min(COLUMNS, len(small))
    rows = -(-len(small) // columns)
    made = Image.new("RGB", (columns * (WIDTH + 8), rows * (tallest + 8)), "#808080")
    pen = ImageDraw.Draw(made)
    for place, (path, part) in enumerate(zip(pictures, small, strict=True)):
        left, top = place % columns * (WIDTH + 8), place // columns * (tallest + 8)
        pen.text((left + 4, top + 4), path.stem, fill="#FFFFFF")
        made.paste(part, (left, top + CAPTION))
    return made


def _report(folder: Path, scales: tuple[int, ...]) -> int:
    """Print what is wrong, each thing once, and keep the whole list beside the pictures."""
    found: list[list[str]] = []
    for scale in scales:
        listed = folder / PARTS / f"faults_{scale}.json"
        found += json.loads(listed.read_text(encoding="utf-8"))
    text = "\n".join(": ".join(one) for one in found)
    (folder / "faults.txt").write_text(text + "\n", encoding="utf-8")
    if not found:
        print("Nothing is cut off, overlaps, is untranslated or hard to read.")
        return 0
    for kind, count in Counter(kind for _, kind, _ in found).items():
        print(f"{kind}: {count}")
    print(*text.splitlines()[:_SHOWN], sep="\n")
    print(f"All {len(found)} are listed in {folder / 'faults.txt'}.")
    return 1
