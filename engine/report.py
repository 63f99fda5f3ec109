"""An assessment as plain data: what `dabiao score --json` prints, in the language asked for."""

from collections.abc import Mapping
from typing import Any

from engine.assessment import Assessment, Line
from engine.document import plain
from engine.reason import Reason
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
        "reason": _reason(line.reason),
        "lacks": _reason(line.lacks) if line.lacks else None,
        "facts": line.facts,
        "figures": list(line.figures),
    }


def because(line: Line, language: str) -> str:
    """Why a line is worth what it is worth, and what it lacks to more, as one sentence."""
    said = say(line.reason, language)
    return word("list.also", language).join((said, say(line.lacks, language))) if line.lacks else said


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "values": _values(reason.values)}


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Reason):
        return _reason(value)
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return plain(value)
