"""What was said with a customer is on record at once, and read as one stream."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.customer import CustomerDraft
from app.domain.facts import FactDraft, FactKind, related
from app.domain.interactions import Channel, Direction, Step
from app.domain.vocabulary import Role, Stage
from app.errors import NotFound, Refused
from app.services import timeline
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.due import DueService
from app.services.facts import FactService
from app.services.finding import FindService
from app.services.history import HistoryService
from app.services.interactions import InteractionDraft, InteractionService
from app.services.notes import NoteDraft, NoteService
from app.services.products import ProductService
from app.services.promises import PromiseDraft
from app.services.recycle_bin import RecycleBin
from app.services.reminders import ReminderDraft, ReminderService
from app.services.timeline import EntryKind, TimelineService
from tests import factories

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def customer(db, actor):
    return CustomerEditing(db).add(actor, CustomerDraft("国强建材", stage=Stage.KEEPING))


def call(summary: str, at: datetime = NOW, **more: object) -> InteractionDraft:
    return InteractionDraft(Channel.PHONE, Direction.OUT, at, summary, **more)


def test_a_logged_call_stands_first_with_everything_that_was_said(db, actor, customer):
    product = ProductService(db).add(actor, "抛光砖", "瓷砖")
    draft = call(
        "想先看样品", minutes=8, rating=4, step=Step.COMPARE, unhappy=True, product_ids=(product,)
    )
    InteractionService(db).log(actor, customer, draft)
    entry = TimelineService(db).page(actor, customer).entries[0]
    assert (entry.kind, entry.summary, entry.minutes, entry.rating, entry.step) == (
        EntryKind.INTERACTION, "想先看样品", 8, 4, Step.COMPARE,
    )  # fmt: skip
    assert entry.unhappy
    assert entry.products == ("抛光砖",)
    assert entry.staff == actor.name
    assert InteractionService(db).get(actor, entry.id) == draft


def test_a_call_sets_the_day_of_the_last_contact_and_never_back(db, actor, customer):
    service, customers = InteractionService(db), CustomerService(db)
    service.log(actor, customer, call("今天"))
    today = customers.get(actor, customer).draft.last_contact
    assert today == NOW.astimezone().date()
    service.log(actor, customer, call("上月", NOW - timedelta(days=30)))
    assert customers.get(actor, customer).draft.last_contact == today


def test_one_undo_takes_back_the_call_and_its_follow_up(db, actor, customer):
    wanted = PromiseDraft("寄样品 3 块", date(2026, 11, 23), deadline=True)
    logged = InteractionService(db).log(actor, customer, call("要样品", promises=(wanted,)))
    before = TimelineService(db).counts(actor, customer)
    assert (before[EntryKind.INTERACTION], before[EntryKind.PROMISE]) == (1, 1)
    HistoryService(db).undo(actor, logged.change_set_id)
    assert TimelineService(db).counts(actor, customer) == dict.fromkeys(EntryKind, 0)
    assert CustomerService(db).get(actor, customer).draft.last_contact is None


def test_what_was_said_is_found_by_the_search(db, actor, customer):
    InteractionService(db).log(actor, customer, call("仓库限高两米四"))
    NoteService(db).add(actor, customer, NoteDraft("年底对账"))
    FactService(db).add(actor, customer, FactDraft(FactKind.CONSTRAINT, "周五不收货", NOW.date()))
    for typed in ("限高", "对账", "不收货"):
        assert [hit.id for hit in FindService(db).find(actor, typed)] == [customer]


def test_pages_follow_one_another_without_gap_or_repetition(db, actor, customer, monkeypatch):
    monkeypatch.setattr(timeline, "PAGE", 7)
    interactions, notes = InteractionService(db), NoteService(db)
    for number in range(20):
        interactions.log(actor, customer, call(f"{number}", NOW - timedelta(hours=number // 3)))
        notes.add(actor, customer, NoteDraft(f"{number}"))
    service, seen, last = TimelineService(db), [], None
    while True:
        found = service.page(actor, customer, after=last)
        seen += [(one.kind, one.id) for one in found.entries]
        last = found.last
        if last is None:
            break
    assert len(seen) == len(set(seen)) == 40
    assert sum(service.counts(actor, customer).values()) == 40


def test_the_stream_is_narrowed_by_kind_and_text(db, actor, customer):
    InteractionService(db).log(actor, customer, call("Asked for samples"))
    InteractionService(db).log(actor, customer, call("100% cotton"))
    NoteService(db).add(actor, customer, NoteDraft("samples sent"))
    service = TimelineService(db)
    kinds = [one.kind for one in service.page(actor, customer, text="SAMPLES").entries]
    assert kinds == [EntryKind.INTERACTION, EntryKind.NOTE]
    assert len(service.page(actor, customer, {EntryKind.NOTE}).entries) == 1
    assert len(service.page(actor, customer, text="0% c").entries) == 1
    assert service.page(actor, customer, text="_").entries == ()


def test_text_is_found_in_whatever_script_width_and_case_it_was_written(db, actor, customer):
    InteractionService(db).log(actor, customer, call("農曆年前要備 ＡＢＣ 一批"))
    service = TimelineService(db)
    for typed in ("农历年前", "農曆", "abc", "ABC 一批"):
        assert len(service.page(actor, customer, text=typed).entries) == 1
    assert service.page(actor, customer, text="年后").entries == ()


def test_whose_entry_it_is_is_found_in_every_kind(db, actor, customer):
    InteractionService(db).log(actor, customer, call("今天"))
    NoteService(db).add(actor, customer, NoteDraft("明天"))
    found = TimelineService(db).page(actor, customer, text=actor.name).entries
    assert {one.kind for one in found} >= {EntryKind.INTERACTION, EntryKind.NOTE}


def test_a_change_is_found_by_its_field_and_its_values_page_by_page(
    db, actor, customer, monkeypatch
):
    monkeypatch.setattr(timeline, "PAGE", 3)
    monkeypatch.setattr(timeline, "MANY", 2)
    editing, customers, service = CustomerEditing(db), CustomerService(db), TimelineService(db)
    for region in ("東莞", "杭州", "宁波", "东莞", "上海"):
        before = customers.get(actor, customer).draft
        editing.save(actor, customer, before, replace(before, region=region))

    def regions(text, after=None):
        page = service.page(actor, customer, text=text, after=after)
        return [one.fields[0].after for one in page.entries], page.last

    assert regions("东莞") == (["上海", "东莞", "杭州"], regions("东莞")[1])
    assert regions("东莞", regions("东莞")[1]) == (["東莞"], None)
    assert len(regions("region")[0]) == 3
    assert regions("南京") == ([], None)


def test_changed_fields_stand_there_with_the_values_before_and_after(db, actor, customer):
    other = factories.staff(db, "周凯").id
    editing, customers = CustomerEditing(db), CustomerService(db)
    before = customers.get(actor, customer).draft
    typed = CustomerDraft("国强建材", stage=Stage.GROWING, owner_id=other)
    editing.save(actor, customer, before, typed)
    entry = TimelineService(db).page(actor, customer).entries[0]
    fields = {one.field: (one.before, one.after) for one in entry.fields}
    assert fields == {"stage": ("keeping", "growing"), "owner_id": (actor.name, "周凯")}
    InteractionService(db).log(actor, customer, call("只改了最近联系"))
    assert TimelineService(db).counts(actor, customer)[EntryKind.CHANGE] == 1


def test_impossible_entries_are_refused_at_their_field(db, actor, customer):
    with pytest.raises(Refused) as caught:
        InteractionService(db).log(
            actor, customer, call("", NOW + timedelta(days=3), rating=6, minutes=-1)
        )
    assert set(caught.value.fields) == {"at", "rating", "minutes"}
    with pytest.raises(Refused):
        NoteService(db).add(actor, customer, NoteDraft("  "))
    with pytest.raises(Refused):
        FactService(db).add(actor, customer, FactDraft(FactKind.NEED, " ", NOW.date()))
    assert TimelineService(db).page(actor, customer).entries == ()


def test_a_contact_of_another_customer_is_refused(db, actor, customer):
    other = factories.customer(db, actor, "别家")
    with pytest.raises(Refused):
        InteractionService(db).log(actor, other, call("x", contact_id=99))


def test_nobody_reads_or_writes_the_story_of_a_customer_they_may_not_see(db, actor, customer):
    InteractionService(db).log(actor, customer, call("机密"))
    stranger = factories.staff(db, "外人", Role.SALESPERSON)
    with pytest.raises(NotFound):
        TimelineService(db).page(stranger, customer)
    with pytest.raises(NotFound):
        InteractionService(db).log(stranger, customer, call("x"))
    assert FactService(db).of_customer(stranger, customer) == []
    assert set(TimelineService(db).counts(stranger, customer).values()) <= {0, 1}


def test_facts_are_confirmed_outdated_and_brought_to_mind(db, actor, customer):
    service = FactService(db)
    first = service.add(actor, customer, FactDraft(FactKind.NEED, "每月抛光砖 1200 片", NOW.date()))
    second = service.add(actor, customer, FactDraft(FactKind.PREFERENCE, "打电话", NOW.date()))
    service.outdate(actor, first)
    assert [one.id for one in service.of_customer(actor, customer)] == [second, first]
    service.confirm(actor, first)
    held = {one.id: one for one in service.of_customer(actor, customer)}
    assert held[first].confirmed_on == NOW.date()
    assert not held[first].outdated
    texts = [one.text for one in service.of_customer(actor, customer)]
    assert [texts[one] for one in related("问抛光砖的量", texts)] == ["每月抛光砖 1200 片"]
    assert related("你好", texts) == []


def test_a_product_has_one_name(db, actor):
    service = ProductService(db)
    one = service.add(actor, "抛光砖", "瓷砖")
    with pytest.raises(Refused):
        service.add(actor, " 抛光砖 ")
    service.save(actor, one, "抛光砖", "地砖")
    assert [(row.name, row.category) for row in service.all(actor)] == [("抛光砖", "地砖")]
    service.delete(actor, one)
    assert service.all(actor) == []


def test_a_customer_with_its_whole_story_is_purged(db, actor, customer):
    product = ProductService(db).add(actor, "抛光砖")
    wanted = PromiseDraft("寄样品", date(2026, 11, 23))
    draft = call("要样品", product_ids=(product,), promises=(wanted,))
    logged = InteractionService(db).log(actor, customer, draft)
    fact = FactDraft(FactKind.NEED, "抛光砖", NOW.date(), interaction_id=logged.interaction_id)
    FactService(db).add(actor, customer, fact)
    CustomerEditing(db).delete(actor, customer)
    RecycleBin(db).purge(actor, [customer])
    assert FindService(db).find(actor, "抛光砖") == []
    assert [one.name for one in ProductService(db).all(actor)] == ["抛光砖"]
    with pytest.raises(NotFound):
        TimelineService(db).page(actor, customer)


def test_what_becomes_of_reminders_does_not_flood_the_story(db, actor, customer):
    before = TimelineService(db).counts(actor, customer)
    acts = len(HistoryService(db).page(actor))
    reminders, due = ReminderService(db), DueService(db)
    typed = ReminderDraft("寄样品", NOW - timedelta(days=1), customer)
    made = reminders.add(actor, typed).ids
    for minutes in (40, 20, 0):
        reminders.save(actor, made[0], replace(typed, due=NOW - timedelta(minutes=minutes)))
        assert due.claim(actor, due.calling(actor), "toast")
    due.acted(actor, made, "opened")
    assert len(HistoryService(db).page(actor)) == acts + 4  # showing is not a change
    reminders.snooze(actor, made, NOW + timedelta(days=1))
    reminders.done(actor, made)
    assert TimelineService(db).counts(actor, customer) == before
    reminders.delete(actor, made)
    assert TimelineService(db).counts(actor, customer) == before
