"""The reasons of many cases, told as few: those that differ in figures and days alone are one, from the least to the
greatest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from engine.reason import Reason

Span = Callable[[Any, Any], str]
"""The least and the greatest of a figure, or of days, in words."""

_NUMBERS = {"id", "case_id"}  # they name something, and are no figure
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def as_few(reasons: Mapping[int, Reason], span: Span) -> Iterator[tuple[Reason, list[int]]]:
    """Each reason with the cases of which it is so."""
    same: dict[str, list[int]] = {}
    for case_id, reason in reasons.items():
        same.setdefault(repr(reason), []).append(case_id)
    alike: dict[str, list[list[int]]] = {}
    for ids in same.values():  # of ten thousand reasons few are different, and to look into one takes a while
        alike.setdefault(repr(_shape("", reasons[ids[0]])), []).append(ids)
    for groups in alike.values():
        yield _one([reasons[ids[0]] for ids in groups], span), list(chain.from_iterable(groups))


def _shape(name: str, value: Any) -> Any:
    """What is alike in the reasons that are told as one."""
    if isinstance(value, Reason):
        return (value.code, [(each, _shape(each, said)) for each, said in value.values.items()])
    if isinstance(value, list | tuple):
        return [_shape(name, each) for each in value]
    if name not in _NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        return "a figure"
    return "a day" if isinstance(value, str) and _DAY.fullmatch(value) else value


def _one(values: Sequence[Any], span: Span) -> Any:
    first = values[0]
    if all(value == first for value in values):
        return first
    if isinstance(first, Reason):
        return Reason(first.code, {name: _one([value.values[name] for value in values], span) for name in first.values})
    if isinstance(first, list | tuple):
        return [_one(each, span) for each in zip(*values, strict=True)]
    return span(min(values), max(values))
