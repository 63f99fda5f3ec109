"""One applicant, one day, in few words: what tests of the rules ask again and again."""

from datetime import date
from typing import Any

from engine.assessment import Assessment, Line, assess
from engine.document import validate
from engine.policy import load

Document = dict[str, Any]

POLICY = load("shanghai")
LAWS = {"2013": "2013-07-01", "2015": "2015-07-01", "2018": "2018-01-01", "2023": "2023-01-01"}
"""The versions of the law, each by its first day."""


def assessed(document: Document, on: str, law: str | None = None) -> Assessment:
    """The assessment on a day, under the law of that day or of the day `law`."""
    law_on = date.fromisoformat(law) if law else None
    return assess(validate(document), POLICY, date.fromisoformat(on), law_on)


def line(document: Document, indicator: str, on: str, law: str | None = None) -> Line:
    """The line of an indicator that must be there."""
    return next(line for line in assessed(document, on, law).lines if line.indicator == indicator)


def points(document: Document, indicator: str, on: str, law: str | None = None) -> int:
    """Points an indicator is worth; without a line it is worth nothing."""
    return next((line.points for line in assessed(document, on, law).lines if line.indicator == indicator), 0)


def proven(document: Document, indicator: str, on: str) -> int:
    """Points of an indicator that are proven."""
    return next((line.proven for line in assessed(document, on).lines if line.indicator == indicator), 0)


def paid(first: str, last: str | None, base: int | None = None, **qualifiers: Any) -> Document:
    """An insurance row: months `first` to `last` (None: still being paid) at a base."""
    row: Document = {"from": first} | qualifiers
    if last is not None:
        row["to"] = last
    if base is not None:
        row["base"] = base
    return row
