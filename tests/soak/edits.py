"""Edits of a case as people make them, for hypothesis: of the office's fields, of facts, of rows that come and go.

Which row is meant is found when the edit is made, in the case as its editor sees it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hypothesis import strategies as st
from soak.plain import ROWS, Change, Tree, look
from strategies import values

from engine.fields import Field, Section, sections

Edit = tuple[Any, ...]

_SECTIONS = {section.path: section for section in sections()}
_SECTIONS |= {m.path: m for s in sections() for m in s.fields if isinstance(m, Section)}
_PLAIN = [f for s in _SECTIONS.values() if not s.repeats for f in s.fields if isinstance(f, Field)]
_OF_ROWS = {name: [f for f in _SECTIONS[name].fields if isinstance(f, Field)] for name in ROWS}
# few enough that people meet in them, of every kind: a text that is searched for, points, evidence
_HOT = ["name", "contact.called", "sex", "notice.score", "spouse.name", "spouse.evidence", "employment.employer"]
_HOT_ROWS = {"education": ["level", "evidence", "school"], "award": ["level", "evidence"]}

_places = st.integers(0, 5)


def _put(described: Field) -> st.SearchStrategy[Edit]:
    path = st.just(f"applicant.{described.path}")
    return st.tuples(st.just("put"), path, st.none() | values(described) | values(described))


def _put_in_row(section: str, described: Field) -> st.SearchStrategy[Edit]:
    name = described.path.rpartition(".")[2]
    return st.tuples(st.just("row"), st.just(section), _places, st.just(name), st.none() | values(described))


def _row(section: str) -> st.SearchStrategy[Tree]:
    names = {f.path.rpartition(".")[2]: f for f in _OF_ROWS[section]}
    if section == "offence":  # the only rows in which something is required
        return st.fixed_dictionaries({name: values(names[name]) for name in ("kind", "date")})
    few = [n for n in _HOT_ROWS.get(section, []) if n in names] or list(names)[:3]
    return st.fixed_dictionaries({}, optional={name: values(names[name]) for name in few})


def _add(section: str) -> st.SearchStrategy[Edit]:
    rows = st.lists(st.tuples(st.none() | _places, _row(section)), min_size=1, max_size=3)
    return st.tuples(st.just("add"), st.just(section), rows)


_office = st.one_of(
    st.tuples(st.just("put"), st.just("status"), st.sampled_from(["lead", "form", "in_force", "form", "nowhere"])),
    st.tuples(st.just("put"), st.just("consultant"), st.sampled_from([None, "ana", "bo"])),
    st.tuples(st.just("put"), st.just("tags"), st.lists(st.sampled_from(["中考", "重点"]), max_size=3)),
    st.tuples(st.just("put"), st.just("need_by"), st.sampled_from([None, "2027-03-01", "2028-09-01"])),
)
_hot = st.one_of([_put(f) for f in _PLAIN if f.path in _HOT])
_hot_rows = st.one_of(
    [_put_in_row(s, f) for s, names in _HOT_ROWS.items() for f in _OF_ROWS[s] if f.path.rpartition(".")[2] in names]
)
_coming = st.sampled_from(["education", "award"]).flatmap(_add)
_several_places = st.lists(_places, min_size=1, max_size=3, unique=True)
_going = st.tuples(st.just("drop"), st.sampled_from(["education", "award"]), _several_places)
_moving = st.tuples(st.just("move"), st.sampled_from(["education", "award"]), _places, _places)
_any = st.one_of([_put(f) for f in _PLAIN])
_any_rows = st.one_of([_put_in_row(s, f) for s, found in _OF_ROWS.items() for f in found])
_any_coming = st.sampled_from(ROWS).flatmap(_add)
_any_going = st.tuples(st.just("drop"), st.sampled_from(ROWS), _several_places)
_group = st.tuples(
    st.just("put"), st.sampled_from([f"applicant.{s}" for s in _SECTIONS if s]), st.none()
)  # a whole group taken away

_KINDS = [_office, _hot, _hot, _hot_rows, _hot_rows, _coming, _going, _moving]
_KINDS += [_any, _any_rows, _any_coming, _any_going, _group]


@st.composite
def _edits(draw: st.DrawFn) -> Edit:
    return draw(_KINDS[draw(st.integers(0, len(_KINDS) - 1))])


several = st.lists(_edits(), min_size=1, max_size=4)
"""What one command changes."""

_text = values(next(f for f in _PLAIN if f.path == "name"))
small_documents = st.fixed_dictionaries(
    {},
    optional={
        "name": _text,
        "birth_date": st.sampled_from(["1990-03-07", "1975-01-01"]),
        "contact": st.fixed_dictionaries({"called": _text}),
        "notice": st.fixed_dictionaries({"valid_until": st.sampled_from(["2026-12-31", "2027-06-30"])}),
        "education": st.lists(_row("education"), max_size=5),
        "award": st.lists(_row("award"), min_size=2, max_size=5),
        "spouse": st.fixed_dictionaries({}, optional={"name": _text, "evidence": st.just("verified")}),
    },
)
"""Applicants of whom little is known."""


def named(document: Tree, new_id: Callable[[], str]) -> Tree:
    """The document with a name for every row, so that the model need not guess it."""
    for name in ROWS:
        for row in look(document, name) or ():
            row["id"] = new_id()
    return document


def resolved(wanted: Sequence[Edit], seen: Tree, new_id: Callable[[], str]) -> list[Change]:
    """The edits as changes of the case that was seen; of two of the same field the last."""
    return list({c.path: c for edit in wanted for c in _changes(edit, seen, new_id)}.values())


def _changes(edit: Edit, seen: Tree, new_id: Callable[[], str]) -> Iterator[Change]:
    match edit:
        case ("put", path, value):
            yield Change(path, look(seen, path), value)
        case ("add", section, rows):
            for place, row in rows:
                yield Change(f"applicant.{section}.{new_id()}", None, row, place)
        case ("row", section, number, name, value):
            for path, row in _of(seen, section, number):
                yield Change(f"{path}.{name}", row.get(name), value)
        case ("drop", section, numbers):
            for number in numbers:
                for path, row in _of(seen, section, number):
                    yield Change(path, row, None)
        case ("move", section, number, place):
            for path, row in _of(seen, section, number):
                yield Change(path, row, None)
                yield Change(f"applicant.{section}.{new_id()}", None, row, place)


def _of(seen: Tree, section: str, number: int) -> Iterator[tuple[str, Tree]]:
    if rows := look(seen, f"applicant.{section}"):
        row = rows[number % len(rows)]
        yield f"applicant.{section}.{row['id']}", row
