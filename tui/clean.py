"""The last door before the terminal: no control sequence in anybody's text reaches it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# C0, C1 and delete; marks that turn the direction of writing round; lone surrogates
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class NoControls(LineFilter):
    """Shows `·` for whatever would steer the terminal instead of being read."""

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        return [
            Segment(_UNSAFE.sub("·", text), style, control) if not control and _UNSAFE.search(text) else segment
            for segment in segments
            for text, style, control in (segment,)
        ]
