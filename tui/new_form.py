"""The form of a case that is not made yet: what one consultant has typed in it, kept as drafts of no case.

A form's id is the process it is typed in, so that a second session of the same person is not offered a form that is
open in the first one. One that was left behind by a process is taken on under an id of one's own with the first change.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from engine.words import word
from models.reading import Unfinished
from models.workspace import Workspace, WorkspaceError
from tui.open_case import Left
from tui.patience import written

FIELDS = ("contact.called", "name", "id_number", "contact.phone", "contact.wechat", "contact.source")
_numbers = count(1)


def document_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """The applicant document of what is typed; a field without anything in it is left out."""
    document: dict[str, Any] = {}
    for path in FIELDS:
        value = typed.get(path, "").strip()
        section, _, name = path.rpartition(".")
        if value:
            (document.setdefault(section, {}) if section else document)[name] = value
    return document


class NewForm:
    """A form, and what is typed in it by field. `unkept` is what could not be kept so far."""

    def __init__(self, workspace: Workspace, by: str, form: str = "", typed: Mapping[str, str] | None = None) -> None:
        mine = form.startswith(f"{_process()}-")
        self.id = form if mine else f"{_process()}-{next(_numbers)}"
        self.instead_of = () if mine or not form else (form,)
        self.workspace = workspace
        self.by = by
        self.typed = dict(typed or {})
        self.unkept: Mapping[str, str] = {}
        self._kept = dict(self.typed)
        self._order = asyncio.Lock()

    @property
    def forms(self) -> tuple[str, ...]:
        """The ids under which it is kept."""
        return (self.id, *self.instead_of)

    async def keep(self) -> Left:
        """Keep what is typed: when this returns it is on disk, or `unkept`."""
        async with self._order:
            typed = dict(self.typed)
            if typed == self._kept:
                return Left("same")
            try:
                await written(self.workspace, partial(self._keep, typed))
            except WorkspaceError as error:
                self.unkept = typed
                return Left("failed", error.reason)
            self.unkept, self._kept = {}, typed
        return Left("saved")

    async def keep_again(self) -> Left:
        """Try anew to keep what could not be kept."""
        return await self.keep()

    def keep_all_now(self) -> None:
        """Keep what is typed, at the end. `WorkspaceError` where that cannot be done."""
        if self.typed != self._kept:
            self.unkept = self.typed
            self._keep(self.typed)
        self.unkept, self._kept = {}, self.typed

    def done(self) -> None:
        """The case is made, and the command has forgotten the form."""
        self.typed, self.unkept, self._kept = {}, {}, {}

    def unkept_words(self, language: str) -> list[str]:
        """What could not be kept, for whoever typed it."""
        return [f"{word(f'fact.{path}', language)}: {text}" for path, text in self.unkept.items()]

    async def throw_away(self) -> Left:
        """Forget the form, here and in the workspace."""
        self.typed = {}
        return await self.keep()

    def _keep(self, typed: Mapping[str, str]) -> None:
        from models.writing import keep_form

        keep_form(self.workspace, self.by, self.id, typed, self.instead_of)


def unfinished(drafts: Sequence[Unfinished]) -> dict[str, dict[str, str]]:
    """The forms among a consultant's drafts that are not open in another session, in their order: what is typed in
    each, by field."""
    forms: dict[str, dict[str, str]] = {}
    for draft in drafts:
        form, _, path = draft.path.partition(".")
        if draft.case_id == 0 and not _is_elsewhere(form):
            forms.setdefault(form, {})[path] = draft.text
    return forms


def _process() -> str:
    return f"{os.getpid()}-{_began(os.getpid())}"


def _is_elsewhere(form: str) -> bool:
    """Whether the process of a form is another one that still runs."""
    number, _, began = form.rpartition("-")[0].partition("-")
    return number.isdigit() and int(number) != os.getpid() and _began(int(number)) == began


def _began(process: int) -> str | None:
    """When a process began, by the machine's own count, so that a later one of the same number is another one; None
    where there is none."""
    try:
        state, *fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return None if state == "Z" else fields[18]
    except OSError:
        if Path("/proc/self/stat").exists():
            return None
    try:  # a system without /proc
        os.kill(process, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    return ""
