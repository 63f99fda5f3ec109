"""The quick assessment (电话速测): ten answers as one applicant, and what is written to the client of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from engine.assessment import Assessment, assess
from engine.document import problems, validate
from engine.exams import load as load_exams
from engine.facts import Applicant
from engine.needs import Need, needs
from engine.plan import Option
from engine.policy import Policy
from engine.reason import Reason
from engine.words import word
from tui import plan_words
from tui.exam_words import exam_name
from tui.heard import Heard
from tui.spoken import ANSWERS, heard
from tui.text import text

PREFIX = "quick."
FIELDS = tuple(f"{PREFIX}{answer}" for answer in ANSWERS)
"""The fields of its form, in the order of a call."""
_LINES: Mapping[str, tuple[str, ...]] = {
    "born": ("age",),
    "schooling": ("education",),
    "title": ("title",),
    "insured": ("insurance_years",),
    "base": ("contribution_base",),
    "spouse": ("spouse",),
    "records": ("false_materials", "detention", "sentence"),
}
"""The lines of the assessment that an answer earns."""


class Estimate(NamedTuple):
    """What was said, understood: the answers or why one could not be read, the applicant, the score."""

    answers: Mapping[str, Heard | Reason]
    document: dict[str, Any]
    applicant: Applicant
    counted: Assessment
    need: Need | None

    @property
    def open(self) -> list[str]:
        """What is still to be asked, in the order of the call; each once. So is what could not be read."""
        asked = (said.open if isinstance(said, Heard) else (answer,) for answer, said in self.answers.items())
        return list(dict.fromkeys(chain.from_iterable(asked)))

    def points(self, answer: str) -> int | None:
        """What an answer earns or costs; None where no line hangs on it."""
        names = _LINES.get(answer, ())
        found = [line for line in self.counted.lines if line.indicator in names]
        return sum(line.points for line in found) if found else None

    def counts(self, answer: str) -> bool:
        """Whether its line is taken: of schooling and title one alone is."""
        names = _LINES.get(answer, ())
        return all(line.counted for line in self.counted.lines if line.indicator in names)


def estimate(typed: Mapping[str, str], policy: Policy, today: date) -> Estimate:
    """The answers as they stand. Raises `engine.policy.NoLaw`."""
    answers = {answer: heard(answer, typed.get(f"{PREFIX}{answer}", ""), today) for answer in ANSWERS}
    document = document_of(answers, policy, today)
    for answer in reversed(ANSWERS):  # what does not go together with what was said before is left out, and told
        wrong = problems(document)
        if not wrong:
            break
        said = answers[answer]
        if isinstance(said, Heard) and said.facts:
            answers = {**answers, answer: wrong[0].reason}
            document = document_of(answers, policy, today)
    applicant = validate(document)
    found = needs(applicant, load_exams(), today)
    return Estimate(answers, document, applicant, assess(applicant, policy, today), found[0] if found else None)


def document_of(answers: Mapping[str, Heard | Reason], policy: Policy, today: date) -> dict[str, Any]:
    """The applicant document of all that was understood. The base is taken for all months that were said."""
    document: dict[str, Any] = {}
    for said in answers.values():
        if isinstance(said, Heard):
            document |= {key: value for key, value in said.facts.items() if key not in ("base", "tenths")}
    base = _base(answers["base"], policy, today)
    if base is not None and "insurance" in document:
        document["insurance"] = [{**row, "base": base} for row in document["insurance"]]
    return document


def _base(said: Heard | Reason, policy: Policy, today: date) -> int | None:
    """The base in whole yuan; said as a multiple, of the latest reference, rounded up so that it is that multiple."""
    if not isinstance(said, Heard):
        return None
    if "tenths" in said.facts:
        return -(-int(said.facts["tenths"]) * policy.law(today).wages.latest // 10)
    base: int | None = said.facts.get("base")
    return base


def lines(found: Estimate, language: str) -> Iterable[str]:
    """The counted lines, as `年龄 30 分`."""
    for line in found.counted.lines:
        if line.counted and line.points:
            yield text("quick.line", language, name=word(f"indicator.{line.indicator}", language), points=line.points)


def asked(found: Estimate, language: str) -> str:
    """What is still to be asked, in words."""
    return word("list.and", language).join(text(f"quick.open.{key}", language) for key in found.open)


def letter(found: Estimate, way: Option | None, today: date, language: str) -> str:
    """What is written to the client: an estimate from what was said, of a day; nothing is promised."""
    called = found.applicant.contact.called if found.applicant.contact is not None else None
    counted = found.counted
    said = [text("quick.letter", language, name=called or "", day=today)]
    said += [f"- {line}" for line in lines(found, language)]
    gap = max(counted.threshold - counted.total, 0)
    key = f"quick.letter_{'vetoed' if counted.vetoes else 'total' if gap else 'reached'}"
    said.append(text(key, language, total=counted.total, threshold=counted.threshold, gap=gap))
    if found.open:
        said.append(text("quick.letter_open", language, items=asked(found, language)))
    if way is not None and not counted.reached:
        said.append(text("quick.letter_way", language, day=way.reached_on))
        said += [f"  {step}" for step in plan_words.steps(way, language)]
    if found.need is not None:
        said.append(
            text("quick.letter_need", language, what=need_said(found.need, language), day=found.need.span.first)
        )
    said.append(text("quick.letter_end", language))
    return "\n".join(said)


def need_said(need: Need, language: str) -> str:
    """What the points are needed for."""
    exam = need.coming.exam if need.coming is not None else None
    return "" if exam is None else exam_name(exam, language)
