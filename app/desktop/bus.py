"""One connection to the D-Bus session bus: calls with replies, and signals told on a thread."""

import contextlib
import os
import queue
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from jeepney import DBusErrorResponse, HeaderFields, MatchRule, Message, MessageType, message_bus
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

PATIENCE: Final = 3.0
"""Seconds that whoever is called has for an answer."""


class NoBus(Exception):
    """There is no bus, it is gone, or whoever was called does not answer."""


def session_address() -> str:
    """Where the session's bus listens; "" if there is none."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if named:
        return named
    # a program that the system starts without a session's variables
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "bus"
    return f"unix:path={usual}" if usual.is_socket() else ""


class Bus:
    """Open from the beginning until `close`, or until the bus goes; then `alive` is false.

    `heard` gets every signal that was asked for, one after another on a thread of its own: it may
    call, or wait for somebody who does.
    """

    def __init__(self, address: str, heard: Callable[[Any], None]) -> None:
        try:
            self._connection = open_dbus_connection(address)
        except (OSError, ValueError, RuntimeError, StopIteration, DBusErrorResponse) as error:
            raise NoBus(str(error)) from error
        self._heard = heard
        self._sending = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[Any]] = {}
        self._signals: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.alive = True
        self._threads = [
            threading.Thread(target=work, name=f"bus {work.__name__}", daemon=True)
            for work in (self._listen, self._tell)
        ]
        for one in self._threads:
            one.start()

    def call(self, message: Any) -> tuple[Any, ...]:
        """Call a method and return what it returns. Raises NoBus."""
        serial = next(self._connection.outgoing_serial)
        answer: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._waiting[serial] = answer
        try:
            with self._sending:
                self._connection.send(message, serial=serial)
            # who listens may have ended before it could see that somebody waits
            reply = answer.get(timeout=PATIENCE) if self.alive else None
        except (OSError, queue.Empty) as error:
            raise NoBus(str(error)) from error
        finally:
            self._waiting.pop(serial, None)
        if reply is None:
            raise NoBus("the bus is gone")
        try:
            return tuple(unwrap_msg(reply))
        except DBusErrorResponse as error:
            raise NoBus(str(error)) from error

    def listen_to(self, rule: MatchRule) -> None:
        """Hear the signals that this rule describes. Raises NoBus."""
        self.call(message_bus.AddMatch(rule))

    def close(self) -> None:
        """End the connection, and what listens to it."""
        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        for one in self._threads:
            if one is not threading.current_thread():
                one.join()

    def _listen(self) -> None:
        try:
            while True:
                self._take(self._connection.receive())
        except OSError:
            # shut down here, or the bus ended
            self.alive = False
        finally:
            self._connection.close()
            self._signals.put(None)
            for one in list(self._waiting.values()):
                one.put(None)

    def _tell(self) -> None:
        while (signal := self._signals.get()) is not None:
            self._heard(signal)

    def _take(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self._signals.put(message)
            return
        serial = message.header.fields.get(HeaderFields.reply_serial)
        waiting = self._waiting.get(serial)
        if waiting is not None:
            waiting.put(message)
