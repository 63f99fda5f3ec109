"""Signs of one cell for terminals that draw ambiguous ones two cells wide, where every line of a table would be torn.

Unicode leaves the width of lines, shades, arrows, dashes and curved quotes to the terminal (East Asian Width "A", UAX
#11); a Chinese one may draw them as wide as 汉字. Textual counts them as one cell. Each has a stand-in here that is one
cell everywhere; no two that tell states apart share theirs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

SAMPLE = "▓─→…·“"
"""Six ambiguous signs; whichever of them is wide tears the lines it stands in."""

TABLE = {
    "@": "█",
    "#": "▓▆▇▅▄■◼",  # proven
    "=": "▒═┄",  # claimed; what a risk rests on; the threshold as a line across
    ",": "░",
    ":": "╎┆┊",  # today
    "|": "│┃║╏▏▎▍▌▋▊▉▐▕",  # the threshold, and lines that stand
    "-": "─━┈╌–—―‐▀−",
    "+": "±┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛",
    "_": "▁▂▃",
    ">": "▸▶→⇒",
    "<": "←◀◂",
    "^": "↑▲△",
    "v": "↓▼▽",
    "r": "↩",
    "*": "◆★☆●※◇",
    "o": "○◎°",
    "~": "…≈",
    ".": "·•‧",
    "x": "×✗",
    "/": "÷",
    "V": "✓√",
    '"': "“”″",
    "'": "‘’′´",
    "Y": "¥",
    "S": "§",
    "?": "¿",
    "!": "¡",
}
"""The signs the screens draw, and what people write most, by stand-in. Some (▸ ░ ✓) are wide in some fonts alone."""

_UNKNOWN = "?"


class _StandIns(dict[int, str]):
    """The stand-in of a sign, by their numbers, found when it is first drawn."""

    def __missing__(self, number: int) -> str:
        found = self[number] = _found(chr(number))
        return found


def _found(sign: str) -> str:
    if unicodedata.east_asian_width(sign) != "A" or cell_len(sign) != 1:
        return sign
    plain = [part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part)]
    # é is e and a one in a circle is 1; a twelve in a circle is not 1, and two signs have no room
    return plain[0] if len(plain) == 1 and " " < plain[0] <= "~" else _UNKNOWN


_STAND_INS = _StandIns({ord(sign): stand_in for stand_in, signs in TABLE.items() for sign in signs})


def simple(text: str) -> str:
    """The text in as many cells, without a sign whose width is the terminal's to choose."""
    return text.translate(_STAND_INS)


class SimpleSigns(LineFilter):
    """Draws every line in simple signs, once it is clean (`tui.clean`); what is kept and copied stays as it is."""

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        return [
            segment if control or text.isascii() else Segment(simple(text), style, control)
            for segment in segments
            for text, style, control in (segment,)
        ]
