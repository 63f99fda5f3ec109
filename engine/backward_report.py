"""The backward plan, the needs of children and an examination as plain data, in the language asked for."""

from typing import Any

from engine.backward import Ahead, BackwardPlan, Chance, Deadline, Step
from engine.basis import Basis
from engine.child_needs import ChildNeed
from engine.exams import Exam, Span, Window
from engine.reason import Reason
from engine.report import reason_report
from engine.words import say, word


def backward_report(plan: BackwardPlan, language: str) -> dict[str, Any]:
    """A backward plan as JSON-able data. Days are ISO, slacks are days; `unknown` are paths of facts."""
    return {
        "need": _span(plan.need),
        "on": plan.on.isoformat(),
        "target": plan.target.isoformat(),
        "kind": plan.kind,
        "kind_name": word(f"step.kind.{plan.kind}", language),
        "over": plan.over,
        **_state(plan.state, language),
        "steps": [_step(step, language) for step in plan.steps],
        "unknown": list(plan.unknown),
        "provisional": bool(plan.forecast_years),
        "because": _forecast(plan, language),
    }


def ahead_report(found: list[Ahead], language: str) -> list[dict[str, Any]]:
    """The needs of an applicant as JSON-able data, each with its child and examination, where it is for one."""
    return [
        {
            "child": each.need.coming and each.need.coming.path,
            "exam": each.need.coming and each.need.coming.exam and exam_report(each.need.coming.exam, language),
            **backward_report(each.plan, language),
            "chances": chances_report(each.chances, language),
        }
        for each in found
    ]


def chances_report(found: list[Chance], language: str) -> list[dict[str, Any]]:
    """The chances of an examination as JSON-able data, by their days."""
    return [
        {
            "event": chance.event,
            "name": word(f"exam.event.{chance.event}", language),
            "day": chance.day.isoformat(),
            "hand_in": _step(chance.hand_in, language),
        }
        for chance in found
    ]


def child_needs_report(needs: list[ChildNeed], language: str) -> list[dict[str, Any]]:
    """The needs of children as JSON-able data, in their order."""
    return [_need(need, language) for need in needs]


def exam_report(exam: Exam, language: str) -> dict[str, Any]:
    """An examination with its windows as JSON-able data; `forecast_from` is the year whose days are taken, or null."""
    return {
        "kind": exam.kind,
        "name": word(f"exam.{exam.kind}", language),
        "year": exam.year,
        "span": _span(exam.span),
        **_published(exam.forecast_from, language),
        "approximate": exam.approximate,
        "condition": exam.hard,
        "windows": [_window(window, exam.year, language) for window in exam.windows],
    }


def _need(need: ChildNeed, language: str) -> dict[str, Any]:
    return {
        "child": need.path,
        "name": need.name,
        "kind": need.kind,
        "kind_name": need.kind and word(f"exam.{need.kind}", language),
        "year": need.year,
        "exam": need.exam and exam_report(need.exam, language),
        "over": need.over,
        "totals": need.totals and list(need.totals),
        "lacks": [_said(reason, language) for reason in need.lacks],
        "unknown": list(need.unknown),
    }


def _step(step: Step, language: str) -> dict[str, Any]:
    return {
        "step": step.code,
        "name": word(f"step.{step.code}", language),
        "optimistic": _deadline(step.optimistic),
        "pessimistic": _deadline(step.pessimistic),
        "serves": step.serves.isoformat(),
        "opens": step.opens and step.opens.isoformat(),
        **_state(step.state, language),
        **_said(step.reason, language),
        "notes": [_said(note, language) for note in step.notes],
        "unknown": list(step.unknown),
        "provisional": step.provisional,
        "bases": [_basis(basis, language) for basis in step.bases],
    }


def _state(state: str, language: str) -> dict[str, Any]:
    return {"state": state, "state_name": word(f"step.state.{state}", language), "red": state == "gone"}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {"day": deadline.day.isoformat(), "slack": deadline.slack}


def _said(reason: Reason, language: str) -> dict[str, Any]:
    return {"because": say(reason, language), "reason": reason_report(reason)}


def _forecast(plan: BackwardPlan, language: str) -> str | None:
    years = plan.forecast_years
    return say(Reason("backward.holidays_forecast", {"years": list(years)}), language) if years else None


def _window(window: Window, year: int, language: str) -> dict[str, Any]:
    forecast_from = min({window.first_from, window.last_from} - {year}, default=None)
    return {
        "event": window.event,
        "name": word(f"exam.event.{window.event}", language),
        **_span(Span(window.first, window.last)),
        **_published(forecast_from, language),
        "approximate": window.approximate,
        "basis": _basis(window.basis, language),
    }


def _published(forecast_from: int | None, language: str) -> dict[str, Any]:
    said = word("exam.forecast_from", language, year=forecast_from) if forecast_from else None
    return {"forecast": forecast_from is not None, "forecast_from": forecast_from, "forecast_note": said}


def _span(span: Span) -> dict[str, Any]:
    return {"from": span.first.isoformat(), "to": span.last.isoformat()}


def _basis(basis: Basis, language: str) -> dict[str, Any]:
    return {
        "article": basis.article,
        "source": basis.source,
        "grade": basis.grade,
        "checked": basis.checked.isoformat(),
        "note": basis.note.said(language),
    }
