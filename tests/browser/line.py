"""A line between phone and server that can be cut, stalled, or taken over by somebody else."""

import socket
import threading
from contextlib import suppress
from enum import Enum
from typing import Final

CHUNK: Final = 65_536
STRANGE: Final = {
    "portal": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n"
    b"Connection: close\r\n\r\n<h1>Hotel Wi-Fi</h1>",
    "json": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n"
    b'Connection: close\r\n\r\n{"saved":true}',
    "nothing": b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
    "elsewhere": b"HTTP/1.1 302 Found\r\nLocation: /sign-in\r\nContent-Length: 0\r\n"
    b"Connection: close\r\n\r\n",
    "gateway": b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 3\r\n"
    b"Connection: close\r\n\r\nbad",
}


class Mode(Enum):
    """What becomes of a request; the last five are answered by somebody who is not the server."""

    OPEN = "open"
    CUT = "cut"
    STALLED = "stalled"  # accepted, never answered
    LOSING = "losing"  # the server gets every request, the phone no answer
    LOSING_POSTS = "losing posts"  # the same for what changes something
    PORTAL = "portal"
    JSON = "json"
    NOTHING = "nothing"
    ELSEWHERE = "elsewhere"
    GATEWAY = "gateway"


PASSING: Final = {Mode.OPEN, Mode.LOSING, Mode.LOSING_POSTS}


class Line:
    """Listens on a port of its own and passes on what it may."""

    def __init__(self, port: int) -> None:
        self.mode = Mode.OPEN
        self.lost = 0  # answers that the server gave and the phone never saw
        self._target = port
        self._open: set[socket.socket] = set()
        self._changing: Final = threading.Lock()
        self._listening: Final = socket.create_server(("127.0.0.1", 0))
        self.port: Final[int] = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __str__(self) -> str:
        return f"http://localhost:{self.port}"

    def become(self, mode: Mode) -> None:
        """Change what happens; connections that stand are torn down."""
        with self._changing:
            self.mode = mode
            standing = list(self._open)
        for one in standing:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def lead_to(self, port: int) -> None:
        """Lead to another server from now on."""
        self._target = port

    def close(self) -> None:
        """End it."""
        self.become(Mode.CUT)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self._listening.accept()
                with self._changing:  # or it would outlive the change of which it knows nothing
                    mode = self.mode
                    self._open.add(phone)
                threading.Thread(target=self._serve, args=(phone, mode), daemon=True).start()

    def _serve(self, phone: socket.socket, mode: Mode) -> None:
        with suppress(OSError), phone:
            if mode in PASSING:
                self._pass_on(phone, mode)
            elif mode is not Mode.CUT:
                phone.recv(CHUNK)
                if mode is Mode.STALLED:
                    phone.recv(CHUNK)  # until either end gives up
                else:
                    phone.sendall(STRANGE[mode.value])
        self._open.discard(phone)

    def _pass_on(self, phone: socket.socket, mode: Mode) -> None:
        """Pass on what comes, one request after the other, until an answer is to be lost."""
        asked = bytearray()
        with socket.create_connection(("127.0.0.1", self._target)) as server:
            self._open.add(server)
            back = threading.Thread(
                target=self._answer, args=(server, phone, mode, asked), daemon=True
            )
            back.start()
            with suppress(OSError):
                while data := phone.recv(CHUNK):
                    asked[:] = data[:4] if data[:4] in {b"GET ", b"POST"} else asked
                    server.sendall(data)
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            back.join(5)
            self._open.discard(server)

    def _answer(
        self, server: socket.socket, phone: socket.socket, mode: Mode, asked: bytearray
    ) -> None:
        with suppress(OSError):
            while data := server.recv(CHUNK):
                if mode is Mode.LOSING or (mode is Mode.LOSING_POSTS and asked == b"POST"):
                    self.lost += 1
                    break
                phone.sendall(data)
        with suppress(OSError):
            phone.shutdown(socket.SHUT_RDWR)
