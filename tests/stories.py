"""Stories told in lines: what a consultant presses and types, and what is to be seen then.

    # 找到客户
    按 / z s enter      keys, as Textual names them or as the footer shows them
    键入 13800000000    characters, as an input method delivers them
    见 张三 108         it is on the screen: in one line, however many blanks lie between
    不见 李梅           it is not
    行 1 见 案件列表    it is on this line, counted from 1; from the foot with -1
    复制了 张三         it is among what was copied last
    窗口 100x40         the terminal gets another size
    空案件库            only as the first step: the workspace is an empty one
    拍 list             its picture, of this name, is taken by whoever wants pictures

The keys of a line arrive all at once, as a slow line delivers them; the next line begins when everything is done and
drawn, and what is looked for is given some time to be there. A line that is empty or begins with # is for the reader.
A step that fails names its file and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from screens import burst, screen_text, settled
from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

PATIENCE = 5.0  # seconds for what is looked for to be there
EMPTY = "空案件库"
NAMES = {"esc": "escape", "→": "right", "←": "left", "↑": "up", "↓": "down", "pgdn": "pagedown", "pgup": "pageup"}


class Step(NamedTuple):
    """One line of a story: what is done or looked for, and with what."""

    place: str
    verb: str
    rest: str


class Unlike(AssertionError):
    """What a story says is not so."""


def told(path: Path) -> list[Step]:
    """The steps of a story."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(_steps(path.name, lines))


def _steps(name: str, lines: list[str]) -> Iterator[Step]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        verb, _, rest = line.strip().partition(" ")
        if verb not in VERBS or not re.fullmatch(VERBS[verb], rest.strip()):
            raise Unlike(f"{name}:{number}: 没看懂 {line}")
        yield Step(f"{name}:{number}", verb, rest.strip())


def pictures(steps: list[Step]) -> list[str]:
    """The names of the pictures a story takes."""
    return [step.rest for step in steps if step.verb == "拍"]


def begins_empty(steps: list[Step]) -> bool:
    """Whether the story is told over an empty workspace."""
    return bool(steps) and steps[0].verb == EMPTY


async def tell(pilot: Pilot[None], steps: list[Step], picture: Callable[[str], bool] | None = None) -> None:
    """Carry a story out, step by step; `Unlike` at the first one that is not as it says.

    `picture` is given the name of each that is to be taken, and says whether the screen is as it is to be.
    """
    for step in steps:
        if step.verb == "按":
            await _press(pilot, keys_of(step.rest))
        elif step.verb == "键入":
            await burst(pilot, step.rest)
        elif step.verb == "窗口":
            await pilot.resize_terminal(*map(int, step.rest.split("x")))
            await settled(pilot)
        elif step.verb == "拍":
            await _comes(pilot, lambda name=step.rest: picture is None or picture(name))
        elif step.verb != EMPTY and not await _comes(pilot, lambda step=step: _SEEN[step.verb](pilot, step.rest)):
            raise Unlike(f"{step.place}: {step.verb} {step.rest}\n{screen_text(pilot.app)}")


async def _comes(pilot: Pilot[None], so: Callable[[], bool]) -> bool:
    """Whether something is so, now or soon: a machine under load may look idle when it is not."""
    until = monotonic() + PATIENCE
    while not so():
        if monotonic() > until:
            return False
        await settled(pilot)
    return True


def keys_of(line: str) -> list[str]:
    """The keys of a line, as Textual names them."""
    return [NAMES.get(name, name) for name in line.split()]


async def _press(pilot: Pilot[None], names: list[str]) -> None:
    for name in names:
        key = _character_to_key(name) if len(name) == 1 else name
        pilot.app.post_message(events.Key(key, name if len(name) == 1 else key_to_character(key)))
    await settled(pilot)


def _close(text: str) -> str:
    """A text with one blank where there are several: columns are as wide as they are."""
    return re.sub(r"[ ​]+", " ", text)


def _sees(pilot: Pilot[None], what: str) -> bool:
    return any(_close(what) in _close(line) for line in screen_text(pilot.app).splitlines())


def _line_sees(pilot: Pilot[None], rest: str) -> bool:
    number, _, what = rest.partition(" ")
    at, line = int(number), what.removeprefix("见").strip()
    lines = screen_text(pilot.app).splitlines()
    return abs(at) <= len(lines) and _close(line) in _close(lines[at - 1 if at > 0 else at])


_SEEN: dict[str, Callable[[Pilot[None], str], bool]] = {
    "见": _sees,
    "不见": lambda pilot, what: not _sees(pilot, what),
    "行": _line_sees,
    "复制了": lambda pilot, what: what in pilot.app.clipboard,
}
VERBS = {
    **dict.fromkeys(("按", "键入", "拍", "见", "不见", "复制了"), ".+"),
    "行": r"-?[1-9]\d* 见 .+",
    "窗口": r"\d+x\d+",
    EMPTY: "",
}
"""What a step may begin with, and what may stand behind it."""
