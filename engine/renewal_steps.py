"""The renewals that a need-by span meets: the permit's and, a few days after each, the points'; the child's own permit.

A permit runs a year and is signed in its last days; points end with the permit they rest on.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engine.application_steps import AT_ONCE, Link, has_permit, link, perhaps
from engine.durations import Durations
from engine.exams import Span
from engine.facts import Applicant, Child
from engine.months import add_years
from engine.reason import Reason


class Renewal(NamedTuple):
    """What must be through by `due`, the last step first; `end` is the end of the term that is signed anew."""

    due: date
    links: list[Link]
    end: date | None = None


def renewals(
    applicant: Applicant, kind: str | None, need: Span, target: date, on: date, durations: Durations
) -> Iterator[Renewal]:
    """Those that fall inside the span, and the last one before it.

    `kind` is the application there is to file first (`application_kind`), and `target` the day by which its notice must
    be there: before it a new applicant has no points to renew.
    """
    permit, notice = applicant.permit, applicant.notice
    ends = permit.valid_until if permit is not None and has_permit(applicant) else None
    points_end = notice.valid_until if notice is not None and kind != "new" else None
    # the permit has been signed and the points wait; or they have ended, and of the permit nothing is known
    if points_end is not None and points_end < min(ends or on, need.last):
        yield Renewal(points_end if points_end >= on else target, _points(durations))
    elif ends is not None and ends < on and kind is None:
        yield Renewal(target, [*_points(durations), _signing(durations)])
    start = ends or points_end
    if start is None:
        return
    for end in _terms(start, need, on):
        if kind == "new" and end < target:
            yield Renewal(
                end, [Link("permit_signing", AT_ONCE, Reason("backward.signing_alone", {"end": str(end)}))], end
            )
        else:
            yield Renewal(end, [*_points(durations), _signing(durations)], end)


def child_permit(
    child: Child, path: str, need: Span, target: date, on: date, durations: Durations
) -> Iterator[Renewal]:
    """The child's own permit: got where it is not there or not known, signed where it ends inside the span."""
    issue = durations.durations["permit_issue"]
    if child.permit_valid_until is None:
        yield Renewal(
            target, [perhaps(link("child_permit", issue, "child_permit_unknown", f"{path}.permit_valid_until"))]
        )
    elif child.permit_valid_until < on:
        yield Renewal(target, [perhaps(link("child_permit", issue, "child_permit_lapsed"))])
    else:
        for end in _terms(child.permit_valid_until, need, on):
            reason = Reason("backward.child_signing", {"end": str(end)})
            yield Renewal(end, [Link("child_permit_signing", AT_ONCE, reason)], end)


def _terms(end: date, need: Span, on: date) -> list[date]:
    """The yearly ends from today on that fall inside the span, and the last one before it."""
    ends = [day for years in range(max(need.last.year - end.year, 0) + 1) if (day := add_years(end, years)) >= on]
    before = [day for day in ends if day < need.first]
    return before[-1:] + [day for day in ends if need.first <= day < need.last]


def _points(durations: Durations) -> list[Link]:
    return [
        link("renewal_papers", durations.durations["renewal_result"]),
        link("points_renewal", durations.durations["renewal_paper"]),
    ]


def _signing(durations: Durations) -> Link:
    return link("permit_signing", durations.durations["renewal_refresh"])
