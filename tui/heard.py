"""An answer on the phone, understood or not: what every reader of one gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.reason import Reason


class Heard(NamedTuple):
    """An answer understood: the facts in it, and what is still to be asked."""

    facts: Mapping[str, Any]
    open: tuple[str, ...] = ()


NOTHING = Heard(MappingProxyType({}))
NONE = frozenset({"无", "没有", "没", "没有过", "都没有", "清白", "no", "none", "-"})
"""Words that say that there is nothing."""


def unread(text: str, wanted: str) -> Reason:
    """Why an answer could not be read: what was said, and by its words what may be."""
    return Reason(f"spoken_{wanted}", {"text": text})


def one_of(folded: str, kinds: Sequence[tuple[str, Sequence[str]]]) -> str | None:
    """The first kind of which a word is in what was said."""
    return next((kind for kind, words in kinds if any(word in folded for word in words)), None)
