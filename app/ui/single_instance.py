"""One program a workspace: a second start hands over what it was asked for, and ends."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.config import machine_folder

_PATIENCE: Final = 1000  # milliseconds
_END: Final = b"\n"


class SingleInstance(QObject):
    """Listens for second starts on the same workspace, by the same user of this machine."""

    handed_over = Signal(list)  # file names, and what is to be shown, as text

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._heard: dict[QLocalSocket, bytes] = {}

    def claim(self, folder: Path, wanted: Sequence[str] = ()) -> bool:
        """Be the one for this workspace; False when another is, which has got `wanted` then."""
        name = _name(folder)
        if _hand_over(name, wanted):
            return False
        self._server.close()
        if not self._server.listen(name):
            # nobody answered, so what blocks the name was left by a program that was killed
            QLocalServer.removeServer(name)
            self._server.listen(name)
        return True

    def let_go(self) -> None:
        """Listen no more."""
        self._server.close()

    def _greet(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            self._heard[caller] = b""
            caller.readyRead.connect(self._hear)
            caller.disconnected.connect(self._gone)
            self._take(caller)

    def _hear(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._take(caller)

    def _take(self, caller: QLocalSocket) -> None:
        self._heard[caller] += bytes(caller.readAll().data())
        if self._heard[caller].endswith(_END):
            wanted = _wanted(self._heard[caller])
            caller.write(_END)
            caller.flush()
            self.handed_over.emit(wanted)

    def _gone(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._heard.pop(caller, None)
            caller.deleteLater()


def _name(folder: Path) -> str:
    place = f"{machine_folder()}|{folder.resolve()}"
    return "shuke-" + hashlib.sha256(place.encode()).hexdigest()[:24]


def _wanted(heard: bytes) -> list[str]:
    try:
        told = json.loads(heard)
    except ValueError:
        return []
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []


def _hand_over(name: str, wanted: Sequence[str]) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(json.dumps(list(wanted)).encode() + _END)
    socket.waitForBytesWritten(_PATIENCE)
    socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return True
