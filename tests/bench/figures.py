"""Many measurements put into one line of words."""

from collections.abc import Sequence
from statistics import median, quantiles


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 measurements stay within."""
    return quantiles(values, n=20)[-1]


def line(what: str, values: Sequence[float], unit: str, *, target: float | None = None, digits: int = 0) -> None:
    """Print the middle and the p95 of some measurements, and whether the p95 stays within the target."""
    middle, high = median(values), p95(values)
    verdict = "" if target is None else f"   target {target:g} {unit}: {'reached' if high <= target else 'MISSED'}"
    print(f"  {what:<58} median {middle:>7.{digits}f} {unit}, p95 {high:>7.{digits}f} {unit}{verdict}", flush=True)


def ratio(what: str, values: Sequence[float], against: Sequence[float], *, target: float) -> None:
    """Print how many times as long the first took as the second, by their medians."""
    times = median(values) / median(against)
    verdict = "reached" if times <= target else "MISSED"
    print(f"  {what:<58} {times:>5.2f} times the empty app   target {target:g} times: {verdict}", flush=True)
