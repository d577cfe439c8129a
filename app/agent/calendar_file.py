"""The calendar file that other programs subscribe to, while no window is open."""

import logging
from typing import Final

from app.agent.door import Desk
from app.config import Machine, load, machine_file
from app.errors import UserError

_LOG: Final = logging.getLogger("shuke.agent")


class CalendarFile:
    """Written anew when something changed; that it cannot be written is logged once."""

    def __init__(self) -> None:
        self._failing = False

    def refresh(self, desk: Desk) -> None:
        """Write it, if somebody wants it and a reminder changed."""
        services = desk.services
        if load(Machine, machine_file()).calendar_file(services.workspace) is None:
            return
        try:
            services.calendar_keeper.refresh_if_needed(desk.actor)
        except UserError:
            # without its text: it names a folder. Reminding goes on.
            if not self._failing:
                _LOG.warning("The calendar file cannot be written")
            self._failing = True
        else:
            self._failing = False
