"""The application in a test: started over a workspace, keyed, and looked at as people do, its lines as text."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from typing import Any

from desks import DAY
from textual import events
from textual._context import visible_screen_stack
from textual.app import App
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from engine import words
from models.workspace import Workspace
from models.writing import Author
from tui import text
from tui.app import DabiaoApp
from tui.last_place import NOWHERE
from tui.screens.filtered import Filtered

_DOTTED = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
NAMED = {"\r": "enter", "\x1b": "escape", "\t": "tab"}


def application(
    workspace: Workspace,
    *,
    language: str = "zh",
    today: date = DAY,
    clock: Callable[[], date] | None = None,
    backing_up: bool = False,
) -> DabiaoApp:
    """The application as `ana` starts it."""
    return DabiaoApp(workspace, Author("ana", "test"), today, language, clock=clock, backing_up=backing_up)


@asynccontextmanager
async def session(
    workspace: Workspace,
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "zh",
    today: date = DAY,
    clock: Callable[[], date] | None = None,
    backing_up: bool = False,
    comes_back: bool = False,
) -> AsyncIterator[Pilot[None]]:
    """A running session of `ana`, settled. It begins in the list, unless it `comes_back` to where the last one was."""
    app = application(workspace, language=language, today=today, clock=clock, backing_up=backing_up)
    if not comes_back:
        app.last = NOWHERE
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        while comes_back and not app.came_back:  # that begins with the first frame, which may be a while in coming
            await asyncio.sleep(0.005)
            await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs, no list still rests before it looks for what others wrote, and all is drawn."""
    await pilot.pause()
    while at_work(pilot.app):
        await asyncio.sleep(0.005)
        if not at_work(pilot.app):
            await pilot.pause()


def at_work(app: App[Any]) -> bool:
    """Whether a worker runs, or a list that is shown will look again."""
    lists = [screen for screen in app.screen_stack if isinstance(screen, Filtered) and screen.is_current]
    return any(not worker.is_finished for worker in app.workers) or any(each.later is not None for each in lists)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one, as Textual names them, and wait for what each does."""
    for name in keys:
        key = _character_to_key(name) if len(name) == 1 else name
        pilot.app.post_message(events.Key(key, name if len(name) == 1 else key_to_character(key)))
        await settled(pilot)


async def burst(pilot: Pilot[Any], keys: str) -> None:
    """Keys that arrive all at once, as a slow line delivers them; Enter, Esc and Tab as `\\r`, `\\x1b`, `\\t`."""
    for character in keys:
        key = NAMED.get(character) or _character_to_key(character)
        pilot.app.post_message(events.Key(key, character))
    await settled(pilot)


def screen_lines(app: App[Any]) -> list[str]:
    """The lines of what is shown now, without the blanks at their ends."""
    visible_screen_stack.set(app._background_screens)  # which shows above and beside a question
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def screen_text(app: App[Any]) -> str:
    """What is shown now as one text. It holds no catalogue key and no brace: that would be a word left out."""
    shown = "\n".join(screen_lines(app))
    keys = _dotted_keys() & {part for dotted in _DOTTED.findall(shown) for part in _parts(dotted)}
    assert not keys, f"catalogue keys on the screen: {keys}\n{shown}"
    assert "{" not in shown and "}" not in shown, f"a brace on the screen\n{shown}"
    return shown


def line_with(app: App[Any], what: str) -> str:
    """The first line that shows something."""
    found = [line for line in screen_text(app).splitlines() if what in line]
    assert found, f"{what!r} is nowhere\n{screen_text(app)}"
    return found[0]


def _parts(dotted: str) -> Iterator[str]:
    """All that could be a key within words with dots between them."""
    words = dotted.split(".")
    yield from (".".join(words[first:last]) for last in range(len(words) + 1) for first in range(last - 1))


@cache
def _dotted_keys() -> frozenset[str]:
    catalogues: list[Mapping[str, str]] = [text.catalogue("zh"), words.catalogue("zh")]
    return frozenset(key for catalogue in catalogues for key in catalogue if "." in key)
