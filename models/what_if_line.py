"""The line of a what-if (试算) as people write it, and as it is kept.

`base=2x from 2027-01; title intermediate 2027-06; education.0.degree=bachelor`: phrases of levers
(`engine.lever_phrases`) and assignments as `dabiao set` takes them (`models.assignments`), where `applicant.` may be
left out.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping

from engine import lever_phrases
from engine.document import Invalid
from engine.fields import field, sections
from engine.lever_pack import Lever
from engine.lever_phrases import Phrase
from engine.plan import Option
from engine.policy import Policy
from engine.reason import Reason
from models.assignments import Assignment, assignment
from models.contents import OFFICE
from models.paths import APPLICANT, Tree, field_of, get, position, resolve, row_of
from models.query_values import SIGNS
from models.refusals import Refused

SEPARATOR = "; "
_ALIKE = 0.75  # of difflib: a letter or two of a name may be wrong
# what a quoted text holds separates nothing
_QUOTED_OR_NOT = re.compile(r""""(?:\\.|[^"\\])*(?:"|\Z)|[;；]""")
_PIECE = re.compile(r"""(?:"(?:\\.|[^"\\])*"|[^;；"]|")+""")


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


def line_of(option: Option, language: str) -> str:
    """A plan's option as a line, which leads to the same applicant."""
    said = (lever_phrases.printed(Phrase(step.lever, step.start, begins=True), language) for step in option.steps)
    return SEPARATOR.join(said)


def by_id(line: str, tree: Tree, policy: Policy) -> str:
    """The line with rows named by their ids, so that it holds on to them when others come and go."""
    return _with_rows(line, tree, policy, with_id)


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


def with_id(tree: Tree, path: str) -> str:
    """A path with its row named by its id; as it is where the case has no such row."""
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
