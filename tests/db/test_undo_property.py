"""Any sequence of commands, undone in reverse, gives back the same data; redone, the same again."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import bulk
from app.db.visibility import EVERYTHING
from app.domain.customer import CustomerDraft, PointDraft
from app.domain.vocabulary import PointKind
from app.i18n import Message
from app.models import Customer, journalled_models
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.recycle_bin import RecycleBin
from tests import factories

NAMES = st.sampled_from(["华信", "张三", "Grace Miller", "國強建材", "😀", "O'Neil & Söhne"])
COMMANDS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), NAMES, st.sampled_from(["", "vip", "老客户"])),
        st.tuples(st.just("rename"), st.integers(0, 5), NAMES),
        st.tuples(st.just("grade"), st.integers(0, 63), st.sampled_from(["A", "B", None])),
        st.tuples(st.just("delete"), st.integers(0, 63), st.none()),
        st.tuples(st.just("point"), st.integers(0, 5), st.sampled_from(["13812345678", "a@b.cn"])),
    ),
    min_size=1,
    max_size=7,
)


def snapshot(db, actor) -> dict:
    """Every live row of every journalled table, by table."""
    with db.read(actor) as session:
        found = {}
        for name, model in journalled_models().items():
            rows = session.execute(
                select(*model.__table__.columns).where(model.deleted_in.is_(None))
            )
            found[name] = sorted(tuple(row) for row in rows)
        return found


def ids(db, actor) -> list[int]:
    with db.read(actor) as session:
        return list(session.scalars(select(Customer.id).order_by(Customer.id)))


def execute(db, actor, command) -> None:
    verb, one, other = command
    here = ids(db, actor)
    editing, customers = CustomerEditing(db), CustomerService(db)
    if verb == "add":
        editing.add(actor, CustomerDraft(one, tags=(other,)))
    elif verb in ("rename", "point") and here:
        target = here[one % len(here)]
        before = customers.get(actor, target).draft
        kind = PointKind.EMAIL if "@" in other else PointKind.PHONE
        changed = (
            CustomerDraft(**{**_fields(before), "name": other})
            if verb == "rename"
            else CustomerDraft(**{**_fields(before), "points": (PointDraft(kind, other),)})
        )
        editing.save(actor, target, before, changed)
    elif verb in ("grade", "delete"):
        chosen = [one_id for place, one_id in enumerate(here) if one >> (place % 6) & 1]
        if chosen:
            with db.write(actor, Message("Test")) as session:
                if verb == "grade":
                    bulk.update_rows(session, Customer, chosen, {"grade": other})
                else:
                    bulk.delete_rows(session, Customer, chosen)


def _fields(draft) -> dict:
    return {name: getattr(draft, name) for name in CustomerDraft.__dataclass_fields__}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(COMMANDS)
def test_undone_in_reverse_the_data_is_as_it_was_and_redone_as_it_became(db, commands):
    history = HistoryService(db)
    actor = factories.director(db)
    states = [snapshot(db, actor)]
    made = []
    for command in commands:
        newest = history.page(actor, limit=1)
        execute(db, actor, command)
        [now] = history.page(actor, limit=1)
        if not newest or now.id != newest[0].id:
            made.append(now.id)
            states.append(snapshot(db, actor))
    undone = []
    for change_set, state in zip(reversed(made), reversed(states[:-1]), strict=True):
        undone.append(history.undo(actor, change_set).change_set_id)
        assert snapshot(db, actor) == state
    redone = []
    for change_set, state in zip(reversed(undone), states[1:], strict=True):
        redone.append(history.undo(actor, change_set).change_set_id)
        assert snapshot(db, actor) == state
    # what was done again can be taken back again, by its own number or by that of the redo
    for pair, state in zip(
        reversed(list(zip(made, redone, strict=True))), reversed(states[:-1]), strict=True
    ):
        history.undo(actor, pair[pair[0] % 2])
        assert snapshot(db, actor) == state
        assert all(one.undone for one in history.page(actor) if one.id in pair[:1])


def test_deleted_rows_are_still_there(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    CustomerEditing(db).delete(actor, one)
    with db.read(actor) as session:
        assert session.scalar(select(Customer.id), execution_options={EVERYTHING: True}) == one


def test_a_deletion_done_again_can_be_taken_back_again(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    CustomerEditing(db).delete(actor, one)
    history = HistoryService(db)
    deletion = history.last(actor).id
    history.undo(actor, history.undo(actor, deletion).change_set_id)
    assert ids(db, actor) == []
    assert history.undo(actor, history.last(actor).id).rows == 1
    assert ids(db, actor) == [one]


def test_taking_back_a_redo_leaves_the_change_undone(db):
    actor = factories.staff(db)
    one = factories.customer(db, actor)
    CustomerEditing(db).delete(actor, one)
    history = HistoryService(db)
    deletion = history.last(actor).id
    redo = history.undo(actor, history.undo(actor, deletion).change_set_id).change_set_id
    history.undo(actor, redo)
    assert ids(db, actor) == [one]
    [entry] = [entry for entry in history.page(actor) if entry.id == deletion]
    assert entry.undone


def test_what_was_purged_or_deleted_again_is_named_when_its_deletion_is_taken_back(db):
    actor = factories.director(db)
    purged, again, back = (factories.customer(db, actor, name) for name in "甲乙丙")
    recycle_bin, history = RecycleBin(db), HistoryService(db)
    with db.write(actor, Message("Test")) as session:
        bulk.delete_rows(session, Customer, [purged, again, back])
        deletion = session.change_set_id
    recycle_bin.purge(actor, [purged])
    restoring = recycle_bin.restore(actor, [again]).change_set_id
    CustomerEditing(db).delete(actor, again)
    undone = history.undo(actor, deletion)
    assert undone.rows == 1
    assert undone.kept_count == 2
    assert ids(db, actor) == [back]
    # and taking back the restoration does not claim the second deletion for itself
    assert history.undo(actor, restoring).rows == 0
