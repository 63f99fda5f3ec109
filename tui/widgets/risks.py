"""The risks of a case as lines: the severest first, each with its reason and remedy; then what cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.risks import SEVERITIES, Found, Risk
from engine.words import say, word
from models.paths import Tree
from tui.text import text
from tui.widgets.assessment import named
from tui.widgets.lines import Entry, wrapped

RISK = "risk:"  # what the target of a risk begins with; its number follows
FACT = "fact:"  # that of a fact; its path follows
STYLES = {"block": "bad", "high": "draft", "medium": "value", "low": "dim"}


def entries(found: Found, case: Tree, on: date, language: str, width: int) -> Iterator[Entry]:
    """All that was found, in a width."""
    yield from (Entry(cells) for cells in wrapped(counted(found, language), width, "title"))
    for number, risk in enumerate(found.risks):
        target = f"{RISK}{number}"
        yield from (
            Entry(cells, target) for cells in wrapped(heading(risk, on, language), width, STYLES[risk.severity])
        )
        yield from (Entry(c, target) for c in wrapped(say(risk.reason, language), width, "value", "  "))
        yield from (Entry(c, target) for c in wrapped(say(risk.remedy, language), width, "because", "  ", "→ "))
    if found.unknown:
        yield Entry([])
        yield from (Entry(cells) for cells in wrapped(text("risks.unknown", language), width, "label"))
    for unknown in found.unknown:
        name = word(f"risk.{unknown.risk}", language)
        for target, called in named(unknown.paths, case, language):
            line = text("risks.unknown_fact", language, risk=name, fact=called)
            yield from (Entry(c, f"{FACT}{target}") for c in wrapped(line, width, "dim", "  "))


def counted(found: Found, language: str) -> str:
    """How many risks there are of each severity."""
    if not found.risks:
        return text("cli.check.none", language)
    counts = [(severity, sum(risk.severity == severity for risk in found.risks)) for severity in SEVERITIES]
    told = [f"{word(f'severity.{severity}', language)} {count}" for severity, count in counts if count]
    return "  ".join([text("risks.count", language, count=len(found.risks)), *told])


def heading(risk: Risk, on: date, language: str) -> str:
    """Severity, name, the line it touches, the points at stake and the days left."""
    parts = [f"[{word(f'severity.{risk.severity}', language)}] {word(f'risk.{risk.risk}', language)}"]
    days = risk.days(on)
    if days is not None:
        parts.append(text("cli.check.left" if days >= 0 else "cli.check.past", language, days=abs(days)))
    if risk.indicator is not None:
        parts.append(word(f"indicator.{risk.indicator}", language))
    if risk.points:
        parts.append(text("cli.check.points", language, points=risk.points))
    return "  ".join(parts)
