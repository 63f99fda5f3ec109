"""In a real terminal: the line drops, the machine goes down, whoever reads stops. What was typed is there on return, no
process is left, and the terminal is as it was."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import DABIAO, Terminal, runs, wait_until_gone
from typing_in_a_terminal import TYPED, drafts, type_in_a_field, wait_for_draft, workspace

from models.connection import connect

TIMES = 2  # where it is a matter of moments
ENDINGS = [signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT]
each_signal = pytest.mark.parametrize("number", ENDINGS, ids=lambda number: number.name)
# all of them come to the same handler, which the first test shows; the line that goes is the one people meet
a_line_that_goes = pytest.mark.parametrize("number", ENDINGS[:2], ids=lambda number: number.name)
GIVEN_BACK = {"alternate": False, "mouse": False, "cursor": True, "wrap": True}
Command = Callable[..., CompletedProcess[str]]


def forget_drafts() -> None:
    with closing(connect(workspace(), writing=True)) as connection:
        connection.execute("DELETE FROM draft")


@pytest.fixture
def one_case(dabiao: Command, examples: Path) -> None:
    """A workspace with one case."""
    assert dabiao("import", examples / "16-proven-or-not.toml").returncode == 0


# --- signals


@each_signal
def test_a_signal_ends_the_program_cleanly_and_gives_the_terminal_back(
    terminal: Terminal, number: signal.Signals, tmp_path: Path
) -> None:
    terminal.start(["sh", "-c", f"stty -a > before; {DABIAO[0]}; code=$?; stty -a > after; echo code $code; cat"])
    terminal.wait_for("还没有案件")
    assert terminal.modes() != GIVEN_BACK
    os.kill(child_of(terminal.pid), number)
    terminal.wait_for("code 0")
    assert terminal.modes() == GIVEN_BACK
    assert Path("after").read_text() == Path("before").read_text()
    assert "Traceback" not in terminal.text()


def child_of(process: int) -> int:
    """The process a shell waits for."""
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[-1])


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where what a shell writes goes."""
    monkeypatch.chdir(tmp_path)


@a_line_that_goes
@pytest.mark.usefixtures("one_case")
def test_a_signal_in_the_middle_of_a_field_loses_no_key_of_it(terminal: Terminal, number: signal.Signals) -> None:
    for _ in range(TIMES):
        terminal.start(columns=160, lines=45)
        type_in_a_field(terminal)
        os.kill(terminal.pid, number)
        assert terminal.wait_until_ended() == 0
        assert drafts() == [TYPED]
        forget_drafts()


@pytest.mark.usefixtures("one_case")
def test_a_signal_while_fields_are_left_one_after_the_other_loses_none(terminal: Terminal, dabiao: Command) -> None:
    for turn in range(TIMES):
        terminal.start(columns=160, lines=45)
        type_in_a_field(terminal, f"第{turn}")
        terminal.send("Tab")
        terminal.type("3401")  # four figures too many
        terminal.send("Tab", "Tab", "Tab")
        terminal.wait_for("1 男")
        terminal.type("男")
        terminal.send("Tab")
        terminal.type(f"民族{turn}")
        terminal.wait_for(f"民族{turn}")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_until_ended() == 0
        shown = dabiao("show", "1", "--json").stdout
        assert f'"name": "第{turn}"' in shown and '"sex": "male"' in shown
        assert drafts() == ["3401041990030745163401", f"民族{turn}"]
        forget_drafts()


# --- the line


@pytest.mark.usefixtures("one_case")
def test_a_dropped_line_leaves_no_process_and_loses_no_key(terminal: Terminal) -> None:
    for _ in range(TIMES):  # without its care for SIGCONT the program stays behind more often than not
        terminal.start(columns=160, lines=45)
        type_in_a_field(terminal)
        assert terminal.hang_up()
        assert drafts() == [TYPED]
        forget_drafts()


@pytest.mark.usefixtures("one_case")
def test_a_dropped_line_that_nobody_tells_of_leaves_no_process_either(terminal: Terminal) -> None:
    """In a session of its own, as some launchers start a program, no signal comes when the terminal goes."""
    for _ in range(TIMES):
        terminal.start([sys.executable, "-c", UNTOLD, *DABIAO], columns=160, lines=45)
        type_in_a_field(terminal)
        program = int(Path("program").read_text())
        terminal.close()
        wait_until_gone(program)
        assert drafts() == [TYPED]
        forget_drafts()


UNTOLD = """
import os, sys
if os.fork() == 0:
    os.setsid()
    open("program", "w").write(str(os.getpid()))
    os.execvp(sys.argv[1], sys.argv[1:])
os.wait()
"""


@pytest.mark.usefixtures("one_case")
def test_after_the_power_went_what_was_kept_is_offered_and_gone_on_with(terminal: Terminal, dabiao: Command) -> None:
    for _ in range(TIMES):
        terminal.start(columns=160, lines=45)
        type_in_a_field(terminal)
        wait_for_draft(TYPED)
        terminal.kill()
        assert drafts() == [TYPED]
        terminal.start(columns=160, lines=45)
        terminal.wait_for("咨询")
        terminal.send("2")  # where the case had time to be kept as open, it opens by itself
        terminal.wait_for("姓名… 还没填完，按 D 打开")
        terminal.send("D")
        terminal.wait_for(re.compile(f"▸ +姓名 +{TYPED}"))
        terminal.send("Enter", "Escape")
        terminal.wait_for(lambda screen: TYPED in screen[0])
        assert drafts() == []
        assert f'"name": "{TYPED}"' in dabiao("show", "1", "--json").stdout
        assert dabiao("set", "1", "applicant.name=王").returncode == 0


def test_what_was_typed_for_a_new_case_is_there_after_the_power_went(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait_for("还没有案件")
    terminal.type("N李女士")
    terminal.send("Enter")
    terminal.type("王小明")
    terminal.send("Enter")
    terminal.type("34")
    wait_for_draft("34")
    terminal.kill()
    terminal.start()
    terminal.wait_for("新建案件 王小明… 还没填完，按 D 打开")
    terminal.send("N")
    screen = terminal.wait_for("李女士")
    assert any("王小明" in line for line in screen) and any("2/18" in line for line in screen)


@pytest.mark.usefixtures("one_case")
def test_a_terminal_made_tiny_and_large_again_loses_nothing_of_an_open_field(terminal: Terminal) -> None:
    terminal.start(columns=160, lines=45)
    type_in_a_field(terminal)
    terminal.resize(160, 10)
    terminal.wait_for("窗口太小")  # what stood there before is gone: what is seen from now on is new
    for columns, lines in ((1, 1), (160, 1), (2, 40), (1, 1)):
        terminal.resize(columns, lines)
    terminal.resize(160, 45)
    terminal.wait_for(re.compile(f"▸ +姓名 +{TYPED}"))
    terminal.type("戊")
    terminal.wait_for(f"{TYPED}戊")
    assert runs(terminal.pid)


@pytest.mark.usefixtures("one_case")
@pytest.mark.parametrize("key", ["C-c", "C-q"])
def test_the_keys_that_quit_ask_in_an_open_field_and_lose_nothing_of_it(terminal: Terminal, key: str) -> None:
    terminal.start(columns=160, lines=45)
    type_in_a_field(terminal)
    terminal.send(key)
    terminal.wait_for("退出达标？")
    terminal.send("n")
    terminal.wait_for(re.compile(f"▸ +姓名 +{TYPED}"))
    terminal.send(key)
    terminal.wait_for("退出达标？")
    terminal.send("y")
    assert terminal.wait_until_ended() == 0
    assert drafts() == [TYPED]


# --- whoever reads stops


class HeldLine:
    """A program behind a line whose far end can stop reading."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        script = Path(__file__).parents[1] / "held_line.py"
        command = f"{sys.executable} {script} program {DABIAO[0]}; echo code $?; cat"
        terminal.start(["sh", "-c", command], columns=160, lines=45)
        terminal.wait_for("60")
        self.line = child_of(terminal.pid)
        self.program = int(Path("program").read_text())

    def hold(self) -> None:
        """Read no more, and have more drawn than any buffer between takes."""
        os.kill(self.line, signal.SIGUSR1)
        for _ in range(40):
            self.terminal.send(*["NPage", "PPage"] * 10)
            time.sleep(0)

    def go_on(self) -> None:
        """Read again."""
        os.kill(self.line, signal.SIGUSR2)

    def type_blindly(self) -> None:
        """Open a case and type in a field without a screen to look at."""
        self.terminal.send("g", "Enter", "/")
        self.terminal.type("姓名")
        self.terminal.send("Enter", "Enter", "C-u")
        self.terminal.type(TYPED)


@pytest.fixture
def held(terminal: Terminal, dabiao: Command) -> HeldLine:
    """A line to a workspace of sixty cases, whose far end has stopped reading."""
    assert dabiao("demo", "60", "--into", workspace()).returncode == 0
    line = HeldLine(terminal)
    line.hold()
    return line


def test_while_nobody_reads_keys_go_on_and_are_kept_and_the_screen_is_right_when_somebody_does(held: HeldLine) -> None:
    held.type_blindly()
    wait_for_draft(TYPED)
    held.go_on()
    held.terminal.wait_for(re.compile(f"▸ +姓名 +{TYPED}"))
    screen = held.terminal.wait_for("基本信息")
    held.terminal.send("F3", "F3")  # drawn anew, nothing is another
    held.terminal.wait_for(lambda now: now == screen)


def test_while_nobody_reads_the_program_rests(held: HeldLine) -> None:
    held.type_blindly()
    wait_for_draft(TYPED)
    until = time.monotonic() + 20
    used = [time_used(held.program)]
    while len(used) < 2 or used[-1] - used[-2] > 0.3:  # seconds of the processor in one second
        assert time.monotonic() < until, f"it never rests: {used}"
        time.sleep(1)
        used.append(time_used(held.program))


def time_used(process: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@a_line_that_goes
def test_while_nobody_reads_a_signal_ends_it_with_nothing_lost(held: HeldLine, number: signal.Signals) -> None:
    held.type_blindly()
    wait_for_draft(TYPED)
    os.kill(held.program, number)
    wait_until_gone(held.program)
    assert drafts() == [TYPED]
    held.go_on()
    held.terminal.wait_for("code 0")
    assert held.terminal.modes() == GIVEN_BACK


def test_while_nobody_reads_a_dropped_line_ends_it_with_nothing_lost(held: HeldLine) -> None:
    held.type_blindly()
    wait_for_draft(TYPED)
    os.kill(held.line, signal.SIGKILL)
    wait_until_gone(held.program)
    assert drafts() == [TYPED]
