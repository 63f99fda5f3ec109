"""A program on this terminal, and beside it somebody who gives the terminal back whatever becomes of the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import FrameType

from tui.resetting import LIMIT, RESET

PASSED_ON = (signal.SIGHUP, signal.SIGTERM)
KEYS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)  # which the terminal gives the program itself
LONGEST = round(LIMIT) + 5  # seconds an end may take that was asked for


def guarded(program: Sequence[str], environ: Mapping[str, str]) -> int:
    """Runs a program to its end; its exit code, or the signal that ended it as a negative number."""
    screen = sys.stdin.fileno()
    before = termios.tcgetattr(screen)
    running: list[subprocess.Popen[bytes]] = []
    wanted: list[int] = []

    def pass_on(number: int, _: FrameType | None) -> None:
        wanted.append(number)
        for one in running:
            one.send_signal(number)
        signal.alarm(LONGEST)

    def make_an_end(*_: object) -> None:
        for one in running:
            one.kill()

    # a handler, and not to ignore them: what is ignored stays so in the program
    handlers = {number: signal.signal(number, pass_on) for number in PASSED_ON}
    handlers |= {number: signal.signal(number, lambda *_: None) for number in KEYS}
    handlers[signal.SIGALRM] = signal.signal(signal.SIGALRM, make_an_end)
    try:
        running.append(subprocess.Popen(list(program), env=dict(environ)))
        for number in wanted:  # that came before there was anybody to tell
            running[0].send_signal(number)
        code = running[0].wait()
    finally:
        signal.alarm(0)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        with suppress(termios.error, OSError):  # the terminal may be gone
            termios.tcsetattr(screen, termios.TCSANOW, before)
    if code < 0:
        with suppress(OSError):
            os.write(sys.stdout.fileno(), RESET.encode())
    return code
