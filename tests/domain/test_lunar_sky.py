"""The table of lunar months against the sun and the moon themselves.

New moons after Meeus, Astronomical Algorithms (2nd edition), chapter 49, good to seconds; the
sun's longitude after chapter 25, good to 0.01° or a quarter of an hour. From these follows what
the table must say, by the two rules of the calendar: a month begins on the day of the new moon;
from winter solstice (in month 11) to winter solstice there are twelve months, or thirteen, of which
the first without a principal solar term is the leap month.
"""

from datetime import date, datetime, timedelta
from itertools import pairwise
from math import floor, radians, sin

from app.domain.lunar import FIRST_YEAR, LAST_YEAR, LunarDate, leap_month, to_solar

BEIJING = timedelta(hours=8)
# Until 1928 the calendar followed Beijing's own time, in which these fell before midnight.
BEIJING_BEHIND = timedelta(minutes=14, seconds=20)
BY_BEIJINGS_OWN_TIME = (date(1914, 11, 17), date(1916, 2, 3), date(1920, 11, 10))
# Two of the three new moons that the Hong Kong Observatory calls uncertain.
UNCERTAIN = (date(2057, 9, 28), date(2097, 8, 7))
J2000 = datetime(2000, 1, 1, 12)  # Julian day 2451545.0, in terrestrial time

# 10⁻⁵ days: coefficient, power of E, multiples of M, M', F
MOON = (
    (-40720, 0, 0, 1, 0), (17241, 1, 1, 0, 0), (1608, 0, 0, 2, 0), (1039, 0, 0, 0, 2),
    (739, 1, -1, 1, 0), (-514, 1, 1, 1, 0), (208, 2, 2, 0, 0), (-111, 0, 0, 1, -2),
    (-57, 0, 0, 1, 2), (56, 1, 1, 2, 0), (-42, 0, 0, 3, 0), (42, 1, 1, 0, 2),
    (38, 1, 1, 0, -2), (-24, 1, -1, 2, 0), (-7, 0, 2, 1, 0), (4, 0, 0, 2, -2),
    (4, 0, 3, 0, 0), (3, 0, 1, 1, -2), (3, 0, 0, 2, 2), (-3, 0, 1, 1, 2),
    (3, 0, -1, 1, 2), (-2, 0, -1, 1, -2), (-2, 0, 1, 3, 0), (2, 0, 0, 4, 0),
)  # fmt: skip
# 10⁻⁶ days: coefficient, angle at k = 0, degrees per lunation
PLANETS = (
    (325, 299.77, 0.107408), (165, 251.88, 0.016321), (164, 251.83, 26.651886),
    (126, 349.42, 36.412478), (110, 84.66, 18.206239), (62, 141.74, 53.303771),
    (60, 207.14, 2.453732), (56, 154.84, 7.306860), (47, 34.52, 27.261239),
    (42, 207.19, 0.121824), (40, 291.34, 1.844379), (37, 161.72, 24.198154),
    (35, 239.56, 25.513099), (23, 331.55, 3.592518),
)  # fmt: skip


def clock_lag(year):
    """Seconds by which universal time is behind terrestrial time; to some seconds before 2025."""
    if year >= 2000:
        return 63 + 0.5 * (year - 2000)
    return max(0, 63 - 0.65 * (2000 - year))


def new_moon(lunation):
    """Moment, at UTC+8, of the new moon counted from that of 6 January 2000."""
    k = lunation
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    m = 2.5534 + 29.10535670 * k - 0.0000014 * t**2
    m1 = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3
    node = 124.7746 - 1.56375588 * k + 0.0020672 * t**2
    days = 5.09766 + 29.530588861 * k + 0.00015437 * t**2 - 0.00000015 * t**3
    for size, power, of_m, of_m1, of_f in MOON:
        days += size * 1e-5 * e**power * sin(radians(of_m * m + of_m1 * m1 + of_f * f))
    days -= 0.00017 * sin(radians(node))
    for size, angle, speed in PLANETS:
        days += size * 1e-6 * sin(radians(angle + speed * k))
    moment = J2000 + timedelta(days=days)
    return moment - timedelta(seconds=clock_lag(moment.year)) + BEIJING


def sun(midnight):
    """Apparent longitude of the sun in degrees at a midnight at UTC+8."""
    moment = midnight - BEIJING + timedelta(seconds=clock_lag(midnight.year))
    t = (moment - J2000) / timedelta(days=36525)
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (1.914602 - 0.004817 * t) * sin(m) + 0.019993 * sin(2 * m) + 0.000289 * sin(3 * m)
    return (mean + centre - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))) % 360


def months():
    """(lunar year, month, leap, midnight at its beginning) of every month."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        leap = leap_month(year)
        for month in range(1, 13):
            yield year, month, False, midnight(to_solar(LunarDate(year, month, 1)))
            if month == leap:
                yield year, month, True, midnight(to_solar(LunarDate(year, month, 1, leap=True)))


def midnight(day):
    return datetime(day.year, day.month, day.day)


def nearest_new_moon(moment):
    return new_moon(round((moment - datetime(2000, 1, 6, 18)) / timedelta(days=29.530588861)))


def test_months_begin_on_the_day_of_the_new_moon():
    late = {}
    for _, _, _, first in months():
        moon = nearest_new_moon(first + timedelta(hours=12))
        if moon.date() != first.date():
            late[first.date()] = moon - midnight(first + timedelta(days=1))
    assert list(late) == [*BY_BEIJINGS_OWN_TIME, *UNCERTAIN]
    assert all(timedelta(0) < late[day] < BEIJING_BEHIND for day in BY_BEIJINGS_OWN_TIME)
    assert all(timedelta(0) < late[day] < timedelta(minutes=2) for day in UNCERTAIN)


def test_months_have_the_numbers_that_the_sun_gives_them():
    table = list(months())
    signs = [floor(sun(first) / 30) for *_, first in table]
    terms = [(after - here) % 12 for here, after in pairwise(signs)]
    solstices = [at for at, sign in enumerate(signs[:-1]) if 0 <= 8 - sign < terms[at]]
    assert len(solstices) == LAST_YEAR - FIRST_YEAR + 1
    for start, end in pairwise(solstices):
        leap = next((at for at in range(start + 1, end) if not terms[at]), end)
        if end - start == 12:
            leap = end
        number, expected = 11, []
        for at in range(start, end):
            number = number if at in {start, leap} else number % 12 + 1
            expected.append((number, at == leap))
        assert [(month, is_leap) for _, month, is_leap, _ in table[start:end]] == expected
