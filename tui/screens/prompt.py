"""A question that is answered by typing; what cannot be taken stays there with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from engine.reason import Reason
from tui import actions
from tui.widgets.status import Status

Answer = TypeVar("Answer")


class PromptInput(Input):
    """The field of the question."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings("prompt")]

    def __init__(self) -> None:
        super().__init__(select_on_focus=False)
        self.cursor_blink = False

    async def action_act(self, action_id: str) -> None:
        """A key of the question was pressed."""
        await getattr(self.screen, f"act_{actions.BY_ID[action_id].name}")()


class Prompt(ModalScreen[Answer], Generic[Answer]):
    """One line at the foot of the screen. `read` understands what is typed or says why not; what it understood is
    shown above while one types, until then what may be typed (`hint`). Nothing typed is no answer."""

    AUTO_FOCUS = ""
    hint = ""

    def __init__(self, question: str, read: Callable[[str], Answer | Reason], say: Callable[[Reason], str]) -> None:
        super().__init__()
        self.question = question
        self.read = read
        self.say = say
        self.refused: str | None = None

    def compose(self) -> ComposeResult:
        yield Status()
        with Horizontal():
            yield Static(self.question, markup=False)
            yield PromptInput()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(PromptInput))
        self.query_one(Status).show(self.hint)

    @property
    def typed(self) -> str:
        return self.query_one(PromptInput).value.strip()

    @on(Input.Changed)
    def echo(self) -> None:
        """Say what was understood; while one still types, not what is wrong."""
        if self.typed == self.refused:  # Enter came with the last letter, and why not is said already
            return
        read = self.read(self.typed) if self.typed else Reason("", {})
        said = "" if isinstance(read, Reason) else self.told(read)
        self.query_one(Status).show(f"→ {said}" if said else self.hint)

    def warn(self, message: str) -> None:
        """Say why something was not done."""
        self.query_one(Status).show(message, warning=True)

    def told(self, understood: Answer) -> str:
        """What was understood, in words."""
        return str(understood)

    async def act_take(self) -> None:
        if not self.typed:
            self.dismiss(None)
            return
        read = self.read(self.typed)
        if isinstance(read, Reason):
            self.refused = self.typed
            self.warn(self.say(read))
        else:
            self.dismiss(read)

    async def act_leave(self) -> None:
        self.dismiss(None)
