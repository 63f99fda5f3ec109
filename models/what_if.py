"""A what-if (试算): one line of changes, carried out on the facts as they are now.

`base=2x from 2027-01; title intermediate 2027-06; education.0.degree=bachelor`: phrases of levers
(`engine.lever_phrases`) and assignments as `dabiao set` takes them (`models.assignments`), where `applicant.` may be
left out. What cannot be taken is told and left out; the rest is carried out all the same.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from engine import lever_phrases, levers
from engine.document import Invalid, dump, validate
from engine.facts import Applicant
from engine.fields import field, sections
from engine.lever_pack import Lever, Study
from engine.lever_phrases import Phrase
from engine.levers import Cost
from engine.months import Month
from engine.plan import Option
from engine.policy import Policy
from engine.reason import Reason
from models.assignments import Assignment, assignment, carry_out
from models.contents import OFFICE
from models.paths import APPLICANT, Tree, copied, field_of, get, give_ids, position, resolve, row_of
from models.query_values import SIGNS
from models.refusals import Refused

SEPARATOR = "; "
_ALIKE = 0.75  # of difflib: a letter or two of a name may be wrong
# what a quoted text holds separates nothing
_QUOTED_OR_NOT = re.compile(r""""(?:\\.|[^"\\])*(?:"|\Z)|[;；]""")
_PIECE = re.compile(r"""(?:"(?:\\.|[^"\\])*"|[^;；"]|")+""")


class Pulled(NamedTuple):
    """A lever that is pulled: the month it begins in, the day it has brought its fact about, what is to be done.

    `before` are the facts it is pulled on: its cost follows from them and from how long it goes on.
    """

    lever: Lever
    start: Month
    done: date
    detail: Reason
    before: Applicant

    def cost(self, until: date, policy: Policy) -> Cost:
        """What it costs up to a day, in whole yuan."""
        return levers.cost(self.before, self.lever, self.start, until, policy)


class Piece(NamedTuple):
    """A piece of a line: what it says, or why it cannot be taken; what should be minded where it is taken."""

    text: str
    pulled: Pulled | None = None
    assigned: str | None = None  # the path
    wrong: Reason | None = None
    minding: Reason | None = None


class Outcome(NamedTuple):
    """The applicant a line leads to, and its pieces in their order."""

    applicant: Applicant
    pieces: tuple[Piece, ...]

    @property
    def wrong(self) -> list[Piece]:
        """The pieces that could not be taken."""
        return [piece for piece in self.pieces if piece.wrong is not None]


def pieces(line: str) -> list[str]:
    """The pieces of a line."""
    return [text for found in _PIECE.findall(line) if (text := found.strip())]


def last_piece(line: str) -> str:
    """The piece at the end of a line that is still typed: what stands after the last separator outside of quotes."""
    ends = [found.end() for found in _QUOTED_OR_NOT.finditer(line) if found[0] in ";；"]
    return line[ends[-1] if ends else 0 :].lstrip()


def lever_names(policy: Policy) -> dict[str, Lever]:
    """The levers of a pack by their ids."""
    return {lever.id: lever for lever in policy.planning.levers}


def understood(text: str, known: Mapping[str, Lever]) -> Phrase | Assignment | Reason:
    """A piece of a line, or why it is none."""
    path, equals, value = _parted(text)
    name = path.removeprefix(f"{APPLICANT}.").partition(".")[0].rstrip("+-")
    if equals and name in _FACTS and (wanted := _assignment(f"{path}={value}")) is not None:
        return wanted
    phrase = lever_phrases.read(text, known)
    if isinstance(phrase, Phrase):
        return phrase
    if name in OFFICE or name == "tag":
        return Reason("what_if.only_facts", {"text": name})
    if name in _FACTS:
        return Reason("what_if.value", {"text": path})
    unknown = "." in path or phrase.code == "what_if.no_lever"
    if unknown and (near := difflib.get_close_matches(name, _FACTS, n=1, cutoff=_ALIKE)):
        return Reason("what_if.no_lever_near", {"text": path, "near": [path.replace(name, near[0], 1)]})
    return phrase


def _assignment(text: str) -> Assignment | None:
    """An assignment of a fact, with `applicant.` before its path; None where it is none."""
    try:
        wanted = assignment(text)
    except Invalid:
        return None
    return wanted._replace(path=f"{APPLICANT}.{wanted.path.removeprefix(f'{APPLICANT}.')}")


def _parted(text: str) -> tuple[str, str, str]:
    """A piece at its equals sign: path, sign, value; plain signs for full-width ones but in what is text."""
    path, equals, plain = text.translate(SIGNS).partition("=")  # one sign for one
    path, typed = path.strip(), text[len(text) - len(plain) :]
    try:
        kind = field(field_of(f"{APPLICANT}.{path.removeprefix(f'{APPLICANT}.').rstrip('+-')}")).kind
    except KeyError:  # a group or a row whole; or no fact
        return path, equals, typed if typed.strip().startswith("{") else plain
    return path, equals, typed if kind in ("text", "texts") else plain


def _names() -> Iterator[str]:
    for member in sections():
        path = member.path.partition(".")[0]
        if path:
            yield path
        else:
            yield from (found.path for found in member.fields)


_FACTS = frozenset(_names())


def carried_out(applicant: Applicant, line: str, policy: Policy, on: date) -> Outcome:
    """What becomes of an applicant by a line, as seen on a day.

    Facts that stand beside one another are assigned together, as `dabiao set` does: what is right only with its partner
    may stand beside it. Rows are counted as they stand in the case.
    """
    known, found = lever_names(policy), list[Piece]()
    said = [(text, understood(text, known)) for text in pieces(line)]
    rows: Tree = {}
    if any(isinstance(what, Assignment) for _, what in said):
        rows = _tree(applicant)
        applicant = validate(rows[APPLICANT])
    for levers_of, group in groupby(said, key=lambda one: isinstance(one[1], Phrase)):
        if levers_of:
            for text, what in group:
                assert isinstance(what, Phrase)
                piece, applicant = _pull(text, what, applicant, policy, on)
                found.append(piece)
        else:
            facts, applicant = _assign([*group], applicant, rows)
            found += facts
    return Outcome(applicant, tuple(found))


def _pull(text: str, said: Phrase, a: Applicant, policy: Policy, on: date) -> tuple[Piece, Applicant]:
    start = lever_phrases.start(said, a, policy, on)
    if isinstance(start, Reason):
        return Piece(text, wrong=start), a
    first = levers.earliest(a, said.lever, policy, on)
    minding = None
    if isinstance(first, Reason):
        minding = first
    elif start < first:
        minding = Reason("what_if.too_early", {"month": str(first)})
    elif isinstance(said.lever, Study) and not levers.opens(a, said.lever, start):
        minding = Reason("what_if.opens", {"months": said.lever.starts})
    pulled = Pulled(
        said.lever, start, levers.done(a, said.lever, start), levers.detail(a, said.lever, start, policy), a
    )
    return Piece(text, pulled=pulled, minding=minding), levers.apply(a, said.lever, start, policy)


def _assign(said: Sequence[tuple[str, object]], a: Applicant, rows: Tree) -> tuple[list[Piece], Applicant]:
    """Facts assigned together, or, where together they are not valid, one after the other; reasons stay as they are."""
    found, tree = list[Piece](), _tree(a)
    for text, what in said:
        if isinstance(what, Assignment):
            after = copied(tree)
            try:
                found.append(Piece(text, assigned=_put(after, what, rows)))
            except Invalid as invalid:
                found.append(Piece(text, wrong=invalid.problems[0].reason))
            except Refused as refused:
                found.append(Piece(text, wrong=refused.reason))
            else:
                tree = after
        else:
            assert isinstance(what, Reason)
            found.append(Piece(text, wrong=what))
    try:
        return found, validate(tree[APPLICANT])
    except Invalid as invalid:
        if len(said) == 1:
            return [Piece(said[0][0], wrong=invalid.problems[0].reason)], a
    found = []
    for one in said:
        (piece,), a = _assign([one], a, rows)
        found.append(piece)
    return found, a


def _put(tree: Tree, wanted: Assignment, rows: Tree) -> str:
    """Assigns one fact; the path. Where the case has no row at a place, it is one that the line has added."""
    value = wanted.value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':  # quoted because of a separator in it
        value = value[1:-1]
    return carry_out(tree, tree, wanted._replace(path=_resolved(rows, wanted.path), value=value))


def _tree(a: Applicant) -> Tree:
    tree: Tree = {APPLICANT: dump(a)}
    give_ids(tree)  # rows of a file have none, and those that levers have added
    return tree


def line_of(option: Option, language: str) -> str:
    """A plan's option as a line, which leads to the same applicant."""
    said = (lever_phrases.printed(Phrase(step.lever, step.start, begins=True), language) for step in option.steps)
    return SEPARATOR.join(said)


def by_id(line: str, tree: Tree, policy: Policy) -> str:
    """The line with rows named by their ids, so that it holds on to them when others come and go."""
    return _with_rows(line, tree, policy, _resolved)


def by_place(line: str, tree: Tree, policy: Policy) -> str:
    """The line with rows named by their places, as people write it."""
    return _with_rows(line, tree, policy, _placed)


def _with_rows(line: str, tree: Tree, policy: Policy, turned: Callable[[Tree, str], str]) -> str:
    known, said = lever_names(policy), list[str]()
    for text in pieces(line):
        piece = understood(text, known)
        if isinstance(piece, Assignment) and (path := turned(tree, piece.path)) != piece.path:
            text = f"{path.removeprefix(f'{APPLICANT}.')}{piece.sign}={piece.value}"
        said.append(text)
    return SEPARATOR.join(said)


def _resolved(tree: Tree, path: str) -> str:
    try:
        return resolve(tree, path)
    except Refused:
        return path


def _placed(tree: Tree, path: str) -> str:
    row = row_of(path)
    place = None if row is None or get(tree, row) is None else position(tree, row)
    if row is None or place is None:
        return path
    return f"{row.rpartition('.')[0]}.{place}{path.removeprefix(row)}"


def dated(outcome: Outcome, policy: Policy) -> str:
    """The line of an outcome with the month each lever begins in, so that as a plan it does not move on with the days.

    What is dated already, and what cannot be taken, stays as it is written.
    """
    known, said = lever_names(policy), list[str]()
    for piece in outcome.pieces:
        what = understood(piece.text, known)
        if isinstance(what, Phrase) and what.month is None and piece.pulled is not None:
            language = "en" if piece.text.isascii() else "zh"
            said.append(lever_phrases.dated(piece.text, piece.pulled.start, language))
        else:
            said.append(piece.text)
    return SEPARATOR.join(said)


def tasks(outcome: Outcome, at_threshold: date | None, on: date) -> Sequence[Mapping[str, str]]:
    """What is to be done for a line, each a phrase with the day by which it is due.

    A lever is to be begun by the first day of its first month, and where it ends later with a diploma, a certificate or
    a move, to be done by that day. Facts that are only assigned are wanted by the day at the threshold, else now.
    """
    return [
        {"what": what, "due": due.isoformat()}
        for piece in outcome.pieces
        for what, due in _due(piece, at_threshold or on)
    ]


def _due(piece: Piece, wanted: date) -> Iterator[tuple[str, date]]:
    if piece.assigned is not None:
        yield piece.text, wanted
    if piece.pulled is not None:
        lever, start, done, *_ = piece.pulled
        yield lever_phrases.printed(Phrase(lever, start, begins=True), "en"), start.first_day()
        if done > start.last_day():
            yield lever_phrases.printed(Phrase(lever, Month.of(done)), "en"), done
