"""The editor of one field, in the place of its line: a line of text with a cursor, the choices that are left, what
was understood or why not. It draws itself as pieces of styled text and knows no widget: the list of facts holds it
and gives it the keys, so that keys typed ahead are taken in the order in which they were pressed.
"""

import re
from dataclasses import dataclass, field

from rich.cells import cell_len

from tui.typed import SPLIT, Option, matching
from tui.widgets.table import Cell


@dataclass
class LineEdit:
    """A line of text being typed. While `fresh`, the text is as it was found and the first sign replaces it."""

    text: str = ""
    cursor: int = 0
    fresh: bool = False

    def insert(self, typed: str) -> None:
        """Put text in at the cursor."""
        if self.fresh:
            self.text, self.cursor = "", 0
        self.fresh = False
        self.text = self.text[: self.cursor] + typed + self.text[self.cursor :]
        self.cursor += len(typed)

    def key(self, key: str) -> bool:
        """Take an editing key; False where it is none."""
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        match key:
            case "backspace" | "ctrl+h" if self.fresh:
                before = after = ""
            case "backspace" | "ctrl+h":
                before = before[:-1]
            case "delete" | "ctrl+d":
                after = after[1:]
            case "ctrl+u":
                before = ""
            case "ctrl+k":
                after = ""
            case "ctrl+w":
                before = re.sub(r"\w*\W*$", "", before)
            case "left":
                before, after = before[:-1], before[-1:] + after
            case "right":
                before, after = before + after[:1], after[1:]
            case "home" | "ctrl+a":
                before, after = "", before + after
            case "end" | "ctrl+e":
                before, after = before + after, ""
            case "ctrl+left":
                start = before[: len(before) - len(re.search(r"\w*\W*$", before)[0])]  # type: ignore[index]
                before, after = start, before[len(start) :] + after
            case "ctrl+right":
                step = re.match(r"\W*\w*", after)[0]  # type: ignore[index]
                before, after = before + step, after[len(step) :]
            case _:
                return False
        self.text, self.cursor, self.fresh = before + after, len(before), False
        return True

    def pieces(self, width: int) -> list[Cell]:
        """The text around the cursor, in exactly `width` cells."""
        under = self.text[self.cursor : self.cursor + 1] or " "
        # no more signs than cells are looked at, however long the text
        before = self.text[max(self.cursor - width, 0) : self.cursor]
        while cell_len(before) + cell_len(under) > width and before:
            before = before[1:]
        room = width - cell_len(before) - cell_len(under)
        after = self.text[self.cursor + 1 : self.cursor + 1 + width]
        while cell_len(after) > room:
            after = after[:-1]
        style = "fresh" if self.fresh else "typing"
        return [
            Cell(before, style),
            Cell(under, "caret"),
            Cell(after, style),
            Cell(" " * (room - cell_len(after)), "typing"),
        ]


@dataclass
class FieldEditor:
    """The field being edited: its text and, for a choice, the menu.

    `several` where more than one option may be chosen: the menu then is for the part behind the last comma.
    """

    path: str
    line: LineEdit
    options: tuple[Option, ...] = ()
    several: bool = False
    picked: str | None = None
    filter: str = field(default="")

    @classmethod
    def over(cls, path: str, text: str, options: tuple[Option, ...], *, several: bool = False) -> "FieldEditor":
        """An editor over the text a field has. A choice is replaced by the first key, other text is gone on with."""
        fresh = bool(options) and bool(text)
        current = next((option.id for option in options if option.label == text), None)
        return cls(path, LineEdit(text, len(text), fresh), options, several, current)

    @property
    def text(self) -> str:
        """What is typed so far."""
        return self.line.text

    def insert(self, typed: str) -> None:
        """Signs were typed or pasted."""
        self.line.insert(typed)
        self._narrow()

    def key(self, key: str) -> bool:
        """Take an editing key, or the arrows in a menu; False where it is none of them."""
        if self.options and key in ("up", "down"):
            self._pick(1 if key == "down" else -1)
            return True
        if not self.line.key(key):
            return False
        self._narrow()
        return True

    def menu(self) -> list[Option]:
        """The options that are left."""
        return matching(self.options, self.filter) if self.options else []

    def numbered(self) -> bool:
        """Whether the menu shows numbers: not where the options' own names are digits."""
        return not any(option.id.isdigit() for option in self.options)

    def _narrow(self) -> None:
        self.picked = None
        self.filter = SPLIT.split(self.text)[-1] if self.several else self.text

    def _pick(self, step: int) -> None:
        menu = self.menu()
        if not menu:
            return
        ids = [option.id for option in menu]
        here = ids.index(self.picked) + step if self.picked in ids else (0 if step > 0 else -1)
        at = here % len(ids)
        self.picked = ids[at]
        kept = self.text[: len(self.text) - len(SPLIT.split(self.text)[-1])] if self.several else ""
        chosen = kept + menu[at].label
        self.line = LineEdit(chosen, len(chosen))

    def menu_lines(self, width: int) -> list[list[Cell]]:
        """The menu, as many options a line as fit."""
        lines: list[list[Cell]] = [[]]
        used = 0
        for option in self.menu():
            number = f"{self.options.index(option) + 1} " if self.numbered() else ""
            cells = cell_len(number) + cell_len(option.label) + 2
            if used and used + cells > width:
                lines.append([])
                used = 0
            style = "picked" if option.id == self.picked else "option"
            lines[-1] += [Cell(number, "number"), Cell(option.label, style), Cell("  ")]
            used += cells
        return lines if lines[0] else []
