"""Dates in words: the table says what each means on Sunday, 22 November 2026, at 15:41."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.when import find

NOW = datetime(2026, 11, 22, 15, 41, 27)

# What stands between « and » is the span; then the date, and "by" for a deadline.
UNDERSTOOD = """
«Friday 3pm» | 11-27 15:00
«农历八月十五»送月饼 | 2027-09-15
«腊月二十三»祭灶 | 2027-01-30
«臘月廿三»祭灶 | 2027-01-30
«农历2028年闰五月初一» | 2028-06-23
«lunar 8-15» send | 2027-09-15
«the 15th day of the eighth lunar month» | 2027-09-15
«中秋节前三天»送到 | 2027-09-12
«除夕»发祝福 | 2027-02-05
«平安夜»聚餐 | 12-24
«3 days before Christmas» | 12-22
«the day before 5 Dec» | 12-04
«12月10日前三天上午9点» | 12-07 09:00
«再过三天»付款 | 11-25
«明天下午3-5点»开会 | 11-23 15:00
«tomorrow 10-11am» meet | 11-23 10:00
«周五下班前» | by 11-27
«the week after next» | 11-30
«tomorrow at quarter past 4» | 11-23 16:15
call «next Monday» | 11-23
«tomorrow 9am» | 11-23 09:00
«in 3 days» | 11-25
«on 23 Nov» | 11-23
«by Monday» | by 11-23
«end of the month» | 11-30
«by the end of next month» | by 12-31
«by end of day» | by 11-22
«this Friday» | 11-20
«next Friday» | 11-27
«last Friday» | 11-20
«Sunday» | 11-29
«Friday at 3» | 11-27 15:00
«tomorrow at 9» | 11-23 09:00
«tomorrow morning» | 11-23 09:00
«tomorrow morning at 9:30» | 11-23 09:30
«3pm on Friday» | 11-27 15:00
«Friday, 15:30» | 11-27 15:30
«noon tomorrow» | 11-23 12:00
«tonight» | 11-22 19:00
«4pm» | 11-22 16:00
«3pm» | 11-23 15:00
«in half an hour» | 11-22 16:11
«in 2 hours» | 11-22 17:41
«in two weeks» | 12-06
«in a month» | 12-22
«within 3 days» | by 11-25
«a week from today» | 11-29
«two weeks ago» | 11-08
«the day after tomorrow» | 11-24
«yesterday» | 11-21
«Nov 23rd, 2026» | 11-23
«Monday 23 Nov» | 11-23
«before 5 December» | by 12-05
«by the 5th» | by 12-05
«2026-12-01 14:30» | 12-01 14:30
«sat 10am» | 11-28 10:00
«next week» | 11-23
«next month» | 12-01
«31 Oct» | 10-31
«周一前» | by 11-23
«周一之前»要样品 | by 11-23
«週一前» | by 11-23
«下周一» | 11-23
«下周五» | 11-27
«本周五下午3点» | 11-20 15:00
«这周日» | 11-22
«上周五» | 11-13
«星期三» | 11-25
«禮拜三» | 11-25
«下週五下午３點» | 11-27 15:00
«今天下午5点» | 11-22 17:00
«明天» | 11-23
«明天上午» | 11-23 09:00
«明早9点» | 11-23 09:00
«今晚» | 11-22 19:00
«后天晚上8点» | 11-24 20:00
«大后天» | 11-25
«昨天» | 11-21
«三天后» | 11-25
«十二天后» | 12-04
«3天内» | by 11-25
«3天前» | 11-19
«两周后» | 12-06
«两个星期后» | 12-06
«一个月后» | 12-22
«半个月后» | 12-07
«半小时后» | 11-22 16:11
«一个半小时后» | 11-22 17:11
«20分钟后» | 11-22 16:01
«24小时内» | by 11-23 15:41
«11月23日» | 11-23
«11月23日（周一）» | 11-23
«十二月二十三號上午十點» | 12-23 10:00
«１２月５日» | 12-05
«11-23» | 11-23
«11/23» | 11-23
«月底» | 11-30
«月底前» | by 11-30
«下个月底» | 12-31
«月初» | 12-01
«下个月5号» | 12-05
«5号前» | by 12-05
«下午三点半» | 11-23 15:30
«下午四点一刻» | 11-22 16:15
«周五3点» | 11-27 15:00
«周五8点» | 11-27 08:00
«周五15:30» | 11-27 15:30
«晚上12点» | 11-23 00:00
«中午12点» | 11-23 12:00
«最晚12月1日» | by 12-01
«年底前» | by 12-31
«本周内» | by 11-22
«下周内» | by 11-27
«下周» | 11-23
«周末» | 11-28
«周二十点» | 11-24 10:00
«Friday 27 Nov» | 11-27
«last Sunday» | 11-15
«25 Dec (Friday) 3pm» | 12-25 15:00
他说«明天»回电 | 11-23
"""

NOT_UNDERSTOOD = [
    "31 November", "November 31", "11月31日", "2月30号", "13月1日", "25:00", "Friday 27 Dec",
    "周二（11-23）", "every Monday", "each Friday", "Mondays", "每周一", "每周三开会", "一周一次",
    "Monday to Friday", "Mon-Fri", "周一到周五", "周一至周五", "since Monday", "until Friday",
    "after Monday", "周一后", "周一之后", "从周一", "周一起", "Friday's delivery", "Black Friday",
    "he sat down", "in the sun", "we may 5", "march 3 pallets", "10-20 boxes", "3-5天后", "10-20片",
    "几天后", "两三天后", "三五天后", "4/12", "5/5", "1:30", "便宜一点", "三点要求", "3 points",
    "说明天气", "发明天线", "以后天冷", "先天后天", "周日均销量", "周六福", "提前3天", "第3天后",
    "SO-1108", "5号楼", "过期3天", "3月", "三年", "3小时", "20分钟", "二三十天后", "信用证",
]  # fmt: skip


def _rows() -> list[tuple[str, str]]:
    return [
        (left, right) for left, right in (row.split(" | ") for row in UNDERSTOOD.split("\n") if row)
    ]


@pytest.mark.parametrize(("marked", "meaning"), _rows())
def test_words_mean_a_day_or_a_moment(marked: str, meaning: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    (found,) = find(text, NOW)
    assert text[found.start : found.end] == marked.split("«")[1].split("»")[0]
    assert found.deadline == meaning.startswith("by ")
    shape = "%m-%d %H:%M" if isinstance(found.value, datetime) else "%m-%d"
    year = "" if found.value.year == NOW.year else f"{found.value.year}-"
    assert f"{year}{found.value.strftime(shape)}" == meaning.removeprefix("by ")


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_has_no_meaning_or_two_is_left_alone(text: str) -> None:
    assert find(text, NOW) == ()


def test_a_week_before_a_measure_word_is_only_a_week() -> None:
    for text in ("下周三个人来", "下周一定寄"):
        (found,) = find(text, NOW)
        assert text[found.start : found.end] == "下周"


def test_several_dates_come_in_order() -> None:
    values = [one.value for one in find("周五回电, by 1 Dec, 后天", NOW)]
    assert values == [date(2026, 11, 27), date(2026, 12, 1), date(2026, 11, 24)]


def test_a_day_without_a_year_is_past_only_if_lately() -> None:
    assert find("on 24 Sep", NOW)[0].value == date(2026, 9, 24)
    assert find("9月22日", NOW)[0].value == date(2027, 9, 22)
    assert find("29 Feb", NOW)[0].value == date(2028, 2, 29)


def test_the_weekday_of_today_is_the_next_one() -> None:
    monday = datetime(2026, 11, 23, 8, 0)
    assert find("周一", monday)[0].value == date(2026, 11, 30)
    assert find("下周一", monday)[0].value == date(2026, 11, 30)
    assert find("本周一", monday)[0].value == date(2026, 11, 23)
    assert find("本周内", monday)[0].value == date(2026, 11, 27)


def test_moments_keep_the_zone_and_pass_over_the_change_of_the_clock() -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 10, 24, 23, 0, tzinfo=zone)  # clocks go back in the night
    (found,) = find("in 6 hours", now)
    assert found.value == datetime(2026, 10, 25, 4, tzinfo=zone)  # 23, 0, 1, 2, 2, 3, 4
    (found,) = find("tomorrow 9am", now)
    assert found.value == datetime(2026, 10, 25, 9, tzinfo=zone)


WORDS = """
周 一 下 本 每 月 日 号 点 半 天 后 前 内 明 小时 11 23 5 - / : 上午 by on next Friday May
at 3 pm in days to 个 ， . ( ) ３ 週 點 十 ㋀ ㏠ ½ é
"""
PIECES = st.sampled_from([" ", *WORDS.split()])


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60), st.datetimes())
def test_any_text_gives_spans_that_do_not_overlap(text: str, now: datetime) -> None:
    place = 0
    for one in find(text, now):
        assert place <= one.start < one.end <= len(text)
        place = one.end
