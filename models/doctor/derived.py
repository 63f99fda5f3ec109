"""What lists show of a case, against a fresh derivation from its document; and whether the document is an applicant."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Literal, NamedTuple

from engine.document import Invalid
from engine.policy import NoLaw, Policy
from models.connection import Connection
from models.deriving import RULES, Derived, derive, stamp
from models.doctor.findings import Finding, Told, fault, field_known, note, ok, warning
from models.doctor.opening import walk
from models.doctor.subject import Subject
from models.sealing import LOOK
from models.stamps import by_rules, holds
from models.today import local, moment

CHECK = "derived"
Verdict = Literal["right", "differs", "stamp", "invalid", "waiting"]
_ROWS = (
    "SELECT id, status, document, need_by, office,"
    f" (SELECT answered FROM entry WHERE case_id = cases.id AND command <> '{LOOK}' ORDER BY id DESC LIMIT 1),"
    f" {', '.join(Derived._fields)}"
    " FROM cases JOIN document ON document.case_id = id WHERE id > :last ORDER BY id LIMIT :chunk"
)
# these follow from the facts alone, whatever figures the pack had on the day
_OF_THE_FACTS = ("name", "called", "permit_until", "points_until", "renewal", "employer", "district", "uscc")
_ANSWERED = ("score", "proven")


class Judged(NamedTuple):
    """What is to be said of a case's derived columns, and which of its fields it is about."""

    case_id: int
    verdict: Verdict
    fields: tuple[str, ...] = ()


class _Stamp(NamedTuple):
    rules: int
    pack: str
    version: str
    day: date


def look(subject: Subject) -> Iterator[Finding]:
    """Rows derived by the figures of now are held whole; those of others wait, and are held to what cannot change."""
    found: dict[str, Told] = {}
    count = 0
    for case_id, verdict, fields in judged(subject.connection, subject.policy, subject.today):
        count += 1
        if verdict != "right":
            found.setdefault(verdict, Told()).add(case_id, fields)
    if told := found.get("differs"):
        yield fault(CHECK, "differs", "rebuild", told)
    if told := found.get("stamp"):
        yield fault(CHECK, "stamp", "rebuild_or_upgrade", told)
    if told := found.get("invalid"):
        yield warning(CHECK, "invalid", "mend_by_hand", told)
    if told := found.get("waiting"):
        yield note(CHECK, "waiting", count=told.count)
    if not found.keys() - {"waiting"}:
        yield ok(CHECK, count=count)


def judged(connection: Connection, policy: Policy, today: date) -> Iterator[Judged]:
    """Every case that has a document, by its number, as of a day."""
    for case_id, status, document, need_by, office, answered, *columns in walk(connection, _ROWS):
        verdict, fields = _judge((policy, today), (status, document, need_by, office), answered, Derived._make(columns))
        yield Judged(case_id, verdict, tuple(fields))


def _judge(basis: tuple[Policy, date], kept: tuple[Any, ...], answered: Any, row: Derived) -> tuple[Verdict, list[str]]:
    policy, today = basis
    at = _stamp(row.stamp)
    if at is None or _is_to_come(at.day, today) or not _is_known(at, policy):
        return "stamp", []
    if at.rules < RULES:
        return "waiting", []
    last = _answer(answered)
    answered_at = _stamp(last.get("stamp"))
    if answered_at is not None and at.day < answered_at.day:  # a command derived it later than its row says
        return "stamp", []
    try:
        status, text, need_by, office = kept
        fresh = derive(json.loads(text), status, policy, at.day, {**json.loads(office), "need_by": need_by})
    except Invalid as invalid:
        return "invalid", list(dict.fromkeys(field_known(problem.key) for problem in invalid.problems))
    except (ValueError, TypeError, NoLaw):
        return "invalid", []
    first, last_stamp = by_rules(stamp(policy, today))
    if first <= row.stamp < last_stamp:  # by the figures of now, on whatever day: it is what was derived then
        fields = _differing(row, fresh, Derived._fields)
        standing: Verdict = "right" if holds(row.stamp, row.due, stamp(policy, today)) else "waiting"
        return ("differs" if fields else standing), fields
    fields = _differing(row, fresh, _OF_THE_FACTS)
    if last.get("stamp") == row.stamp:
        fields += [name for name in _ANSWERED if last.get(name) != getattr(row, name)]
    return ("differs" if fields else "waiting"), fields


def _differing(row: Derived, fresh: Derived, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(row, name) != getattr(fresh, name)]


def _stamp(text: Any) -> _Stamp | None:
    """A stamp (`models.deriving.stamp`) in its parts; None where the text is none."""
    with suppress(ValueError):
        rules, pack, version, day = str(text).split("/")
        return _Stamp(int(rules), pack, version, date.fromisoformat(day))
    return None


def _is_known(at: _Stamp, policy: Policy) -> bool:
    """Whether the rules, the pack and its version are ones that this program has or had."""
    versions = {law.version for law in policy.laws}
    return 0 < at.rules <= RULES and at.pack.split("@")[0] == policy.id and at.version in versions


def _is_to_come(day: date, today: date) -> bool:
    """Whether a day lies ahead; one that has begun while we were looking does not."""
    return day > today and day.isoformat() > local(moment())[:10]


def _answer(text: Any) -> dict[str, Any]:
    with suppress(ValueError, TypeError):
        found = json.loads(text)
        if isinstance(found, dict):
            return found
    return {}
