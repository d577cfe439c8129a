"""How long before something a reminder calls, in words."""

from app.domain.reminders import MORNING, Alarm
from app.i18n import ntr, tr

_HOUR = 60
_DAY = 24 * _HOUR


def lead_words(alarm: Alarm) -> str:
    """15 minutes before; 1 day before at 09:00; at the time; on the day at 09:00."""
    if alarm.clock is not None:
        return _day_words(alarm)
    minutes = alarm.minutes
    if not minutes:
        return tr("At the time")
    if minutes % _DAY == 0:
        return ntr("{count} day before", "{count} days before", minutes // _DAY)
    if minutes % _HOUR == 0:
        return ntr("{count} hour before", "{count} hours before", minutes // _HOUR)
    return ntr("{count} minute before", "{count} minutes before", minutes)


def _day_words(alarm: Alarm) -> str:
    at = f"{alarm.clock or MORNING:%H:%M}"
    if not alarm.days:
        return tr("On the day at {time}", time=at)
    return ntr("{count} day before at {time}", "{count} days before at {time}", alarm.days, time=at)
