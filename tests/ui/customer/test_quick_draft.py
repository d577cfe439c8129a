import json
from datetime import date, datetime, timedelta, timezone

import pytest

from app.domain.interactions import Channel, Direction, Step
from app.domain.quick_log import Person
from app.ui.customer.kept_lines import MOST, KeptLines, Line
from app.ui.customer.quick_draft import NONE, Corrections, Slot, read

NOW = datetime(2026, 11, 22, 15, 41, tzinfo=timezone(timedelta(hours=8)))
PEOPLE = [
    Person(1, "陈国强", "总经理"),
    Person(2, "吴敏", "采购"),
    Person(3, "Grace Miller", "Buyer"),
]
LINE = "电话陈总 满意4 20分钟 答应周一前寄3块样品"


def test_a_line_of_the_target_picture_is_understood():
    found = read(LINE, NOW, PEOPLE)
    assert (found.channel, found.direction) == (Channel.PHONE, Direction.OUT)
    assert (found.person_id, found.rating, found.minutes) == (1, 4, 20)
    assert found.summary == "答应周一前寄3块样品"
    (due,) = found.dues
    assert (due.day, due.deadline, due.text) == (date(2026, 11, 23), True, "寄3块样品")
    assert not found.only_follow_up


def test_without_a_channel_it_was_a_call_of_ours():
    found = read("talked about delivery", NOW, PEOPLE)
    assert (found.channel, found.direction) == (Channel.PHONE, Direction.OUT)
    assert found.summary == "talked about delivery"


def test_what_is_taken_away_stays_text():
    corrections = NONE.without(Slot.RATING, "满意4")
    found = read(LINE, NOW, PEOPLE, corrections)
    assert found.rating is None
    assert found.summary == "满意4 答应周一前寄3块样品"


def test_what_was_taken_away_comes_back_with_other_words():
    corrections = NONE.without(Slot.RATING, "满意4")
    assert read(LINE.replace("满意4", "满意5"), NOW, PEOPLE, corrections).rating == 5


def test_a_value_changed_by_hand_outlives_further_typing():
    corrections = NONE.with_value(Slot.RATING, 2).with_value(Slot.STEP, Step.TRUST)
    found = read(LINE + " 很好 5分", NOW, PEOPLE, corrections)
    assert (found.rating, found.step) == (2, Step.TRUST)
    assert "满意4" not in found.summary


def test_another_person_leaves_the_name_that_was_typed_in_the_text():
    found = read("电话陈总 问交期", NOW, PEOPLE, NONE.with_value(Slot.PERSON, 2))
    assert found.person_id == 2
    assert found.summary == "陈总 问交期"


def test_a_person_who_is_gone_is_not_logged():
    assert read("问交期", NOW, PEOPLE, NONE.with_value(Slot.PERSON, 99)).person_id is None


@pytest.mark.parametrize(
    "line",
    [
        "call back Friday 3pm",
        "周五下午3点回电",
        "答应周一前寄样品",
        "remind me tomorrow to send the quote",
        "明天给陈总打电话",
        "提醒我周五回电",
    ],
)
def test_a_line_that_is_only_a_follow_up_says_so(line):
    assert read(line, NOW, PEOPLE).only_follow_up


@pytest.mark.parametrize(
    "line",
    [
        "问交期，周五前回复",
        "Happy with the samples, send quote tomorrow",
        "called, call back Friday 3pm",
        "满意4 明天寄样品",
        "问交期",
    ],
)
def test_where_something_was_said_it_is_more_than_a_follow_up(line):
    assert not read(line, NOW, PEOPLE).only_follow_up


def test_a_channel_chosen_by_hand_makes_a_call_of_a_follow_up():
    corrections = NONE.with_value(Slot.CHANNEL, (Channel.WECHAT, Direction.IN))
    found = read("call back Friday 3pm", NOW, PEOPLE, corrections)
    assert not found.only_follow_up
    assert (found.channel, found.direction) == (Channel.WECHAT, Direction.IN)


def test_a_date_can_be_moved_taken_away_and_added():
    moved = NONE.with_date("周一前", (date(2026, 11, 25), False))
    (due,) = read(LINE, NOW, PEOPLE, moved).dues
    assert (due.day, due.deadline) == (date(2026, 11, 25), False)
    assert read(LINE, NOW, PEOPLE, NONE.with_date("周一前", None)).dues == ()
    added = NONE.with_date("", (date(2026, 12, 1), True))
    draft = read("问交期", NOW, PEOPLE, added).interaction(NOW)
    (wanted,) = draft.promises
    assert (wanted.due, wanted.text) == (date(2026, 12, 1), "问交期")


def test_every_follow_up_of_a_line_is_kept():
    draft = read("谈了价格，明天寄样品，周五回电", NOW, PEOPLE).interaction(NOW)
    assert [one.due.day for one in draft.promises] == [23, 27]


def test_a_moment_is_kept_with_its_hour():
    (note,) = read("call back Friday 3pm", NOW, PEOPLE).promises()
    assert note.text == "call back"
    assert note.due == datetime(2026, 11, 27, 15, tzinfo=NOW.tzinfo)


def test_breaks_between_lines_stay():
    found = read("电话陈总 4分\n要样品\n\n月底定", NOW, PEOPLE)
    assert found.summary == "要样品\n\n月底定"


def test_what_is_to_be_done_ends_with_its_line():
    found = read("电话陈总 明天寄样品\n还说了很多", NOW, PEOPLE)
    assert [one.text for one in found.dues] == ["寄样品"]
    assert found.summary == "明天寄样品\n还说了很多"


def test_products_are_put_in_and_taken_out():
    assert NONE.with_product(3).with_product(5).with_product(3).product_ids == (5,)


def kept_again(lines: KeptLines) -> KeptLines:
    again = KeptLines()
    again.restore(json.loads(json.dumps(lines.state())))
    return again


def test_lines_come_back_from_plain_values_with_all_corrections():
    corrections = Corrections(
        {
            Slot.CHANNEL: (Channel.VISIT, None),
            Slot.PERSON: 2,
            Slot.STEP: Step.ACT,
            Slot.UNHAPPY: True,
        },
        {Slot.RATING: "满意4"},
        {"周一前": None, "Friday": (NOW, True)},
        (date(2026, 12, 1), False),
        (4, 7),
        call=True,
    )
    lines = KeptLines()
    lines.put(5, Line("两行\n文字", NOW, corrections))
    lines.put(6, Line("   ", NOW))
    again = kept_again(lines)
    assert again.of(5) == Line("两行\n文字", NOW, corrections)
    assert again.of(6) is None


@pytest.mark.parametrize("state", [None, "x", [1], [{"customer": 3}], [{"customer": "x"}]])
def test_a_state_that_makes_no_sense_is_passed_over(state):
    lines = KeptLines()
    lines.restore(state)
    assert lines.state() == []


def test_the_oldest_of_very_many_lines_goes():
    lines = KeptLines()
    for customer in range(MOST + 3):
        lines.put(customer, Line("x", NOW))
    assert lines.of(2) is None
    assert lines.of(3) is not None
