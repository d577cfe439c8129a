"""Sample customers, drawn by lot: lifelike, in Chinese and English, the same for the same seed.

They are drawn in blocks that know nothing of one another, so that several processes can share the
work. Figures hang together: who was won long ago is kept, growing or lost; who is lost was not
spoken with for months; who was referred has somebody who did it; people are reached at the
address of the firm they belong to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.domain import sample_birthdays as birthdays
from app.domain import sample_notes as notes
from app.domain import sample_parties as parties
from app.domain import sample_points as points
from app.domain import sample_trades as trades
from app.domain.sample_customer import (
    BLOCK,
    Plan,
    SampleContact,
    SampleCustomer,
    SamplePoint,
)
from app.domain.sample_draw import Draw, Weighted
from app.domain.sample_due import Day, day_of, of_promise, promises, reminders
from app.domain.sample_parties import Culture, Firm, Person, Spot
from app.domain.sample_shown import SHOWN, Shown
from app.domain.sample_staff import OWNERS
from app.domain.sample_talks import facts, talks
from app.domain.vocabulary import Grade, Kind, Stage

OLDEST_DAYS: Final = 2_900
"""Since when the sample business has customers."""
REFERRAL: Final = "referral"
_DUE: Final = -1_000_000  # streams of lots that no block draws from otherwise

SOURCES: Final = Weighted.of(
    (
        (REFERRAL, 27),
        ("website", 20),
        ("fair", 16),
        ("call", 13),
        ("store", 10),
        ("video", 8),
        ("partner", 6),
    )
)
TAGS: Final = Weighted.of(
    (
        ("monthly", 22),
        ("key", 12),
        ("price", 14),
        ("quick", 12),
        ("samples", 10),
        ("newsletter", 12),
        ("project", 10),
        ("export", 8),
    )
)
_CULTURES: Final = Weighted.of(
    (
        (Culture.MAINLAND, 62),
        (Culture.TAIWAN, 14),
        (Culture.HONG_KONG, 4),
        (Culture.AMERICA, 20),
    )
)
_KINDS: Final = Weighted.of(((Kind.COMPANY, 48), (Kind.PERSON, 46), (Kind.INTERMEDIARY, 6)))
_NEW: Final = Weighted.of(((Stage.ACQUIRING, 64), (Stage.KEEPING, 25), (Stage.GROWING, 11)))
_YOUNG: Final = Weighted.of(
    (
        (Stage.ACQUIRING, 16),
        (Stage.KEEPING, 51),
        (Stage.GROWING, 25),
        (Stage.WINNING_BACK, 8),
    )
)
_OLD: Final = Weighted.of(
    (
        (Stage.KEEPING, 56),
        (Stage.GROWING, 17),
        (Stage.WINNING_BACK, 11),
        (Stage.LOST, 16),
    )
)
_GOOD: Final = Weighted.of(((Grade.A, 24), (Grade.B, 44), (Grade.C, 20), (None, 12)))
_OTHERS: Final = Weighted.of(((Grade.A, 6), (Grade.B, 28), (Grade.C, 48), (None, 18)))
# Days since the last contact, on average, and the least.
_SILENCE: Final = {
    Stage.ACQUIRING: (8.0, 0),
    Stage.KEEPING: (17.0, 0),
    Stage.GROWING: (10.0, 0),
    Stage.WINNING_BACK: (45.0, 35),
    Stage.LOST: (190.0, 150),
}
_TITLES: Final = {
    Culture.MAINLAND: trades.MAINLAND_TITLES,
    Culture.TAIWAN: trades.TAIWAN_TITLES,
    Culture.HONG_KONG: trades.HONG_KONG_TITLES,
    Culture.AMERICA: trades.ENGLISH_TITLES,
}
_FIRM_NOTES: Final = {
    Culture.MAINLAND: notes.MAINLAND_FIRM,
    Culture.TAIWAN: notes.TAIWAN_FIRM,
    Culture.HONG_KONG: notes.TAIWAN_FIRM[1:4],
    Culture.AMERICA: notes.ENGLISH_FIRM,
}
_PERSON_NOTES: Final = {
    Culture.MAINLAND: notes.MAINLAND_PERSON,
    Culture.TAIWAN: notes.TAIWAN_PERSON,
    Culture.HONG_KONG: notes.TAIWAN_PERSON,
    Culture.AMERICA: notes.ENGLISH_PERSON,
}


@dataclass(slots=True)
class _Block:
    """What was drawn so far, and the firms among it that people can belong to."""

    plan: Plan
    draw: Draw
    made: list[SampleCustomer] = field(default_factory=list)
    firms: dict[Culture, list[tuple[int, Firm, Spot]]] = field(default_factory=dict)


def block(plan: Plan, index: int) -> list[SampleCustomer]:
    """The customers of one block, the same whoever asks."""
    begin = index * BLOCK
    now = _Block(plan, Draw(plan.seed, index))
    for place in range(begin, min(begin + BLOCK, plan.customers)):
        now.made.append(_customer(now, place))
    # lots of their own: who the customers are does not depend on what was said to them
    said, due = Draw(plan.seed, -1 - index), Draw(plan.seed, _DUE - index)
    day = day_of(plan.customers, plan.now, plan.today)
    return [_to_do(due, day, _heard(said, one)) for one in now.made]


def _heard(draw: Draw, one: SampleCustomer) -> SampleCustomer:
    told = talks(draw, one.culture, one.created.date(), one.last_contact, len(one.contacts))
    return replace(one, talks=told, facts=facts(draw, one.culture, told))


def _to_do(draw: Draw, day: Day, one: SampleCustomer) -> SampleCustomer:
    """With its birthdays, with what was promised, and with what is to be done for it."""
    today, culture = day.today, one.culture
    people = tuple(
        replace(contact, birthday=birthdays.of_person(draw, culture, today))
        for contact in one.contacts
    )
    if one.kind is Kind.PERSON:
        birthday = birthdays.of_person(draw, culture, today)
    else:
        birthday = birthdays.of_firm(draw, one.created.date())
    made = replace(one, contacts=people, birthday=birthday)
    if one.owner is None or one.stage is Stage.LOST:  # nobody's work
        return made
    promised = promises(draw, culture, day, one.talks)
    of_them = (
        due for place, said in enumerate(promised) for due in of_promise(place, said, day.now)
    )
    others = reminders(draw, culture, day, one.created, len(people))
    return replace(made, promises=promised, reminders=(*of_them, *others))


def _customer(now: _Block, place: int) -> SampleCustomer:
    draw = now.draw
    shown = SHOWN.get(place) if now.plan.customers > 2 * len(SHOWN) else None
    culture = shown.culture if shown else draw.weighted(_CULTURES)
    kind = shown.kind if shown else draw.weighted(_KINDS)
    made = _life(now, place, kind, culture, shown)
    made = _as_person(now, made, shown) if kind is Kind.PERSON else _as_firm(now, made, shown)
    if draw.chance(0.45):
        made = replace(made, tags=_tags(draw))
    return _referred(now, made)


# --- how long, how close -----------------------------------------------------


def _life(
    now: _Block, place: int, kind: Kind, culture: Culture, shown: Shown | None
) -> SampleCustomer:
    draw, plan = now.draw, now.plan
    created = _created(draw, plan, place)
    age = (plan.today - created.date()).days
    stage = shown.stage if shown else draw.weighted(_stages(age))
    joined = None
    if stage is not Stage.ACQUIRING:
        joined = created.date() + timedelta(days=min(draw.below(40), max(age, 0)))
    good = stage in (Stage.KEEPING, Stage.GROWING)
    return SampleCustomer(
        number=plan.first + place,
        kind=kind,
        culture=culture,
        name="",
        other_names="",
        grade=draw.weighted(_GOOD if good else _OTHERS),
        stage=stage,
        source=draw.weighted(SOURCES),
        region="",
        address="",
        tax_id="",
        notes="",
        created=created,
        owner=draw.weighted(OWNERS[culture]),
        since=joined,
        last_contact=_last_contact(draw, plan, stage, joined or created.date()),
    )


def _created(draw: Draw, plan: Plan, place: int) -> datetime:
    """Later customers came later, and more and more of them, on working days."""
    share = 1 - (place + draw.below(1000) / 1000) / plan.customers
    day = plan.today - timedelta(days=round(OLDEST_DAYS * share**1.5))
    if day.weekday() > 4:
        day -= timedelta(days=day.weekday() - 4)
    # nine to six o'clock in Shanghai
    moment = time(1 + draw.below(9), draw.below(60), draw.below(60), tzinfo=UTC)
    return min(datetime.combine(day, moment), plan.now)


def _stages(age: int) -> Weighted[Stage]:
    if age < 100:
        return _NEW
    return _YOUNG if age < 400 else _OLD


def _last_contact(draw: Draw, plan: Plan, stage: Stage, earliest: date) -> date | None:
    if stage is Stage.ACQUIRING and draw.chance(0.06):
        return None
    mean, least = _SILENCE[stage]
    day = plan.today - timedelta(days=least + int(draw.waiting(mean)))
    if day.weekday() > 4 and draw.chance(0.9):
        day -= timedelta(days=day.weekday() - 4)
    return max(day, earliest)


def _tags(draw: Draw) -> tuple[str, ...]:
    drawn = [draw.weighted(TAGS) for _ in range(1 + draw.below(2))]
    return tuple(dict.fromkeys(drawn))


def _referred(now: _Block, made: SampleCustomer) -> SampleCustomer:
    """Most of who came by referral were sent by a customer that was there before."""
    if made.source != REFERRAL or not now.made or not now.draw.chance(0.7):
        return made
    by = now.draw.below(len(now.made))
    if now.made[by].culture is not made.culture or by == made.parent:
        return made
    return replace(made, referred_by=by)


# --- firms and people --------------------------------------------------------


def _as_firm(now: _Block, made: SampleCustomer, shown: Shown | None) -> SampleCustomer:
    draw, culture = now.draw, made.culture
    spot = _spot(draw, culture, shown)
    drawn = parties.firm(draw, culture, spot, go_between=made.kind is Kind.INTERMEDIARY)
    firm = shown.firm if shown and shown.firm else drawn
    known = now.firms.setdefault(culture, [])
    parent = None
    between = [place for place, one, _ in known[-40:] if one.go_between]
    if between and made.kind is Kind.COMPANY and draw.chance(0.08):
        parent = draw.pick(between)
    known.append((len(now.made), firm, spot))
    people = list(_people(draw, culture, firm))
    return replace(
        made,
        name=firm.name,
        other_names=firm.short if firm.short != firm.name and draw.chance(0.25) else "",
        region=spot.place.region,
        address=spot.address if draw.chance(0.85) else "",
        tax_id=points.tax_id(made.number, culture, spot) if draw.chance(0.7) else "",
        notes=_notes(draw, _FIRM_NOTES[culture]),
        parent=parent,
        contacts=tuple(SampleContact(person.name, title) for person, title in people),
        points=tuple(_firm_points(draw, culture, spot, firm, people)),
    )


def _people(draw: Draw, culture: Culture, firm: Firm) -> Iterator[tuple[Person, str]]:
    """Whoever runs the firm, or somebody else, and their people."""
    titles = _TITLES[culture]
    yield firm.head, titles[0]
    for _ in range(draw.weighted(_COLLEAGUES)):
        yield parties.person(draw, culture), draw.pick(titles[1:])


def _firm_points(
    draw: Draw, culture: Culture, spot: Spot, firm: Firm, people: list[tuple[Person, str]]
) -> Iterator[SamplePoint]:
    if draw.chance(0.6):
        yield SamplePoint(points.landline(draw, culture, spot), None)
    if draw.chance(0.3):
        yield SamplePoint(points.office_mail(draw, firm), None)
    if draw.chance(0.12):
        yield SamplePoint(points.website(firm), None)
    for place, (person, _) in enumerate(people):
        if draw.chance(0.65):
            yield SamplePoint(points.mobile(draw, culture, spot), place)
        if culture is not Culture.AMERICA and draw.chance(0.2):
            yield SamplePoint(points.wechat(draw, person), place)
        if draw.chance(0.3):
            yield SamplePoint(points.mail(draw, person, firm.domain), place)


def _as_person(now: _Block, made: SampleCustomer, shown: Shown | None) -> SampleCustomer:
    draw, culture = now.draw, made.culture
    known = now.firms.get(culture)
    belongs = known and (shown.belongs if shown else draw.chance(0.6))
    parent, firm, spot = None, None, _spot(draw, culture, shown)
    if known and belongs:
        parent, firm, spot = known[-1] if shown else draw.pick(known)
    drawn = parties.person(draw, culture)
    person = shown.person if shown and shown.person else drawn
    address = parties.spot_in(draw, culture, spot.place).address
    helper: tuple[SampleContact, ...] = ()
    if draw.chance(0.15):
        helper = (SampleContact(parties.person(draw, culture).name, _HELPERS[culture]),)
    return replace(
        made,
        name=person.name,
        other_names=person.english,
        region=spot.place.region,
        address=address if firm is None and draw.chance(0.6) else "",
        notes=_notes(draw, _PERSON_NOTES[culture]),
        parent=parent,
        contacts=helper,
        points=tuple(_person_points(draw, culture, spot, person, firm)),
    )


def _person_points(
    draw: Draw, culture: Culture, spot: Spot, person: Person, firm: Firm | None
) -> Iterator[SamplePoint]:
    if draw.chance(0.96):
        yield SamplePoint(points.mobile(draw, culture, spot), None)
    if culture is not Culture.AMERICA and draw.chance(0.4):
        yield SamplePoint(points.wechat(draw, person), None)
    if draw.chance(0.5):
        yield SamplePoint(points.mail(draw, person, firm.domain if firm else ""), None)


def _spot(draw: Draw, culture: Culture, shown: Shown | None) -> Spot:
    if shown:
        return parties.spot_in(draw, culture, parties.known_place(culture, shown.region))
    return parties.spot(draw, culture)


def _notes(draw: Draw, lines: tuple[str, ...]) -> str:
    if draw.chance(0.5):
        return ""
    drawn = [draw.pick(lines) for _ in range(1 + (draw.below(4) == 0))]
    return "\n".join(dict.fromkeys(drawn))


_COLLEAGUES: Final = Weighted.of(((0, 30), (1, 35), (2, 23), (3, 9), (4, 3)))
_HELPERS: Final = {
    Culture.MAINLAND: "助理",
    Culture.TAIWAN: "助理",
    Culture.HONG_KONG: "秘書",
    Culture.AMERICA: "Assistant",
}
