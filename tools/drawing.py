"""Draws every scene in one scale: python -m tools.drawing FOLDER SCALE [quick].

The scale of Qt is one of the process, so `tools.shots` starts one for each.
"""

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.display import offscreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from app.ui.theme import Scheme
    from tools.scenes.stage import Stage

PARTS: Final = "parts"
LANGUAGES: Final = ("zh_CN", "zh_TW", "en")
SCHEMES: "Final[tuple[Scheme, ...]]" = ("light", "dark")
QUICK: "Final[tuple[tuple[str, Scheme], ...]]" = (("zh_CN", "light"), ("en", "dark"))
SAMPLE: Final = 1_000
SCREEN: Final = (1440, 900)
NOW: Final = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Look:
    """One way to draw every scene; `pictured`: False for what is only checked."""

    language: str
    scheme: "Scheme"
    pictured: bool = True


def looks(scale: int, *, quick: bool) -> list[Look]:
    """Themes and languages, and once the language that is 40 % longer."""
    if quick:
        return [Look(*one) for one in QUICK]
    made = [Look(language, scheme) for language in LANGUAGES for scheme in SCHEMES]
    return [*made, Look("pseudo", "light", pictured=False)] if scale == 1 else made


def main(arguments: list[str]) -> int:
    """Write the pictures and the faults of one scale."""
    folder, scale, *rest = arguments
    os.environ["QT_SCALE_FACTOR"] = scale
    with tempfile.TemporaryDirectory() as place:
        width, height = SCREEN
        os.environ["QT_QPA_PLATFORM"] = offscreen(
            Path(place), width * int(scale), height * int(scale)
        )
        os.environ["SHUKE_HOME"] = os.environ["HOME"] = place
        faults = _draw(Path(folder) / PARTS, int(scale), Path(place), quick=rest == ["quick"])
    listed = Path(folder) / PARTS / f"faults_{scale}.json"
    listed.write_text(json.dumps(faults, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _draw(parts: Path, scale: int, place: Path, *, quick: bool) -> list[list[str]]:
    from PySide6.QtWidgets import QApplication

    from tools.catalogues import texts
    from tools.layout_check import faults
    from tools.scenes import SCENES

    app = QApplication([])
    msgids = frozenset(text.msgid for text in texts())
    found: list[list[str]] = []
    for need in dict.fromkeys(scene.need for scene in SCENES):
        folder = None if need == "none" else _workspace(place / need, need)
        for stage in _stages(app, folder):
            for look in looks(scale, quick=quick):
                stage.set_look(look.language, look.scheme)
                for scene in (one for one in SCENES if one.need == need):
                    drawn = scene.show(stage)
                    picture = stage.picture(drawn)
                    name = f"{scene.name}_{look.language}_{look.scheme}_{scale}x"
                    if look.pictured:
                        picture.save(str(parts / f"{name}.png"))
                    for root in stage.roots(drawn):
                        image = root.grab().toImage()
                        wrong = faults(root, image, msgids) if scene.name != "gallery" else []
                        found += [[name, one.kind, one.what] for one in wrong]
                    stage.tidy()
                print(f"{need}: {look.language} {look.scheme} {scale}x", flush=True)
    return found


def _stages(app: "QApplication", folder: Path | None) -> "Iterator[Stage]":
    """One stage, closed at the end."""
    from app import bootstrap
    from app.clock import Clock
    from app.services.workspaces import WorkspaceService
    from app.ui.application import Application
    from tools.scenes.stage import Stage

    application = Application(
        app, WorkspaceService(Clock(lambda: NOW)), bootstrap.make_reports, _no_sample
    )
    stage = Stage(app, application, folder)
    stage.begin()
    yield stage
    stage.end()


def _no_sample(*_arguments: object) -> None:
    """The first start offers a sample; nobody presses the button here."""


def _workspace(folder: Path, need: str) -> Path:
    """A workspace with as many customers as a scene needs, and somebody at work."""
    from app import i18n
    from app.clock import Clock
    from app.config import Settings, Workspace
    from app.domain.customer import CustomerDraft
    from app.domain.lists import ListQuery
    from app.domain.vocabulary import SYSTEM, Role
    from app.services.reminders import ReminderDraft
    from app.services.sample import SampleService
    from app.services.workspaces import WorkspaceService
    from tools.scenes import day_plan

    i18n.use("zh_CN")
    service = WorkspaceService(Clock(lambda: NOW))
    opened = service.create(Workspace(folder), Settings(motion=False))
    if need == "many":
        SampleService(opened.services.database).generate(SYSTEM, SAMPLE, 1)
        director = next(
            one for one, _, role in opened.services.staff.choices() if role is Role.DIRECTOR
        )
    else:
        director = opened.services.staff.add(SYSTEM, "李娜", Role.DIRECTOR)
    actor = opened.services.staff.actor(director)
    today = opened.services.clock.today()
    if need == "one":
        one = opened.services.editing.add(actor, CustomerDraft("华信科技有限公司", region="上海"))
        opened.services.reminders.add(actor, ReminderDraft("寄样品", today, one))
    if need == "many":
        customers = opened.services.customers.ids(actor, ListQuery(filter="kind = company"))
        day_plan.plan(opened.services, actor, customers[:20].tolist(), today)
        opened.services.backups.make()
    service.remember(opened.workspace, director)
    opened.close()
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
