"""Lines that have been drawn go by themselves.

Textual notes in each what it was divided into. Where that is one piece, as nearly always, the line holds itself, and
only a search for garbage finds it: some thousand objects at every key, and a pause for each search.
"""

from collections.abc import Iterable, Sequence

from textual.strip import Strip

_divided = Strip.divide


def divided(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """The pieces of a line between these cells; of one piece no note is taken."""
    within = [cut for cut in cuts if cut <= strip.cell_length]
    return [strip] if within == [strip.cell_length] else _divided(strip, within)


def let_go() -> None:
    """From now on no line holds itself."""
    Strip.divide = divided  # type: ignore[method-assign, assignment]
