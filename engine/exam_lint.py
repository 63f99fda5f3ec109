"""What is wrong with the exam calendar, all of it; as `engine.policy_lint` does for a policy pack."""

from collections.abc import Iterator
from datetime import date

from engine.pack_lint import (
    GROUNDS,
    NOTE,
    Complaint,
    Pack,
    Shape,
    complaint,
    grounds_faults,
    shape_faults,
    sources_faults,
    wrong_type,
)

KINDS = ("primary", "junior", "zhongkao", "gaokao")
"""幼升小, 小升初, 中考, 高考, in the order of a child's years."""

EVENTS = (
    "information_registration",
    "registration",
    "document_check",
    "application",
    "first_verification",
    "second_verification",
    "group_registration",
    "individual_registration",
    "confirmation",
    "late_registration",
)
"""What schools and examinations do on dated days."""

REGISTRATIONS = frozenset(event for event in EVENTS if event.endswith("registration"))
"""The events in which one can still be entered."""

_SECTIONS: Shape = {"sources": dict, "exam": list}
_EXAM: Shape = {"kind": str, "year": int, "article": str, "windows": list, **GROUNDS}
_WINDOW: Shape = {"event": str, "from": date}
_WINDOW_MORE: Shape = {"to": date, "approximate": bool}


def lint(pack: Pack) -> list[Complaint]:
    """All complaints about an exam calendar; none for a good one."""
    return list(shape_faults(pack, "", _SECTIONS)) or [*sources_faults(pack["sources"]), *_exams(pack)]


def _exams(pack: Pack) -> Iterator[Complaint]:
    seen: set[tuple[str, int]] = set()
    for number, exam in enumerate(pack["exam"], start=1):
        where = f"exam#{number}"
        faults = list(shape_faults(exam, where, _EXAM, NOTE))
        yield from faults
        if faults:
            continue
        yield from grounds_faults(exam, where, pack["sources"])
        yield from _known(exam["kind"], f"{where}.kind", KINDS)
        if (exam["kind"], exam["year"]) in seen:
            yield complaint("process.exam_twice", where, kind=exam["kind"], year=exam["year"])
        seen.add((exam["kind"], exam["year"]))
        for row, window in enumerate(exam["windows"], start=1):
            yield from _window(window, f"{where}.windows#{row}", exam["year"])
    for kind in KINDS:
        if kind not in {kind for kind, _ in seen}:
            yield complaint("process.missing_exam", "exam", kind=kind)


def _window(window: object, where: str, year: int) -> Iterator[Complaint]:
    if not isinstance(window, dict):
        yield wrong_type(where, dict)
        return
    faults = list(shape_faults(window, where, _WINDOW, _WINDOW_MORE))
    yield from faults
    if faults:
        return
    yield from _known(window["event"], f"{where}.event", EVENTS)
    first: date = window["from"]
    last: date = window.get("to", first)
    if last < first:
        yield complaint("ends_before_start", where, first=first.isoformat(), last=last.isoformat())
    elif first < date(year - 1, 9, 1) or last > date(year, 8, 31):
        yield complaint("process.other_year", where, first=first.isoformat(), last=last.isoformat(), year=year)


def _known(value: str, where: str, known: tuple[str, ...]) -> Iterator[Complaint]:
    if value not in known:
        yield complaint("unknown_value", where, value=value, known=list(known))
