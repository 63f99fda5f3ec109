"""Windows of months as time goes on: when a number of months in one is reached, when lost, how many may be missed."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from engine.insured import OPEN, counts_from, last_month
from engine.months import Month
from engine.moved import Moved
from engine.policy import Law
from engine.reason import Reason
from engine.scope import Scope


class Need(NamedTuple):
    """So many months of the last `window` at `tenths` / 10 of the reference or above, and under `below` / 10."""

    months: int
    window: int
    tenths: int
    below: int = OPEN


class Slack(NamedTuple):
    """How many months, from the first that is not counted yet on, may be missed before points are lost.

    In a row or not is the same. If no month is good any more, the points are gone on `lost_on`; `reason` says both.
    """

    months: int
    lost_on: date
    reason: Reason


def window_days(scope: Scope, law: Law, after: date, until: date, needs: Iterable[Need]) -> Iterator[date]:
    """First days of months from which a need is met or not as it was not before, or rests on unpublished references."""
    now, final = (int(Month.of(day)) for day in (after, until))
    if law.parameters["band.compare_with"] != "own_month":  # each month another reference for the whole window
        yield from (Month(month).first_day() for month in range(now + 1, final + 1))
        return
    needs = list(needs)
    longest = max(need.window for need in needs)
    seen = scope.insured.window(law, last_month(law, final), longest + final - now)
    states: list[list[bool]] = []
    for months, window, tenths, below in needs:
        there = [tenths <= multiple < below for multiple in seen.tenths]
        states.append(_sliding(there, window, longest, months))
        if seen.unpublished:
            unpublished = [False] * len(there)
            for n in seen.unpublished:
                unpublished[n] = there[n]
            states.append(_sliding(unpublished, window, longest, 1))
    moments = list(zip(*states, strict=True))
    for n in range(1, len(moments)):
        if moments[n] != moments[n - 1]:
            yield Month(now + n).first_day()


def _sliding(there: list[bool], window: int, longest: int, months: int) -> list[bool]:
    """Whether so many of the last `window` months are there, at the end of the first `longest` months and each later.

    The sum of a window is the difference of two running sums, so that it slides at no cost.
    """
    sums = list(accumulate(there, initial=0))
    return [upto - before >= months for before, upto in zip(sums[longest - window :], sums[longest:], strict=False)]


def window_because(moved: Moved, what: str, values: dict[str, object]) -> Reason:
    """The month with which a need was reached or lost; `values` has the `window`.

    Where all months are compared with the reference of the last one, it may be a new reference that did it.
    """
    law, last = moved.law, last_month(moved.law, Month.of(moved.day))
    reference, _ = law.wages.reference(last)
    if law.parameters["band.compare_with"] != "own_month" and reference != law.wages.reference(last - 1)[0]:
        return Reason("because.reference", {"yuan": reference, "month": str(Month(last))})
    window = values["window"]
    assert isinstance(window, int)
    month = last if moved.rises else last - window
    return Reason(f"because.{what}_{'reached' if moved.rises else 'lost'}", {"month": str(Month(month)), **values})


def slack(scope: Scope, law: Law, on: date, need: Need, what: str, values: dict[str, object]) -> Slack:
    """The months to spare of a need that is met on a day; those missed push the oldest ones out of the window."""
    last = last_month(law, Month.of(on))
    multiples = scope.insured.window(law, last, need.window).tenths
    there = [need.tenths <= multiple < need.below for multiple in multiples]
    have, months = sum(there), 0
    while have - there[months] >= need.months:
        have -= there[months]
        months += 1
    lost_on = counts_from(law, last + months + 1)
    told = values | {"months": months, "month": str(Month(last + months + 1)), "lost_on": str(lost_on)}
    return Slack(months, lost_on, Reason(f"slack.{what}{'' if months else '_none'}", told))
