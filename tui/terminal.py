"""The session's own hold on the terminal: writing waits for nobody, and whatever ends the program gives it back.

Textual writes from a thread behind a short queue. Once whoever reads has stopped, that queue is full and everything
stands still at it: keys, drafts, signals, the end. Here what cannot go out at once waits by itself, frames that come
too late are left out, and the whole screen is drawn again when the reader is back.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tui.key_parser import KeyParser
from tui.resetting import CANCEL, LEFT_ON, LIMIT

if TYPE_CHECKING:
    from textual.app import App

MOST = 256 * 1024  # bytes that wait to be read: three full screens; frames beyond them are left out
AT_ONCE = 4096  # bytes a terminal takes at a time
PATIENCE = 0.5  # seconds that the end waits for whoever reads
ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)

# the driver asks nobody which parser it is to use
linux_driver.XTermParser = KeyParser  # type: ignore[attr-defined]
# nor how bytes are read: one that is not UTF-8 (a terminal set to GBK) would end the program
linux_driver.getincrementaldecoder = lambda encoding: partial(getincrementaldecoder(encoding), errors="replace")  # type: ignore[attr-defined]


class Output:
    """What goes to the terminal: at once as far as there is room, the rest from a thread as fast as it is read.

    Called from that thread: `caught_up` when all has gone out after frames had been left out, `gone` when there is no
    terminal any more.
    """

    def __init__(self, keys: int, screen: int, caught_up: Callable[[], None], gone: Callable[[], None]) -> None:
        self._terminal, self._may_wait = _opened_anew(screen)
        self._caught_up = caught_up
        self._gone = gone
        self._lock = threading.Lock()
        self._waiting = bytearray()
        self._left_out = False
        self._sent = threading.Event()
        self._sent.set()
        self._woken, self._wake = os.pipe()
        threading.Thread(target=self._run, args=(keys,), name="output", daemon=True).start()

    def write(self, text: str) -> None:
        """Send text when there is room; while too much waits, leave it out."""
        with self._lock:
            if len(self._waiting) > MOST:
                self._left_out = True
                return
            at_rest = not self._waiting
            self._waiting += text.encode("utf-8", "replace")
            if at_rest and not self._may_wait:  # to hand it to the thread takes longer than to send it
                with suppress(OSError):  # no room, or no terminal any more: the thread will see
                    while self._waiting:
                        self._send_some()
            if not self._waiting:
                return
            self._sent.clear()
        if at_rest:
            os.write(self._wake, b".")

    def _send_some(self) -> None:
        """Send as much of what waits as a terminal takes at a time. `BlockingIOError` where there is no room."""
        del self._waiting[: os.write(self._terminal, self._waiting[:AT_ONCE])]

    def settle(self) -> None:
        """Wait a moment for all to go out. Where nobody reads, what still waits is dropped, also in the terminal's own
        buffer, so that what comes next goes out first."""
        if not self._sent.wait(PATIENCE):
            with self._lock, suppress(termios.error):
                termios.tcflush(self._terminal, termios.TCOFLUSH)
                self._waiting[:] = CANCEL
                os.write(self._wake, b".")  # there is room now, of which the terminal tells nobody

    def close(self) -> None:
        """Wait a moment for all to go out, then send no more."""
        self._sent.wait(PATIENCE)
        os.close(self._wake)

    def _run(self, keys: int) -> None:
        watch = select.poll()
        watch.register(keys, 0)  # told when it is gone, never when there is a key
        watch.register(self._woken, select.POLLIN)
        while True:
            watch.register(self._terminal, select.POLLOUT if self._waiting else 0)
            for file, what in watch.poll():
                if file == self._woken:
                    if not os.read(self._woken, AT_ONCE):  # closed
                        return
                elif what & ~select.POLLOUT or not self._send():
                    with self._lock:
                        self._waiting.clear()
                        self._sent.set()
                    self._gone()
                    return

    def _send(self) -> bool:
        """Send what there is room for; False where the terminal is gone."""
        with self._lock:
            try:
                self._send_some()
            except BlockingIOError:
                return True
            except OSError:
                return False
            if self._waiting:
                return True
            self._sent.set()
            left_out, self._left_out = self._left_out, False
        if left_out:
            self._caught_up()
        return True


def _opened_anew(terminal: int) -> tuple[int, bool]:
    """The terminal opened once more, so that not to wait for it concerns nobody else who has it open, as the shell;
    and whether writing waits all the same."""
    for name in (os.ttyname, lambda _: "/dev/tty"):  # somebody else's terminal (sudo) opens by the second name alone
        with suppress(OSError):
            return os.open(name(terminal), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), False
    return os.dup(terminal), True  # the thread waits then, and the end does not


class TerminalDriver(LinuxDriver):
    """Textual's driver with an `Output`, and an end in order on every signal that asks for one."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output: Output | None = None
        self._frame: list[str] | None = None  # what a frame that is not ended yet is made of
        self._in_use = False
        # A hang-up comes with SIGCONT. Textual would take that for the way back from a suspension and start anew on
        # the terminal that is gone. Nothing suspends here.
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    def start_application_mode(self) -> None:
        for number in ENDING:
            self._loop.add_signal_handler(number, self.end)
        screen = sys.__stdout__.fileno() if sys.__stdout__ is not None else self.fileno
        self._output = Output(self.fileno, screen, self._repaint, self._lost)
        self._in_use = True
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        except BaseException:
            self.stop_application_mode()
            raise

    def write(self, data: str) -> None:
        """A frame goes out in one piece: whoever reads is woken once, and SSH sends it as one."""
        if data == SYNC_START:
            self._frame = []
        if self._frame is not None:
            self._frame.append(data)
            if data != SYNC_END:
                return
            data, self._frame = "".join(self._frame), None
        if self._output is not None:
            self._output.write(data)

    def stop_application_mode(self) -> None:
        self._in_use = False
        self._frame = None
        if self._output is not None:
            self._output.settle()
        self.write(LEFT_ON)
        super().stop_application_mode()

    def close(self) -> None:
        super().close()
        if self._output is not None:
            self._output.close()
            self._output = None

    def run_input_thread(self) -> None:
        try:
            super().run_input_thread()
        except OSError:  # it is gone
            self._lost()
        except Exception as error:  # noqa: BLE001 - Textual would print it, with what was typed
            self._app.call_later(self._app._handle_exception, error)

    def _repaint(self) -> None:
        self._app.call_later(self._app.refresh)

    # --- the end

    def _lost(self) -> None:
        """The terminal is gone, as one of our threads has noticed."""
        self.exit_event.set()  # keys would be looked for without a pause in what has ended
        with suppress(RuntimeError):  # all is over already
            self._loop.call_soon_threadsafe(self.hang_up)

    def hang_up(self) -> None:
        """The terminal is gone: what anybody still writes to it goes nowhere; end."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None:
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        self.end()

    def end(self) -> None:
        """End in order: keys that have come are dealt with, what is being typed is kept. What is not done within the
        limit is cut off; the workspace takes no harm from that."""
        if self._app.return_code is None:
            self._app.exit()
        limit = threading.Timer(LIMIT, self._make_an_end)
        limit.daemon = True
        limit.start()

    def _make_an_end(self) -> None:
        if self._in_use:
            self.stop_application_mode()
            self.close()
        os._exit(self._app.return_code or 0)
