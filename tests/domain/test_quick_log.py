"""A line typed after a call: the tables beside this file say what comes out of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.interactions import LABELS, Channel, Direction, Step
from app.domain.quick_log import (
    LONGEST_TALK,
    Part,
    PartKind,
    Person,
    Understood,
    understand,
)
from app.domain.quick_summary import SEPARATORS, stripped

NOW = datetime(2026, 11, 22, 15, 41)
PEOPLE = [
    Person(1, "陈国强", "总经理"),
    Person(2, "吴敏", "采购"),
    Person(3, "赵师傅", "仓库收货"),
    Person(4, "Grace Li", "Buyer"),
    Person(5, "Tom Baker", "Owner"),
]
SHORT = {1: "陈国强", 2: "吴敏", 3: "赵师傅", 4: "Grace", 5: "Tom"}


def table(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def said(found: Understood) -> str:
    """As the tables write it."""
    words = []
    if found.channel:
        words.append(" ".join(filter(None, (found.channel, found.direction))))
    if found.person_id is not None:
        words.append(SHORT[found.person_id])
    if found.rating:
        words.append(f"★{found.rating}")
    if found.unhappy:
        words.append("unhappy")
    if found.minutes:
        words.append(f"{found.minutes} min")
    if found.step:
        words.append(found.step)
    for one in found.follow_ups:
        shape = "%m-%d %H:%M" if isinstance(one.due, datetime) else "%m-%d"
        day = ("by " if one.deadline else "on ") + one.due.strftime(shape)
        words.append(f"{day}: {one.text}" if one.text else day)
    return " · ".join(words)


PHRASES = [*table("quick_log_chinese.txt"), *table("quick_log_english.txt")]


@pytest.mark.parametrize("row", PHRASES)
def test_a_phrase_is_understood_and_the_rest_stays(row: str) -> None:
    phrase, meaning, rest = (one.strip() for one in row.split("|"))
    found = understand(phrase, NOW, PEOPLE)
    assert said(found) == meaning
    assert found.summary == rest


@pytest.mark.parametrize("phrase", table("quick_log_nothing.txt"))
def test_what_only_looks_like_it_stays_text(phrase: str) -> None:
    assert understand(phrase, NOW, PEOPLE) == Understood(phrase)


def test_parts_show_what_became_what() -> None:
    line = "電話陳總，滿意４ 不高兴 8分鐘，答應週一前寄３塊樣品 阶段：信任"
    parts = understand(line, NOW, PEOPLE).parts
    assert [(part.kind, line[part.start : part.end], part.cut) for part in parts] == [
        (PartKind.CHANNEL, "電話", True),
        (PartKind.PERSON, "陳總", True),
        (PartKind.RATING, "滿意４", True),
        (PartKind.UNHAPPY, "不高兴", False),
        (PartKind.MINUTES, "8分鐘", True),
        (PartKind.DUE, "週一前", False),
        (PartKind.STEP, "阶段：信任", False),
    ]


def test_a_person_inside_the_words_of_a_channel_divides_them() -> None:
    line = "给陈总打电话"
    parts = understand(line, NOW, PEOPLE).parts
    assert [line[part.start : part.end] for part in parts] == ["给", "陈总", "打电话"]
    assert all(part.cut for part in parts)


def test_the_first_follow_up_is_at_hand_and_all_are_kept() -> None:
    found = understand("答应周一前报价；周五回电", NOW, PEOPLE)
    assert [one.text for one in found.follow_ups] == ["报价", "回电"]
    assert found.follow_up == found.follow_ups[0]
    assert understand("电话", NOW, PEOPLE).follow_up is None


@pytest.mark.parametrize(
    ("line", "people", "person"),
    [
        ("电话陈总", ["陈国强", "陈小红"], None),
        ("电话陈国强", ["陈国强", "陈小红"], 0),
        ("电话小红", ["陈国强", "陈小红"], 1),
        ("电话欧阳经理", ["欧阳修", "欧小姐"], 0),
        ("电话歐陽修", ["欧阳修"], 0),
        ("电话王女士", ["王芳", "李王"], 0),
        ("拜访张工", ["张伟"], 0),
        ("电话张工厂 停电", ["张伟"], None),
        ("来电 李老师 问课", ["李雷"], 0),
        ("电话小王 问价", ["王芳"], 0),
        ("微信 建国 问价", ["刘建国"], 0),
        ("爱国强国教育", ["陈国强"], None),
        ("called Mr. Smith", ["John Smith"], 0),
        ("called Mrs Smith", ["John Smith", "Ann Smith"], None),
        ("called Ann Smith", ["John Smith", "Ann Smith"], 1),
        ("called John", ["John Smith", "John Brown"], None),
        ("called José", ["Jose Garcia"], 0),
        ("called Will, no answer", ["Will Young"], 0),
        ("Will send samples", ["Will Young"], None),
        ("bill was wrong", ["Bill Gates"], None),
        ("tomato order", ["Tom Baker"], None),
        ("Tom's car broke", ["Tom Baker"], None),
        ("电话周一鸣 问价", ["周一鸣"], 0),
        ("电话张三", [], None),
        ("电话", ["", " ", "."], None),
    ],
)
def test_people_are_matched_when_only_one_can_be_meant(
    line: str, people: Sequence[str], person: int | None
) -> None:
    named = [Person(place, name) for place, name in enumerate(people)]
    assert understand(line, NOW, named).person_id == person


def test_a_title_tells_two_of_a_name_apart() -> None:
    people = [Person(1, "陈国强", "总经理"), Person(2, "陈小红", "采购主管")]
    assert understand("电话陈主管 问价", NOW, people).person_id == 2
    assert understand("电话陈总 问价", NOW, people).person_id == 1
    assert understand("电话陈女士 问价", NOW, people).person_id is None


def test_who_is_not_matched_stays_in_the_summary() -> None:
    people = [Person(1, "陈国强"), Person(2, "陈小红")]
    assert understand("电话 陈总 满意4", NOW, people).summary == "陈总"


def test_what_is_past_needs_nothing_done() -> None:
    for line in ("昨天下午3点回电", "答应昨天寄", "call Grace yesterday", "call back today 3pm"):
        assert understand(line, NOW, PEOPLE).follow_ups == ()


def test_the_time_zone_of_now_is_that_of_the_follow_up() -> None:
    now = datetime(2026, 11, 22, 15, 41, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = understand("call back tomorrow 9am", now, PEOPLE).follow_up
    assert found is not None
    assert found.due == datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_at_the_ends_of_the_calendar_nothing_is_guessed() -> None:
    for now in (datetime.min, datetime.max):
        assert understand("明天24点回电", now, PEOPLE).follow_ups == ()


def test_a_long_text_is_kept_and_read_from_its_start() -> None:
    line = "电话陈总 满意4 " + "样品" * 300_000 + " 答应周一前寄"
    found = understand(line, NOW, PEOPLE)
    assert (found.channel, found.person_id, found.rating) == (Channel.PHONE, 1, 4)
    assert found.follow_ups == ()
    assert found.summary == line.removeprefix("电话陈总 满意4 ")


def test_every_list_has_its_words() -> None:
    assert set(LABELS) == {*Channel, *Direction, *Step}


WORDS = """
电话 微信 拜访 來電 打电话给 陈总 吴敏 赵师傅 Grace Tom 满意 4 5 ★★ 分 分钟 小时 半 20 不高兴
答应 承诺 周一 前 下 周五 明天 下午 3点 回电 跟进 寄 样品 call visited email from to with rating
min hour unhappy promised by Friday 3pm tomorrow remind me stage trust 阶段 信任 24点 in days
， 、 ； 。 , ; : . ( ) / - ４ 週一 ㏠ ㋀ é ½ 给 没 了 的 x
"""
LINES = (
    st.lists(st.sampled_from([" ", "  ", *WORDS.split()]), max_size=16).map("".join)
    | st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join)
    | st.text(max_size=80)
    | st.text(alphabet="\ue000\ue001\ue002\ue003 电话4分,", max_size=20)
)


def uncut(line: str, parts: Sequence[Part]) -> list[str]:
    """What stands between the parts that are cut."""
    stretches, place = [], 0
    for part in parts:
        if part.cut:
            stretches.append(line[place : part.start])
            place = part.end
    return [*stretches, line[place:]]


@settings(max_examples=400)
@given(LINES)
@example("，，电话，，")
@example("x.电话 4分.y")
def test_nothing_is_lost_and_parts_do_not_overlap(line: str) -> None:
    found = understand(line, NOW, PEOPLE)
    place = 0
    for part in found.parts:
        assert place <= part.start < part.end <= len(line)
        place = part.end
    stretches = [" ".join(one.split()) for one in uncut(line, found.parts)]
    kept = [stripped(one) for one in stretches]
    assert bare(found.summary) == bare("".join(kept))
    rest = found.summary
    for one in kept:  # in their order, each as it was typed
        assert one in rest
        rest = rest[rest.index(one) + len(one) :]
    if len(stretches) == 1:
        assert found.summary == stretches[0]


def bare(text: str) -> str:
    return "".join(char for char in text if char not in SEPARATORS + " -–—")


@given(LINES, st.datetimes())
def test_what_is_said_is_within_bounds(line: str, now: datetime) -> None:
    found = understand(line, now, PEOPLE)
    assert found.rating is None or 1 <= found.rating <= 5
    assert found.minutes is None or 1 <= found.minutes <= LONGEST_TALK
    for one in found.follow_ups:
        if isinstance(one.due, datetime):
            assert one.due > now
        else:
            assert one.due >= now.date()


@given(st.text(max_size=12), st.lists(st.text(max_size=8), max_size=4))
def test_any_name_may_be_asked_for(line: str, names: list[str]) -> None:
    people = [Person(place, name, name) for place, name in enumerate(names)]
    assert understand(line + "".join(names), NOW, people).person_id in {None, *range(len(names))}
