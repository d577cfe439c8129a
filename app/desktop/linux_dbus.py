"""Notifications on Linux: org.freedesktop.Notifications on the session bus."""

import html
import logging
import re
import threading
from collections.abc import Sequence
from typing import Any, Final

from jeepney import DBusAddress, HeaderFields, MatchRule, message_bus, new_method_call
from typing_extensions import override

from app.desktop.bus import Bus, NoBus, session_address
from app.desktop.notifier import Answer, Bubble, Heard, Notifier

NAME: Final = "org.freedesktop.Notifications"
SERVER: Final = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)
NEVER: Final = 0
"""It stays until somebody answers."""
NORMAL, CRITICAL = 1, 2
LONGEST: Final = 400
"""Characters of a body; the rest is read in the program."""
_BY_THE_USER: Final = 2
_CLICKED: Final = "default"
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LOG: Final = logging.getLogger("shuke.desktop")


class LinuxDBus(Notifier):
    """Connects when it is needed, and again when the bus or the server of notifications is new.

    The ids that a server gives end with it: after a restart they name others' notifications.
    """

    def __init__(self, heard: Heard, address: str | None = None) -> None:
        self._heard = heard
        self._address = address
        self._lock = threading.Lock()
        self._bus: Bus | None = None
        self._can: frozenset[str] | None = None
        self._ids: dict[str, int] = {}

    @override
    def ready(self) -> bool:
        with self._lock:
            try:
                self._connected()
                self._capabilities()
            except NoBus as problem:
                _LOG.debug("No notifications: %s", problem)
                return False
            return True

    @override
    def show(self, key: str, bubble: Bubble) -> bool:
        with self._lock:
            try:
                bus = self._connected()
                (number,) = bus.call(self._notify(self._ids.get(key, 0), bubble))
            except NoBus as problem:
                _LOG.warning("A notification could not be shown: %s", problem)
                return False
            self._ids[key] = number
            return True

    @override
    def take_back(self, key: str) -> None:
        with self._lock:
            number = self._ids.pop(key, None)
            if number is None or self._bus is None:
                return
            try:
                self._bus.call(new_method_call(SERVER, "CloseNotification", "u", (number,)))
            except NoBus as problem:
                # gone with its server, or closed by the user meanwhile
                _LOG.debug("A notification could not be taken back: %s", problem)

    @override
    def close(self) -> None:
        with self._lock:
            bus, self._bus = self._bus, None
        # without the lock: the thread that tells of answers may wait for it
        if bus is not None:
            bus.close()

    # ---- the connection

    def _connected(self) -> Bus:
        if self._bus is not None and self._bus.alive:
            return self._bus
        self._forget_server()
        address = session_address() if self._address is None else self._address
        if not address:
            raise NoBus("no session bus")
        self._bus = Bus(address, self._signal)
        self._bus.listen_to(MatchRule(type="signal", interface=NAME))
        owner = MatchRule(type="signal", sender=message_bus.bus_name, member="NameOwnerChanged")
        owner.add_arg_condition(0, NAME)
        self._bus.listen_to(owner)
        return self._bus

    def _capabilities(self) -> frozenset[str]:
        # asking starts a server that is not running and can be started
        if self._can is None:
            (can,) = self._connected().call(new_method_call(SERVER, "GetCapabilities"))
            self._can = frozenset(can)
        return self._can

    def _forget_server(self) -> None:
        self._can = None
        self._ids.clear()

    # ---- what is sent

    def _notify(self, replaces: int, bubble: Bubble) -> Any:
        can = self._capabilities()
        body = _clean(bubble.body)[:LONGEST]
        if "body-markup" in can:
            body = html.escape(body, quote=False)
        title = _clean(bubble.title)
        if "body" not in can and body:
            title, body = f"{title}: {body}", ""
        actions = _actions(bubble.buttons) if "actions" in can else []
        hints: dict[str, tuple[str, object]] = {
            "urgency": ("y", CRITICAL if bubble.urgent else NORMAL),
            "desktop-entry": ("s", "shuke"),
        }
        if not bubble.sound:
            hints["suppress-sound"] = ("b", True)
        elif "sound" in can:
            hints["sound-name"] = ("s", "message-new-instant")
        return new_method_call(
            SERVER,
            "Notify",
            "susssasa{sv}i",
            ("Shuke", replaces, "", title, body, actions, hints, NEVER),
        )

    # ---- what comes back, on the thread that tells

    def _signal(self, message: Any) -> None:
        member = message.header.fields.get(HeaderFields.member)
        if member == "NameOwnerChanged":
            with self._lock:
                self._forget_server()
        elif member == "ActionInvoked":
            number, action = message.body
            self._answered(number, Answer.OPEN if action == _CLICKED else _answer(action))
        elif member == "NotificationClosed":
            number, reason = message.body
            self._answered(number, Answer.DISMISSED if reason == _BY_THE_USER else None)

    def _answered(self, number: int, answer: Answer | None) -> None:
        with self._lock:
            key = next((key for key, one in self._ids.items() if one == number), None)
            if key is not None:
                # an answer comes once; that it closes the notification is no second one
                del self._ids[key]
        if key is not None and answer is not None:
            self._heard(key, answer)


def _actions(buttons: Sequence[tuple[Answer, str]]) -> list[str]:
    named = [part for answer, words in buttons for part in (answer.value, _clean(words))]
    opening = [words for answer, words in buttons if answer is Answer.OPEN]
    return [_CLICKED, _clean(opening[0]), *named] if opening else named


def _answer(action: str) -> Answer | None:
    try:
        return Answer(action)
    except ValueError:
        return None


def _clean(text: str) -> str:
    """Without what D-Bus cannot carry: NUL, halves of characters; and what nobody can see."""
    return _UNSEEN.sub(" ", text).strip()
