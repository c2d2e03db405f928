"""One desk for each profile: a second start raises the first, a call is handed to it."""

from __future__ import annotations

import getpass
import hashlib
import sys

from PySide6.QtCore import QCoreApplication, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.arrival import DEMO_PROFILE
from app.language import tr
from app.settings import Settings

_PATIENCE = 2000  # ms
_LONGEST = 200  # signs of one line


def _name(settings: Settings) -> str:
    """The address of the running desk: one for each person, folder and profile."""
    whose = f"{getpass.getuser()}\n{settings.data_folder}"
    return "jackfield-" + hashlib.sha256(whose.encode()).hexdigest()[:20]


class Instance(QObject):
    """Holds the lock of a profile and hears what other starts have to say."""

    raised = Signal()
    called = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        settings.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._name = _name(settings)
        self._lock = QLockFile(str(settings.data_folder / "desk.lock"))
        self._lock.setStaleLockTime(0)  # only a dead process loses it, never a slow one
        self._guests: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def begin(self) -> bool:
        """Whether this is the only desk; else the other one has been raised."""
        if not self._lock.tryLock(0):
            say(self._name, "raise")
            return False
        QLocalServer.removeServer(self._name)  # left behind by a desk that was killed
        self._server.listen(self._name)
        return True

    def end(self) -> None:
        self._server.newConnection.disconnect(self._greet)
        self._guests.clear()
        self._server.close()
        self._lock.unlock()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._guests.append(socket)
            socket.readyRead.connect(self._hear_all)
            socket.disconnected.connect(self._say_goodbye)
            self._hear(socket)  # a line that was there before anybody listened

    def _hear_all(self) -> None:
        for socket in self._guests:
            self._hear(socket)

    def _say_goodbye(self) -> None:
        gone = QLocalSocket.LocalSocketState.UnconnectedState
        for socket in [each for each in self._guests if each.state() == gone]:
            self._hear(socket)
            self._guests.remove(socket)
            socket.deleteLater()

    def _hear(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            line = bytes(socket.readLine(_LONGEST).data()).decode(errors="replace").strip()
            verb, _, rest = line.partition(" ")
            if verb == "raise":
                self.raised.emit()
            elif verb == "call" and rest:
                self.called.emit(rest)


def say(name: str, line: str) -> bool:
    """Send a line to the desk at this address; False where nobody listens."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(f"{line}\n".encode())
    heard = bool(socket.waitForBytesWritten(_PATIENCE))
    socket.disconnectFromServer()
    return heard


def hand_over_call(settings: Settings, number: str) -> int:
    """Give a ringing number to the running desk, the real one before the demo's."""
    from dataclasses import replace

    if QCoreApplication.instance() is None:
        QCoreApplication([])
    for profile in (settings.profile, DEMO_PROFILE):
        if say(_name(replace(settings, profile=profile)), f"call {number}"):
            return 0
    sys.stderr.write(tr("No desk is running here. Start Jackfield, then try again.") + "\n")
    return 1
