"""Greetings: the list with words, everybody greeted, templates; calendar files out and in."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from app.domain.customer import ContactDraft, CustomerDraft
from app.domain.greetings import BIRTHDAY, EVERY
from app.domain.vocabulary import Kind
from app.domain.vocabulary import Stage as Lifecycle
from app.ui.calendar_files_dialog import CalendarExportDialog, CalendarImportDialog
from app.ui.greetings.dialog import GreetingsDialog
from app.ui.greetings.templates_dialog import TemplatesDialog
from app.ui.wishes_dialog import open_wishes
from tools.scenes.stage import Scene, Stage

_CALENDAR: Final = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.com
SUMMARY:拜访王伟，带样品和报价单
DTSTART:{day}T070000Z
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
SUMMARY:Monthly statement
DTSTART;VALUE=DATE:{day}
RRULE:FREQ=MONTHLY;BYDAY=-1FR
END:VEVENT
BEGIN:VEVENT
UID:3@example.com
SUMMARY:Team call
DTSTART;VALUE=DATE:{day}
RRULE:FREQ=WEEKLY
EXDATE:{later}
END:VEVENT
BEGIN:VEVENT
UID:4@example.com
SUMMARY:展会
DTSTART;VALUE=DATE:20250301
END:VEVENT
BEGIN:VEVENT
UID:5@example.com
SUMMARY:Heartbeat
DTSTART;VALUE=DATE:{day}
RRULE:FREQ=HOURLY
END:VEVENT
END:VCALENDAR
"""


def _celebrating(stage: Stage) -> None:
    """Some customers have their day today."""
    context = stage.shell.context
    services, actor = context.services, context.actor
    today = services.clock.today()
    names = [one.customer for one in services.greetings.on(actor, today).lines]
    if "宏达商行" in names:
        return
    day = f"--{today:%m-%d}"
    usual = CustomerDraft("宏达商行", owner_id=actor.id)
    chief = ContactDraft("陈国强", "总经理", birthday=day)
    add = services.editing.add
    add(actor, replace(usual, contacts=(chief,)))
    buyer = ContactDraft("Ms Grace Miller", "Buyer", birthday=day)
    add(actor, replace(usual, name="Miller & Sons Ltd", contacts=(buyer,)))
    before = today.replace(year=today.year - 5)
    add(actor, replace(usual, name="东方印刷厂", since=before))
    person = replace(usual, kind=Kind.PERSON, birthday=day)
    add(actor, replace(person, name="周雨桐", stage=Lifecycle.LOST))
    none = add(actor, replace(person, name="何平"))
    services.greetings.wish(actor, none, EVERY, wanted=False)
    stage.settle()


def _greetings(stage: Stage) -> GreetingsDialog:
    stage.go("customers")
    _celebrating(stage)
    dialog = GreetingsDialog(stage.window, stage.shell.context)
    dialog.open()
    stage.settle()
    QApplication.processEvents()
    return dialog


def _edited(stage: Stage) -> None:
    dialog = _greetings(stage)
    dialog.editor.text.insertPlainText("")
    dialog.editor.text.appendPlainText("P.S. 圣诞节前我再来拜访您。")
    dialog.table.go_to(len(dialog.desk.lines) - 1)
    dialog.table.go_to(0)
    stage.settle()


def _held_back(stage: Stage) -> None:
    dialog = _greetings(stage)
    dialog.table.go_to(len(dialog.desk.lines) - 2)
    stage.settle()


def _nobody(stage: Stage) -> None:
    GreetingsDialog(stage.window, stage.shell.context).open()
    stage.settle()


def _wishes(stage: Stage) -> None:
    dialog = _greetings(stage)
    line = dialog.desk.lines[-1]
    context = stage.shell.context
    dialog.reject()
    open_wishes(stage.window, context, line.customer_id, line.customer)
    stage.settle()


def _templates(stage: Stage) -> TemplatesDialog:
    context = stage.shell.context
    found = context.services.greeting_templates.all(context.actor)
    wanted = next(one for one in found if one.occasion == BIRTHDAY and one.language == "en")
    dialog = TemplatesDialog(stage.window, context, wanted)
    dialog.open()
    stage.settle()
    return dialog


def _shown_templates(stage: Stage) -> None:
    _templates(stage)


def _bad_template(stage: Stage) -> None:
    dialog = _templates(stage)
    dialog.body_text.setPlainText("{{ salutation }}\n\nHappy birthday, {{ nmae }}!")
    stage.settle()


def _export(stage: Stage) -> None:
    stage.go("customers")
    CalendarExportDialog(stage.window, stage.shell.context).open()
    stage.settle()


def _import(stage: Stage) -> None:
    stage.go("customers")
    context = stage.shell.context
    day = context.services.clock.today() + timedelta(days=7)
    later = day + timedelta(days=14)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "outlook.ics"
        text = _CALENDAR.format(day=f"{day:%Y%m%d}", later=f"{later:%Y%m%d}")
        path.write_text(text, encoding="utf-8")
        found = context.services.calendar_files.look(context.actor, path)
    CalendarImportDialog(stage.window, context, path, found).open()
    stage.settle()


def _shown(stage: Stage) -> None:
    _greetings(stage)


SCENES: Final = (
    Scene("greetings", _shown),
    Scene("greetings_edited", _edited),
    Scene("greetings_held", _held_back),
    Scene("greetings_nobody", _nobody, "one"),
    Scene("greetings_wishes", _wishes),
    Scene("greetings_templates", _shown_templates),
    Scene("greetings_bad_template", _bad_template),
    Scene("calendar_file_export", _export),
    Scene("calendar_file_import", _import),
)
