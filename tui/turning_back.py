"""Undo and redo on the screens: what is taken back, what is asked before, what is told after."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual import work

from engine.reason import Reason
from engine.words import word
from tui.background import Background

Turn = Literal["undo", "redo", "take_back"]
MANY = 500  # cases that are turned under one lock; of more, others come to their turn in between

if TYPE_CHECKING:
    from models.entries import JournalEntry, Standing
    from models.undoing import Undone, Unsure


class TurningBack(Background, inherit_bindings=False):
    """A session in which commands are taken back and done again."""

    def act_undo(self) -> None:
        self.turn_back("undo")

    def act_redo(self) -> None:
        self.turn_back("redo")

    def not_mine(self, entry: JournalEntry) -> Reason | None:
        """Why an entry of the journal cannot be taken back by this consultant; None where it can be tried."""
        from models.refusals import refused

        mine = entry.by == self.author.name or self.reader.is_owner(self.author)
        return None if mine else refused("not_yours", who=entry.by).reason

    async def take_back(self, entry: JournalEntry, standing: Standing) -> None:
        """Take back an entry of the journal, or do it again where it was taken back; where the case would go, ask."""
        turn = partial(self.turn_back, "take_back", entry.id, only=standing.last)
        makes_the_case = any(not change["path"] and change["after"] is not None for change in entry.changes)
        if standing.stands and makes_the_case and entry.batch is None:
            await self.ask("app.ask_take_case", turn)
        else:
            turn()

    @work(thread=True, group="write", exit_on_error=False)
    def turn_back(
        self, which: Turn, *of: int, most: int | None = 1, only: int | None = None, in_case: int | None = None
    ) -> None:
        """Undo this consultant's last command, redo what was undone last, or take back an entry of the journal (by its
        number). Where that changes more than one case, ask first; `in_case` alone nothing else is taken back."""
        from models import writing

        turn: Callable[..., Undone] = getattr(writing, which)
        if in_case is not None:
            turn = partial(turn, case_id=in_case, **({"alone": True} if which == "undo" else {}))
        try:
            undone = turn(self.workspace, *of, by=self.author, today=self.today, most=most, only=only)
        except writing.Refused as refused:
            self.call_from_thread(self.tell_reason, refused.reason)
        except writing.Unsure as unsure:
            again = partial(self.turn_back, which, *of, most=None, only=unsure.entry)
            if unsure.cases > MANY:
                again = partial(self.turn_back_many, unsure)
            self.call_from_thread(self.call_later, self.ask_about_batch, unsure, again)
        else:
            self.call_from_thread(self.tell_turned, undone)

    @work(thread=True, group="write", exit_on_error=False)
    def turn_back_many(self, unsure: Unsure) -> None:
        """Undo or redo a batch of very many cases, some at a time; what others have changed since stays and is told."""
        from models.undoing import turn_batch

        left: list[int] = []
        to_do, done = unsure.cases, 0
        self.call_from_thread(self.tell_turning, unsure, to_do)
        for ids in turn_batch(self.workspace, unsure.batch, left, by=self.author, today=self.today, again=unsure.again):
            done += len(ids)
            self.call_from_thread(self.tell_turning, unsure, max(to_do - done, 0))
        self.call_from_thread(self.tell_turned_many, unsure, done - len(left), left)

    def tell_turning(self, unsure: Unsure, count: int) -> None:
        """Say how many are still to be undone or redone."""
        if self.views:
            self.views[-1].tell(self.text("app.redoing" if unsure.again else "app.undoing", count=count))

    def tell_turned_many(self, unsure: Unsure, count: int, left: list[int]) -> None:
        """Say what was undone or redone, and which cases were left as they are."""
        from tui.screens.case_columns import NAMED, shown_name

        self.look()
        what = self.text("app.cases_count", what=self._done(unsure), count=count)
        said = self.text("app.did_redo" if unsure.again else "app.did_undo", what=what)
        if left:
            names = word("list.and", self.language).join(map(shown_name, self.reader.rows(left[:NAMED])))
            said += self.text("app.left_alone", count=len(left), names=names + ("…" if len(left) > NAMED else ""))
        if self.views:
            self.views[-1].tell(said)

    async def ask_about_batch(self, unsure: Unsure, yes: Callable[[], object]) -> None:
        """Ask before many cases are changed at once."""
        key = "app.ask_redo_batch" if unsure.again else "app.ask_undo_batch"
        await self.ask(key, yes, what=self._done(unsure), count=unsure.cases)

    def _done(self, unsure: Unsure) -> str:
        """What was done to many cases; of facts that were set, which."""
        from tui.telling import did
        from tui.turned_words import names_of

        paths = [change["path"] for entry in self.reader.entries([unsure.entry]) for change in entry.changes]
        names = names_of(filter(None, paths), self.language) if unsure.command == "set" else ""
        return f"{did(unsure.command, self.language)} {names}".rstrip()

    def tell_turned(self, undone: Undone) -> None:
        """Say what was undone or done again, and show it."""
        from models.history import present
        from tui.telling import name_of
        from tui.turned_words import turned_words

        stored = self.reader.case(undone.case_id)
        name = name_of(undone.changes[0].before) if stored is None else stored.row.name or stored.row.called
        case = None if stored is None else present(stored)
        what = f"{name or f'#{undone.case_id}'} {turned_words(undone.changes, case, self.language)}"
        if undone.cases > 1:
            what = self.text("app.cases_count", what=what, count=undone.cases)
        self.look()
        if self.views:
            self.views[-1].tell(self.text("app.did_redo" if undone.again else "app.did_undo", what=what))
