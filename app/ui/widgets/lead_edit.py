"""When a reminder calls: several lead times, as words."""

from collections.abc import Sequence
from typing import Final

from app.domain.quick_add_words import read_lead
from app.domain.reminders import AT_THE_MOMENT, MORNING, ON_THE_DAY, Alarm
from app.i18n import Message, tr
from app.ui.widgets.lead_words import lead_words
from app.ui.widgets.tag_edit import TagEdit

_OFFERED: Final = (
    *AT_THE_MOMENT,
    *(Alarm(minutes=minutes) for minutes in (10, 15, 30, 60, 120)),
    *ON_THE_DAY,
    *(Alarm(days=days, clock=MORNING) for days in (1, 2, 3, 7)),
)


class LeadEdit(TagEdit):
    """Lead times as chips; typed ("15 minutes", "1 day before at 17:00") or taken from a list."""

    def __init__(self, name: str) -> None:
        super().__init__(name, tr("Add, for example 15 minutes"))
        self._known = {lead_words(one): one for one in _OFFERED}
        self.set_known(list(self._known))

    def set_value(self, alarms: Sequence[Alarm]) -> None:
        """Show these."""
        self._known |= {lead_words(one): one for one in alarms}
        self.set_tags([lead_words(one) for one in alarms])

    def value(self) -> tuple[Alarm, ...]:
        """The lead times that can be read, each once."""
        found = (self._known.get(one) or read_lead(one) for one in self.tags())
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def problem(self) -> Message | None:
        """Which words are no lead time."""
        for one in self.tags():
            if one not in self._known and read_lead(one) is None:
                return Message(
                    "“{text}” is no lead time: write it like 15 minutes, 2 hours or 1 day.",
                    params={"text": one},
                )
        return None
