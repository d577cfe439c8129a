"""What files call channels, directions and steps; ratings and lengths of time in all forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.interactions import LABELS, Channel, Direction, Step
from app.services import import_talk_words as words

IN, OUT = Direction.IN, Direction.OUT


@pytest.mark.parametrize(
    ("text", "channel", "direction"),
    [
        ("Phone", Channel.PHONE, None),
        ("incoming call", Channel.PHONE, IN),
        ("來電", Channel.PHONE, IN),
        ("电话回访", Channel.PHONE, OUT),
        ("上门拜访", Channel.VISIT, OUT),
        ("客戶來訪", Channel.VISIT, IN),
        ("Meeting", Channel.VISIT, None),
        ("Ｅ－ｍａｉｌ", Channel.EMAIL, None),
        ("電郵", Channel.EMAIL, None),
        ("WeChat", Channel.WECHAT, None),
        ("企业微信", Channel.WECHAT, None),
        ("Postal mail", Channel.LETTER, None),
        ("来信", Channel.LETTER, IN),
        ("Web", Channel.WEB, None),
        ("小程序", Channel.WEB, None),
        ("門店", Channel.COUNTER, None),
        ("Fax", None, None),
        ("", None, None),
    ],
)
def test_a_channel_by_its_names(text, channel, direction):
    assert words.channel(text) == (channel, direction)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Incoming", IN),
        ("呼出", OUT),
        ("外呼", OUT),
        ("接入", IN),
        ("sent", OUT),
        ("sideways", None),
    ],
)
def test_a_direction_by_its_names(text, direction):
    assert words.direction(text) is direction


@pytest.mark.parametrize(
    ("text", "step"),
    [("Interest", Step.INTEREST), ("有意向", Step.INTEREST), ("對比", Step.COMPARE),
     ("成交", Step.ACT), ("信任", Step.TRUST), ("了解", Step.OBSERVE), ("?", None)],
)  # fmt: skip
def test_a_step_by_its_names(text, step):
    assert words.step(text) is step


def test_what_the_screen_calls_them_is_understood():
    for read, kind in (
        (lambda text: words.channel(text)[0], Channel),
        (words.direction, Direction),
        (words.step, Step),
    ):
        assert [read(str(LABELS[one])) for one in kind] == list(kind)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("5", 5), ("3.0", 3), ("４分", 4), ("2 stars", 2), ("1 star", 1), ("4/5", 4),
        ("4 out of 5", 4), ("★★★☆☆", 3), ("⭐⭐", 2), ("⭐️⭐️⭐️⭐️", 4), ("五星", 5), ("3颗星", 3),
        ("非常滿意", 5), ("满意", 4), ("一般", 3), ("不滿意", 2), ("很不满意", 1), ("差评", 1),
        ("Very satisfied", 5), ("Unsatisfied", 2),
        ("0", None), ("6", None), ("4.5", None), ("10/10", None), ("★★★★★★", None), ("-1", None),
        ("good enough", None), ("", None),
    ],
)  # fmt: skip
def test_a_rating_in_figures_stars_and_words(text, rating):
    assert words.rating(text) == rating


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12", 12), ("12.0", 12), ("0", 0), ("12.5", 13), ("12 min", 12), ("12分钟", 12),
        ("1.5 h", 90), ("1,5 h", 90), ("2小时", 120), ("2 小時 5 分鐘", 125), ("1h20m", 80),
        ("1 hr 20 mins", 80), ("半小时", 30), ("90 s", 2), ("45秒", 1), ("12分30秒", 13),
        ("12'30\"", 13), ("0:12:30", 13), ("12:30", 13), ("01:02:00", 62), ("00:00:00", 0),
        ("1e3", None), ("-5", None), ("long", None), ("", None), ("12 13", None), ("5 m 3 h", None),
    ],
)  # fmt: skip
def test_a_length_of_time_in_minutes_begun(text, minutes):
    assert words.minutes(text) == minutes


@pytest.mark.parametrize(
    ("title", "text", "minutes"),
    [
        ("通话时长(秒)", "90", 2),
        ("duration_seconds", "61", 2),
        ("Duration (hours)", "1.5", 90),
        ("通話時長（小時）", "2", 120),
        ("Minutes", "90", 90),
        ("时长(秒)", "1:30", 2),
        ("时长(秒)", "5分", 5),
    ],
)
def test_the_title_says_the_unit_of_bare_numbers(title, text, minutes):
    assert words.minutes(text, words.unit(title)) == minutes


@pytest.mark.parametrize(
    ("text", "ticked"),
    [("是", True), ("✓", True), ("Yes", True), ("TRUE", True), ("否", False), ("FALSE", False),
     ("0", False), ("perhaps", None)],
)  # fmt: skip
def test_a_tick(text, ticked):
    assert words.unhappy(text) is ticked


@given(st.text(max_size=30))
def test_no_word_is_too_odd(text):
    words.channel(text)
    words.direction(text)
    words.step(text)
    words.unhappy(text)
    assert words.rating(text) in (None, 1, 2, 3, 4, 5)
    assert (words.minutes(text) or 0) >= 0


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("微信聊天：询问交期", Channel.WECHAT),
        ("拜访客户，看样品", Channel.VISIT),
        ("Email: sent the quote", Channel.EMAIL),
        ("来电投诉延迟", Channel.PHONE),
        ("到店咨询", Channel.COUNTER),
    ],
)
def test_a_text_may_begin_with_its_channel(text, channel):
    assert words.channel_in(text) is channel


@pytest.mark.parametrize("text", ["", "询问交期", "visitors came", "emailed nobody"])
def test_other_texts_say_nothing_of_a_channel(text):
    assert words.channel_in(text) is None
