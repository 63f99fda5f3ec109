"""One case as one consultant has it open: what is stored, what is typed and not taken yet, and the commands on it.

No widget. Reads happen at once (they take a fraction of a millisecond); writes in a thread, one after the other, and
are waited for: when `leave` returns, the field is on disk, as a fact or as a draft (`kept_drafts`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from engine.assessment import Assessment, assess
from engine.document import Invalid, validate
from engine.facts import Applicant
from engine.policy import NoLaw, Policy
from engine.reason import Reason
from models.change import Change
from models.evidence import set_back
from models.history import present
from models.paths import APPLICANT, Tree, get, new_id, position, row_of
from models.reading import Reader
from models.refusals import Clash, Conflict, Refused
from models.rows import StoredCase
from models.workspace import Workspace, WorkspaceError
from tui import form
from tui.case_commands import CaseCommands
from tui.colleagues import Colleagues
from tui.editing import Refusal, Settled, edits, settle
from tui.kept_drafts import KeptDrafts, Typed
from tui.patience import BUSY
from tui.text import USUAL, Pressed
from tui.text import text as worded
from tui.typed import Value

if TYPE_CHECKING:
    from models.author import Author
    from models.writing import Undone

NEWER = "workspace.brought_on"


class Preview(NamedTuple):
    """What a text would make of the case: the value understood or why it cannot be taken, and the assessment
    then with the case it is of; None where the document would not be valid."""

    value: Value
    refusal: Refusal | None
    assessment: Assessment | None
    case: Tree


class Left(NamedTuple):
    """What became of a field that was left: nothing new, saved, kept as a draft, changed by somebody else too, or
    not written. `notices` are what the command did besides."""

    became: Literal["same", "saved", "draft", "clash", "failed"]
    reason: Reason | None = None
    notices: tuple[Reason, ...] = ()


class OpenCase:
    """An open case. `case` is the tree of `models.paths`, `drafts` what was typed by path, `refusals` why a draft is
    none of the facts yet, `clashes` the fields that somebody else changed while they were typed in.

    `offered` are drafts found on opening that could be taken: the end of a session may have cut them off, so they
    wait until somebody looks at them.
    """

    def __init__(
        self,
        workspace: Workspace,
        reader: Reader,
        author: Author,
        case_id: int,
        today: date,
        policy: Policy,
        language: str,
    ) -> None:
        self.workspace = workspace
        self.reader = reader
        self.author = author
        self.case_id = case_id
        self.today = today
        self.policy = policy
        self.language = language
        self.whole = False  # ID numbers and phone numbers are shown whole
        self.press: Pressed = USUAL  # the keys that are told
        self.stored: StoredCase | None = None
        self.case: Tree = {}
        self.applicant = Applicant()
        self.assessment: Assessment | None = None
        self.drafts: dict[str, str] = {}
        self.refusals: dict[str, Refusal] = {}
        self.clashes: dict[str, Clash] = {}
        self._order = asyncio.Lock()
        self._commands = CaseCommands(workspace, author, case_id, policy, self._order)
        self._read()
        if self.stored is not None:
            self.drafts = {
                draft.path: draft.text for draft in reader.drafts(case_id, author.name) if form.has(draft.path)
            }
        self.offered = set(self.drafts)
        self._kept = KeptDrafts(workspace, case_id, author.name, self._order, self.drafts)
        self._explain_drafts()
        self.offered -= self.refusals.keys()

    # --- reading

    def _read(self) -> None:
        self.stored = self.reader.case(self.case_id)
        if self.stored is None:
            return
        self.case = present(self.stored)
        self.applicant = validate(self.stored.document)
        self.assessment = self._assess(self.applicant)

    def reload(self) -> bool:
        """Read the case again; whether it has changed (or gone: `stored` is None)."""
        before = self.stored
        self._read()
        if self.stored is not None and before is not None and _version(self.stored) == _version(before):
            return False
        self._renew_clashes()
        self._explain_drafts()
        return True

    def _renew_clashes(self) -> None:
        """The other value of each clash as it is now: it may have been changed again since, or taken back."""
        for path, clash in self.clashes.items():
            now = get(self.case, path)
            if now != clash.now:
                last = Colleagues(self.reader, self.case_id).wrote_last(path)
                who, at = (last.written.by, last.written.at) if last else (None, None)
                self.clashes[path] = clash._replace(now=now, who=who, at=at)

    def another_day(self, today: date) -> None:
        """Count for another day."""
        self.today = today
        self.assessment = self._assess(self.applicant)

    def _assess(self, applicant: Applicant) -> Assessment | None:
        try:
            return assess(applicant, self.policy, self.today)
        except NoLaw:
            return None

    @property
    def rows_in_drafts(self) -> list[str]:
        """The paths of rows that exist only in drafts."""
        found = dict.fromkeys(row_of(path) for path in self.drafts)
        return [row for row in found if row is not None and get(self.case, row) is None]

    def new_row(self, section: str) -> str:
        """The path of a row of a section that is not there yet; its first value makes it."""
        return f"{APPLICANT}.{section}.{new_id()}"

    def text_at(self, path: str) -> str:
        """What stands at a field, as it is typed: its draft, else its value."""
        return self.drafts.get(path, self.text_of(path, get(self.case, path)))

    def text_of(self, path: str, value: Any) -> str:
        """A value of a field as it is typed."""
        return form.typed(form.of(path), value, self.language)

    # --- what a text would make

    def _understood(self, path: str, text: str) -> Value | Reason:
        return form.understood(path, text, self.today, self.language)

    def preview(self, path: str, text: str) -> Preview:
        """What a text would make of the case, with the drafts that could be taken then."""
        value = self._understood(path, text)
        if isinstance(value, Reason):
            return Preview(None, Refusal(value, form.of(path).path), None, self.case)
        found = settle(self.case, self.applicant, self._values(path, value))
        if path in found.refused:
            return Preview(value, found.refused[path], None, self.case)
        changes = edits(self.case, found.case, found.taken)
        proven, _, notices = set_back(self.case, found.case, [change.path for change in changes])
        applicant = validate(proven[APPLICANT]) if notices else found.applicant
        return Preview(value, None, self._assess(applicant), proven)

    def _values(self, path: str, value: Value) -> dict[str, Value]:
        """The value, and those of the drafts that wait for another fact."""
        values = {path: value}
        for waiting, text in self.drafts.items():
            if waiting not in values and waiting not in self.offered and waiting not in self.clashes:
                read = self._understood(waiting, text)
                if not isinstance(read, Reason):
                    values[waiting] = read
        return values

    def _explain_drafts(self) -> None:
        previews = {path: self.preview(path, text).refusal for path, text in self.drafts.items()}
        self.refusals = {path: refusal for path, refusal in previews.items() if refusal is not None}

    # --- what is typed and not committed

    @property
    def unkept(self) -> Mapping[str, Typed]:
        """What could not be written, as on a full disk, until `keep_again` can."""
        return self._kept.unkept

    async def keep(self, path: str, text: str) -> None:
        """Keep what is being typed, so that it outlives the session; it is not committed."""
        await self._kept.keep({path: Typed(text)})

    def keep_now(self, path: str, text: str) -> None:
        """`keep` at the end, when there is nothing left to wait with; what cannot be kept is in `unkept`."""
        self._kept.unkept[path] = Typed(text)
        with suppress(WorkspaceError):
            self.keep_all_now()

    def keep_all_now(self) -> None:
        """Keep all that could not be kept so far, as drafts. `WorkspaceError` where that still cannot be done."""
        self._kept.keep_all_now()

    def taken_up(self, path: str) -> None:
        """A field is opened again whose text waits to be committed: it is being typed now."""
        if path in self.unkept:
            self._kept.unkept[path] = Typed(self.unkept[path].text)

    async def keep_again(self) -> Left:
        """Try anew to commit what was left and to keep what is being typed: what became of it in the end."""
        try:
            await self._kept.clear()
            for path, typed in list(self.unkept.items()):
                if not typed.left:
                    await self._kept.keep({path: typed}, again=True)
                elif self.unkept.get(path) is typed:  # else it went with another one
                    left = await self.leave(path, typed.text, typed.saw, new=typed.new)
                    if left.became in ("clash", "failed"):
                        return left
        except WorkspaceError as error:
            return Left("failed", error.reason)
        return Left("saved")

    def unkept_words(self, language: str) -> list[str]:
        """What could not be kept, for whoever typed it: whose, which field, the text."""
        row = None if self.stored is None else self.stored.row
        name = (row and (row.name or row.called)) or worded("case.nameless", language, id=self.case_id)
        return [f"{name} · {form.name(path, language)}: {typed.text}" for path, typed in self.unkept.items()]

    # --- commands

    async def leave(self, path: str, text: str, saw: Any, *, new: bool = False) -> Left:
        """Commit a field that is left, or keep it as a draft with its reason.

        `saw` is the value that stood there when it was opened; `new` that its row was not there then.
        """
        left = await self._leave(path, text, saw, new=new)
        if left.became == "clash" and path not in self.clashes:
            # a whole row was to come or go, and somebody has changed another field of it: that has been read now
            left = await self._leave(path, text, saw, new=new)
        return left

    async def _leave(self, path: str, text: str, saw: Any, *, new: bool) -> Left:
        self.offered.discard(path)
        self.clashes.pop(path, None)
        if text == self.text_of(path, saw):
            await self._drop([path])
            self._explain_drafts()
            return Left("same")
        left = {path: Typed(text, True, saw, new)}
        value = self._understood(path, text)
        if isinstance(value, Reason):
            return await self._draft(left, Refusal(value, form.of(path).path))
        row = row_of(path)
        if row is not None and not new and get(self.case, row) is None:  # somebody has removed it
            return await self._commit([Change(path, saw, value)], left)
        found = settle(self.case, self.applicant, self._values(path, value))
        if path in found.refused:
            return await self._draft(left, found.refused[path])
        return await self._commit(*self._changes(found, path, left))

    def _changes(self, found: Settled, path: str, left: Mapping[str, Typed]) -> tuple[list[Change], dict[str, Typed]]:
        """What is written of what was settled, each value against the one that was seen; what was typed for it."""
        waited = [waiting for waiting in found.taken if waiting != path]
        typed = {waiting: self.unkept.get(waiting) or Typed(self.drafts[waiting]) for waiting in waited} | dict(left)
        seen = {at: what.saw for at, what in typed.items() if what.left}
        changes = edits(self.case, found.case, found.taken)
        return [each._replace(before=seen[each.path]) if each.path in seen else each for each in changes], typed

    async def foresee(self, path: str, text: str, saw: Any) -> None:
        """Work out what leaving a field would come to while nobody waits for it yet. Nothing is written."""
        from models.employers import concern_others

        value = self._understood(path, text)
        if isinstance(value, Reason) or text == self.text_of(path, saw):
            return
        found = settle(self.case, self.applicant, self._values(path, value))
        if path not in found.refused:
            changes, _ = self._changes(found, path, {path: Typed(text, True, saw)})
            if not concern_others(self.case, changes):  # else only who holds the lock can say what it comes to
                await self._commands.foresee(changes, self.today)

    async def remove(self, row: str) -> Left:
        """Remove a row, with the drafts in it."""
        stored = get(self.case, row)
        drafts = {path: Typed(text) for path, text in self.drafts.items() if row_of(path) == row}
        changes = [] if stored is None else [Change(row, stored, None, position(self.case, row))]
        left = await self._commit(changes, drafts)
        return Left("failed", Reason("case_row_changed", {})) if left.became == "clash" else left

    async def discard(self, path: str) -> None:
        """Drop the draft of a field; what is stored stays."""
        await self._drop([path])
        self._explain_drafts()

    async def resolve(self, path: str, *, mine: bool) -> Left:
        """End a clash: with what was typed here, or with what somebody else wrote. A row that they have removed comes
        back as it was, with what was typed."""
        clash, text = self.clashes[path], self.drafts[path]
        removed = self._removed(path)
        if mine and removed is not None:
            row = {**removed["before"], path.rpartition(".")[2]: self._understood(path, text)}
            self.clashes.pop(path)
            left = await self._commit([Change(removed["path"], None, row, removed["position"])], {path: Typed(text)})
            # where the row is there again: what was typed is for the value that was seen in it
            return await self.leave(path, text, clash.saw) if left.became == "clash" else left
        if mine:
            return await self.leave(path, text, clash.now, new=True)
        await self.discard(path)
        return Left("same")

    def _removed(self, path: str) -> Mapping[str, Any] | None:
        """The change that took away the row of a field; None where the row is there, or it is in none."""
        row = row_of(path)
        if row is None or get(self.case, row) is not None:
            return None
        changes = (change for entry in self.reader.journal(self.case_id) for change in entry.changes)
        return next((c for c in changes if c["path"] == row and c["after"] is None), None)

    async def undo(self) -> Undone | Reason:
        """Take back this person's last command on the case alone; what it changed, or why it cannot be done."""
        return await self._step(self._commands.undo)

    async def redo(self) -> Undone | Reason:
        """Do again what was taken back."""
        return await self._step(self._commands.redo)

    async def _step(self, step: Callable[[date], Awaitable[Undone]]) -> Undone | Reason:
        try:
            done = await step(self.today)
        except (Refused, WorkspaceError) as error:
            return error.reason
        self._read()
        self._explain_drafts()
        return done

    async def _draft(self, left: Mapping[str, Typed], refusal: Refusal) -> Left:
        for path, typed in left.items():
            self.drafts[path] = typed.text
            self.refusals[path] = refusal
        try:
            await self._kept.keep(left)
        except WorkspaceError as error:
            return Left("failed", error.reason)
        return Left("draft", refusal.reason)

    async def _commit(self, changes: Sequence[Change], typed: Mapping[str, Typed]) -> Left:
        """Write the changes, and what was typed for them as drafts where that cannot be done."""
        notices: tuple[Reason, ...] = ()
        try:
            if changes:
                saved = await self._commands.change(changes, self.today)
                notices = saved.notices
                self._kept.committed(change.path for change in changes)
            self._read()
        except Conflict as conflict:
            self.clashes |= {clash.path: clash for clash in conflict.items if clash.path in typed}
            return await self._not_written(typed, Left("clash"))
        except Invalid as invalid:
            return await self._not_written(typed, Left("failed", invalid.problems[0].reason))
        except Refused as refused:
            return await self._not_written(typed, Left("failed", refused.reason))
        except WorkspaceError as error:
            return await self._not_written(typed, Left("failed", error.reason), again=True)
        await self._drop(typed)
        self._explain_drafts()
        return Left("saved", None, notices)

    async def _not_written(self, typed: Mapping[str, Typed], left: Left, *, again: bool = False) -> Left:
        """Keep as drafts what could not be committed; `again`: it may well be, a little later."""
        with suppress(WorkspaceError):
            self._read()
        self.drafts |= {path: what.text for path, what in typed.items()}
        self._explain_drafts()
        code = left.reason.code if left.reason is not None else ""
        try:
            if code != BUSY:  # one wait is enough
                await self._kept.keep(typed)
        except WorkspaceError as error:
            return Left("failed", error.reason)
        if again and code != NEWER:
            self._kept.unkept |= typed
        return left

    async def _drop(self, paths: Collection[str]) -> None:
        """Drop what was typed at these fields, here and in the workspace."""
        for path in paths:
            self.drafts.pop(path, None)
            self.refusals.pop(path, None)
            self.clashes.pop(path, None)
        await self._kept.drop(paths)


def _version(case: StoredCase) -> tuple[int, str]:
    """Which state of a case it is; after a restore there may be another with the same revision."""
    return case.revision, case.row.updated_at
