"""What is wrong with facts that were given, each thing by its key with what was expected; values as JSON has them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from engine import bounds
from engine.reason import Reason


class Problem(NamedTuple):
    """One thing wrong with a file: the key (`education.0.level`, "" for the whole), the value, what was expected."""

    key: str
    value: Any
    reason: Reason


class Invalid(Exception):
    """The facts cannot be taken; `problems` has all of them, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.key}: {p.reason.code}" for p in problems))
        self.problems = problems


def told(found: list[Problem], more: int = 0) -> list[Problem]:
    """So many problems as somebody reads, and how many `more` there are."""
    more += len(found) - len(found[: bounds.TOLD])
    rest = [Problem("", None, Reason("fact.more_problems", {"count": more}))] if more else []
    return found[: bounds.TOLD] + rest


def plain(value: Any) -> Any:
    """A value as JSON shows it (days and exact numbers as people write them)."""
    # the leaves first: most of a document is these
    if value is None or isinstance(value, (str, bool, float)) or type(value) is int:
        return value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, Decimal):
        return float(value)
    return str(value)
