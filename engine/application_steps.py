"""Which steps an application takes and how long each takes, by what is known of the case; the days come in `backward`.

A fact that is not known is taken as good at best and as bad at worst, and the step names it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.durations import NOTHING, Duration, Durations
from engine.facts import Applicant, Child, Education
from engine.reason import Reason
from engine.working_days import add_working_days

_RANK = {"associate": 1, "bachelor": 2, "master": 3, "doctor": 4}
AT_ONCE = Duration(NOTHING, NOTHING, ())
"""Of a step that takes a visit, not days."""


class Link(NamedTuple):
    """A step before its days are known: how long it takes, why, and the paths of facts that would decide it."""

    code: str
    takes: Duration
    reason: Reason
    unknown: tuple[str, ...] = ()


def application_kind(applicant: Applicant, child: Child | None, on: date, durations: Durations) -> str | None:
    """`new` without points that are in force or can still be renewed, `add_child`, or None: nothing need be filed."""
    notice = applicant.notice
    if notice is None:
        return "new"
    lapses = timedelta(days=durations.limits["signing_lapses_days"])
    if notice.valid_until is not None and notice.valid_until + lapses < on:
        return "new"
    return None if child is None or on_notice(applicant, child) else "add_child"


def on_notice(applicant: Applicant, child: Child) -> bool:
    """Whether the notice names the child."""
    return applicant.notice is not None and child.name is not None and child.name in applicant.notice.members


def has_permit(applicant: Applicant) -> bool:
    """Whether there is a 居住证, valid or not; a temporary one or a registration is none."""
    return applicant.permit is not None and applicant.permit.kind in {None, "permit"}


def from_notice_to_hand_in(applicant: Applicant, on: date, durations: Durations) -> Iterator[Link]:
    """The steps of every application, the last first."""
    yield Link("notice", AT_ONCE, Reason("backward.notice", {}))
    for code in ("determination", "returned"):
        yield link(code, durations.durations[code])
    yield _archive(applicant, on, durations)
    yield Link("hand_in", AT_ONCE, Reason("backward.hand_in", {}))


def before_hand_in(applicant: Applicant, kind: str, on: date, durations: Durations) -> list[list[Link]]:
    """What must be there before the hand-in: chains that run side by side, each the last step first."""
    chains = [_permit(applicant, on, durations), _employer(applicant, durations)]
    if kind == "new":  # what has been verified once is not verified again
        chains.append(_degree(applicant, durations))
    return [chain for chain in chains if chain]


def link(code: str, takes: Duration, reason: str = "", *unknown: str) -> Link:
    """A step that takes its time; its reason (`backward.<code>`, or another) says how long."""
    return Link(code, takes, Reason(f"backward.{reason or code}", {"takes": _said(takes)}), unknown)


def _said(takes: Duration) -> Reason:
    least, most = takes.optimistic, takes.pessimistic
    span = "" if least.amount in {0, most.amount} else "_range"
    return Reason(f"backward.takes.{most.unit}{span}", {"least": least.amount, "most": most.amount})


def perhaps(step: Link) -> Link:
    """A step that may not be needed: at best it takes nothing."""
    return step._replace(takes=step.takes._replace(optimistic=NOTHING))


def _archive(applicant: Applicant, on: date, durations: Durations) -> Link:
    here, elsewhere = (durations.durations[f"archive_{where}"] for where in ("in_shanghai", "elsewhere"))
    archive = applicant.archive
    if archive is not None and archive.arrived is not None and archive.arrived <= on:
        return link("archive", here, "archive_here")
    match archive and archive.location:
        case "shanghai_centre":
            return link("archive", here, "archive_here")
        case None | "unknown":
            either = Duration(here.optimistic, elsewhere.pessimistic, here.bases + elsewhere.bases)
            return link("archive", either, "archive_unknown", "archive.location")
        case "self" | "lost" as location:
            return link("archive", elsewhere, f"archive_{location}")
        case _:
            return link("archive", elsewhere, "archive_elsewhere")


def _employer(applicant: Applicant, durations: Durations) -> list[Link]:
    takes = durations.durations["employer_registration"]
    match applicant.employment and applicant.employment.points_account:
        case "active":
            return []
        case None | "unknown":
            return [perhaps(link("employer_account", takes, "employer_unknown", "employment.points_account"))]
        case "not_eligible":
            return [link("employer_account", takes, "employer_not_eligible")]
        case _:
            return [link("employer_account", takes)]


def _permit(applicant: Applicant, on: date, durations: Durations) -> list[Link]:
    """The permit, and the working days until its data reach the points system."""
    permit, issue, data = applicant.permit, durations.durations["permit_issue"], durations.durations["permit_data"]
    if permit is None or not has_permit(applicant):
        return [link("permit_data", data), link("permit", issue)]
    if permit.valid_until is not None and permit.valid_until < on:
        lapsed = permit.valid_until + timedelta(days=durations.limits["signing_lapses_days"]) < on
        again = perhaps(link("permit", issue, "permit_lapsed")) if lapsed else _late_signing()
        return [link("permit_data", data), again]
    if permit.collected is not None and add_working_days(permit.collected, data.pessimistic.working_days) > on:
        return [link("permit_data", data)]
    return []


def _late_signing() -> Link:
    return Link("permit_signing", AT_ONCE, Reason("backward.late_signing", {}))


def _degree(applicant: Applicant, durations: Durations) -> list[Link]:
    """The verification report of the degree put forward, where it is not to be had at once."""
    if applicant.claims is not None and "education" not in applicant.claims:
        return []
    rows = [(n, row) for n, row in enumerate(applicant.education) if row.level in _RANK and row.evidence != "rejected"]
    if not rows:
        return []
    place, best = max(rows, key=lambda row: _RANK[row[1].level or ""])
    if best.chsi == "found" or best.evidence == "verified" or best.report_valid_until is not None:
        return []
    return [_report(best, f"education.{place}.chsi", durations)]


def _report(best: Education, path: str, durations: Durations) -> Link:
    if best.form == "overseas":
        return link("degree_report", durations.durations["overseas_degree"], "overseas_degree")
    takes = durations.durations["degree_report"]
    if best.chsi == "not_found":
        return link("degree_report", takes)
    return perhaps(link("degree_report", takes, "degree_unknown", path))
