"""What an entry of a pack rests on: article, source, how good that source is, the day on which someone last looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Citation:
    """Why a figure is what it is.

    `article` of `document` (a wage: `article` is the notice and `document` empty), as read at `sources`; `grade` says
    how good these are (`engine.policy_pack.GRADES`); `checked` is the day someone last looked; `value` holds
    since the day `since`; `note` is what is open about it, in Chinese, or empty.
    """

    article: str
    document: str
    sources: tuple[str, ...]
    grade: str
    checked: date
    since: date
    value: int
    note: str = ""


class Basis(NamedTuple):
    """What a figure of a pack rests on; the same words as in `Citation`.

    `open`: it may be otherwise, as `note` says.
    """

    article: str
    sources: tuple[str, ...]
    grade: str
    checked: date
    note: str
    open: bool = False

    @property
    def source(self) -> str:
        """All sources in a row."""
        return "；".join(self.sources)

    def cite(self, document: str, since: date, value: int) -> Citation:
        return Citation(self.article, document, self.sources, self.grade, self.checked, since, value, self.note)


def basis_of(entry: Mapping[str, Any], sources: Mapping[str, str]) -> Basis:
    """The grounds that an entry of a pack gives, its sources by their addresses."""
    return Basis(
        entry["article"],
        tuple(sources[source] for source in entry["source"]),
        entry["grade"],
        entry["checked"],
        entry.get("note", ""),
        entry.get("open", False),
    )
