"""Rules that make reminders: kept, shown beforehand whom they would remind, run once a day."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from app.db import journal
from app.db.database import Database
from app.db.scope import ActorSession, WriteSession
from app.db.visibility import EVERYTHING
from app.domain import custom_fields, festivals, filters, rules
from app.domain.customer import SHORT, too_long
from app.domain.filters import And, Condition, Filter, Me, Not, Or
from app.domain.reminders import MOST_ALARMS, ReminderKind, load_alarms, store_alarms
from app.domain.rules import RuleDraft
from app.domain.vocabulary import SYSTEM, Actor, Role
from app.domain.working_time import Calendar, usual
from app.errors import Forbidden, NotFound, Refused
from app.i18n import Message
from app.models import CustomField, Reminder, ReminderRule, RuleRun, Staff
from app.queries.customers import FIELDS
from app.services import rule_making as making
from app.services import rule_preview as previewing
from app.services.rule_candidates import Ask
from app.services.rule_making import Rule
from app.services.rule_preview import Preview, PreviewLine

GONE: Final = Message("This rule is no longer there. Nothing was changed.")
ONLY_MANAGERS: Final = Message("Only managers change rules. Nothing was changed.")
NOT_SAVED: Final = Message("Some fields need another look. Nothing was saved yet.")
TITLE: Final = Message("Reminders made by rules")


__all__ = ["Preview", "PreviewLine", "RuleLine", "RuleService", "RunResult"]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as a line of the settings: `waiting` are its reminders that are still to be done."""

    id: int
    draft: RuleDraft
    waiting: int

    @property
    def name(self) -> str:
        """In the language in use, where nobody gave it a name."""
        return self.draft.shown_name


@dataclass(frozen=True, slots=True)
class RunResult:
    """How many reminders were made and how many taken back, and the change set of it all.

    `change_set_id` is None where there was nothing to do.
    """

    made: int
    withdrawn: int
    change_set_id: int | None


class RuleService:
    """`calendar` tells which days are worked."""

    def __init__(self, db: Database, calendar: Calendar = usual) -> None:
        self._db = db
        self._calendar = calendar

    # ---- the rules

    def may_change(self, actor: Actor) -> bool:
        """Managers and directors: a rule reminds everybody."""
        return actor.sees_all

    def all(self, actor: Actor) -> list[RuleLine]:
        """Every rule, those that are on first, by kind."""
        with self._db.read(actor) as session:
            waiting = dict(
                session.execute(
                    select(Reminder.rule_id, func.count(Reminder.id))
                    .where(Reminder.rule_id.is_not(None), Reminder.closed_at.is_(None))
                    .group_by(Reminder.rule_id)
                ).all()
            )
            found = [
                RuleLine(one.id, _draft(one), waiting.get(one.id, 0))
                for one in session.scalars(select(ReminderRule))
            ]
        return sorted(found, key=_place)

    def add(self, actor: Actor, typed: RuleDraft) -> int:
        """Add a rule; returns its id. Raises Refused, Forbidden."""
        _check_role(actor)
        title = Message("Add rule {name}", params={"name": _name(typed)})
        with self._db.write(actor, title) as session:
            made = ReminderRule(kind=typed.kind.value, name="")
            _fill(made, _checked(session, typed))
            session.add(made)
            session.flush()
            return int(made.id)

    def save(self, actor: Actor, rule_id: int, typed: RuleDraft) -> None:
        """Change a rule; reminders that it made stay. Raises Refused, NotFound, Forbidden."""
        _check_role(actor)
        title = Message("Change rule {name}", params={"name": _name(typed)})
        with self._db.write(actor, title) as session:
            one = _held(session, rule_id)
            if one.kind != typed.kind.value:
                raise Refused(Message("A rule stays of its kind. Add another one."))
            _fill(one, _checked(session, typed))
            session.flush()

    def switch(self, actor: Actor, rule_id: int, *, active: bool) -> None:
        """Switch a rule on or off; reminders that it made stay. Raises NotFound, Forbidden."""
        _check_role(actor)
        title = Message("Switch a rule on") if active else Message("Switch a rule off")
        with self._db.write(actor, title) as session:
            _held(session, rule_id).active = active
            session.flush()

    def delete(self, actor: Actor, rule_id: int) -> None:
        """Delete a rule; reminders that it made stay. Raises NotFound, Forbidden."""
        _check_role(actor)
        with self._db.write(actor, Message("Delete a rule")) as session:
            journal.delete(session, _held(session, rule_id))

    def add_usual(self, actor: Actor) -> int:
        """Add the usual rules of kinds that have none; how many. Raises Forbidden."""
        _check_role(actor)
        with self._db.write(actor, Message("Set up the usual rules")) as session:
            held = set(session.scalars(select(ReminderRule.kind)))
            return _add_all(session, [one for one in rules.usual_rules() if one.kind not in held])

    # ---- beforehand

    def problems(self, actor: Actor, typed: RuleDraft) -> dict[str, Message]:
        """What would be refused, by field."""
        with self._db.read(actor) as session:
            return _problems(session, typed)

    def preview(self, actor: Actor, typed: RuleDraft) -> Preview:
        """Whom it would remind in the next days, exactly counted. Raises Refused."""
        today, calendar = self._db.clock.today(), self._calendar()
        with self._db.read(actor) as session:
            return previewing.preview(session, _checked(session, typed), today, calendar)

    # ---- at work

    def run(self, actor: Actor, day: date | None = None) -> RunResult:
        """Make what is to be reminded of by `day`, today unless it says otherwise.

        What was made once, by whatever run, is not made again. Raises Forbidden.
        """
        _check_role(actor)
        program = replace(SYSTEM, origin=actor.origin, window=actor.window)
        ask = self._ask(day or self._db.clock.today())
        with self._db.write(program, TITLE) as session:
            made, withdrawn = _run(session, ask)
            return RunResult(made, withdrawn, session.change_set_id)

    def run_if_due(self, machine: str = "") -> RunResult | None:
        """Run the rules unless they ran today, on whatever machine; None if they did.

        In a workspace that never had a rule the usual ones are set up first.
        """
        today = self._db.clock.today()
        ran = select(RuleRun.id).where(RuleRun.day == today)
        with self._db.read(SYSTEM) as session:
            if session.scalar(ran) is not None:
                return None
        ask = self._ask(today)
        with self._db.write(SYSTEM, TITLE) as session:
            # whoever waited for the lock meanwhile finds the row
            if session.scalar(ran) is not None:
                return None
            run = RuleRun(day=today, at=session.at, machine=machine or socket.gethostname())
            session.add(run)
            session.flush()
            _set_up(session)
            session.flush()
            run.made, withdrawn = _run(session, ask)
            session.flush()
            return RunResult(run.made, withdrawn, session.change_set_id)

    def _ask(self, day: date) -> Ask:
        return Ask(day, day, self._calendar())


def _run(session: WriteSession, ask: Ask) -> tuple[int, int]:
    """How many reminders were made, and how many taken back."""
    made = withdrawn = 0
    held = [Rule(one.id, _draft(one)) for one in session.scalars(select(ReminderRule))]
    for rule in held:
        withdrawn += making.withdraw(session, rule, ask)
    for rule in held:
        if rule.draft.active:
            made += making.make(session, rule, ask)
    return made, withdrawn


# --- rows --------------------------------------------------------------------------


def _place(line: RuleLine) -> tuple[Any, ...]:
    return (rules.KINDS.index(line.draft.kind), not line.draft.active, line.id)


def _name(typed: RuleDraft) -> Any:
    """For the title of a change set, which is read in any language."""
    return " ".join(typed.name.split()) or rules.NAMES[typed.kind]


def _held(session: ActorSession, rule_id: int) -> ReminderRule:
    one = session.get(ReminderRule, rule_id)
    if one is None:
        raise NotFound(GONE)
    return one


def _check_role(actor: Actor) -> None:
    if not actor.sees_all:
        raise Forbidden(ONLY_MANAGERS)


def _draft(one: ReminderRule) -> RuleDraft:
    return RuleDraft(
        ReminderKind(one.kind),
        rules.load_params(one.params),
        one.name,
        one.text,
        one.filter,
        one.lead_days,
        load_alarms(one.alarms),
        one.staff_id,
        Role(one.for_role) if one.for_role else None,
        one.active,
    )


def _fill(one: ReminderRule, clean: RuleDraft) -> None:
    one.name, one.text, one.filter = clean.name, clean.text, clean.filter
    one.lead_days, one.alarms = clean.lead_days, store_alarms(clean.alarms)
    one.staff_id = clean.staff_id
    one.for_role = clean.role.value if clean.role else None
    one.active = clean.active
    one.params = rules.store_params(clean.params)


def _checked(session: ActorSession, typed: RuleDraft) -> RuleDraft:
    """The draft without stray spaces. Raises Refused."""
    found = _problems(session, typed)
    if found:
        raise Refused(NOT_SAVED, found)
    return replace(
        typed,
        name=" ".join(typed.name.split()),
        text=" ".join(typed.text.split()),
        filter=typed.filter.strip(),
    )


def _problems(session: ActorSession, typed: RuleDraft) -> dict[str, Message]:
    found = rules.problems(typed, festivals.FESTIVALS)
    if len(typed.name) > SHORT:
        found["name"] = too_long()
    if len(typed.text) > SHORT:
        found["text"] = too_long()
    if len(typed.alarms) > MOST_ALARMS:
        found["alarms"] = Message(
            "At most {most} lead times are kept.", params={"most": MOST_ALARMS}
        )
    if problem := _wrong_segment(typed.filter):
        found["filter"] = problem
    if typed.staff_id is not None:
        staff = session.get(Staff, typed.staff_id)
        if staff is None or not staff.active:
            found["whom"] = Message("This staff member is no longer there. Choose another.")
    if problem := _wrong_source(session, typed):
        found["source"] = problem
    return found


def _wrong_segment(text: str) -> Message | None:
    if not text.strip():
        return None
    try:
        parsed = filters.parse(text, FIELDS)
    except Refused as refused:
        return refused.message
    if _names_me(parsed):
        return Message("A rule works for everybody: “me” is nobody here. Name the owner.")
    return None


def _names_me(parsed: Filter) -> bool:
    match parsed:
        case And() | Or():
            return any(_names_me(one) for one in parsed.items)
        case Not():
            return _names_me(parsed.item)
        case Condition():
            return any(isinstance(one, Me) for one in parsed.values)


def _wrong_source(session: ActorSession, typed: RuleDraft) -> Message | None:
    if typed.kind is not ReminderKind.ANNIVERSARY or typed.params.source == rules.SINCE_FIELD:
        return None
    field_id = rules.field_id(typed.params.source)
    field = session.get(CustomField, field_id) if field_id is not None else None
    if field is None or field.kind != custom_fields.FieldKind.DATE:
        return Message("This field is no longer there, or it holds no dates. Choose another.")
    return None


def _set_up(session: WriteSession) -> None:
    """The usual rules, where there never was one."""
    ever = select(ReminderRule.id).limit(1).execution_options(**{EVERYTHING: True})
    if session.scalar(ever) is None:
        _add_all(session, rules.usual_rules())


def _add_all(session: WriteSession, drafts: Sequence[RuleDraft]) -> int:
    made: Sequence[ReminderRule] = [
        ReminderRule(kind=one.kind.value, name="", params=None) for one in drafts
    ]
    for row, draft in zip(made, drafts, strict=True):
        _fill(row, draft)
    session.add_all(made)
    session.flush()
    return len(made)
