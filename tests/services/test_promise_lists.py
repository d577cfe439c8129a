from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from app.domain.interactions import Channel, Direction
from app.domain.promises import Firmness, PromiseQuery, PromiseState, Which, moved_to
from app.domain.reminders import Whose
from app.domain.vocabulary import Role
from app.errors import NotFound
from app.services.history import HistoryService
from app.services.interactions import InteractionDraft, InteractionService
from app.services.promise_lists import PromiseLists
from app.services.promises import PromiseDraft, PromiseService
from tests import factories
from tests.databases import NOW

TODAY = NOW.date()


def day(ahead):
    return TODAY + timedelta(days=ahead)


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def lead(db):
    return factories.staff(db, "赵敏", Role.LEAD, "东区")


@pytest.fixture
def customer(db, lina):
    return factories.customer(db, lina, "华信科技", owner_id=lina.id)


@pytest.fixture
def promises(db):
    return PromiseService(db)


@pytest.fixture
def lists(db):
    return PromiseLists(db)


@pytest.fixture
def six(lina, customer, promises):
    """Late, due today, next week, kept, broken, released: by what they say."""
    dues = {"晚了": -2, "今天": 0, "下周": 8, "守住": 1, "没守": -5, "不用": 3}
    made = {
        words: promises.make(lina, customer, PromiseDraft(words, day(ahead))).ids[0]
        for words, ahead in dues.items()
    }
    promises.keep(lina, [made["守住"]])
    promises.break_off(lina, [made["没守"]], "忘了")
    promises.release(lina, [made["不用"]])
    return made


def texts(lists, actor, which=Which.OPEN, whose=Whose.MINE, typed="", sort=""):
    ids = lists.ids(actor, PromiseQuery(which, whose, typed, sort))
    return [one.text for one in lists.rows(actor, ids.tolist())]


def test_each_list_has_its_promises_in_order(lists, lina, six):
    assert texts(lists, lina) == ["晚了", "今天", "下周"]
    assert texts(lists, lina, Which.LATE) == ["晚了"]
    assert texts(lists, lina, Which.WEEK) == ["今天"]
    assert texts(lists, lina, Which.KEPT) == ["守住"]
    assert texts(lists, lina, Which.BROKEN) == ["没守"]
    assert texts(lists, lina, Which.RELEASED) == ["不用"]
    assert texts(lists, lina, Which.ALL) == ["下周", "不用", "守住", "今天", "晚了", "没守"]


def test_the_counts_are_those_of_the_lists(lists, lina, six):
    for typed in ("", "天", "华信"):
        counts = lists.counts(lina, PromiseQuery(text=typed))
        assert counts == {which: len(texts(lists, lina, which, typed=typed)) for which in Which}
    assert lists.counts(lina, PromiseQuery())[Which.ALL] == 6


def test_without_promises_every_count_is_none(lists, lina):
    assert lists.counts(lina, PromiseQuery()) == dict.fromkeys(Which, 0)


def test_a_moment_that_has_passed_today_is_late(lists, lina, customer, promises):
    for hours in (-1, 1):
        promises.make(lina, customer, PromiseDraft(f"{hours}", NOW + timedelta(hours=hours)))
    assert texts(lists, lina, Which.LATE) == ["-1"]
    assert texts(lists, lina) == ["-1", "1"]


def test_mine_the_teams_and_everybodys(db, lists, lina, lead, customer, promises, six):
    boss = factories.director(db)
    promises.make(boss, customer, PromiseDraft("老板说的", day(1)))
    promises.make(lead, customer, PromiseDraft("主管说的", day(2)))
    assert texts(lists, lead) == ["主管说的"]
    assert texts(lists, lead, whose=Whose.TEAM) == ["晚了", "今天", "主管说的", "下周"]
    everybody = ["晚了", "今天", "老板说的", "主管说的", "下周"]
    assert texts(lists, lead, whose=Whose.ALL) == everybody
    assert texts(lists, boss, whose=Whose.TEAM) == ["老板说的"]


def test_promises_to_customers_out_of_sight_are_not_listed(db, lists, lina, customer, six):
    other = factories.staff(db, "王伟", Role.SALESPERSON, "西区")
    assert texts(lists, other, Which.ALL, Whose.ALL) == []
    assert lists.counts(other, PromiseQuery(whose=Whose.ALL))[Which.ALL] == 0
    assert lists.rows(other, six.values()) == [None] * 6
    assert lists.still_open(other, six.values()) == []
    with pytest.raises(NotFound):
        lists.story(other, six["今天"])


def test_text_is_found_in_the_promise_and_in_the_customers_name(lists, lina, customer, promises):
    promises.make(lina, customer, PromiseDraft("Send the SAMPLES 100%", TODAY))
    promises.make(lina, customer, PromiseDraft("报价单", TODAY))
    assert texts(lists, lina, typed="samples 100%") == ["Send the SAMPLES 100%"]
    assert texts(lists, lina, typed="100_") == []
    assert texts(lists, lina, typed="報價單") == ["报价单"]
    promises.make(lina, customer, PromiseDraft("寄樣品", day(20)))
    assert texts(lists, lina, typed="样品") == ["寄樣品"]
    for typed in ("华信", "信科", "華信", "hxkj", "huaxin"):
        assert texts(lists, lina, typed=typed) == ["Send the SAMPLES 100%", "报价单", "寄樣品"], (
            typed
        )
    assert texts(lists, lina, typed="没有") == []


def test_sorted_by_due_made_maker_and_customer(db, lists, lina, customer, promises):
    boss = factories.director(db)
    other = factories.customer(db, boss, "阿里", owner_id=lina.id)
    promises.make(lina, customer, PromiseDraft("甲", day(3)))
    promises.make(boss, other, PromiseDraft("乙", day(1)))
    promises.make(lina, other, PromiseDraft("丙", day(2)))
    order = {
        "due": ["乙", "丙", "甲"],
        "-due": ["甲", "丙", "乙"],
        "made": ["甲", "乙", "丙"],
        "-made": ["丙", "乙", "甲"],
        "maker": ["丙", "甲", "乙"],
        "customer": ["乙", "丙", "甲"],
        "-customer": ["甲", "丙", "乙"],
    }
    for sort, expected in order.items():
        assert texts(lists, boss, whose=Whose.ALL, sort=sort) == expected, sort


def test_a_page_takes_the_same_few_statements_for_any_number(db, lists, lina, customer, promises):
    made = promises.make_all(
        lina, customer, [PromiseDraft(f"{one}", day(one)) for one in range(40)]
    )
    promises.move_all(lina, made.ids, day(50), "请假")
    counts = []
    for some in (made.ids[:1], made.ids):
        statements: list[str] = []
        listener = lambda *args: statements.append(args[2])  # noqa: E731, B023
        event.listen(db.engine, "before_cursor_execute", listener)
        found = lists.rows(lina, some)
        event.remove(db.engine, "before_cursor_execute", listener)
        assert [one.moves for one in found] == [1] * len(some)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 2


def test_the_story_has_every_move_who_ended_it_and_where_it_came_from(
    db, lists, lina, lead, customer, promises
):
    logged = InteractionService(db).log(
        lina,
        customer,
        InteractionDraft(
            Channel.PHONE,
            Direction.IN,
            NOW,
            "她催样品",
            promises=(PromiseDraft("寄样品", day(1), firm=Firmness.FIRM),),
        ),
    )
    assert logged.interaction_id
    (promise,) = lists.ids(lina, PromiseQuery()).tolist()
    promises.move(lina, promise, day(3), "缺货")
    promises.move(lead, promise, day(5), "还是缺货")
    promises.keep(lead, [promise])
    story = lists.story(lina, promise)
    assert story.line.state is PromiseState.KEPT
    assert story.line.first_due_on == day(1)
    assert [(one.before, one.after, one.staff, one.why) for one in story.moves] == [
        (day(1), day(3), "李娜", "缺货"),
        (day(3), day(5), "赵敏", "还是缺货"),
    ]
    assert story.closed_by == "赵敏"
    said = story.said_in
    assert (said.channel, said.direction, said.staff, said.summary) == (
        Channel.PHONE, Direction.IN, "李娜", "她催样品",
    )  # fmt: skip


def test_a_promise_from_nowhere_has_a_story_too(lists, lina, six):
    story = lists.story(lina, six["今天"])
    assert (story.moves, story.closed_by, story.said_in) == ((), "", None)


def test_several_are_moved_at_once_and_back_by_one_undo(db, lists, lina, customer, promises, six):
    at = datetime(2026, 11, 24, 14, 30).astimezone()
    timed = promises.make(lina, customer, PromiseDraft("下午", at)).ids[0]
    made = promises.move_all(lina, [*six.values(), timed], day(8), "全体出差")
    assert set(made.ids) == {six["晚了"], six["今天"], timed}  # 下周 is due then anyway
    found = {one.text: one for one in lists.rows(lina, [*six.values(), timed])}
    assert found["下午"].due == moved_to(at, day(8))
    assert found["下午"].due.astimezone().hour == 14
    assert found["今天"].due == day(8)
    assert found["守住"].due == day(1)
    (moved,) = lists.story(lina, six["今天"]).moves
    assert (moved.before, moved.after, moved.why) == (TODAY, day(8), "全体出差")
    HistoryService(db).undo(lina, made.change_set_id)
    assert lists.story(lina, six["今天"]).moves == ()
    assert texts(lists, lina) == ["晚了", "今天", "下午", "下周"]


def test_only_open_ones_are_still_open(lists, lina, six):
    wanted = [six["守住"], six["下周"], six["今天"], 999_999]
    assert lists.still_open(lina, wanted) == [six["下周"], six["今天"]]


def test_the_list_of_what_is_open_is_read_from_an_index(db, lists, lina, six):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a table of six rows as a whole")
    plans = []
    for which, whose in (
        (Which.LATE, Whose.ALL),
        (Which.KEPT, Whose.ALL),
        (Which.OPEN, Whose.MINE),
    ):
        asked: list[tuple] = []
        listener = lambda *args: asked.append(args[2:4])  # noqa: E731, B023
        event.listen(db.engine, "before_cursor_execute", listener)
        lists.ids(factories.director(db), PromiseQuery(which, whose))
        event.remove(db.engine, "before_cursor_execute", listener)
        statement, values = next(one for one in asked if "group_concat" in one[0])
        with db.engine.connect() as connection:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        plans.append(" / ".join(str(row[3]) for row in rows))
    for plan in plans:
        assert "SCAN promise" not in plan, plan
        assert "ix_promise_" in plan, plan
