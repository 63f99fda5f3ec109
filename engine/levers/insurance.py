"""Going on paying, and the base raised to a multiple: what changes in the rows of insurance."""

from collections.abc import Mapping
from datetime import date

from engine.facts import Applicant, Insurance, Qualification
from engine.indicators.title import NEED_BASE
from engine.insured import OPEN
from engine.lever_pack import Base
from engine.months import Month
from engine.policy import Policy
from engine.reason import Reason


def pay_from(a: Applicant, on: date) -> Month | Reason:
    """The month after the last one paid: this month where that is the one before it, else at the earliest the next."""
    if a.employment is None:
        return Reason("plan.employment", {})
    here = paid_here(a)
    if not here:
        return Reason("plan.no_insurance", {})
    good = [row for row in here if row.payer_matches_contract is not False]
    if any(row.to is None for row in good):
        return Reason("plan.paying", {})
    now = int(Month.of(on))
    last = max((row.to for row in good if row.to is not None), default=0)
    return Month(now if last == now - 1 else max(now, last) + 1)


def paid_here(a: Applicant) -> list[Insurance]:
    """The rows whose months are paid in Shanghai and in time."""
    return [row for row in a.insurance if _here(row)]


def paid(a: Applicant, start: Month) -> list[Insurance]:
    """The rows with the last one continued by the employer who would apply, at its base."""
    model = max(paid_here(a), key=_until)
    row = {
        "base": model.base,
        "tax_matches": True if model.tax_matches is False else model.tax_matches,
        "payer_matches_contract": True if model.payer_matches_contract is False else model.payer_matches_contract,
    }
    return [*_ended(a.insurance, start), _row(a, model, start, row)]


def base_from(a: Applicant, lever: Base, policy: Policy, on: date) -> Month | Reason:
    """Next month, where insurance is being paid by then, at less than the base that is wanted."""
    if a.employment is None:
        return Reason("plan.employment", {})
    if lever.indicator == "title" and not any(_waits(held) for held in a.qualification):
        return Reason("plan.no_title", {})
    start = int(Month.of(on)) + 1
    open_from = [row.from_ for row in _good(a) if row.from_ is not None and (row.to is None or row.to >= start - 1)]
    if not open_from:
        return Reason("plan.not_paying", {})
    start = Month(max(start, min(open_from)))
    law = policy.law(start.first_day())
    band = lever.figure.partition(".")[0]
    if law.figures.get(f"{band}.points") == 0:
        return Reason("plan.not_in_law", {"version": law.version})
    base, (lower, upper) = wanted(lever, policy, start), law.wages.limits
    if not lower <= base <= upper:
        return Reason("plan.base_limits", {"base": base, "lower": lower, "upper": upper})
    there = present(a, start)
    return start if there is None or there < base else Reason("plan.base_there", {"base": there})


def based(a: Applicant, lever: Base, start: Month, policy: Policy) -> list[Insurance]:
    """The rows with those being paid ended the month before, and one at the base wanted from the start on."""
    model = max(paid_here(a), key=_until, default=Insurance())
    row = {"base": wanted(lever, policy, start), "tax_matches": True, "payer_matches_contract": True}
    return [*_ended(a.insurance, start), _row(a, model, start, row)]


def wanted(lever: Base, policy: Policy, start: Month) -> int:
    """The smallest whole base that reaches the multiple at the latest reference published, in yuan a month."""
    law = policy.law(start.first_day())
    return -(-law.figures[lever.figure] * law.wages.latest // 10)


def rise(a: Applicant, lever: Base, start: Month, policy: Policy) -> int:
    """How much the base goes up, in yuan a month; from the lower limit, where the present base is not known."""
    law = policy.law(start.first_day())
    return max(wanted(lever, policy, start) - (present(a, start) or law.wages.limits[0]), 0)


def present(a: Applicant, month: int) -> int | None:
    """The base that counts in a month as the facts stand, in yuan; None where none is known."""
    bases = [
        row.base for row in _good(a) if row.base is not None and row.tax_matches is not False and _covers(row, month)
    ]
    return max(bases, default=None)


def _waits(held: Qualification) -> bool:
    """Whether it earns with months at the base, and only with them."""
    known = held.obtained is not None and held.evidence != "rejected" and held.matches_post is not False
    elsewhere = held.kind == "title" and held.while_in_shanghai is False
    return known and not elsewhere and f"{held.kind}.{held.level}" in NEED_BASE


def _here(row: Insurance) -> bool:
    """Whether the row's months are paid in Shanghai and in time."""
    return (
        row.evidence != "rejected"
        and row.from_ is not None
        and row.pay_kind != "back_paid"
        and row.province in (None, "上海")
    )


def _good(a: Applicant) -> list[Insurance]:
    return [row for row in a.insurance if _here(row) and row.payer_matches_contract is not False]


def _covers(row: Insurance, month: int) -> bool:
    return row.from_ is not None and row.from_ <= month and (row.to is None or month <= row.to)


def _until(row: Insurance) -> tuple[bool, int, int]:
    """For the order of rows: those that count first at last, then the latest."""
    return (row.payer_matches_contract is not False, OPEN if row.to is None else row.to, row.from_ or 0)


def _row(a: Applicant, model: Insurance, start: Month, facts: Mapping[str, object]) -> Insurance:
    employer = (a.employment.employer if a.employment else None) or model.employer
    return Insurance.model_validate({"from": start, "employer": employer, **facts})


def _ended(rows: list[Insurance], start: Month) -> list[Insurance]:
    """The rows, those here that cover the month of the start ended before it; one that begins with it does not."""
    found = []
    for row in rows:
        if not _here(row) or not _covers(row, start):
            found.append(row)
        elif row.from_ != start:
            ended: dict[str, object] = {"to": Month(start - 1)}
            # an open row proves nothing beyond what was seen, and must not begin to by being ended
            if row.to is None and row.seen_until is None and row.evidence == "verified":
                ended["evidence"] = "received"
            found.append(row.model_copy(update=ended))
    return found
