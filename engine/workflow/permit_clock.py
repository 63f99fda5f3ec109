"""The clock of the residence permit (居住证签注), region RP: signed in its last days, mended for sixty more."""

from datetime import date, timedelta

from engine.durations import load as load_durations
from engine.facts import Applicant, Permit
from engine.reason import Reason
from engine.workflow.stage_pack import load
from engine.workflow.ticking import Clock, said

STATES = ("unknown", "registered", "temporary", "not_yet", "valid", "signing", "lapsed", "lapsed_long")
"""Nothing is known; residence registered alone; a temporary one; a term that has not begun; RP3 to RP6."""

SCHOOL_MONTHS = (4, 5)
"""Months in which schools look at permit and notice; a permit that ends in them is better signed early at the counter
(10 to 15 days sooner)."""


class Signing:
    """The days of one term of a permit that ends on `until`."""

    def __init__(self, until: date) -> None:
        limits, here = load_durations().limits, load().limits
        self.until = until
        self.lease_check = until - timedelta(days=here["lease_check_days"])
        self.opens = until - timedelta(days=limits["signing_opens_days"])
        self.automatic_from = until - timedelta(days=here["auto_signing_first_days"])
        self.automatic = until - timedelta(days=limits["auto_signing_days"])
        self.lapses = until + timedelta(days=limits["signing_lapses_days"])


def permit_clock(applicant: Applicant, on: date) -> Clock:
    """Where the permit stands on a day."""
    permit = applicant.permit
    if permit is None:
        return _still("unknown")
    if permit.kind == "registration_only":
        return _still("registered")
    if permit.kind == "temporary":
        return _still("temporary")
    if permit.valid_until is None:
        return _still("unknown")
    if permit.issued is not None and permit.issued > on:
        return Clock("permit", "not_yet", None, permit.issued, _says("next", "not_yet"), _says("then", "not_yet"))
    days = Signing(permit.valid_until)
    if on > days.lapses:
        since = days.lapses + timedelta(days=1)
        return Clock("permit", "lapsed_long", since, None, _says("next", "lapsed_long"), _says("then", "lapsed_long"))
    if on > days.until:
        since = days.until + timedelta(days=1)
        return Clock("permit", "lapsed", since, days.lapses, _says("next", "lapsed"), _says("then", "lapsed"))
    return _running(applicant, permit, days, on)


def _running(applicant: Applicant, permit: Permit, days: Signing, on: date) -> Clock:
    early = days.until.month in SCHOOL_MONTHS and bool(applicant.child)
    if on < days.opens:
        lease = permit.housing == "lease" and on < days.lease_check
        code = "lease" if lease else "early" if early else "opens"
        day = days.lease_check if lease else days.opens
        return Clock("permit", "valid", permit.issued, day, _says("next", code), _ends(days))
    how = signed_by(permit)
    automatic = how == "automatic" and not early and on <= days.automatic
    code = "early" if early else how if how != "automatic" or automatic else "no_message"
    day = days.automatic if automatic else days.until
    reason = said("permit", "next", code, first=str(days.automatic_from), last=str(days.automatic))
    return Clock("permit", "signing", days.opens, day, reason, _ends(days))


def signed_by(permit: Permit) -> str:
    """How a permit is signed: `automatic` (own home, or a lease registered beyond the term), `counter`, or
    `housing_unknown`."""
    if permit.housing == "own":
        return "automatic"
    if permit.housing is None or permit.valid_until is None:
        return "housing_unknown"
    if permit.housing == "lease":
        if permit.lease_registered_until is None:
            return "housing_unknown"
        return "automatic" if permit.lease_registered_until > permit.valid_until else "counter"
    return "counter"


def _still(state: str) -> Clock:
    return Clock("permit", state, None, None, _says("next", state), _says("then", state))


def _says(part: str, code: str) -> Reason:
    return said("permit", part, code)


def _ends(days: Signing) -> Reason:
    return said("permit", "then", "running", until=str(days.until), lapses=str(days.lapses))
