"""A case opened in a test: keyed as fast as one likes, and looked at side by side as people do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from desks import DAY, Desk
from screens import NAMED, screen_lines, screen_text, session, settled
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from engine.assessment import Assessment, assess
from engine.document import validate
from engine.policy import load
from tui.screens.case import CaseScreen

SPECIAL = NAMED | {"↓": "down", "↑": "up", "→": "right", "←": "left", "⌫": "backspace", "⇤": "shift+tab", "⌧": "ctrl+u"}


@dataclass
class Case:
    """An open case of `ana`'s."""

    pilot: Pilot[None]
    desk: Desk
    id: int

    @property
    def screen(self) -> CaseScreen:
        screen = self.pilot.app.screen
        assert isinstance(screen, CaseScreen)
        return screen

    @property
    def document(self) -> dict[str, Any]:
        """The applicant as it is stored."""
        return self.desk.document(self.id)

    @property
    def drafts(self) -> dict[str, str]:
        """What is kept of what was typed and not taken, by path without `applicant`."""
        rows = self.desk.workspace.connection.execute("SELECT path, text FROM draft WHERE case_id = ?", (self.id,))
        return {path.removeprefix("applicant."): text for path, text in rows.fetchall()}

    async def type(self, keys: str) -> None:
        """Keys that arrive all at once: characters, and \\r \\t \\x1b ↓ ↑ → ← for the keys without one, ⌫ for
        backspace, ⇤ for shift+tab, ⌧ for ctrl+u. Returns when all are dealt with and drawn."""
        app = self.pilot.app
        for character in keys:
            key = SPECIAL.get(character) or _character_to_key(character)
            app.post_message(events.Key(key, character if len(key) == 1 or character not in SPECIAL else None))
        await self.dealt_with()

    async def dealt_with(self) -> None:
        """Wait until every key so far is dealt with, and what it wrote is on disk."""
        done = asyncio.Event()
        self.pilot.app.call_later(lambda: self.screen.facts.call_later(done.set))
        await asyncio.wait_for(done.wait(), 30)
        await settled(self.pilot)

    async def find(self, name: str) -> None:
        """Put the cursor on the first line of this name, by keys."""
        await self.type(f"/{name}\r")

    @property
    def left(self) -> list[str]:
        """The lines of the facts."""
        return [line.split("▕")[0].rstrip() for line in screen_lines(self.pilot.app)[2:-2]]

    @property
    def right(self) -> list[str]:
        """The lines of the assessment."""
        return [line.partition("▕")[2].strip() for line in screen_lines(self.pilot.app)[2:-2]]

    @property
    def total(self) -> str:
        """The first line of the assessment."""
        return self.right[0]

    @property
    def text(self) -> str:
        """All that is shown."""
        return screen_text(self.pilot.app)

    @property
    def here(self) -> str:
        """The line under the cursor."""
        return next(line for line in self.left if line.startswith("▸"))[2:].strip()

    @property
    def told(self) -> str:
        """The facts without line breaks and blanks: a reason may stand on several lines."""
        return "".join(line.strip("▸▁▂▃▄▅▆▇█") for line in self.left).replace(" ", "")

    def line(self, what: str) -> str:
        """The first line of the facts that shows something."""
        found = [line for line in self.left if what in line]
        assert found, f"{what!r} is nowhere\n{self.text}"
        return found[0]


@asynccontextmanager
async def opened(
    desk: Desk, document: dict[str, Any], *, size: tuple[int, int] = (110, 50), language: str = "zh", **office: Any
) -> AsyncIterator[Case]:
    """A new case, opened."""
    case_id = desk.create(document, **office)
    async with reopened(desk, case_id, size=size, language=language) as case:
        yield case


@asynccontextmanager
async def reopened(
    desk: Desk, case_id: int, *, size: tuple[int, int] = (110, 50), language: str = "zh"
) -> AsyncIterator[Case]:
    """A case that is there, opened in a new session."""
    async with session(desk.workspace, size=size, language=language) as pilot:
        app: Any = pilot.app
        await app.open_case(case_id)
        await settled(pilot)
        yield Case(pilot, desk, case_id)


def counted(document: dict[str, Any], today: date = DAY) -> Assessment:
    """What the rules say of a document."""
    return assess(validate(document), load(), today)
