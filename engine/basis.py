"""What an entry of a pack rests on: article, source, how good that source is, the day on which someone last looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class Note(NamedTuple):
    """What is open about an entry of a pack, or to be known about it, in each language; empty where nothing is."""

    zh: str = ""
    en: str = ""

    def said(self, language: str) -> str:
        """The note in a language."""
        return str(getattr(self, language))


@dataclass(frozen=True, slots=True)
class Citation:
    """Why a figure is what it is.

    `article` of `document` (a wage: `article` is the notice and `document` empty), as read at `sources`; `grade` says
    how good these are (`engine.policy_pack.GRADES`); `checked` is the day someone last looked; `value` holds
    since the day `since`; `note` is what is open about it.
    """

    article: str
    document: str
    sources: tuple[str, ...]
    grade: str
    checked: date
    since: date
    value: int
    note: Note


class Basis(NamedTuple):
    """What a figure of a pack rests on; the same words as in `Citation`.

    `open`: it may be otherwise, as `note` says.
    """

    article: str
    sources: tuple[str, ...]
    grade: str
    checked: date
    note: Note
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
        note_of(entry),
        entry.get("open", False),
    )


def note_of(entry: Mapping[str, Any]) -> Note:
    """The note of an entry of a pack."""
    return Note(entry.get("note", ""), entry.get("note_en", ""))
