"""What was typed and could not be kept, as on a full disk: tried anew until it is, and told at the end where it never
was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from textual import work

from engine.reason import Reason
from models import locking
from models.workspace import WorkspaceError
from tui.lost import backup_for
from tui.patience import BUSY
from tui.whole_numbers import WholeNumbers

if TYPE_CHECKING:
    from tui.open_case import Left, OpenCase

AGAIN = 3  # seconds between two attempts
SHORT = frozenset({"disk_full", "read_only", "vanished"})  # reasons that have a short form for the status line


class Holder(Protocol):
    """Somebody who holds what was typed: an open case, the form of a new one."""

    @property
    def unkept(self) -> Mapping[str, Any]:
        """What could not be kept so far, by field."""

    async def keep_again(self) -> Left:
        """Try anew to keep what could not be kept; what became of it."""

    def keep_all_now(self) -> None:
        """The same at the end; `WorkspaceError` where it cannot be done."""

    def unkept_words(self, language: str) -> list[str]:
        """What could not be kept, for whoever typed it."""


class Keeping(WholeNumbers, inherit_bindings=False):
    """A session that holds on to what was typed."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.holders: list[Holder] = []
        self._looks = 0
        self._trying = False

    def opened(self, case_id: int) -> OpenCase:
        """A case, opened; the one that is held already, where something typed in it could not be kept."""
        from engine.policy import load
        from tui.open_case import OpenCase

        for held in self.holders:
            if isinstance(held, OpenCase) and held.case_id == case_id and held.workspace is self.workspace:
                held.another_day(self.today)
                held.reload()
                return held
        case = OpenCase(self.workspace, self.reader, self.author, case_id, self.today, load(), self.language)
        self.holders.append(case)
        return case

    def let_go(self, holder: Holder) -> None:
        """The screen of a holder is left: it stays as long as it holds something."""
        if not holder.unkept and holder in self.holders:
            self.holders.remove(holder)

    @property
    def unkept(self) -> int:
        """How many fields hold what could not be kept."""
        return sum(len(holder.unkept) for holder in self.holders)

    def look(self) -> None:
        super().look()
        self._looks += 1
        if self._looks % AGAIN == 0 and self.unkept and not self._trying:
            self.keep_again()

    @work(group="keep", exit_on_error=False)
    async def keep_again(self) -> None:
        """Try anew to keep what could not be kept, and say how it stands."""
        self._trying = True
        try:
            for holder in [holder for holder in self.holders if holder.unkept]:
                left = await holder.keep_again()
                if left.became == "failed" and left.reason is not None and holder.unkept:
                    self.tell_reason(self.not_kept(left.reason))
                    return
                if not any(view.holds(holder) for view in self.views):
                    self.let_go(holder)
        finally:
            self._trying = False
        for view in self.views:
            view.kept()
        if self.views:
            self.views[-1].tell(self.text("app.kept_after_all"))

    def not_kept(self, reason: Reason) -> Reason:
        """Why something was not kept, in short, and that nothing is lost."""
        code = reason.code.removeprefix("workspace.")
        if reason.code == BUSY:
            process = locking.holder(self.workspace.path)
            return Reason("unkept.busy", {}) if process is None else Reason("unkept.busy_by", {"process": process})
        if code == "vanished" and (backup := backup_for(reason)) is not None:
            return Reason("unkept.vanished_backup", {"backup": backup.name, "directory": str(backup.parent)})
        return Reason(f"unkept.{code}", {}) if code in SHORT else Reason("unkept.other", {"why": self.say(reason)})

    def on_unmount(self) -> None:
        for held in [holder for holder in self.holders if holder.unkept]:
            try:
                held.keep_all_now()
            except WorkspaceError as error:
                why = self.say(error.reason)
                self.last_words += [self.text("app.never_kept", why=why), *held.unkept_words(self.language)]
