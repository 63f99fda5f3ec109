"""The palette: every action of the registry by its name, its key beside it, and why not where it cannot be done."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tui import actions
from tui.own_keys import OwnKeys
from tui.text import LANGUAGES, say, text
from tui.widgets.line import Line
from tui.widgets.table import Cell, Column, Table

if TYPE_CHECKING:
    from tui.screens.view import View


KEY = 8  # cells of the column of the keys


class Command(NamedTuple):
    """An action as the palette shows it."""

    action: actions.Action
    name: str
    where: str
    why_not: str


def commands(view: View) -> list[Command]:
    """What can be done from a screen, except moving about."""
    language = view.app.language
    found: list[Command] = []
    for action in [action for scope in view.scopes() for action in actions.actions((scope,))]:
        if action.group == "move" or action.id == "app.palette":
            continue
        reason = view.why_not(action)
        found.append(
            Command(
                action,
                text(f"action.{action.id}", language),
                text(f"scope.{action.scope}", language),
                "" if reason is None else say(reason, language),
            )
        )
    return found


_NO_FIT = 4


def rank(command: Command, typed: str, keys: OwnKeys) -> int:
    """How well a command fits what is typed: 0 by its key, 1 by the start of its name, 2 within it, 3 by the place it
    belongs to, 4 not at all."""
    wanted = typed.casefold()
    names = [text(f"action.{command.action.id}", language).casefold() for language in LANGUAGES]
    if typed and typed in [form for key in keys.of(command.action) for form in actions.forms(key)]:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if any(wanted in name for name in names):
        return 2
    return 3 if wanted in command.where.casefold() or wanted in command.action.id else _NO_FIT


class CommandInput(Input):
    """The field of the palette."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings("palette")]

    def __init__(self, placeholder: str) -> None:
        super().__init__(select_on_focus=False, placeholder=placeholder)
        self.cursor_blink = False

    def action_act(self, action_id: str) -> None:
        """A key of the palette was pressed."""
        getattr(self.screen, f"act_{actions.BY_ID[action_id].name}")()


class Palette(ModalScreen[actions.Action]):
    """A field and what fits what is typed in it; Enter does the marked one."""

    AUTO_FOCUS = ""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view
        self.commands = commands(view)
        self.looked_for = ""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield CommandInput(self.view.words("palette.placeholder"))
            yield Line(id="titles")
            table: Table[Command] = Table(self.fetch)
            table.can_focus = False
            yield table

    @property
    def table(self) -> Table[Command]:
        return self.query_one(Table)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(CommandInput))
        self.table.show_columns(
            [
                Column(
                    "",
                    KEY,
                    lambda command: [
                        Cell(actions.display(self.view.app.own_keys.of(command.action)[0]), "table--heading")
                    ],
                ),
                Column("", actions.NAME, lambda command: [Cell(command.name, "table--dim" if command.why_not else "")]),
                Column("", 0, lambda command: [Cell(command.why_not or command.where, "table--dim")]),
            ],
            self.query_one("#titles", Line),
        )
        self.look_for("")

    def fetch(self, ids: Sequence[int]) -> list[Command]:
        return [self.commands[index] for index in ids]

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        self.look_for(event.value.strip())

    def look_for(self, typed: str) -> None:
        """Show the commands that fit what is typed, in either language or by key; the best first."""
        self.looked_for = typed
        scored = [(rank(command, typed, self.view.app.own_keys), index) for index, command in enumerate(self.commands)]
        found = array("q", [index for order, index in sorted(scored) if order < _NO_FIT])
        self.table.show(found, 0)
        self.query_one("#titles", Line).show("" if found else f"  {self.view.words('palette.nothing')}")

    @on(Table.Chosen)
    def act_choose(self) -> None:
        typed = self.query_one(CommandInput).value.strip()
        if typed != self.looked_for:  # Enter came with the last letter
            self.look_for(typed)
        command = self.table.current
        if command is not None:
            self.dismiss(command.action)

    def act_down(self) -> None:
        self.table.move(self.table.cursor + 1)

    def act_up(self) -> None:
        self.table.move(self.table.cursor - 1)

    def act_leave(self) -> None:
        self.dismiss(None)
