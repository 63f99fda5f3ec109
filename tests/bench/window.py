"""A program in a pseudo-terminal, and the moments at which its frames stand.

The terminal says that it knows synchronized output (DEC mode 2026), so that every frame ends with a mark.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

SETTLED = 5.0  # seconds
FRAME_ENDS = b"\x1b[?2026l"
ASKS_FOR_FRAMES, FRAMES_IT_HAS = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
SEQUENCES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\|\x1b[=>]")


class Pressed(NamedTuple):
    """What a key led to: milliseconds to its own frame and to the last one that followed, and the bytes of both."""

    first: float
    last: float
    own: int
    sent: int


class Window:
    """One run of a program, 120x40. Times are milliseconds."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.started = perf_counter()
        self.received = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execvpe(command[0], list(command), dict(os.environ) | dict(env) | {"TERM": "xterm-256color"})

    def until(self, seen: Callable[[bytes], bool], seconds: float = 60.0) -> float:
        """Milliseconds from the start to the end of the frame with which `seen` (the text so far) became true."""
        while True:
            moment = self._read(seconds)
            if moment is None:
                raise TimeoutError(f"not drawn in {seconds:g} s; last: {self.text()[-500:]!r}")
            if FRAME_ENDS in self.received and seen(self.text()):
                return (moment - self.started) * 1_000

    def key(self, key: bytes, quiet: float = 0.15) -> Pressed:
        """Press a key, and take what comes until nothing has come for `quiet` seconds."""
        self.received = b""
        pressed = perf_counter()
        os.write(self.fd, key)
        first = last = None
        own = 0
        while (moment := self._read(quiet if first is not None else 10.0)) is not None:
            if FRAME_ENDS in self.received and first is None:
                first, own = moment, len(self.received)
            last = moment
        if first is None or last is None:
            raise TimeoutError(f"the key {key!r} drew nothing")
        return Pressed((first - pressed) * 1_000, (last - pressed) * 1_000, own, len(self.received))

    def settle(self, quiet: float = 1.0) -> None:
        """Wait until nothing has been drawn for a while, at most some seconds: others' work may be drawn for ever."""
        until = perf_counter() + SETTLED
        while perf_counter() < until and self._read(quiet) is not None:
            pass

    def text(self) -> bytes:
        """What was received, without its control sequences."""
        return SEQUENCES.sub(b"", self.received)

    def memory(self) -> float:
        """MiB that the program holds."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def close(self) -> None:
        """End the program and wait for it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def _read(self, seconds: float) -> float | None:
        """Take what has come within so many seconds; the moment it came, None when nothing did."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return None
        try:
            self.received += os.read(self.fd, 1 << 20)
        except OSError:
            sys.exit(f"The program ended:\n{self.text().decode(errors='replace')}")
        moment = perf_counter()
        if ASKS_FOR_FRAMES in self.received:
            self.received = self.received.replace(ASKS_FOR_FRAMES, b"")
            os.write(self.fd, FRAMES_IT_HAS)
        return moment
