"""Text in columns on a terminal, where a Chinese character is two cells wide."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, chop_cells, set_cell_size

# A word, or a Chinese character, with the marks that may not end a line before it or begin one after it; or blanks.
_PIECE = re.compile(r"[（【《“]*(?:[!-~]+|\S)[、，。；：！？）】》”]*|\s+")


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Text filled with blanks to a width in cells; text that is wider stays whole."""
    blanks = " " * max(width - cell_len(text), 0)
    return blanks + text if right else text + blanks


def cut(text: str, width: int) -> str:
    """Text no wider than so many cells, an ellipsis where something was left out."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def aligned(rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows as lines, each column as wide as its widest cell; `right` are the columns set to the right."""
    table = [list(row) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [pad(text, width, right=n in right) for n, (text, width) in enumerate(zip(row, widths, strict=True))]
        yield "  ".join(cells).rstrip()


def wrap(words: str, width: int) -> list[str]:
    """Words on lines of at most `width` cells, broken between words and between Chinese characters."""
    lines = [""]
    for piece in _PIECE.findall(words):
        if cell_len(lines[-1]) + cell_len(piece.rstrip()) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        head, *rest = chop_cells(piece.lstrip() if not lines[-1] else piece, width) or [""]
        lines[-1] += head
        lines.extend(rest)
    return lines


def in_lines(items: Sequence[str], width: int, between: str = "  ") -> list[str]:
    """Items one after the other on lines of at most `width` cells; none is broken unless it has no room on a line."""
    lines = [""]
    for item in items:
        joined = f"{lines[-1]}{between}{item}" if lines[-1] else item
        if cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines[-1:] = [line for line in (lines[-1], *wrap(item, width)) if line]
    return lines
