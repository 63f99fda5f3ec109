"""The wages that bases of contribution are measured by, month by month."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from engine.basis import Basis, Citation
from engine.months import Month


class Reference(NamedTuple):
    """An entry of the 1x reference; `doubtful`: no notice of the authority was found for it."""

    yuan: int
    since: Month
    to: Month
    doubtful: bool
    basis: Basis


class Published(NamedTuple):
    """A wage as the pack has it, in yuan a month: `reference`, or `contribution.average`, `.upper` or `.lower`."""

    name: str
    yuan: int
    since: Month
    to: Month
    basis: Basis
    doubtful: bool = False


class Wages:
    """The two wage series, in yuan a month: the 1x reference for points, the average behind the limits."""

    __slots__ = ("_before", "_beyond", "_contribution", "_first", "_published", "_rows", "_yuan", "entries")

    def __init__(
        self,
        reference: Iterable[Reference],
        contribution: Mapping[Month, tuple[int, int, int]],
        entries: Iterable[Published],
    ) -> None:
        """`reference` is without gap, in order of months; `entries` are both series as they were published."""
        self.entries = tuple(entries)
        self._rows = [row for row in reference for _ in range(row.since, row.to + 1)]  # one entry a month
        self._first = int(self._rows[0].since)
        self._yuan = [row.yuan for row in self._rows]
        self._published = [(yuan, True) for yuan in self._yuan]
        self._before = (self._rows[0].yuan, False)
        self._beyond = (self._rows[-1].yuan, False)
        self._contribution = contribution

    def reference(self, month: int) -> tuple[int, bool]:
        """The 1x reference for points of a month, and whether one is published for it.

        A month after the last takes the latest, one before the first takes the first. A doubtful entry is published.
        """
        at = month - self._first
        if at < 0:
            return self._before
        return self._published[at] if at < len(self._published) else self._beyond

    def references(self, first: int, last: int) -> tuple[list[int], list[bool]]:
        """The 1x references of the months `first` to `last`, and for each whether one is published for it."""
        at, after, size = first - self._first, last + 1 - self._first, len(self._yuan)
        before, beyond = max(min(after, 0) - min(at, 0), 0), max(after, size) - max(at, size)
        yuan = self._yuan[max(at, 0) : max(after, 0)]
        published = [False] * before + [True] * len(yuan) + [False] * beyond
        return [self._yuan[0]] * before + yuan + [self._yuan[-1]] * beyond, published

    @property
    def latest(self) -> int:
        """The latest 1x reference published, in yuan a month."""
        return self._yuan[-1]

    @property
    def limits(self) -> tuple[int, int]:
        """The latest lower and upper limit of the contribution base published, in yuan a month."""
        _, upper, lower = self._contribution[max(self._contribution)]
        return lower, upper

    def doubtful(self, month: int) -> bool:
        """Is the reference of this month in the pack, but no notice of the authority was found for it?"""
        row = self._row(month)
        return row is not None and row.doubtful

    def citation(self, month: int) -> Citation | None:
        """Where the reference of this month was read; None where none is published."""
        row = self._row(month)
        return row and row.basis.cite("", row.since.first_day(), row.yuan)

    def contribution(self, month: Month) -> tuple[int, int, int] | None:
        """Average wage, upper and lower limit of the contribution base; None where none is published."""
        return self._contribution.get(month)

    def _row(self, month: int) -> Reference | None:
        at = month - self._first
        return self._rows[at] if 0 <= at < len(self._rows) else None


def wages_of(wages: Mapping[str, Any], bases: Mapping[str, Basis]) -> Wages:
    """The wages of a parsed pack; `bases` are its grounds by name."""
    reference = [
        Reference(
            row["value"],
            Month.parse(row["from"]),
            Month.parse(row["to"]),
            row.get("doubtful", False),
            bases[row["basis"]],
        )
        for row in wages["reference"]
    ]
    contribution = {
        Month(month): (row["average"], row["upper"], row["lower"])
        for row in wages["contribution"]
        for month in range(Month.parse(row["from"]), Month.parse(row["to"]) + 1)
    }
    return Wages(reference, contribution, _entries(wages, bases))


def _entries(wages: Mapping[str, Any], bases: Mapping[str, Basis]) -> Iterator[Published]:
    """Each wage of both series with what it rests on."""
    for series, names in (("reference", ("value",)), ("contribution", ("average", "upper", "lower"))):
        for row in wages[series]:
            since, to, doubtful = Month.parse(row["from"]), Month.parse(row["to"]), row.get("doubtful", False)
            for name in names:
                full = series if name == "value" else f"{series}.{name}"
                yield Published(full, row[name], since, to, bases[row.get(f"{name}_basis", row["basis"])], doubtful)
