"""A what-if (试算): one line of changes, carried out on the facts as they are now.

`base=2x from 2027-01; title intermediate 2027-06; education.0.degree=bachelor`: phrases of levers
(`engine.lever_phrases`) and assignments as `dabiao set` takes them (`models.assignments`), where `applicant.` may be
left out. What cannot be taken is told and left out; the rest is carried out all the same.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from engine import lever_phrases, levers
from engine.document import Invalid, dump, validate
from engine.facts import Applicant
from engine.fields import sections
from engine.lever_pack import Lever
from engine.lever_phrases import Phrase
from engine.levers import Cost
from engine.months import Month
from engine.plan import Option
from engine.policy import Policy
from engine.reason import Reason
from models.assignments import Assignment, assignment, carry_out
from models.paths import APPLICANT, Tree, copied, get, give_ids, position, resolve, row_of
from models.refusals import Refused

SEPARATOR = "; "
# what a quoted text holds separates nothing
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


def lever_names(policy: Policy) -> dict[str, Lever]:
    """The levers of a pack by their ids."""
    return {lever.id: lever for lever in policy.planning.levers}


def understood(text: str, known: Mapping[str, Lever]) -> Phrase | Assignment | Reason:
    """A piece of a line, or why it is none."""
    phrase = lever_phrases.read(text, known)
    if isinstance(phrase, Phrase):
        return phrase
    try:
        wanted = assignment(text)
    except Invalid:
        return phrase
    path = wanted.path.removeprefix(f"{APPLICANT}.")
    if path.partition(".")[0] not in _FACTS:
        return phrase
    return wanted._replace(path=f"{APPLICANT}.{path}")


def _names() -> Iterator[str]:
    for member in sections():
        path = member.path.partition(".")[0]
        if path:
            yield path
        else:
            yield from (field.path for field in member.fields)


_FACTS = frozenset(_names())


def carried_out(applicant: Applicant, line: str, policy: Policy, on: date) -> Outcome:
    """What becomes of an applicant by a line, as seen on a day."""
    known, found = lever_names(policy), list[Piece]()
    for text in pieces(line):
        said = understood(text, known)
        if isinstance(said, Reason):
            found.append(Piece(text, wrong=said))
            continue
        piece, applicant = (
            _pull(text, said, applicant, policy, on) if isinstance(said, Phrase) else _assign(text, said, applicant)
        )
        found.append(piece)
    return Outcome(applicant, tuple(found))


def _pull(text: str, said: Phrase, a: Applicant, policy: Policy, on: date) -> tuple[Piece, Applicant]:
    first = levers.earliest(a, said.lever, policy, on)
    start = lever_phrases.start(said, a, policy, on)
    if isinstance(start, Reason):
        if said.month is not None:
            return Piece(text, wrong=start), a
        start = Month(Month.of(on) + 1)
    minding = None
    if isinstance(first, Reason):
        minding = first
    elif start < first:
        minding = Reason("what_if.too_early", {"month": str(first)})
    pulled = Pulled(
        said.lever, start, levers.done(a, said.lever, start), levers.detail(a, said.lever, start, policy), a
    )
    return Piece(text, pulled=pulled, minding=minding), levers.apply(a, said.lever, start, policy)


def _assign(text: str, wanted: Assignment, a: Applicant) -> tuple[Piece, Applicant]:
    before: Tree = {APPLICANT: dump(a)}
    give_ids(before)  # rows of levers, and of a file, have none
    after = copied(before)
    try:
        path = carry_out(after, before, wanted)
        return Piece(text, assigned=path), validate(after[APPLICANT])
    except Invalid as invalid:
        return Piece(text, wrong=invalid.problems[0].reason), a
    except Refused as refused:
        return Piece(text, wrong=refused.reason), a


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
        if isinstance(piece, Assignment):
            path = turned(tree, piece.path).removeprefix(f"{APPLICANT}.")
            text = f"{path}{piece.sign}={piece.value}"
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
