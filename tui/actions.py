"""The one registry of what can be done by key.

From it come the bindings of every screen, the footer, the `?` screen, the palette and docs/keys.md. An
action's words are `action.<id>` (its name) and, where the name is not enough, `help.<id>` in `tui.text`.
A screen answers an action `scope.name` with its method `act_name`, and may say why not now with
`why_not_name` (a Reason, or None when it can).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    `id` is "scope.name" and also the id of its bindings, by which keys are remapped. `keys` are as they are
    pressed: "/", "j", "ctrl+p". `footer` puts it in the footer, smaller numbers first; 0 leaves it out.
    `dangerous` marks what takes something away; `own`, what changes nothing but how one person has things: their
    views, columns and keys, what they typed and have not committed; `owners`, what only an owner does.
    """

    id: str
    keys: tuple[str, ...]
    group: str
    footer: int = 0
    dangerous: bool = False
    own: bool = False
    owners: bool = False

    @property
    def changes(self) -> bool:
        """Whether it changes what all work with; who may only look may not."""
        return (self.group == "edit" or self.dangerous) and not self.own

    @property
    def scope(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]


NAME = 26
"""Cells that help and palette have for an action's name."""
GROUPS = ("go", "move", "find", "edit", "session")

ACTIONS: tuple[Action, ...] = (
    # everywhere
    Action("app.today", ("1",), "go"),
    Action("app.cases", ("2",), "go"),
    Action("app.calendar", ("3",), "go"),
    Action("app.employers", ("4",), "go"),
    Action("app.policy", ("5",), "go"),
    Action("app.exams", ("6",), "go"),
    Action("app.undo", ("u",), "edit"),
    Action("app.redo", ("U",), "edit"),
    Action("app.help", ("?", "f1"), "session", footer=90),
    Action("app.palette", ("ctrl+p",), "session", footer=91),
    Action("app.language", ("f2",), "session"),
    Action("app.theme", ("f3",), "session"),
    Action("app.copied", ("f4",), "find"),
    Action("app.signs", ("f5",), "session"),
    Action("app.lock", ("ctrl+l",), "session"),
    Action("app.lock_after", ("f10",), "session"),
    Action("app.pin", ("f12",), "session"),
    Action("app.back", ("q",), "session", footer=92),
    Action("app.quit", ("ctrl+q", "ctrl+c"), "session"),
    # lists: the same keys move in every list
    Action("list.down", ("j", "down"), "move"),
    Action("list.up", ("k", "up"), "move"),
    Action("list.page_down", ("pagedown", "ctrl+d"), "move"),
    Action("list.page_up", ("pageup", "ctrl+u"), "move"),
    Action("list.first", ("g", "home"), "move"),
    Action("list.last", ("G", "end"), "move"),
    # the list of cases
    Action("cases.open", ("enter",), "go", footer=1),
    Action("cases.filter", ("/",), "find", footer=2),
    Action("cases.clear", ("escape",), "find"),
    Action("cases.new", ("n",), "edit", footer=3),
    Action("cases.new_form", ("N",), "edit"),
    Action("cases.demo", ("d",), "go"),
    Action("cases.drafts", ("D",), "go"),
    Action("cases.select", ("space",), "find"),
    Action("cases.select_to", ("r",), "find"),
    Action("cases.select_down", ("shift+down",), "find"),
    Action("cases.select_up", ("shift+up",), "find"),
    Action("cases.select_all", ("a",), "find"),
    Action("cases.many", ("m",), "edit", footer=4),
    Action("cases.log", ("l",), "edit"),
    Action("cases.stage", ("s",), "edit"),
    Action("cases.chase", ("z",), "edit"),
    Action("cases.views", ("v",), "find", footer=5),
    Action("cases.save_view", ("V",), "find"),
    Action("cases.columns", ("C",), "find"),
    Action("cases.preview", ("p",), "find"),
    Action("cases.copy", ("y",), "find"),
    Action("cases.forget", ("X",), "edit", dangerous=True, owners=True),
    # many cases at once
    Action("many.take", ("enter",), "edit", footer=1),
    Action("many.leave", ("escape",), "session", footer=2),
    # the views of the list
    Action("views.choose", ("enter",), "go", footer=1),
    Action("views.rename", ("e",), "edit", footer=2, own=True),
    Action("views.remove", ("x",), "edit", footer=3, dangerous=True, own=True),
    Action("views.leave", ("escape",), "session", footer=4),
    # the columns of the list
    Action("columns.toggle", ("enter", "space"), "edit", footer=1, own=True),
    Action("columns.earlier", ("K", "shift+up"), "edit", footer=2, own=True),
    Action("columns.later", ("J", "shift+down"), "edit", footer=3, own=True),
    Action("columns.usual", ("x",), "edit", footer=4, own=True),
    Action("columns.leave", ("escape",), "session", footer=5),
    # what needs somebody now
    Action("today.open", ("enter",), "go", footer=1),
    Action("today.filter", ("/",), "find", footer=2),
    Action("today.snooze", ("z",), "edit", footer=3),
    Action("today.log", ("l",), "edit", footer=4),
    Action("today.copy", ("y",), "find", footer=6),
    Action("today.leave", ("escape",), "session", footer=5),
    # the calendar
    Action("calendar.open", ("enter",), "go", footer=1),
    Action("calendar.filter", ("/",), "find", footer=2),
    Action("calendar.earlier", ("[", "left"), "move", footer=3),
    Action("calendar.later", ("]", "right"), "move", footer=3),
    Action("calendar.this_month", (".",), "move", footer=4),
    Action("calendar.leave", ("escape",), "session", footer=5),
    # all children by what they come to
    Action("exams.open", ("enter",), "go", footer=1),
    Action("exams.filter", ("/",), "find", footer=2),
    Action("exams.copy", ("y",), "find", footer=4),
    Action("exams.leave", ("escape",), "session", footer=3),
    # the register of employers, and one of them
    Action("employers.open", ("enter",), "go", footer=1),
    Action("employers.filter", ("/",), "find", footer=2),
    Action("employers.copy", ("y",), "find", footer=4),
    Action("employers.leave", ("escape",), "session", footer=3),
    Action("employer.open", ("enter",), "go", footer=1),
    Action("employer.edit", ("e",), "edit", footer=2),
    Action("employer.add", ("n",), "edit", footer=3),
    Action("employer.remove", ("x",), "edit", footer=4, dangerous=True),
    Action("employer.hand_in", ("m",), "go", footer=5),
    Action("employer.chase", ("z",), "edit", footer=6),
    Action("employer.copy", ("y",), "find", footer=8),
    Action("employer.reveal", ("V",), "find"),
    Action("employer.leave", ("escape",), "session", footer=7),
    # what the policy says, and one passage of it
    Action("policy.open", ("enter",), "go", footer=1),
    Action("policy.filter", ("/",), "find", footer=2),
    Action("policy.copy", ("y",), "find", footer=4),
    Action("policy.leave", ("escape",), "session", footer=3),
    Action("passage.copy", ("y",), "find", footer=2),
    Action("passage.leave", ("escape",), "session", footer=1),
    # what is handed in for an employer's cases
    Action("hand_in.open", ("enter",), "go", footer=1),
    Action("hand_in.copy", ("y",), "find", footer=3),
    Action("hand_in.leave", ("escape",), "session", footer=2),
    # the run of letters that ask for papers
    Action("chasing.count", ("enter",), "edit", footer=1),
    Action("chasing.count_all", ("a",), "edit"),
    Action("chasing.skip", ("]", "right"), "move", footer=2),
    Action("chasing.back", ("[", "left"), "move", footer=3),
    Action("chasing.copy", ("y",), "find", footer=4),
    Action("chasing.open", ("m",), "go", footer=5),
    Action("chasing.leave", ("escape",), "session", footer=6),
    # the filter line, while it is typed in
    Action("filter.to_list", ("enter", "down"), "move", footer=1),
    Action("filter.leave", ("escape",), "find", footer=2),
    Action("filter.take_hint", ("tab",), "find", footer=3),
    # the quick assessment; the rest of its keys are those of a new case
    Action("quick.copy", ("f6",), "find", footer=3),
    # a new case
    Action("new_case.next", ("enter",), "move", footer=1),
    Action("new_case.down", ("down", "tab"), "move"),
    Action("new_case.up", ("up", "shift+tab"), "move"),
    Action("new_case.create", ("f9",), "edit", footer=2),
    Action("new_case.another", ("f7",), "edit", footer=4),
    Action("new_case.throw_away", ("f8",), "edit", footer=5, dangerous=True, own=True),
    Action("new_case.leave", ("escape",), "session", footer=3),
    # the parts of a case: the same keys lead from each to any other
    Action("part.facts", ("f",), "go"),
    Action("part.time", ("t",), "go"),
    Action("part.plan", ("p",), "go"),
    Action("part.what_if", ("w",), "go"),
    Action("part.materials", ("m",), "go"),
    Action("part.form", ("a",), "go"),
    Action("part.progress", ("o",), "go"),
    Action("part.risks", ("r",), "go"),
    Action("part.notes", ("c",), "go"),
    Action("part.history", ("h",), "go"),
    Action("part.insurance", ("i",), "go"),
    Action("part.log", ("l",), "edit"),
    Action("part.stage", ("s",), "edit"),
    Action("part.reveal", ("V",), "find"),
    Action("part.forget", ("X",), "edit", dangerous=True, owners=True),
    Action("part.next_part", ("tab",), "go", footer=6),
    Action("part.previous", ("[",), "go", footer=7),
    Action("part.next", ("]",), "go", footer=8),
    Action("part.leave", ("escape",), "session", footer=9),
    # its facts and their score
    Action("case.edit", ("e", "enter"), "edit", footer=1),
    Action("case.add", ("n",), "edit", footer=2),
    Action("case.remove", ("x",), "edit", footer=3, dangerous=True),
    Action("case.find", ("/",), "find", footer=4),
    Action("case.other_side", ("right", "left"), "move", footer=5),
    Action("case.copy", ("y",), "find"),
    # a field of a case, while it is typed in
    Action("field.to_next", ("tab", "down"), "move", footer=1),
    Action("field.to_previous", ("shift+tab", "up"), "move", footer=2),
    Action("field.done", ("enter",), "move", footer=3),
    Action("field.leave_field", ("escape",), "session", footer=4),
    # a fact while it is looked for by its name
    Action("finding.found", ("enter", "tab"), "find", footer=1),
    Action("finding.find_next", ("down",), "find", footer=2),
    Action("finding.find_previous", ("up",), "find", footer=3),
    Action("finding.find_back", ("escape",), "session", footer=4),
    # a field that somebody else has changed too
    Action("clash.mine", ("1",), "edit", footer=1),
    Action("clash.theirs", ("2",), "edit", footer=1),
    # the time of a case
    Action("time.open", ("enter",), "go", footer=1),
    Action("time.earlier", ("left",), "move", footer=2),
    Action("time.later", ("right",), "move", footer=2),
    Action("time.longer", ("+", "="), "find", footer=3),
    Action("time.shorter", ("-",), "find", footer=3),
    Action("time.spouse", ("v",), "go", footer=4),
    Action("time.copy", ("y",), "find", footer=5),
    # the plan of a case
    Action("plan.keep", ("enter",), "edit", footer=1),
    Action("plan.drop", ("x",), "edit", footer=4, dangerous=True),
    Action("plan.other_side", ("right", "left"), "move", footer=2),
    Action("plan.copy", ("y",), "find", footer=3),
    # the what-ifs of a case
    Action("what_if.edit", ("e", "enter"), "edit", footer=1),
    Action("what_if.add", ("n",), "edit", footer=2),
    Action("what_if.keep_it", ("f9",), "edit", footer=3),
    Action("what_if.drop", ("x",), "edit", footer=4, dangerous=True),
    Action("what_if.earlier", ("left",), "move", footer=5),
    Action("what_if.later", ("right",), "move", footer=5),
    Action("what_if.copy", ("y",), "find", footer=6),
    # the line of a what-if, while it is typed
    Action("what_if_line.done", ("enter", "escape"), "edit", footer=1),
    Action("what_if_line.take_hint", ("tab",), "edit", footer=2),
    Action("what_if_line.keep_it", ("f9",), "edit", footer=3),
    # the papers of a case
    Action("materials.advance", ("enter",), "edit", footer=1),
    Action("materials.edit", ("e",), "edit", footer=2),
    Action("materials.reject", ("x",), "edit", footer=3),
    Action("materials.copy", ("y",), "find", footer=4),
    Action("materials.chase", ("z",), "edit", footer=5),
    Action("materials.copy_all", ("Y",), "find"),
    # the insurance of a case month by month
    Action("insurance.edit", ("enter", "e"), "edit", footer=1),
    Action("insurance.mark", ("space", "v"), "find", footer=2),
    Action("insurance.remove", ("x",), "edit", footer=4, dangerous=True),
    Action("insurance.paste", ("p",), "edit", footer=3),
    Action("insurance.left", ("left", "h"), "move"),
    Action("insurance.right", ("right", "l"), "move"),
    Action("insurance.copy", ("y",), "find", footer=6),
    Action("insurance.leave", ("escape",), "session", footer=5),
    # the official form of a case
    Action("official_form.copy", ("y",), "find", footer=1),
    Action("official_form.next_gap", ("n",), "move", footer=2),
    Action("official_form.open", ("enter",), "go", footer=3),
    Action("official_form.copy_all", ("Y",), "find"),
    # the progress of a case
    Action("progress.open", ("enter",), "go", footer=1),
    Action("progress.copy", ("y",), "find", footer=2),
    # the risks of a case
    Action("risks.open", ("enter",), "go", footer=1),
    Action("risks.other_side", ("right", "left"), "move", footer=2),
    Action("risks.longer", ("+", "="), "find", footer=3),
    Action("risks.shorter", ("-",), "find", footer=3),
    Action("risks.copy", ("y",), "find", footer=4),
    # the notes of a case: tasks, log, fees
    Action("notes.tick", ("enter",), "edit", footer=1),
    Action("notes.add", ("n",), "edit", footer=2),
    Action("notes.edit", ("e",), "edit", footer=3),
    Action("notes.remove", ("x",), "edit", footer=4, dangerous=True),
    Action("notes.copy", ("y",), "find", footer=5),
    # the form of a row: a task, a fee, what a stage asks for
    Action("row_form.next", ("enter",), "move", footer=1),
    Action("row_form.down", ("down", "tab"), "move"),
    Action("row_form.up", ("up", "shift+tab"), "move"),
    Action("row_form.take", ("f9",), "edit", footer=2),
    Action("row_form.throw_away", ("f8",), "edit", footer=4, dangerous=True, own=True),
    Action("row_form.leave", ("escape",), "session", footer=3),
    # the history of a case
    Action("history.open", ("enter",), "go", footer=1),
    Action("history.day", ("/",), "find", footer=2),
    Action("history.take_back", ("u",), "edit", footer=3, dangerous=True),
    Action("history.do_again", ("U",), "edit"),
    Action("history.copy", ("y",), "find", footer=4),
    # a case as it was
    Action("then.open", ("enter",), "go", footer=1),
    Action("then.only_differences", ("d",), "find", footer=2),
    Action("then.older", ("[",), "go", footer=3),
    Action("then.newer", ("]",), "go", footer=4),
    Action("then.other_side", ("tab", "left", "right"), "move", footer=5),
    Action("then.take_back", ("u",), "edit", dangerous=True),
    Action("then.do_again", ("U",), "edit"),
    Action("then.copy", ("y",), "find", footer=6),
    Action("then.reveal", ("V",), "find"),
    Action("then.facts", ("f",), "go"),
    Action("then.leave", ("escape", "h"), "session", footer=7),
    # a question that is answered by typing
    Action("prompt.take", ("enter",), "edit", footer=1, own=True),
    Action("prompt.leave", ("escape",), "session", footer=2),
    # one line of the assessment, opened
    Action("line.open", ("enter",), "go", footer=1),
    Action("line.leave", ("escape",), "session", footer=1),
    # the palette
    Action("palette.choose", ("enter",), "go", footer=1),
    Action("palette.down", ("down",), "move"),
    Action("palette.up", ("up",), "move"),
    Action("palette.leave", ("escape",), "session", footer=2),
    # the keys of a screen
    Action("help.change", ("enter", "e"), "edit", footer=2, own=True),
    Action("help.leave", ("escape",), "session", footer=1),
)

BY_ID = {action.id: action for action in ACTIONS}

_SYMBOLS = {"/": "、", "[": "【「", "]": "】」", ".": "。"}
_KEYS = {symbol: key for key, symbols in _SYMBOLS.items() for symbol in symbols}
_NAMES = {
    "escape": "esc",
    "enter": "enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


def forms(key: str) -> tuple[str, ...]:
    """The key and what the same key sends while a Chinese input method is on: `/` `／` `、`."""
    if len(key) != 1 or not "!" <= key <= "~":
        return (key,)
    return (key, chr(ord(key) + 0xFEE0), *_SYMBOLS.get(key, ""))


def key_of(sign: str) -> str:
    """The key of which a sign is one of the `forms`; the sign itself where it is none."""
    return chr(ord(sign) - 0xFEE0) if "\uff01" <= sign <= "\uff5e" else _KEYS.get(sign, sign)


def display(key: str) -> str:
    """A key as people read it."""
    return key if len(key) == 1 else "+".join(_NAMES.get(part, part) for part in key.split("+"))


def key_in_field(action: Action) -> str | None:
    """The first key of an action that is not a letter or sign, and so is its key inside a text field as well."""
    return next((key for key in action.keys if len(key) > 1), None)


def actions(scopes: Iterable[str]) -> list[Action]:
    """The actions of some scopes, in the order of the registry."""
    wanted = set(scopes)
    return [action for action in ACTIONS if action.scope in wanted]


def bindings(*scopes: str) -> list[Binding]:
    """Textual's bindings for some scopes; each carries its action's id, so that keys can be remapped."""
    return [
        Binding(
            ",".join(form for key in action.keys for form in forms(key)),
            f"act({action.id!r})",
            id=action.id,
            show=False,
        )
        for action in actions(scopes)
    ]
