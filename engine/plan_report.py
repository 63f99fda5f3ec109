"""A plan as plain data: what `dabiao plan --json` prints, in the language asked for."""

from typing import Any

from engine.document import dump
from engine.lever_pack import Shunned
from engine.levers import Cost
from engine.plan import Option, Plan, Refusal, Step
from engine.reason import Reason
from engine.report import reason_report
from engine.words import say


def plan_report(plan: Plan, language: str) -> dict[str, Any]:
    """The plan as JSON-able data. Points, whole yuan; `because` is a sentence, `reason` the same as code and values."""
    return {
        "policy": plan.policy,
        "on": plan.on.isoformat(),
        "by": plan.by and plan.by.isoformat(),
        "until": plan.until.isoformat(),
        "total": plan.total,
        "threshold": plan.threshold,
        "reached": plan.reached,
        "options": [_option(option, language) for option in plan.options],
        "because": plan.because and say(plan.because, language),
        "reason": plan.because and reason_report(plan.because),
        "too_late": [_refusal(refusal, language) for refusal in plan.too_late],
        "not_offered": [
            *({"why": "idle" if r.idle else "needs", **_refusal(r, language)} for r in plan.not_offered),
            *({"why": "risk", **_shunned(shunned, language)} for shunned in plan.shunned),
        ],
    }


def _option(option: Option, language: str) -> dict[str, Any]:
    return {
        "reached_on": option.reached_on.isoformat(),
        "total": option.total,
        "provisional": option.provisional,
        "cost": _cost(option.cost),
        "sure": option.sure,
        "lost_on": option.lost_on and option.lost_on.isoformat(),
        "to_settle": list(option.to_settle),
        "steps": [_step(step, language) for step in option.steps],
        "applicant": dump(option.applicant),
    }


def _step(step: Step, language: str) -> dict[str, Any]:
    return {
        "lever": step.lever.id,
        "from": str(step.start),
        "done": step.done.isoformat(),
        "detail": say(step.detail, language),
        "reason": reason_report(step.detail),
        "indicator": step.lever.indicator,
        "cost": _cost(step.cost),
        "sure": step.lever.sure,
        "grade": step.lever.grade,
        "note": step.lever.note.said(language),
    }


def _cost(cost: Cost) -> dict[str, int]:
    return {"low": cost.low, "high": cost.high}


def _refusal(refusal: Refusal, language: str) -> dict[str, Any]:
    return {"lever": refusal.lever.id, "indicator": refusal.indicator, **_told(refusal.reason, language)}


def _shunned(shunned: Shunned, language: str) -> dict[str, Any]:
    return {"lever": shunned.id, "indicator": shunned.indicator, **_told(shunned.reason, language)}


def _told(reason: Reason, language: str) -> dict[str, Any]:
    return {"because": say(reason, language), "reason": reason_report(reason)}
