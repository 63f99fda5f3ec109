"""The question for a PIN: what is typed is not shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from engine.reason import Reason
from tui import pin
from tui.screens.prompt import Prompt, PromptInput


class Secret(Prompt[str]):
    """Takes a PIN, or `-` for none; where it is asked for a second time, only the `same`."""

    NONE: ClassVar[str] = "-"

    def __init__(self, question: str, say: Callable[[Reason], str], *, same: str | None = None) -> None:
        super().__init__(question, self.understood, say)
        self.same = same

    def on_mount(self) -> None:
        self.query_one(PromptInput).password = True
        super().on_mount()

    def understood(self, typed: str) -> str | Reason:
        """The PIN, or why it is none."""
        if self.same is not None:
            return typed if typed == self.same else Reason("lock_not_same", {})
        if typed in (self.NONE, "－"):
            return self.NONE
        return typed if pin.fits(typed) else Reason("lock_pin", {"least": pin.SHORTEST, "most": pin.LONGEST})

    def told(self, understood: str) -> str:
        return ""
