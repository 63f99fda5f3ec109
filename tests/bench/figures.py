"""Many measurements put into one line of words, and kept for who compares two runs (`--json`)."""

from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any

RECORDED: list[dict[str, Any]] = []
"""All that was printed, in the order it was: `of` says what was measured there."""
_of: dict[str, Any] = {}


def of(**what: Any) -> None:
    """What the figures that follow are of: cases, colleagues at work, a cold start."""
    _of.clear()
    _of.update(what)


def record(what: str, **found: Any) -> None:
    """Keep one figure."""
    RECORDED.append({**_of, "what": what, **found})


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 measurements stay within."""
    return quantiles(values, n=20)[-1]


def verdict(value: float, target: float) -> str:
    """Whether a value stays within its target."""
    return "reached" if value <= target else "MISSED"


def line(
    what: str,
    values: Sequence[float],
    unit: str,
    *,
    target: float | None = None,
    p95_target: float | None = None,
    digits: int = 0,
) -> None:
    """Print the median and the p95 of some measurements, and whether the one that has a target stays within it."""
    middle, high = median(values), p95(values)
    held = ""
    if target is not None:
        held = f"   target {target:g} {unit}: {verdict(middle, target)}"
    if p95_target is not None:
        held = f"   target {p95_target:g} {unit} at p95: {verdict(high, p95_target)}"
    record(what, unit=unit, median=round(middle, 3), p95=round(high, 3), n=len(values), target=target or p95_target)
    print(f"  {what:<45} median {middle:>7.{digits}f} {unit}, p95 {high:>7.{digits}f} {unit}{held}", flush=True)


def ratio(what: str, values: Sequence[float], against: Sequence[float], *, target: float) -> None:
    """Print how many times as long the first took as the second, by their medians."""
    times = median(values) / median(against)
    held = verdict(times, target)
    record(f"{what}: times the empty app", times=round(times, 3), target=target)
    print(f"  {'':<45} {times:>6.2f} times the empty app   target {target:g} times: {held}", flush=True)
