"""What people type, read by `birthdays.parse`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.birthdays import Birthday, explain, parse, store

SOLAR_WITH_YEAR = """
1980-03-15 | 1980-3-15 | 1980/3/15 | 1980.3.15 | 19800315 | １９８０／３／１５ | 3/15/1980
15/3/1980
15.3.1980 | 15 Mar 1980 | 15 March 1980 | 15th of March 1980 | March 15, 1980 | Mar. 15th, 1980
15-Mar-1980 | Saturday, March 15, 1980 | 1980年3月15日 | 1980 年 3 月 15 号 | 1980年3月15號
一九八〇年三月十五日 | 公历1980年3月15日 | 陽曆1980年3月15日 | 西元1980年3月15日
solar 1980-03-15
民國69年3月15日 | 1980-03-15 00:00:00 | 1980年三月十五日 | 1980年3月15日(公历)
"""
SOLAR = """
3/15 | 03-15 | 3-15 | 3.15 | 15/3 | --03-15 | --0315 | March 15 | march 15th | Mar 15 | Mar. 15
15 March | 15th of March | 15 mar | 15-Mar | 3月15日 | 3月15 | ３月１５日 | 3 月 15 號
三月十五日
公历三月十五 | 三月十五(公历) | 新历3月15日 | 國曆3月15日 | 阳历 3-15 | solar 3/15 | (公)3月15日
"""
LUNAR = """
农历八月十五 | 農曆八月十五 | 阴历八月十五 | 陰曆八月十五日 | 旧历八月十五 | 舊曆8月15日
夏历八月十五
农历8月15日 | 农历 8 月 15 日 | 农历8-15 | 农历：8/15 | 农历8.15 | 八月十五（农历）
(农)八月十五 | 8-15(农历)
lunar 8-15 | Lunar 8/15 | lunar: 8-15 | lunar month 8, day 15 | lunar calendar 8-15 | 8-15 lunar
8/15 (lunar) | Chinese lunar 8-15 | 15th day of the 8th lunar month | 8th lunar month, 15th day
L--08-15 | Lunar Month 8 Day 15 | 农历八月十五号 | 农历八月15 | 农历 八月 十五
"""
LUNAR_WITH_YEAR = """
农历1975年八月十五 | 農曆1975年8月15日 | 1975年农历八月十五 | 农历一九七五年八月十五
农历1975-8-15
农历19750815 | 农历1975/08/15 | 阴历 1975 年 8 月 15 日 | lunar 1975-8-15 | lunar 1975/8/15
Lunar 1975, month 8, day 15 | lunar 1975 8 15 | 農曆民國64年八月十五 | 农历民国64年八月十五
L1975-08-15
15th day of the 8th lunar month, 1975 | 1975-08-15 (lunar)
"""
LEAP = """
农历闰四月初三 | 農曆閏四月初三 | 阴历闰4月3日 | 闰四月初三 | lunar leap 4-3
lunar leap month 4, day 3
L--04+03 | lunar 4L-3 | 农历闰四月三日 | 3rd day of the leap 4th lunar month
"""
LEAP_WITH_YEAR = """
阴历1974年闰四月初三 | 農曆1974年閏四月初三 | lunar 1974 leap 4-3 | lunar 1974-04L-03
L1974-04+03
Lunar 1974, leap month 4, day 3 | 农历1974年闰4月3日 | 1974年闰四月初三 | lunar 1974-04+03
"""
READ = [
    (text.strip(), stored)
    for stored, texts in {
        "1980-03-15": SOLAR_WITH_YEAR,
        "--03-15": SOLAR,
        "L--08-15": LUNAR,
        "L1975-08-15": LUNAR_WITH_YEAR,
        "L--04+03": LEAP,
        "L1974-04+03": LEAP_WITH_YEAR,
    }.items()
    for line in texts.strip().splitlines()
    for text in line.split("|")
]


@pytest.mark.parametrize(("text", "stored"), READ)
def test_what_people_type_is_read(text, stored):
    birthday = parse(text)
    assert birthday is not None, explain(text)
    assert store(birthday) == stored
    assert explain(text) is None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("正月初一", "L--01-01"), ("冬月十一", "L--11-11"), ("腊月廿三", "L--12-23"),
        ("旧历腊月廿三", "L--12-23"), ("農曆臘月三十", "L--12-30"), ("十二月卅", "L--12-30"),
        ("农历十月初十", "L--10-10"), ("农历十一月二十", "L--11-20"),
        ("农历十二月二十九", "L--12-29"),
        ("农历二月廿", "L--02-20"), ("八月初三", "L--08-03"), ("五月廿一", "L--05-21"),
        ("农历正月十五日", "L--01-15"), ("农历十月十", "L--10-10"), ("十二月三十一日", "--12-31"),
        ("二月二十九日", "--02-29"), ("十月十日", "--10-10"),
    ],
)  # fmt: skip
def test_chinese_names_of_days_and_months_are_read(text, stored):
    assert store(parse(text)) == stored


@pytest.mark.parametrize(
    ("text", "order", "stored"),
    [
        ("3/4", "mdy", "--03-04"), ("3/4", "ymd", "--03-04"), ("3/4", "dmy", "--04-03"),
        ("3/4/1980", "mdy", "1980-03-04"), ("3/4/1980", "dmy", "1980-04-03"),
        ("15/3", "mdy", "--03-15"), ("3/15", "dmy", "--03-15"), ("3/15", "auto", "--03-15"),
        ("5/5", "auto", "--05-05"), ("15/3/1980", "mdy", "1980-03-15"),
        ("3月4日", "dmy", "--03-04"), ("--03-04", "dmy", "--03-04"),
        ("lunar 3-4", "dmy", "L--03-04"), ("1980-03-04", "dmy", "1980-03-04"),
    ],
)  # fmt: skip
def test_the_month_comes_first_unless_another_order_is_asked_for_or_the_only_possible(
    text, order, stored
):
    assert store(parse(text, order)) == stored


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [("3/4", "03-04", "04-03"), ("3/4/1980", "1980-04-03", "1980-03-04")],
)
def test_an_order_left_open_is_asked_for(text, first, second):
    assert parse(text, "auto") is None
    assert str(explain(text, "auto")) == (
        f"“{text}” can be {first} or {second}: say whether the day or the month comes first."
    )


NOT_READ = "could not be read as a birthday: write it like 1980-03-15, 3-15 or lunar 8-15."
FOUR_DIGITS = "Write the year of “{text}” with four digits."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31 April", "There is no day 31 in month 4."),
        ("31 April 1980", "There is no “31 April 1980”: 1980-04 has 30 days."),
        ("4/31", "There is no day 31 in month 4."),
        ("2-30", "There is no day 30 in month 2."),
        ("2月30日", "There is no day 30 in month 2."),
        ("1981-02-29", "There is no day 29 in month 2 of 1981."),
        ("13/13", "There is no month 13."),
        ("一九八一年二月二十九日", "There is no day 29 in month 2 of 1981."),
        ("lunar 13-5", "There is no lunar month 13."),
        ("农历13月5日", "There is no lunar month 13."),
        ("农历三月三十一", "There is no day 31 in a lunar month."),
        ("阴历1975年闰四月初三", "Lunar 1975 has no leap month 4."),
        ("lunar 2025 leap 5-1", "Lunar 2025 has no leap month 5."),
        ("农历2025年腊月三十", "Month 12 of lunar 2025 has no day 30."),
        ("闰十二月初一", "No lunar year from 1900 to 2100 has a leap month 12."),
        ("lunar 1899-1-1", "The lunar calendar is known from 1900 to 2100, not for 1899."),
        ("1799-01-01", "The year 1799 cannot be right."),
        ("1799/1/1", "The year 1799 of “1799/1/1” cannot be right."),
        ("3/15/80", FOUR_DIGITS),
        ("15 Mar 80", FOUR_DIGITS),
        ("80年3月15日", FOUR_DIGITS),
        ("农历75年八月十五", FOUR_DIGITS),
        ("lunar 75-8-15", FOUR_DIGITS),
        ("八月十五", "“{text}” can be solar or lunar: write “solar” or “lunar” before it."),
        ("1975年八月十五", "“{text}” can be solar or lunar: write “solar” or “lunar” before it."),
        ("hello", f"“{{text}}” {NOT_READ}"),
        ("1980", f"“{{text}}” {NOT_READ}"),
        ("March", f"“{{text}}” {NOT_READ}"),
        ("March 1980", f"“{{text}}” {NOT_READ}"),
        ("Foo 15", f"“{{text}}” {NOT_READ}"),
        ("农历", f"“{{text}}” {NOT_READ}"),
        ("lunar", f"“{{text}}” {NOT_READ}"),
        ("公历正月初一", f"“{{text}}” {NOT_READ}"),
        ("公历1980-03-15 农历", f"“{{text}}” {NOT_READ}"),
        ("农历乙卯年八月十五", f"“{{text}}” {NOT_READ}"),
        ("生日", f"“{{text}}” {NOT_READ}"),
    ],
)
def test_what_cannot_be_a_birthday_is_explained(text, said):
    assert parse(text) is None
    assert str(explain(text)) == said.format(text=text)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "　"])
def test_nothing_typed_is_neither_a_birthday_nor_a_mistake(text):
    assert parse(text) is None
    assert explain(text) is None


def test_a_text_too_long_for_a_birthday_is_not_read_and_shown_shortened():
    assert parse("3" * 100_000) is None
    assert len(str(explain("3" * 100_000))) < 150


@given(st.text(max_size=90))
def test_any_text_is_read_or_explained(text):
    assert (parse(text) is None) == (explain(text) is not None or not text.strip())


PIECES = (
    "农历", "公历", "(", ")", "闰", "正", "月", "日", "年", "初", "十", "廿", "三", "〇", "民国",
    "lunar ", "leap ", "month ", "day ", "of ", "L", "-", "--", "/", "+", " ", ",",
    "0", "1", "3", "15", "1975", "March", "th", "Apr ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_whatever_is_put_together_of_the_pieces_is_read_or_explained(text):
    found = parse(text)
    assert (found is None) == (explain(text) is not None or not text.strip())
    assert found is None or isinstance(found, Birthday)
