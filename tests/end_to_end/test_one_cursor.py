"""The cursor of a case as a terminal shows it: what is drawn anew must also take away what was drawn before."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from terminal import Terminal

MARK = "▸"
STYLED = re.compile(r"\x1b\[([\d;]*)m")


def marked(screen: list[str]) -> list[str]:
    return [line for line in screen if MARK in line]


def only(words: str) -> Callable[[list[str]], bool]:
    """A screen with one cursor mark, on the line with these words."""
    return lambda screen: len(marked(screen)) == 1 and words in marked(screen)[0].partition(MARK)[2]


def reversed_in(drawn: str) -> list[str]:
    """What stands reversed in each line; a style goes on over the end of a line."""
    found, on = [""], False
    for number, piece in enumerate(STYLED.split(drawn)):
        if number % 2:
            codes = piece.split(";")
            on = "7" in codes or (on and not {"0", "", "27"} & set(codes))
        else:
            first, *rest = piece.split("\n")
            found[-1] += first if on else ""
            found.extend(line if on else "" for line in rest)
    return found


def test_nothing_of_the_mark_stays_on_the_row_that_was_left(
    dabiao: Callable[..., CompletedProcess[str]], terminal: Terminal, examples: Path
) -> None:
    assert dabiao("import", *sorted(examples.glob("1*.toml"))).returncode == 0
    terminal.start(columns=80, lines=24, env={"NO_COLOR": "1"})
    rows = [line[2:] for line in terminal.wait_for(only("咨询")) if "咨询" in line]
    terminal.send("Down", "Down")
    terminal.wait_for(only(rows[2]))
    assert [line.startswith(MARK) for line in reversed_in(terminal.drawn()) if line] == [True]
    terminal.send("Up", "Up")
    terminal.wait_for(only(rows[0]))
    assert [line.endswith("  ") for line in reversed_in(terminal.drawn()) if line] == [True]


def test_the_mark_moves_and_changes_sides_without_leaving_another_behind(
    dabiao: Callable[..., CompletedProcess[str]], terminal: Terminal, examples: Path
) -> None:
    assert dabiao("import", examples / "16-proven-or-not.toml").returncode == 0
    terminal.start(columns=100, lines=30)
    terminal.wait_for("咨询")
    terminal.send("Enter")
    terminal.wait_for("基本信息")
    terminal.send("Down")
    terminal.wait_for(only("姓名"))
    terminal.send("Right")
    terminal.wait_for(only("年龄"))
    terminal.send("Down", "Down")
    terminal.wait_for(only("职称"))
    terminal.send("Left", "Down")
    terminal.wait_for(only("身份证号"))


def test_esc_and_the_next_key_in_one_piece_are_two_keys_in_whatever_screen(
    dabiao: Callable[..., CompletedProcess[str]], terminal: Terminal, examples: Path
) -> None:
    assert dabiao("import", examples / "16-proven-or-not.toml").returncode == 0
    terminal.start(columns=100, lines=30)
    terminal.wait_for("咨询")
    terminal.type("\rh")
    terminal.wait_for("导入")
    terminal.type("\x1b/")  # out of the history, and looked for a fact
    terminal.type("姓名\r")
    terminal.wait_for(only("姓名"))
    terminal.type("\r改\x1bh")  # out of the field, and into the history again
    terminal.wait_for("导入")
