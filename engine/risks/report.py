"""Risks as `dabiao check --json` gives them: codes for programs, sentences in the language asked for."""

from datetime import date
from typing import Any

from engine.risks.found import Found, Risk
from engine.words import say


def report(found: Found, on: date, language: str) -> dict[str, Any]:
    """The document of one applicant."""
    return {
        "on": on.isoformat(),
        "risks": [_risk(risk, on, language) for risk in found.risks],
        "unknown": [{"risk": unknown.risk, "facts": list(unknown.paths)} for unknown in found.unknown],
    }


def _risk(risk: Risk, on: date, language: str) -> dict[str, Any]:
    return {
        "risk": risk.risk,
        "severity": risk.severity,
        "indicator": risk.indicator,
        "because": say(risk.reason, language),
        "remedy": say(risk.remedy, language),
        "facts": list(risk.paths),
        "points": risk.points,
        "date": None if risk.day is None else risk.day.isoformat(),
        "days": risk.days(on),
        "reason": {"code": risk.reason.code, "values": risk.reason.values},
    }
