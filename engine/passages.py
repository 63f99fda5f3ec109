"""What a policy says, as people look it up: passages, the figures of one subject that stand in one place and hold on
the same days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest
from typing import NamedTuple

from engine.basis import Basis
from engine.policy import Policy


class Passage(NamedTuple):
    """Figures of one subject (`age`, `band_1`, `reference`), by name, that hold from `since` to `to` (None: still so).

    `document` is the law they stand in, empty for wages. `goes_on`: it has ended, no later one is known, and it is
    still counted with. `doubtful`: others say so, and no notice of the authority was found.
    """

    subject: str
    since: date
    to: date | None
    document: str
    basis: Basis
    doubtful: bool
    goes_on: bool
    figures: tuple[tuple[str, int], ...]

    @property
    def open(self) -> bool:
        """Whether it may be otherwise: there is another reading, or no source."""
        return self.doubtful or self.basis.open or self.basis.grade == "GK"

    def state(self, on: date) -> str:
        """How it stands on a day: `coming`, `counts` or `past`."""
        if self.since > on:
            return "coming"
        return "past" if self.to is not None and self.to < on and not self.goes_on else "counts"


def passages(policy: Policy, on: date) -> list[Passage]:
    """All passages, subject by subject in the pack's order; of each what comes, what counts on a day, what is past,
    the newest first."""
    found: dict[str, dict[Passage, list[tuple[str, int]]]] = {}
    for name, value, passage in (*_figures(policy, on), *_wages(policy, on)):
        found.setdefault(passage.subject, {}).setdefault(passage, []).append((name, value))
    return [
        passage
        for same in found.values()
        for passage in sorted(
            (empty._replace(figures=tuple(figures)) for empty, figures in same.items()),
            key=lambda each: (each.state(on) == "past", -each.since.toordinal()),
        )
    ]


def _figures(policy: Policy, on: date) -> Iterator[tuple[str, int, Passage]]:
    for name, values in policy.history.items():
        for dated, after in zip_longest(values, values[1:]):
            to = None if after is None else after.since - timedelta(days=1)
            held_last = max(dated.since, on if to is None else min(on, to))
            document = policy.law(held_last).document
            subject = name.partition(".")[0]
            yield name, dated.value, Passage(subject, dated.since, to, document, dated.basis, False, False, ())


def _wages(policy: Policy, on: date) -> Iterator[tuple[str, int, Passage]]:
    entries = policy.law(max(on, policy.versions[0].since)).wages.entries
    last = {entry.name: entry.to for entry in entries}
    for name, yuan, since, to, basis, doubtful in entries:
        goes_on = to == last[name] and to.last_day() < on
        subject = name.partition(".")[0]
        yield name, yuan, Passage(subject, since.first_day(), to.last_day(), "", basis, doubtful, goes_on, ())
