"""Moments and what the clock on the wall shows, across changes to and from summer time."""

from datetime import UTC, datetime, timedelta, tzinfo

_MINUTE = timedelta(minutes=1)


def shown(moment: datetime, zone: tzinfo | None) -> datetime:
    """What the clock shows at an aware moment, without a zone; None means where the user sits."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def first_shown(wall: datetime, zone: tzinfo | None) -> datetime:
    """The moment (UTC) at which the clock first shows `wall`, or something later.

    What the change to summer time leaves out is the moment of the change.
    """
    found = _at(wall, zone, fold=0)
    if shown(found, zone) == wall:
        return found
    # left out: read by the time before the change it lies after it, and the other way round
    before, after = _at(wall, zone, fold=1), found
    while after - before > _MINUTE:
        middle = before + (after - before) / 2
        if shown(middle, zone) < wall:
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0)


def last_shown(wall: datetime, zone: tzinfo | None) -> datetime:
    """As `first_shown`; of what the change to winter time has twice, the second."""
    if shown(_at(wall, zone, fold=0), zone) != wall:
        return first_shown(wall, zone)
    return _at(wall, zone, fold=1)


def _at(wall: datetime, zone: tzinfo | None, *, fold: int) -> datetime:
    folded = wall.replace(fold=fold)
    if zone is None:
        # astimezone() reads what summer time leaves out the wrong way round; this does not
        return datetime.fromtimestamp(folded.timestamp(), UTC)
    return folded.replace(tzinfo=zone).astimezone(UTC)
