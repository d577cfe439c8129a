"""Merging two customers, and taking it back."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from app.db import bulk, check
from app.db.merging import merged_into
from app.db.search_joining import LONG
from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.facts import FactDraft, FactKind
from app.domain.interactions import Channel, Direction
from app.domain.vocabulary import Grade, PointKind, Role, Stage
from app.errors import Conflict, NotFound, Refused
from app.i18n import Message
from app.models import (
    Change,
    Contact,
    ContactPoint,
    Customer,
    CustomerShare,
    CustomField,
    Interaction,
    Note,
    Product,
    Tag,
    joined_models,
    journalled_models,
)
from app.models.base import OnMerge
from app.services.bulk import BulkService, SetField
from app.services.custom_fields import CustomFieldService, field_key
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService, MergedInto
from app.services.facts import FactService
from app.services.finding import FindService
from app.services.history import HistoryService
from app.services.interactions import InteractionDraft, InteractionService
from app.services.merge_comparison import CHOSEN, SETTLED, Take
from app.services.merging import MergeService
from app.services.notes import NoteDraft, NoteService
from app.services.recycle_bin import RecycleBin
from tests import factories

PHONE, EMAIL = PointKind.PHONE, PointKind.EMAIL
AT = datetime(2026, 11, 3, 8, tzinfo=UTC)
CALL = InteractionDraft(Channel.PHONE, Direction.OUT, AT, "谈了报价")


@pytest.fixture
def actor(db):
    return factories.director(db)


@pytest.fixture
def merges(db):
    return MergeService(db)


def rows(db, actor) -> dict:
    """Every row of every journalled table, those in the recycle bin too, by table and id."""
    with db.read(actor) as session:
        return {
            (name, row.id): dict(row._mapping)
            for name, model in journalled_models().items()
            for row in session.connection().execute(select(model.__table__))
        }


def live(db, actor) -> dict:
    return {key: row for key, row in rows(db, actor).items() if row["deleted_in"] is None}


def draft(db, actor, one):
    return CustomerService(db).get(actor, one).draft


def of(db, actor, model, one) -> list:
    with db.read(actor) as session:
        return list(session.scalars(select(model).where(model.customer_id == one)))


def sound(db, actor) -> None:
    """The search index says what the rows say, and no reference hangs in the air."""
    with db.read(actor) as session:
        assert list(check._index(session, None)) == []
        if session.backend == "sqlite":
            assert list(check._references(session)) == []


def found(db, actor, typed) -> list[int]:
    return [hit.id for hit in FindService(db).find(actor, typed)]


def two(db, actor, first=None, second=None):
    return (
        factories.customer(db, actor, "华信科技", **(first or {})),
        factories.customer(db, actor, "华信科技有限公司", **(second or {})),
    )


# ---- what is declared


def test_every_column_of_a_customer_is_chosen_settled_or_none_of_the_users_business():
    left = {"id", "deleted_in", "sort_key", "alike_key", "created_at", "merged_into_id"}
    columns = set(Customer.__table__.columns.keys())
    assert {*CHOSEN, *SETTLED} | left == columns
    assert len([*CHOSEN, *SETTLED, *left]) == len(columns)


def test_every_table_that_is_combined_says_by_which_columns_rows_are_alike():
    for name, model in joined_models().items():
        alike = model.__joining__.alike
        assert bool(alike) == (model.__joining__.merge is OnMerge.COMBINE), name
        assert set(alike) <= set(model.__table__.columns.keys()), name


def test_no_table_that_hangs_on_a_customer_names_a_second_one():
    """Merging would have to say what becomes of a row that names both of the two."""
    for name, model in joined_models().items():
        named = [
            column.name
            for column in model.__table__.columns
            if any(key.column.table is Customer.__table__ for key in column.foreign_keys)
        ]
        assert named == ["customer_id"], name


# ---- everything moves


def fill(db, actor, customer_id, mark) -> None:
    """A live row and a deleted one in every table that hangs on a customer."""
    for kind in ("deleted", "live"):
        staff = factories.staff(db, f"{mark} {kind}").id
        with db.write(actor, Message("Fill")) as session:
            known = {"customer": customer_id, "staff": staff}
            for model in (Tag, Product, CustomField):
                row = plain(model, {}, mark) | {"name": f"{mark} {kind}"}
                known[model.__tablename__] = bulk.insert_rows(session, model, [row])[0]
            for name in dict.fromkeys(("contact", "interaction", *joined_models())):
                row = plain(joined_models()[name], known, f"{mark} {kind}")
                known[name], _ = bulk.insert_rows(session, joined_models()[name], [row])
                if kind == "deleted":
                    bulk.delete_rows(session, joined_models()[name], [known[name]])


WORDS = {("custom_field", "kind"): "text", ("fact", "kind"): "need"}
WORDS |= {("contact_point", "kind"): "phone", ("interaction", "channel"): "phone"}
WORDS |= {("interaction", "direction"): "in"}


def plain(model, known, mark) -> dict:
    """A row with a value wherever it needs one."""
    row = {}
    for column in model.__table__.columns:
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if column.name in {"id", "deleted_in", *model.__derived__}:
            continue
        if target is not None:
            row[column.name] = known.get(target)
        elif column.default is None or column.name == "kind":
            made = {"Moment": AT, "Boolean": False, "BigInteger": 1, "Date": AT.date()}
            word = WORDS.get((model.__tablename__, column.name), mark)
            row[column.name] = made.get(type(column.type).__name__, word)
    return row


def test_whatever_hangs_on_the_other_hangs_on_the_kept_one_and_goes_back_exactly(db, actor, merges):
    kept, other = two(db, actor)
    fill(db, actor, kept, "一")
    fill(db, actor, other, "二")
    before = rows(db, actor)
    moved = {
        key: row for key, row in before.items() if key[0] in joined_models()
        and row["customer_id"] == other
    }  # fmt: skip
    assert {name for name, _ in moved} == set(joined_models())
    act = merges.merge(actor, kept, other)
    after = rows(db, actor)
    for key, row in moved.items():
        changed = {name for name in row if row[name] != after[key][name]}
        assert after[key]["customer_id"] == kept, key
        assert changed <= {"customer_id", "position"}, key
    assert after["customer", other]["merged_into_id"] == kept
    assert after["customer", other]["deleted_in"] == act
    sound(db, actor)
    history = HistoryService(db)
    undone = history.undo(actor, act)
    assert undone.kept == ()
    state = live(db, actor)
    assert state == {key: row for key, row in before.items() if row["deleted_in"] is None}
    sound(db, actor)
    history.undo(actor, undone.change_set_id)
    again = live(db, actor)
    assert again == {key: row for key, row in after.items() if row["deleted_in"] is None}
    sound(db, actor)
    history.undo(actor, act)
    assert live(db, actor) == state
    sound(db, actor)


def test_who_belongs_to_the_other_or_came_through_it_names_the_kept_one(db, actor, merges):
    kept, other = two(db, actor)
    under = factories.customer(db, actor, "上海分公司", parent_id=other, referred_by_id=other)
    act = merges.merge(actor, kept, other)
    after = draft(db, actor, under)
    assert (after.parent_id, after.referred_by_id) == (kept, kept)
    HistoryService(db).undo(actor, act)
    before = draft(db, actor, under)
    assert (before.parent_id, before.referred_by_id) == (other, other)


def test_references_that_the_actor_may_not_see_are_moved_as_well(db, merges):
    boss, anna = factories.director(db), factories.staff(db, "安娜", Role.SALESPERSON)
    kept, other = two(db, anna)
    hidden = factories.customer(db, boss, "看不见", referred_by_id=other)
    merges.merge(anna, kept, other)
    assert draft(db, boss, hidden).referred_by_id == kept


def test_neither_is_linked_with_itself_afterwards(db, actor, merges):
    kept = factories.customer(db, actor, "甲")
    other = factories.customer(db, actor, "乙", referred_by_id=kept)
    act = merges.merge(actor, other, kept)
    assert draft(db, actor, other).referred_by_id is None
    HistoryService(db).undo(actor, act)
    assert draft(db, actor, other).referred_by_id == kept


# ---- which values


def test_what_one_lacks_it_gets_and_otherwise_the_kept_one_stays_as_it_is(db, actor, merges):
    kept, other = two(
        db, actor, {"region": "上海", "grade": Grade.B},
        {"region": "深圳", "address": "科技园路 1 号", "grade": Grade.A, "stage": Stage.LOST},
    )  # fmt: skip
    merges.merge(actor, kept, other)
    after = draft(db, actor, kept)
    assert (after.name, after.region, after.address) == ("华信科技", "上海", "科技园路 1 号")
    assert (after.grade, after.stage) == (Grade.B, Stage.ACQUIRING)


def test_chosen_values_are_written_and_the_code_may_be_that_of_the_other(db, actor, merges):
    kept, other = two(
        db, actor, {"code": "K-1", "region": "上海"}, {"code": "K-2", "region": "深圳"}
    )
    second = dict.fromkeys(("code", "region", "name"), Take.SECOND)
    act = merges.merge(actor, kept, other, second)
    after = draft(db, actor, kept)
    assert (after.code, after.region, after.name) == ("K-2", "深圳", "华信科技有限公司")
    history = HistoryService(db)
    undo = history.undo(actor, act).change_set_id
    assert [draft(db, actor, one).code for one in (kept, other)] == ["K-1", "K-2"]
    history.undo(actor, undo)
    assert draft(db, actor, kept).code == "K-2"


def test_nothing_is_lost_without_a_word_the_timeline_has_it(db, actor, merges):
    kept, other = two(
        db, actor, {"code": "K-1", "region": "上海", "source": "展会"},
        {"code": "K-2", "region": "深圳", "source": "转介绍"},
    )  # fmt: skip
    merges.merge(actor, kept, other, {"source": Take.SECOND})
    [note] = of(db, actor, Note, kept)
    assert note.text.splitlines() == [
        f"Merged with 华信科技有限公司 (number {other}, code K-2).",
        "Not taken over:",
        "Code: K-2",
        "Source: 展会",
        "Region: 深圳",
    ]
    assert found(db, actor, "深圳") == [kept]


def test_the_other_is_still_found_by_its_names(db, actor, merges):
    kept = factories.customer(db, actor, "华信科技")
    other = factories.customer(db, actor, "Sino Trust", other_names=("信托中国",))
    act = merges.merge(actor, kept, other)
    assert draft(db, actor, kept).other_names == ("Sino Trust", "信托中国")
    assert found(db, actor, "sino tr") == [kept]
    assert found(db, actor, "信托中国") == [kept]
    HistoryService(db).undo(actor, act)
    assert found(db, actor, "sino tr") == [other]


def test_notes_of_both_are_kept_unless_one_is_chosen(db, actor, merges):
    kept, other = two(db, actor, {"notes": "只收现金"}, {"notes": "周三休息"})
    act = merges.merge(actor, kept, other)
    assert draft(db, actor, kept).notes == "只收现金\n\n周三休息"
    HistoryService(db).undo(actor, act)
    merges.merge(actor, kept, other, {"notes": Take.SECOND})
    assert draft(db, actor, kept).notes == "周三休息"


def test_the_earlier_beginning_and_the_later_contact_are_proposed(db, actor, merges):
    kept, other = two(
        db, actor,
        {"since": date(2024, 1, 1), "last_contact": date(2025, 1, 1), "birthday": "--03-01"},
        {"since": date(2020, 1, 1), "last_contact": date(2026, 1, 1), "birthday": "1990-03-01"},
    )  # fmt: skip
    merges.merge(actor, kept, other)
    after = draft(db, actor, kept)
    assert (after.since, after.last_contact) == (date(2020, 1, 1), date(2026, 1, 1))
    assert after.birthday == "1990-03-01"


def test_what_is_real_does_not_become_sample_data(db, actor, merges):
    sample = CustomerEditing(db).add(actor, CustomerDraft("样例"), sample=True)
    merges.merge(actor, sample, factories.customer(db, actor, "真的"))
    with db.read(actor) as session:
        assert not session.get(Customer, sample).sample


def test_fields_that_managers_added_are_chosen_like_any_other(db, actor, merges):
    fields = CustomFieldService(db)
    ids = [fields.add(actor, FieldDraft(name)) for name in ("开户行", "车牌", "楼层")]
    kept, other = two(db, actor)
    for one, values in ((kept, ("工行", "", "3")), (other, ("农行", "沪A", ""))):
        for field, value in zip(ids, values, strict=True):
            if value:
                fields.set(actor, one, field, "", value)
    before = live(db, actor)
    act = merges.merge(actor, kept, other, {field_key(ids[0]): Take.SECOND})

    def values():
        return [one.value for one in fields.values(actor, kept)]

    assert values() == ["农行", "沪A", "3"]
    assert "开户行: 工行" in of(db, actor, Note, kept)[0].text
    HistoryService(db).undo(actor, act)
    assert live(db, actor) == before
    empty = {field_key(ids[1]): Take.FIRST, field_key(ids[2]): Take.SECOND}
    merges.merge(actor, kept, other, empty)
    assert values() == ["工行", "", ""]
    sound(db, actor)


def test_tags_and_contact_points_are_combined_without_doubles(db, actor, merges):
    kept, other = two(
        db, actor,
        {"tags": ("vip", "老客户"), "points": (PointDraft(PHONE, "13812345678"),)},
        {
            "tags": ("vip", "展会"),
            "points": (PointDraft(PHONE, "+86 138 1234 5678"), PointDraft(EMAIL, "a@b.cn")),
        },
    )  # fmt: skip
    merges.merge(actor, kept, other)
    after = draft(db, actor, kept)
    assert set(after.tags) == {"vip", "老客户", "展会"}
    assert [one.raw for one in after.points] == ["13812345678", "a@b.cn"]


def test_points_that_cannot_be_compared_are_all_kept(db, actor, merges):
    kept, other = two(db, actor)
    for one, raw in ((kept, "见备注"), (other, "？？")):
        with db.write(actor, Message("Test")) as session:
            session.add(ContactPoint(customer_id=one, kind="address", raw=raw))
    merges.merge(actor, kept, other)
    assert [one.raw for one in draft(db, actor, kept).points] == ["见备注", "？？"]


# ---- contacts

WANG = (
    {"contacts": (ContactDraft("王伟", "经理"),), "points": (PointDraft(PHONE, "13812345678", 0),)},
    {
        "contacts": (ContactDraft("王 伟", "采购", note="下午来电"), ContactDraft("李四")),
        "points": (PointDraft(PHONE, "138-1234-5678", 0), PointDraft(EMAIL, "w@x.cn", 0)),
    },
)


def test_a_contact_of_one_name_and_phone_becomes_one_and_loses_nothing(db, actor, merges):
    kept, other = two(db, actor, *WANG)
    [theirs] = [one.id for one in of(db, actor, Contact, other) if one.name == "王 伟"]
    InteractionService(db).log(actor, other, InteractionDraft(
        Channel.PHONE, Direction.OUT, AT, "问价", contact_id=theirs))  # fmt: skip
    before = live(db, actor)
    act = merges.merge(actor, kept, other)
    after = draft(db, actor, kept)
    assert [(one.name, one.title, one.note) for one in after.contacts] == [
        ("王伟", "经理", "下午来电"), ("李四", "", ""),
    ]  # fmt: skip
    assert [(one.raw, one.contact) for one in after.points] == [("13812345678", 0), ("w@x.cn", 0)]
    assert of(db, actor, Interaction, kept)[0].contact_id == after.contacts[0].id
    assert "王伟, Title: 采购" in of(db, actor, Note, kept)[0].text
    sound(db, actor)
    HistoryService(db).undo(actor, act)
    assert live(db, actor) == before


def test_two_of_one_name_may_stay_two_people(db, actor, merges):
    kept, other = two(db, actor, *WANG)
    [pair] = merges.compare(actor, kept, other).people
    assert (pair.shared, pair.take) == ("13812345678", Take.FIRST)
    merges.merge(actor, kept, other, {pair.key: Take.BOTH})
    after = draft(db, actor, kept)
    assert [one.name for one in after.contacts] == ["王伟", "王 伟", "李四"]
    assert [(one.raw, one.contact) for one in after.points] == [
        ("13812345678", 0), ("138-1234-5678", 1), ("w@x.cn", 1),
    ]  # fmt: skip


def test_one_name_alone_is_offered_but_not_joined(db, actor, merges):
    kept, other = two(
        db, actor, {"contacts": (ContactDraft("张伟"),)}, {"contacts": (ContactDraft("张伟"),)}
    )
    [pair] = merges.compare(actor, kept, other).people
    assert (pair.shared, pair.take) == ("", Take.BOTH)
    merges.merge(actor, kept, other, {pair.key: Take.FIRST})
    assert [one.name for one in draft(db, actor, kept).contacts] == ["张伟"]


# ---- taking it back later


def test_weeks_later_what_was_changed_since_stays_and_is_named(db, actor, merges):
    kept, other = two(db, actor, {"region": "上海"}, {"region": "深圳"})
    InteractionService(db).log(actor, other, CALL)
    act = merges.merge(actor, kept, other, {"region": Take.SECOND})
    editing = CustomerEditing(db)
    now = draft(db, actor, kept)
    editing.save(actor, kept, now, CustomerDraft(**{**_fields(now), "region": "广州"}))
    NoteService(db).add(actor, kept, NoteDraft("后来写的"))
    undone = HistoryService(db).undo(actor, act)
    assert [(one.record, one.field) for one in undone.kept] == [("华信科技", "region")]
    assert draft(db, actor, kept).region == "广州"
    assert draft(db, actor, other).region == "深圳"
    assert [one.text for one in of(db, actor, Note, kept)] == ["后来写的"]
    assert [one.summary for one in of(db, actor, Interaction, other)] == ["谈了报价"]
    sound(db, actor)


def _fields(one) -> dict:
    return {name: getattr(one, name) for name in CustomerDraft.__dataclass_fields__}


def test_a_number_added_since_to_a_contact_that_goes_back_stays_with_the_kept_one(
    db, actor, merges
):
    kept, other = two(db, actor, {}, WANG[1])
    act = merges.merge(actor, kept, other)
    now = draft(db, actor, kept)
    more = (*now.points, PointDraft(PHONE, "13900001111", 0))
    CustomerEditing(db).save(actor, kept, now, CustomerDraft(**{**_fields(now), "points": more}))
    HistoryService(db).undo(actor, act)
    after = draft(db, actor, kept)
    assert (after.contacts, [(one.raw, one.contact) for one in after.points]) == (
        (), [("13900001111", None)],
    )  # fmt: skip
    assert [one.name for one in draft(db, actor, other).contacts] == ["王 伟", "李四"]
    changed = CustomerDraft(**{**_fields(after), "region": "上海"})
    CustomerEditing(db).save(actor, kept, after, changed)
    sound(db, actor)


def test_what_was_deleted_before_the_merge_comes_back_to_the_kept_one(db, actor, merges):
    kept, other = two(db, actor)
    note = NoteService(db).add(actor, other, NoteDraft("旧账"))
    NoteService(db).delete(actor, note)
    history = HistoryService(db)
    deletion = history.last(actor).id
    merges.merge(actor, kept, other)
    history.undo(actor, deletion)
    assert "旧账" in [one.text for one in of(db, actor, Note, kept)]
    assert found(db, actor, "旧账") == [kept]


def test_a_merge_into_what_was_merged_is_followed_and_taken_back_in_any_order(db, actor, merges):
    one, middle, last = (factories.customer(db, actor, name) for name in ("甲公", "乙公", "丙公"))
    NoteService(db).add(actor, one, NoteDraft("甲的"))
    before = live(db, actor)
    first = merges.merge(actor, middle, one)
    second = merges.merge(actor, last, middle)
    with db.read(actor) as session:
        assert merged_into(session, one) == merged_into(session, middle) == last
    with pytest.raises(MergedInto) as told:
        CustomerService(db).get(actor, one)
    with pytest.raises(MergedInto):
        NoteService(db).add(actor, one, NoteDraft("太晚了"))
    assert (told.value.kept_id, str(told.value)) == (
        last,
        "甲公 was merged into 丙公. Nothing was changed.",
    )
    history = HistoryService(db)
    history.undo(actor, second)
    history.undo(actor, first)
    assert live(db, actor) == before
    sound(db, actor)


def test_in_the_recycle_bin_it_says_into_whom_and_restoring_takes_the_merge_back(db, actor, merges):
    kept, other = two(db, actor)
    InteractionService(db).log(actor, other, CALL)
    before = live(db, actor)
    merges.merge(actor, kept, other)
    bin_ = RecycleBin(db)
    [row] = bin_.rows(actor, [other])
    assert (row.name, row.merged_into) == ("华信科技有限公司", "华信科技")
    result = bin_.restore(actor, [other])
    assert live(db, actor) == before
    HistoryService(db).undo(actor, result.change_set_id)
    with db.read(actor) as session:
        assert merged_into(session, other) == kept


def test_after_the_other_was_purged_the_merge_cannot_be_taken_back(db, actor, merges):
    kept, other = two(db, actor, *WANG)
    act = merges.merge(actor, kept, other)
    RecycleBin(db).purge(actor, [other])
    before = rows(db, actor)
    with pytest.raises(Conflict, match="deleted for good"):
        HistoryService(db).undo(actor, act)
    assert rows(db, actor) == before
    sound(db, actor)


def test_the_kept_one_can_be_purged_without_the_other(db, actor, merges):
    kept, other = two(db, actor, *WANG)
    merges.merge(actor, kept, other)
    CustomerEditing(db).delete(actor, kept)
    RecycleBin(db).purge(actor, [kept])
    [row] = RecycleBin(db).rows(actor, [other])
    assert (row.name, row.merged_into) == ("华信科技有限公司", "")
    sound(db, actor)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["point", "tag", "contact", "note", "fact", "log", "parent", "field"]),
        st.integers(0, 1),
        st.integers(0, 3),
    ),
    max_size=14,
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS, st.integers(0, 3**8 - 1))
def test_any_two_customers_merged_and_taken_back_are_as_they_were(db, steps, chance):
    actor, merges, history = factories.director(db), MergeService(db), HistoryService(db)
    pair = two(db, actor, {"region": "上海"}, {"region": "深圳", "notes": "乙"})
    for step in steps:
        _do(db, actor, pair, step)
    held = merges.compare(actor, *pair)
    keys = [*(one.key for one in held.differing), *(one.key for one in held.people)]
    both = {one.key for one in (*held.people, *held.fields) if getattr(one, "may_take_both", True)}
    takes = {key: list(Take)[chance // 3**place % 3] for place, key in enumerate(keys)}
    choices = {key: take for key, take in takes.items() if take is not Take.BOTH or key in both}
    before = live(db, actor)
    act = merges.merge(actor, *pair, choices)
    merged = live(db, actor)
    sound(db, actor)
    doubles = [
        row["normalised"] for key, row in merged.items()
        if key[0] == "contact_point" and row["customer_id"] == pair[0] and not row["contact_id"]
    ]  # fmt: skip
    own = [one.raw for one in draft(db, actor, pair[0]).points if one.contact is None]
    assert len(own) == len(doubles)
    undo = history.undo(actor, act)
    assert undo.kept == ()
    assert live(db, actor) == before
    sound(db, actor)
    history.undo(actor, undo.change_set_id)
    assert live(db, actor) == merged
    history.undo(actor, act)
    assert live(db, actor) == before
    sound(db, actor)


def _do(db, actor, pair, step) -> None:
    verb, whose, place = step
    one, name = pair[whose], "甲乙丙丁"[place]
    match verb:
        case "note":
            NoteService(db).add(actor, one, NoteDraft(name))
        case "fact":
            FactService(db).add(actor, one, FactDraft(FactKind.NEED, name, AT.date()))
        case "log":
            InteractionService(db).log(actor, one, CALL)
        case "parent":
            factories.customer(db, actor, name, parent_id=one)
        case "field":
            _keep(db, actor, one, name, str(whose + place))
        case _:
            now = draft(db, actor, one)
            changed = CustomerDraft(**{**_fields(now), **_more(now, verb, place, name)})
            CustomerEditing(db).save(actor, one, now, changed)


def _keep(db, actor, one, name, value) -> None:
    fields = CustomFieldService(db)
    if name not in [each.field.name for each in fields.values(actor, one)]:
        fields.add(actor, FieldDraft(name))
    held = next(each for each in fields.values(actor, one) if each.field.name == name)
    fields.set(actor, one, held.field.id, held.value, value)


def _more(now, verb, place, name) -> dict:
    if verb == "tag":
        return {"tags": (*now.tags, name)}
    if verb == "point":
        return {"points": (*now.points, PointDraft(PHONE, f"1381234567{place}"))}
    people = (*now.contacts, ContactDraft(name, title=str(len(now.contacts))))
    reached = PointDraft(PHONE, f"1391234567{place}", len(people) - 1)
    return {"contacts": people, "points": (*now.points, reached)}


# ---- who may, and what is refused


def test_with_itself_a_parent_or_what_is_gone_there_is_a_sentence(db, actor, merges):
    kept, other = two(db, actor)
    under = factories.customer(db, actor, "分公司", parent_id=kept)
    below = factories.customer(db, actor, "门店", parent_id=under)
    CustomerEditing(db).delete(actor, other)
    before = rows(db, actor)
    for pair, kind, words in (
        ((kept, kept), Refused, "one and the same"),
        ((kept, under), Refused, "分公司 belongs to 华信科技"),
        ((below, kept), Refused, "门店 belongs to 华信科技"),
        ((kept, other), NotFound, "no longer there"),
        ((kept, 999), NotFound, "no longer there"),
    ):
        with pytest.raises(kind) as refused:
            merges.compare(actor, *pair)
        assert words in str(refused.value)
        with pytest.raises(kind):
            merges.merge(actor, *pair)
    assert rows(db, actor) == before


def test_one_that_the_actor_may_not_see_is_not_there(db, merges):
    boss, anna = factories.director(db), factories.staff(db, "安娜", Role.SALESPERSON)
    mine, theirs = factories.customer(db, anna, "我的"), factories.customer(db, boss, "老板的")
    for pair in ((mine, theirs), (theirs, mine)):
        with pytest.raises(NotFound):
            merges.merge(anna, *pair)


def test_who_looked_after_the_other_still_sees_what_became_of_it(db, merges):
    boss = factories.director(db)
    anna, ben = (factories.staff(db, name, Role.SALESPERSON) for name in ("安娜", "本"))
    kept, other = factories.customer(db, anna, "甲"), factories.customer(db, ben, "乙")
    act = merges.merge(boss, kept, other)
    assert draft(db, ben, kept).owner_id == anna.id
    assert "Owner: 本" in of(db, boss, Note, kept)[0].text
    with pytest.raises(MergedInto):
        CustomerService(db).get(ben, other)
    HistoryService(db).undo(boss, act)
    assert of(db, boss, CustomerShare, kept) == []
    with pytest.raises(NotFound) as told:
        CustomerService(db).get(ben, kept)
    assert not isinstance(told.value, MergedInto)


def test_what_somebody_changed_meanwhile_is_not_merged_unseen(db, actor, merges):
    kept, other = two(db, actor)
    seen = merges.compare(actor, kept, other)
    BulkService(db).apply(actor, [other], SetField("region", "广州"))
    before = rows(db, actor)
    with pytest.raises(Conflict, match="meanwhile"):
        merges.merge(actor, kept, other, {}, seen)
    assert rows(db, actor) == before


def test_choices_that_are_none_are_refused(db, actor, merges):
    kept, other = two(db, actor, {"region": "上海"}, {"region": "深圳"})
    with pytest.raises(Refused, match="nothing to choose"):
        merges.merge(actor, kept, other, {"colour": Take.SECOND})
    with pytest.raises(Refused, match="Only one value"):
        merges.merge(actor, kept, other, {"region": Take.BOTH})


def test_swapped_the_second_stays_and_what_was_chosen_means_the_same(db, actor, merges):
    kept, other = two(db, actor, WANG[0] | {"region": "上海"}, WANG[1] | {"region": "深圳"})
    held = merges.compare(actor, kept, other)
    turned = held.swapped()
    again = merges.compare(actor, other, kept)
    assert turned.fields == again.fields
    assert [one.key for one in turned.people] == [one.key for one in again.people]
    [pair] = held.people
    chosen = {"region": Take.FIRST, pair.key: Take.BOTH}
    assert held.swapped_choices(chosen) == {
        "region": Take.SECOND, turned.people[0].key: Take.BOTH,
    }  # fmt: skip
    merges.merge(actor, other, kept, held.swapped_choices(chosen), turned)
    after = draft(db, actor, other)
    assert (after.region, len(after.contacts)) == ("上海", 3)


def test_the_one_with_more_history_is_proposed_then_the_fuller_then_the_older(db, actor, merges):
    kept, other = two(db, actor)
    assert merges.compare(actor, other, kept).suggested == kept
    CustomerEditing(db).save(
        actor, other, draft(db, actor, other),
        CustomerDraft(**{**_fields(draft(db, actor, other)), "source": "展会"}),
    )  # fmt: skip
    assert merges.compare(actor, kept, other).suggested == other
    InteractionService(db).log(actor, kept, CALL)
    held = merges.compare(actor, kept, other)
    assert held.suggested == kept
    assert held.first.counts["interaction"] == 1


@pytest.mark.parametrize("choice", [Take.FIRST, Take.SECOND])
def test_a_long_story_goes_over_in_the_index_and_comes_back(db, actor, merges, choice):
    fields = CustomFieldService(db)
    number = fields.add(actor, FieldDraft("年产量", FieldKind.NUMBER))
    kept, other = two(
        db, actor, {"region": "上海", **WANG[0]},
        {"region": "深圳", "tags": ("vip",), "address": "科技园 1 号", **WANG[1]},
    )  # fmt: skip
    for one, said in ((kept, "旧合同"), (other, "询价单")):
        with db.write(actor, Message("Test")) as session:
            talk = plain(Interaction, {"customer": one}, "")
            talks = [talk | {"summary": f"{said} {n}"} for n in range(LONG)]
            bulk.insert_rows(session, Interaction, talks)
    before = live(db, actor)
    act = merges.merge(actor, kept, other, {"region": choice})
    sound(db, actor)
    for typed in ("询价单 499", "旧合同 7", "深圳", "上海", "科技园", "vip", "下午来电"):
        assert found(db, actor, typed) == [kept], typed
    NoteService(db).add(actor, kept, NoteDraft("后来的事"))
    assert found(db, actor, "后来的事") == [kept]
    sound(db, actor)
    HistoryService(db).undo(actor, act)
    assert found(db, actor, "询价单 499") == [other]
    assert found(db, actor, "旧合同 7") == [kept]
    sound(db, actor)
    # a value that the timeline shows otherwise than it is kept: all is read again
    fields.set(actor, kept, number, "", "12345")
    fields.set(actor, other, number, "", "99")
    act = merges.merge(actor, kept, other)
    assert found(db, actor, "询价单 499") == [kept]
    sound(db, actor)
    HistoryService(db).undo(actor, act)
    assert len(live(db, actor)) >= len(before)
    sound(db, actor)


def test_the_statements_do_not_grow_with_what_hangs_on_it(db, actor, merges):
    def statements(count) -> int:
        kept, other = two(db, actor)
        with db.write(actor, Message("Test")) as session:
            said = [plain(Interaction, {"customer": other}, "说了什么") for _ in range(count)]
            bulk.insert_rows(session, Interaction, said)
        executed = []
        event.listen(db.engine, "before_cursor_execute", lambda *a: executed.append(a[2]))
        merges.merge(actor, kept, other)
        assert len(of(db, actor, Interaction, kept)) == count
        return len(executed)

    small = statements(1)
    assert statements(300) <= 2 * small + 2


def test_its_change_set_holds_no_more_than_it_changed(db, actor, merges):
    kept, other = two(db, actor)
    act = merges.merge(actor, kept, other)
    with db.read(actor) as session:
        held = session.execute(
            select(Change.table_name, Change.action).where(Change.change_set_id == act)
        ).all()
    assert sorted(map(tuple, held)) == [
        ("customer", "delete"),
        ("customer", "update"),
        ("customer", "update"),
        ("note", "insert"),
    ]
