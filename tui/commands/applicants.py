"""Applicants named on the command line: a file, `-` for standard input, or the number of a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from engine.document import Invalid, Problem, validate
from engine.facts import Applicant
from engine.reason import Reason
from engine.words import word
from models.exchange.applicants import STANDARD_INPUT, read_applicant
from models.paths import Tree
from tui.commands.session import DONE, WRONG, Session, json_of


def answer_each(session: Session, sources: Iterable[str], answer: Callable[[str, Applicant], None]) -> int:
    """Answers each source in order; one that is wrong is refused with everything that is, and does not stop the others.

    The exit code is that of a wrong input then.
    """
    return answer_each_case(session, sources, lambda source, applicant, _: answer(source, applicant))


def answer_each_case(
    session: Session, sources: Iterable[str], answer: Callable[[str, Applicant, Tree | None], None]
) -> int:
    """The same, for whoever asks for the whole case too, where the source is one (`models.history.present`)."""
    code = DONE
    for n, source in enumerate(sources):
        try:
            applicant, tree = _read(session, source)
        except Invalid as invalid:
            code = WRONG
            _refuse(session, source, invalid.problems)
            continue
        if n and not session.as_json:
            session.out("")
        answer(source, applicant, tree)
    return code


def _refuse(session: Session, source: str, problems: list[Problem]) -> None:
    for problem in problems:
        session.tell(said(session, source, problem))
    if session.as_json:
        session.document(
            {
                "file": source,
                "errors": [{"key": p.key, "value": p.value, "reason": session.say(p.reason)} for p in problems],
            }
        )


def _read(session: Session, source: str) -> tuple[Applicant, Tree | None]:
    """The applicant a source names, and the case where it is a number. `Invalid` with everything that is wrong."""
    if not re.fullmatch(r"[0-9]+", source):
        return read_applicant(source, session.standard_input), None
    from models.history import present
    from models.reading import Reader

    with session.workspace() as workspace, Reader(workspace) as reader:
        case = reader.case(int(source)) if len(source) < len(str(2**63)) else None
    if case is None:
        raise Invalid([Problem("", None, Reason("write.no_case", {"id": source}))])
    return validate(case.document), present(case)


def said(session: Session, source: str, problem: Problem) -> str:
    """A problem as one line: file, key, value, what was expected."""
    file = session.text("standard_input") if source == STANDARD_INPUT else source
    value = "" if problem.value is None else shown(problem.value)
    return ": ".join(part for part in (file, problem.key, value, session.say(problem.reason)) if part)


def shown(value: Any) -> str:
    """A value as it is told: short, on one line."""
    text = value if isinstance(value, str) else json_of(value)
    return text if len(text) <= 80 else text[:79] + "…"


def paths_in_words(paths: Iterable[str], language: str) -> list[str]:
    """Facts by their names, each once, with how often where it stands in several rows."""
    counts: dict[str, int] = {}
    for path in paths:
        steps = [step for step in path.split(".") if not step.isdigit()]
        name = _name(steps, language)
        counts[name] = counts.get(name, 0) + 1
    return [name if count == 1 else f"{name}×{count}" for name, count in counts.items()]


def _name(steps: list[str], language: str) -> str:
    key = f"fact.{'.'.join(steps)}"
    if len(steps) == 1:
        return word(key, language)
    return f"{word(f'fact.{steps[0]}', language)}·{word(key, language)}"
