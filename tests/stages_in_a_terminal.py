"""A case taken from stage to stage in a real terminal, by keyboard alone."""

import re

from terminal import Terminal


def cursor(terminal: Terminal) -> str:
    """The line the cursor is on; nothing while it is on none."""
    return next((line for line in terminal.screen() if re.match("▸ +[→←·] ", line)), "")


def step(terminal: Terminal, to: str, *told: str, day: str = "2026-11-22") -> None:
    """Take the case to a stage: `s`, the cursor on it, Enter, what is told with it field by field, F9."""
    terminal.send("s")
    terminal.wait_for(re.compile("▸ +[→←·] "))
    while not re.match(f"▸ +[→←·] {to}", before := cursor(terminal)):
        terminal.send("j")
        terminal.wait_for(lambda lines: any(re.match("▸ +[→←·] ", line) and line != before for line in lines))
    terminal.send("Enter")
    terminal.wait_for(f"进到“{to}”")
    for text in told:
        if text:
            terminal.type(text)
        terminal.send("Tab")
    terminal.send("F9")
    terminal.wait_for(re.compile(f" *{to}  {day} 起"))


def leave(terminal: Terminal) -> None:
    """Back to the list of cases, and out."""
    terminal.send("q")
    terminal.send("q")
    terminal.wait_for("案件列表")
    terminal.send("q")
    terminal.wait_for("退出达标？")
    terminal.send("y")
    terminal.wait_until_ended()


def progress(terminal: Terminal) -> None:
    """From the list, where the case is the only one, to its progress."""
    terminal.wait_for("王小明")
    terminal.send("Enter")
    terminal.wait_for("基本信息")
    terminal.send("o")
    terminal.wait_for("下一环节")
