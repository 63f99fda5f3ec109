"""A real terminal for tests: tmux on a socket of its own, keys in, the screen's lines out."""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

NOT_PASSED_ON = ("TMUX", "TMUX_PANE", "TERM", "COLUMNS", "LINES")

Sought = str | re.Pattern[str] | Callable[[list[str]], bool]

DABIAO = (str(Path(sys.executable).parent / "dabiao"),)


def _some_line(pattern: re.Pattern[str]) -> Callable[[list[str]], bool]:
    return lambda screen: any(pattern.search(line) for line in screen)


def runs(process: int) -> bool:
    """Whether a process is still at work; one that has ended may wait to be taken note of."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until_gone(process: int, timeout: float = 20.0) -> None:
    """Wait for a process to end by itself; where it does not, end it and say so."""
    until = time.monotonic() + timeout
    while runs(process):
        if time.monotonic() > until:
            os.kill(process, signal.SIGKILL)
            raise NotSeen(f"the process still ran after {timeout:g} s")
        time.sleep(0.02)


class NotSeen(AssertionError):
    """What a test waited for did not come; the message shows the screen as it stood."""


class Terminal:
    """One tmux server with one window. It ends with the test, whatever runs in it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._socket = directory / "tmux"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(
        self,
        command: Sequence[str] = DABIAO,
        *,
        columns: int = 120,
        lines: int = 40,
        env: Mapping[str, str] | None = None,
        term: str = "tmux-256color",
    ) -> None:
        """Run a command in a new window; once it has ended the screen stays, with its exit code (`exit_code`)."""
        self.close()
        surroundings = {k: v for k, v in os.environ.items() if k not in NOT_PASSED_ON} | dict(env or {})
        self._tmux(
            *("-f", "/dev/null", "start-server", ";"),
            *("set", "-g", "remain-on-exit", "on", ";"),
            *("set", "-g", "remain-on-exit-format", "", ";"),
            *("set", "-g", "escape-time", "0", ";"),
            *("set", "-g", "default-terminal", term, ";"),
            *("set", "-g", "default-size", f"{columns}x{lines}", ";"),
            *("new-session", "-d", "-x", str(columns), "-y", str(lines), shlex.join(command)),
            env=surroundings,
        )

    def send(self, *keys: str) -> None:
        """Press named keys, one after the other: `Enter`, `Escape`, `C-p`, `F2`, or a single character."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text as it stands."""
        self._tmux("send-keys", "-l", "--", text[:-1] + "\\;" if text.endswith(";") else text)  # tmux splits there

    def paste(self, text: str) -> None:
        """Paste text, between the marks by which a program knows it from keys, where it asked for them."""
        path = self.directory / "pasted"
        path.write_text(text, encoding="utf-8")
        self._tmux("load-buffer", str(path))
        self._tmux("paste-buffer", "-p", "-r", "-d")

    def record(self, path: Path) -> None:
        """From now on keep all that the program sends, as it comes."""
        self._tmux("pipe-pane", "-O", f"cat > {shlex.quote(str(path))}")

    def screen(self) -> list[str]:
        """The lines that stand on the screen, without the blanks at their ends."""
        return [line.rstrip() for line in self._tmux("capture-pane", "-p").split("\n")]

    def drawn(self) -> str:
        """The screen with the sequences that style it."""
        return self._tmux("capture-pane", "-p", "-e")

    def text(self) -> str:
        """The whole screen as one text."""
        return "\n".join(self.screen())

    def wait_for(self, sought: Sought, timeout: float = 20.0) -> list[str]:
        """The screen as soon as a line holds the text or pattern, or it satisfies the predicate; else `NotSeen`."""
        pattern = re.compile(re.escape(sought)) if isinstance(sought, str) else sought
        seen = _some_line(pattern) if isinstance(pattern, re.Pattern) else pattern
        until = time.monotonic() + timeout
        while not seen(screen := self.screen()):
            if time.monotonic() > until:
                raise NotSeen(f"not seen in {timeout:g} s: {sought!r}, but, {self._state()}:\n" + "\n".join(screen))
            time.sleep(0.02)
        return screen

    def wait_until_ended(self, timeout: float = 20.0) -> int:
        """The exit code of the command, once it has ended."""
        until = time.monotonic() + timeout
        while (code := self.exit_code()) is None:
            if time.monotonic() > until:
                raise NotSeen(f"still running after {timeout:g} s, {self._state()}:\n{self.text()}")
            time.sleep(0.02)
        return code

    def exit_code(self) -> int | None:
        """The command's exit code (128 and the number for a signal), None while it runs."""
        dead, status, caught = self._ask("#{pane_dead}|#{pane_dead_status}|#{pane_dead_signal}").split("|")
        if dead != "1":
            return None
        if not (status or caught):  # tmux 3.3 at times misses the signal, and reaps its child at the next one
            os.kill(int(self._ask("#{pid}")), signal.SIGCHLD)
            return None
        return int(status) if status else 128 + int(caught)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size, as dragging its corner does."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def modes(self) -> dict[str, bool]:
        """What a program may have left on (the alternate screen, the mouse) or off (the cursor, line wrapping)."""
        names = {"alternate": "alternate_on", "mouse": "mouse_any_flag", "cursor": "cursor_flag", "wrap": "wrap_flag"}
        said = self._ask(" ".join(f"#{{{flag}}}" for flag in names.values())).split()
        return {name: flag == "1" for name, flag in zip(names, said, strict=True)}

    @property
    def pid(self) -> int:
        """The process of the command."""
        return int(self._ask("#{pane_pid}"))

    def kill(self) -> None:
        """End the command as a power cut would: it gets no chance to do anything."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait_until_ended()

    def hang_up(self, timeout: float = 20.0) -> bool:
        """Drop the line: the terminal is gone at once. Whether the program then ended by itself."""
        program = self.pid
        os.kill(int(self._ask("#{pid}")), signal.SIGKILL)
        self._socket.unlink()
        try:
            wait_until_gone(program, timeout)
        except NotSeen:
            return False
        return True

    def close(self) -> None:
        """End the tmux server and what runs in it, whether or not it wants to end; harmless where there is none."""
        if not self._socket.exists():
            return
        try:
            server, group, dead = self._ask("#{pid} #{pane_pid} #{pane_dead}").split()
        except subprocess.CalledProcessError:  # it has ended by itself
            self._socket.unlink()
            return
        if dead != "1":
            os.killpg(int(group), signal.SIGKILL)
        os.kill(int(server), signal.SIGKILL)
        self._socket.unlink()

    def _state(self) -> str:
        return self._ask("#{window_width}x#{window_height}, ended: #{pane_dead} #{pane_dead_status}")

    def _ask(self, form: str) -> str:
        return self._tmux("display-message", "-p", form).strip()

    def _tmux(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        command = ["tmux", "-u", "-S", str(self._socket), *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True).stdout
