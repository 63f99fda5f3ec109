"""In a real terminal: the line drops or the machine goes down, and the program ends in order by itself."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import Terminal


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM], ids=lambda number: number.name)
def test_a_hang_up_ends_the_program_cleanly(terminal: Terminal, number: signal.Signals) -> None:
    terminal.start()
    terminal.wait_for("还没有案件")
    os.kill(terminal.pid, number)
    assert terminal.wait_until_ended() == 0
    assert "Traceback" not in terminal.text()


def test_a_dropped_line_leaves_no_process(
    dabiao: Callable[..., CompletedProcess[str]], terminal: Terminal, examples: Path
) -> None:
    assert dabiao("import", examples / "16-proven-or-not.toml").returncode == 0
    for _ in range(3):  # without its care for SIGCONT the program stays behind more often than not
        terminal.start(columns=160, lines=45)
        terminal.wait_for("咨询")
        terminal.send("Enter")
        terminal.wait_for("基本信息")
        terminal.send("Down", "Enter")
        terminal.type("甲乙丙丁")
        assert terminal.hang_up()


def test_what_was_typed_for_a_new_case_is_there_after_the_power_went(terminal: Terminal) -> None:
    terminal.start()
    terminal.wait_for("还没有案件")
    terminal.type("n李女士")
    terminal.send("Enter")
    terminal.type("王小明")
    terminal.send("Enter")
    terminal.type("34")  # shown only once the two fields that were left are on disk
    terminal.wait_for("2/18")
    terminal.kill()
    terminal.start()
    terminal.wait_for("还没有案件")
    terminal.send("n")
    screen = terminal.wait_for("李女士")
    assert any("王小明" in line for line in screen)
