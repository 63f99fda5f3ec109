"""The last door before the terminal: no control sequence in anybody's text reaches it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.unsafe import HIDDEN, TOO_MANY_MARKS

_UNSAFE = re.compile(f"[{HIDDEN}\t\n]")


class NoControls(LineFilter):
    """Leaves out what would steer the terminal instead of being read; each line stays as wide as it was measured."""

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.control or (segment.text.isascii() and segment.text.isprintable()) else _clean(segment)
            for segment in segments
        ]


class InTurn(LineFilter):
    """Several filters as one: of a line that is drawn one copy is made, not one for each."""

    def __init__(self, filters: tuple[LineFilter, ...]) -> None:
        super().__init__()
        self._filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        for each in self._filters:
            segments = each.apply(segments, background)
        return segments


@lru_cache(maxsize=16)  # what has been drawn is known by the filter it was drawn through
def in_turn(*filters: LineFilter) -> InTurn:
    """The filters as one, the same for the same ones."""
    return InTurn(filters)


def _clean(segment: Segment) -> Segment:
    text = _cleaned(segment.text)
    return segment if text == segment.text else Segment(text, segment.style)


@lru_cache(maxsize=4096)  # what stands on a screen stands there again at the next key
def _cleaned(text: str) -> str:
    clean = TOO_MANY_MARKS.sub(r"\1", _UNSAFE.sub(_stand_in, text))
    return text if clean == text else set_cell_size(clean, cell_len(text))


def _stand_in(found: re.Match[str]) -> str:
    return "·" * cell_len(found[0])
