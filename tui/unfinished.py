"""What a consultant left unfinished, put together by case: for the line in the list that offers it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from engine.masks import in_text
from engine.words import word
from models.rows import Unfinished
from tui import form
from tui.new_form import unfinished
from tui.text import text

LONGEST = 12  # characters of a text in a question
ROOM = {"drafts.left": 44, "drafts.left_several": 20}  # cells of who and what: the key that opens it stands behind
PART_OF = {
    "what_ifs": "what_if",
    "tasks": "notes",
    "notes": "notes",
    "fees": "notes",
    "papers": "materials",
    "steps": "progress",
    "applications": "progress",
}
"""The part of a case in which the rows of a list are typed."""


class Place(NamedTuple):
    """A case (or, where its number is 0, a form of one that is not made yet) in which something is unfinished.

    `there`: it has not been taken away. `texts` are what was typed, by field, the newest first; `path` is the newest
    of those that the form still has, empty where it has none.
    """

    case_id: int
    form: str
    there: bool
    name: str
    path: str
    texts: Mapping[str, str]

    @property
    def part(self) -> str:
        """The part of the case in which the newest was typed."""
        return PART_OF.get(self.path.partition(".")[0], "facts")

    @property
    def key(self) -> tuple[int, str]:
        """Which one it is."""
        return self.case_id, self.form


def places(drafts: Sequence[Unfinished]) -> list[Place]:
    """The places of a consultant's drafts, the newest first."""
    forms = unfinished(drafts)
    found: dict[tuple[int, str], list[Unfinished]] = {}
    for draft in drafts:
        form_id = "" if draft.case_id else draft.path.partition(".")[0]
        if not form_id or form_id in forms:
            found.setdefault((draft.case_id, form_id), []).append(draft)
    return [_place(*key, mine, forms.get(key[1], {})) for key, mine in found.items()]


def _place(case_id: int, form_id: str, drafts: Sequence[Unfinished], typed: Mapping[str, str]) -> Place:
    newest = drafts[0]
    if not case_id:
        name = (
            typed.get("name") or typed.get("contact.called") or typed.get("quick.who") or next(iter(typed.values()), "")
        )
        return Place(0, form_id, True, name, "", typed)
    texts = {draft.path: draft.text for draft in drafts}
    path = next((path for path in texts if _is_field(path)), "")
    return Place(case_id, "", newest.there, newest.name or "", path, texts)


def _is_field(path: str) -> bool:
    try:
        form.of(path)
    except KeyError:
        return False
    return True


def line(found: Sequence[Place], key: str, language: str) -> str:
    """The line that offers them; nothing where there are none."""
    if not found:
        return ""
    word = "drafts.left" if len(found) == 1 else "drafts.left_several"
    what = called(found[0], language)
    if cell_len(what) > ROOM[word]:
        what = set_cell_size(what, ROOM[word]).rstrip(" ·")
    return text(word, language, count=len(found), what=what, key=key)


def called(place: Place, language: str) -> str:
    """A place in a few words: who, and which field."""
    if not place.case_id:
        return text("drafts.new_case", language, name=in_text(place.name)).strip()
    if not place.there:
        return text("drafts.gone", language, id=place.case_id)
    name = place.name or text("case.nameless", language, id=place.case_id)
    return text("drafts.what", language, name=name, field=form.name(place.path, language)) if place.path else name


def told(texts: Mapping[str, str], language: str) -> str:
    """What was typed, each text with the name of its field."""
    found = (f"{_field(path, language)} {_cut(in_text(typed))}" for path, typed in texts.items())
    return word("list.also", language).join(found)


def _field(path: str, language: str) -> str:
    return form.name(path, language) if _is_field(path) else path


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def next_of(found: Sequence[Place], visited: Iterable[tuple[int, str]]) -> Place | None:
    """The newest place that has not been visited yet; the newest of all where each has been."""
    seen = set(visited)
    return next((place for place in found if place.key not in seen), found[0] if found else None)
