"""What the doctor says: a check, how bad it is, a sentence, what to do. Case numbers and fields, never their values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Self

from engine import words
from engine.reason import Reason
from models.contents import OFFICE
from models.paths import APPLICANT, word_of

Severity = Literal["ok", "note", "warning", "fault"]
"""`fault`: something is lost, wrong or about to be. `warning`: it may become so. `note`: good to know."""

MOST_TOLD = 20  # of a long list the first so many are told, and how many there are
_MOST_SAID = 5


class Finding(NamedTuple):
    """One thing found by a check. `message` and `remedy` are reasons of `reason.doctor.*`; `details` go to scripts."""

    check: str
    severity: Severity
    message: Reason
    remedy: Reason | None = None
    details: Mapping[str, Any] = {}

    @property
    def code(self) -> str:
        """What was found, for scripts: `chain.altered`."""
        return self.message.code.removeprefix("doctor.")


class Told:
    """The first of many things, and how many there are: no list grows with the workspace."""

    def __init__(self) -> None:
        self.first: list[Any] = []
        self.count = 0

    @classmethod
    def of(cls, items: Iterable[Any]) -> Self:
        """All of them, counted."""
        told = cls()
        for item in items:
            told.add(item)
        return told

    def add(self, item: Any, fields: Sequence[str] = ()) -> None:
        """One more: the number of a case or an entry, a name; `fields` are those of a case that it is about."""
        self.count += 1
        if self.count <= MOST_TOLD:
            self.first.append({"case": item, "fields": list(fields)[:MOST_TOLD]} if fields else item)

    def __bool__(self) -> bool:
        return self.count > 0

    def said(self) -> Reason:
        """For a sentence: the first few, and how many more."""
        few = [_said(item) for item in self.first[:_MOST_SAID]]
        if self.count > len(few):
            return Reason("doctor.some", {"items": few, "more": self.count - len(few)})
        return Reason("doctor.all", {"items": few})


def _said(item: Any) -> str | Reason:
    if not isinstance(item, dict):
        return str(item)
    fields = [Reason("doctor.field", {"name_word": word_of_field(name)}) for name in item["fields"][:_MOST_SAID]]
    return Reason("doctor.in_case", {"case": item["case"], "fields": fields})


def word_of_field(field: str) -> str:
    """The key of the catalogue under which a field of a case, or a column of its row, has its name."""
    if field in OFFICE or field == "office" or field.startswith(APPLICANT):
        return word_of(field)
    return f"doctor.column.{field}"


def field_known(key: str) -> str:
    """The path of a field in an applicant document; the document's own where the model has none of that name.

    A name that it has not may be anything, and is not repeated.
    """
    path = f"{APPLICANT}.{key}" if key else APPLICANT
    return path if word_of(path) in words.keys("en") else APPLICANT


def ok(check: str, **values: Any) -> Finding:
    """Nothing is wrong there."""
    return _finding("ok", check, "ok", None, None, values)


def note(check: str, code: str, remedy: str | None = None, **values: Any) -> Finding:
    """Something good to know."""
    return _finding("note", check, code, remedy, None, values)


def warning(check: str, code: str, remedy: str, told: Told | None = None, **values: Any) -> Finding:
    """Something that may become a fault."""
    return _finding("warning", check, code, remedy, told, values)


def fault(check: str, code: str, remedy: str, told: Told | None = None, **values: Any) -> Finding:
    """Something that is lost or wrong. `told` are the cases, entries or things it is about."""
    return _finding("fault", check, code, remedy, told, values)


def unreadable(check: str, error: Exception) -> Finding:
    """A check could not be done, as what it reads is broken."""
    values = {"check_word": f"doctor.check.{check}", "problem": problem_of(error)}
    return Finding(check, "fault", Reason("doctor.unreadable", values), Reason("doctor.remedy.restore", {}), values)


def problem_of(error: Exception) -> str:
    """An error of the driver by its name alone: its text may quote what a broken file holds."""
    return str(getattr(error, "sqlite_errorname", type(error).__name__))


def not_looked_at(check: str) -> Finding:
    """A check was not done, as what stands before it is broken, or of a schema it does not know."""
    return Finding(check, "note", Reason("doctor.not_looked_at", {"check_word": f"doctor.check.{check}"}))


def _finding(
    severity: Severity, check: str, code: str, remedy: str | None, told: Told | None, values: dict[str, Any]
) -> Finding:
    details = dict(values)
    if told is not None:
        details |= {"count": told.count, "first": told.first}
        values = {**values, "count": told.count, "which": told.said()}
    advice = Reason(f"doctor.remedy.{remedy}", values) if remedy else None
    return Finding(check, severity, Reason(f"doctor.{check}.{code}", values), advice, details)
