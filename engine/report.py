"""Answers as plain data: what `dabiao score --json` and `timeline --json` print, in the language asked for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.assessment import Assessment, Line
from engine.document import plain
from engine.reason import Reason
from engine.timeline import Change, Step, Timeline
from engine.words import say, word


def report(assessment: Assessment, language: str) -> dict[str, Any]:
    """The assessment as JSON-able data. Points throughout; paths are into the applicant file."""
    return {
        "policy": assessment.policy,
        "version": assessment.version,
        "on": assessment.on.isoformat(),
        "total": assessment.total,
        "proven": assessment.proven,
        "threshold": assessment.threshold,
        "reached": assessment.reached,
        "eligible": assessment.eligible,
        "ineligible_because": assessment.ineligible_because,
        "assumed": assessment.assumed,
        "lines": [_line(line, language) for line in assessment.lines],
        "missing": assessment.missing,
        "vetoes": assessment.vetoes,
    }


def _line(line: Line, language: str) -> dict[str, Any]:
    return {
        "indicator": line.indicator,
        "points": line.points,
        "counted": line.counted,
        "proven": line.proven,
        "because": because(line, language),
        "citation": line.citation,
        "assumed": line.assumed,
        "provisional": line.provisional,
        "reason": reason_report(line.reason),
        "lacks": reason_report(line.lacks) if line.lacks else None,
        "facts": line.facts,
        "figures": list(line.figures),
    }


def because(line: Line, language: str) -> str:
    """Why a line is worth what it is worth, and what it lacks to more, as one sentence."""
    said = say(line.reason, language)
    return word("list.also", language).join((said, say(line.lacks, language))) if line.lacks else said


def timeline_report(found: Timeline, language: str) -> dict[str, Any]:
    """The timeline as JSON-able data: points, days, and indicators by their ids."""
    return {
        "threshold": found.threshold,
        "until": found.until.isoformat(),
        "steps": [_step(step, language) for step in found.steps],
        "first_reached": _day(found.first_reached),
        "first_lost": _day(found.first_lost),
        "next_change": _day(found.next_change),
        "carried_by": list(found.carried_by),
        "slack": [
            {"indicator": name, "months": slack.months, "lost_on": slack.lost_on.isoformat()}
            | _because(slack.reason, language)
            for name, slack in found.slack.items()
        ],
        "renewal": found.renewal and _standing(found.renewal),
    }


def _step(step: Step, language: str) -> dict[str, Any]:
    changes = [_change(change, language) for change in step.changes]
    beside = {"because": None, "reason": None} if step.because is None else _because(step.because, language)
    return _standing(step) | {"changes": changes} | beside


def _standing(step: Step) -> dict[str, Any]:
    return {
        "date": step.day.isoformat(),
        "total": step.total,
        "reached": step.reached,
        "vetoed": step.vetoed,
        "provisional": step.provisional,
    }


def _change(change: Change, language: str) -> dict[str, Any]:
    return {
        "indicator": change.indicator,
        "before": change.before,
        "after": change.after,
        "provisional": change.provisional,
    } | _because(change.because, language)


def _because(reason: Reason, language: str) -> dict[str, Any]:
    return {"because": say(reason, language), "reason": reason_report(reason)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def reason_report(reason: Reason) -> dict[str, Any]:
    """A reason as code and values, as JSON has it."""
    return {"code": reason.code, "values": _values(reason.values)}


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Reason):
        return reason_report(value)
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return plain(value)
