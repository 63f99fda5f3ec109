"""Where a statement says the year of its lines: in a cell of several lines, alone above them, after the month's English
name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tui.spoken_numbers import past

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_NAMED = re.compile(
    rf"(?<![a-z\d])(?<!\d[-/])({_NAMES})(?:\.? ?((?:19|20)\d{{2}})|[-/'] ?((?:19|20)?\d{{2}}))(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_ALONE = re.compile(r"((?:19|20)\d{2})(?:年度?)?\s*:?", re.ASCII)
_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])月", re.ASCII)


class Heading(NamedTuple):
    """A year alone in a line: the line with its number, the year, the month named last beneath it (0: none yet)."""

    number: int
    text: str
    year: str
    last: int = 0

    def over(self, text: str) -> tuple[str, Heading | None] | None:
        """A line that begins with a month, with the year, and the heading for the lines below; None for another line.

        Where January follows December, or the other way round, another year may have begun that is not said: from
        there on it is over no line."""
        months = [int(month) for month in _MONTH.findall(text)]
        first = _MONTH.match(text.lstrip())
        if first is None:
            return None
        if {self.last, months[0]} == {1, 12}:
            return text, None
        place = len(text) - len(text.lstrip())
        return f"{text[:place]}{self.year}年{text[place:]}", self._replace(last=months[-1])


def heading(number: int, text: str) -> Heading | None:
    """A line that is a year and nothing else."""
    found = _ALONE.fullmatch(text.strip())
    return None if found is None else Heading(number, text, found[1])


def unused(above: Heading | None) -> Iterator[tuple[int, str]]:
    """A year with no month beneath it: it was not understood."""
    if above is not None and not above.last:
        yield above.number, above.text.strip()


def named_months(text: str, today: date) -> str:
    """`Jan-24`, `January 2024` as `2024-01`; `Jan 24` may be a day."""

    def figures(found: re.Match[str]) -> str:
        return f"{past(found[2] or found[3], today)}-{MONTHS.index(found[1][:3].lower()) + 1:02}"

    return _NAMED.sub(figures, text)
