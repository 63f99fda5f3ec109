"""The form of a case that is not made yet: what one consultant has typed in it, kept as drafts of no case.

A form's id is the process it is typed in, so that a second session of the same person is not offered a form that is
open in the first one. One that was left behind by a process is taken on under an id of one's own with the first change.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from engine.words import word
from models.rows import Unfinished
from models.workspace import Workspace
from tui.held import Held
from tui.open_case import Left
from tui.text import text

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


class NewForm(Held):
    """A form, and what is typed in it by field."""

    def __init__(self, workspace: Workspace, by: str, form: str = "", typed: Mapping[str, str] | None = None) -> None:
        super().__init__(workspace, by, typed or {}, kept=True)
        mine = form.startswith(f"{_process()}-")
        self.id = form if mine else f"{_process()}-{next(_numbers)}"
        self.instead_of = () if mine or not form else (form,)

    @property
    def forms(self) -> tuple[str, ...]:
        """The ids under which it is kept."""
        return (self.id, *self.instead_of)

    def done(self) -> None:
        """The case is made, and the command has forgotten the form."""
        self.typed, self.unkept, self._kept = {}, {}, {}

    async def throw_away(self) -> Left:
        """Forget the form, here and in the workspace."""
        self.typed = {}
        return await self.keep()

    def name_of(self, field: str, language: str) -> str:
        return text(field, language) if field.startswith("quick.") else word(f"fact.{field}", language)

    def _keep(self, typed: Mapping[str, str]) -> None:
        from models.writing import keep_form

        keep_form(self.workspace, self.by, self.id, typed, self.instead_of)


class NewForms:
    """The forms that are not finished, and behind them an empty one; `shown` is the one that is typed in."""

    def __init__(self, workspace: Workspace, by: str, begun: Sequence[NewForm], first: str) -> None:
        """`first` is the id of the form to be shown first, else the first one is."""
        self.workspace = workspace
        self.by = by
        self._all = [*begun, NewForm(workspace, by)]
        self.place = next((place for place, form in enumerate(begun) if first in form.forms), 0)

    @property
    def shown(self) -> NewForm:
        return self._all[self.place]

    @property
    def unfinished(self) -> int:
        """How many are not finished."""
        return len(self._all) - 1

    def turn(self) -> None:
        """Put the form that is shown by, and show the next one: behind the last, a new one where something is typed."""
        if self.place == self.unfinished and self.shown.typed:
            self._all.append(NewForm(self.workspace, self.by))
        self.place = (self.place + 1) % len(self._all)

    def drop_empty(self) -> None:
        """Forms in which nothing is typed are none, but for the one at the end."""
        self._all = [form for form in self._all if form.typed] + [NewForm(self.workspace, self.by)]
        self.place = min(self.place, self.unfinished)


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
    return number.isascii() and number.isdigit() and int(number) != os.getpid() and _began(int(number)) == began


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
