"""A what-if (试算): one line of changes (`models.what_if_line`), carried out on the facts as they are now.

What cannot be taken is told and left out; the rest is carried out all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from engine import lever_phrases, levers
from engine.document import Invalid, dump, validate
from engine.facts import Applicant
from engine.lever_pack import Lever, Study
from engine.lever_phrases import Phrase
from engine.levers import Cost
from engine.months import Month
from engine.policy import Policy
from engine.reason import Reason
from models.assignments import Assignment, carry_out
from models.paths import APPLICANT, Tree, copied, give_ids
from models.refusals import Refused
from models.what_if_line import SEPARATOR, lever_names, pieces, understood, with_id


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
    return carry_out(tree, tree, wanted._replace(path=with_id(rows, wanted.path), value=value))


def _tree(a: Applicant) -> Tree:
    tree: Tree = {APPLICANT: dump(a)}
    give_ids(tree)  # rows of a file have none, and those that levers have added
    return tree


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
