"""What goes wrong in real files: for each risk of the contract, facts that show it.

A trouble changes a finished document in place. Its ids are those of the risks, and `veto` for a serious crime.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.months import Month, add_years
from engine.workflow import STATUSES
from models.demo.employers import former
from models.demo.family import EXAM, TEEN
from models.demo.insurance import limits
from models.demo.life import Life
from models.demo.papers import term_until

Document = dict[str, Any]
_DAY = timedelta(days=1)
_UPGRADED = ("upgraded_at_average", "upgraded_with_degree")
_SAFE = ("degree_at_average", "master", "doctor", "engineer")
_LONG = ("degree_at_average", "engineer", "associate_at_average")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble: in which statuses and on which routes it is met, and what the employer or family must be.

    `employer` is what `models.demo.employers.employer` is told; empty: any. `children` are ages one of them must have.
    """

    risk: str
    apply: Callable[[Document, Life], None]
    statuses: tuple[str, ...]
    routes: tuple[str, ...] = _SAFE
    employer: tuple[tuple[str, Any], ...] = ()
    children: tuple[int, ...] = ()
    own_contact: bool = False


def _from(first: str, last: str) -> tuple[str, ...]:
    return STATUSES[STATUSES.index(first) : STATUSES.index(last) + 1]


_BEFORE = _from("engaged", "form")
_UNDER_WAY = _from("form", "returned")
_IN_FORCE = ("in_force", "renewal_due")


def _adult(d: Document) -> dict[str, Any]:
    return next(row for row in d["education"] if row["form"] not in {"full_time", "overseas"})


def _best(d: Document) -> dict[str, Any]:
    row: dict[str, Any] = d["education"][-1]
    return row


def _nested_study(d: Document, life: Life) -> None:
    college = next(row for row in d["education"] if row["level"] == "associate")
    graduated = date.fromisoformat(college["graduated"]).year
    _adult(d).update(enrolled=f"{graduated - 1}-09-01", graduated=f"{graduated + 2}-06-30")


def _missing_prior_schooling(d: Document, life: Life) -> None:
    d["education"] = [_adult(d)]
    d["schooling_complete"] = True


def _study_place_mismatch(d: Document, life: Life) -> None:
    place = "吉林" if life.person.province.name != "吉林" else "辽宁"
    _adult(d).update(form="adult", school="东北师范大学继续教育学院", place=place)
    _adult(d).pop("centre", None)


def _education_unverified(d: Document, life: Life) -> None:
    _best(d).update(chsi="not_found", evidence="received")


def _net_college_centre(d: Document, life: Life) -> None:
    _adult(d).update(form="online", school="东北师范大学网络教育学院", place="江西", centre="南昌学习中心")


def _own_rows(d: Document) -> list[dict[str, Any]]:
    return [row for row in d["insurance"] if "base" in row]


def _split(d: Document, at: Month) -> None:
    """Cut the insurance row over `at`, so that one row ends the month before and another begins there."""
    for n, row in enumerate(d["insurance"]):
        first, last = Month.parse(row["from"]), row.get("to")
        if row.get("province") is None and first < at and (last is None or Month.parse(last) >= at):
            later = dict(row) | {"from": str(at)}
            d["insurance"][n] = row | {"to": str(Month(at - 1))}
            d["insurance"].insert(n + 1, later)
            return


def _between(d: Document, first: Month, last: Month | None) -> list[dict[str, Any]]:
    """The rows in Shanghai from `first` to `last` (None: to the present), cut there."""
    _split(d, first)
    if last is None:
        return [row for row in _own_rows(d) if Month.parse(row["from"]) >= first]
    _split(d, Month(last + 1))
    return [row for row in _own_rows(d) if Month.parse(row["from"]) >= first and Month.parse(row["from"]) <= last]


def _payer_mismatch(d: Document, life: Life) -> None:
    payer = former(life.rng, "上海")
    for row in _between(d, Month(life.current - 20), Month(life.current - 11)):
        row.update(employer=payer, payer_matches_contract=False)


def _insurance_gap(d: Document, life: Life) -> None:
    missing = _between(d, Month(life.current - 9), Month(life.current - 8))
    d["insurance"] = [row for row in d["insurance"] if not any(row is gone for gone in missing)]


def _back_paid(d: Document, life: Life) -> None:
    for row in _between(d, Month(life.current - 10), Month(life.current - 9)):
        row["pay_kind"] = "back_paid"


def _tax_mismatch(d: Document, life: Life) -> None:
    for row in _between(d, Month(life.current - 18), Month(life.current - 13)):
        row["tax_matches"] = False
        d.setdefault("tax", []).append(
            {"from": row["from"], "to": row["to"], "payer": row["employer"], "income": 5000, "filed": "normal"}
        )


def _to_floor(d: Document, life: Life, since: Month) -> None:
    for row in _between(d, since, None):
        last = Month.parse(row["to"]) if "to" in row else life.current
        row["base"] = limits(life.law.wages, Month.parse(row["from"]), last)[0]


def _base_dropped(d: Document, life: Life) -> None:
    _to_floor(d, life, Month(life.current - 5))


def _base_out_of_limits(d: Document, life: Life) -> None:
    # the office forgot July: the base stayed where it was, below the new floor
    *earlier, row = _own_rows(d)
    floor = limits(life.law.wages, Month.parse(row["from"]), life.current)[0]
    row["base"] = min(earlier[-1]["base"] if earlier else floor, floor - 20)


def _below_at_renewal(d: Document, life: Life) -> None:
    # the months at 1x are enough today, and no longer when the permit ends
    _to_floor(d, life, Month(life.current - 6))
    d["permit"] |= term_until(life.today + timedelta(days=345))


def _overlapping_payers(d: Document, life: Life) -> None:
    first = Month(life.current - 15)
    d["insurance"].append(
        {"from": str(first), "to": str(Month(first + 4)), "employer": former(life.rng, "苏州"), "province": "江苏"}
    )


def _dispatched(d: Document, life: Life) -> None:
    d["employment"]["dispatched"] = True


def _nominal_employment(d: Document, life: Life) -> None:
    d["employment"].update(post="咨询顾问", dispatched=False)
    for row in d.get("tax", []):
        row.update(income=0, filed="zero")


def _as_the_employer_is(d: Document, life: Life) -> None:
    """The employer itself is the trouble."""


def _title_base_short(d: Document, life: Life) -> None:
    _to_floor(d, life, Month(life.current - 8))


def _title_mismatch(d: Document, life: Life) -> None:
    d["qualification"][0].update(life.rng.choice(({"matches_post": False}, {"while_in_shanghai": False})))


def _archive_at_risk(d: Document, life: Life) -> None:
    where = life.rng.choice(("self", "lost", "unknown"))
    d["archive"] = {"location": where} | ({"holder": "本人保管"} if where == "self" else {})


def _cv_gap(d: Document, life: Life) -> None:
    row = d["work"][-1]
    begun = date.fromisoformat(row["from"])
    row["from"] = str(begun + timedelta(days=life.rng.randrange(95, 150)))


def _hukou_address_mismatch(d: Document, life: Life) -> None:
    d["hukou"]["same_as_id_card"] = False


def _permit_expiring(d: Document, life: Life) -> None:
    d["permit"] |= term_until(life.today + timedelta(days=life.rng.randrange(12, 80)))


def _permit_type(d: Document, life: Life) -> None:
    d["permit"]["kind"] = life.rng.choice(("temporary", "registration_only"))


def _lease_ending(d: Document, life: Life) -> None:
    until = life.today + timedelta(days=life.rng.randrange(12, 80))
    d["permit"] |= {"housing": "lease", "lease_registered_until": str(until)}


def _contract_expiring(d: Document, life: Life) -> None:
    d["employment"].pop("open_ended", None)
    d["employment"]["contract_until"] = str(life.today + timedelta(days=life.rng.randrange(10, 55)))


def _points_expiring(d: Document, life: Life) -> None:
    until = life.today + timedelta(days=life.rng.randrange(3, 40))
    d["permit"] |= term_until(until)
    d["notice"] |= {"valid_until": str(until), "issued": str(add_years(until, -1) + timedelta(days=12))}


def _child_not_on_notice(d: Document, life: Life) -> None:
    names = {child["name"] for child in d["child"]}
    d["notice"]["members"] = [name for name in d["notice"]["members"] if name not in names]


def _child_permit(d: Document, life: Life) -> None:
    d["child"][0]["permit_valid_until"] = str(life.today + timedelta(days=life.rng.randrange(5, 55)))


def _study_proof_missing(d: Document, life: Life) -> None:
    d["child"][0].pop("study_proof_until", None)


def _notice_employer_outdated(d: Document, life: Life) -> None:
    d["notice"]["employer"] = former(life.rng, "上海")


def _offence(kind: str, years: int) -> Callable[[Document, Life], None]:
    def add(d: Document, life: Life) -> None:
        day = add_years(life.today, -years) - timedelta(days=life.rng.randrange(30, 300))
        d["offence"] = [{"kind": kind, "date": str(day)}]

    return add


TROUBLES = (
    Trouble("nested_study", _nested_study, _BEFORE, _UPGRADED),
    Trouble("missing_prior_schooling", _missing_prior_schooling, _UNDER_WAY, _UPGRADED),
    Trouble("study_place_mismatch", _study_place_mismatch, _UNDER_WAY, _UPGRADED),
    Trouble("education_unverified", _education_unverified, _UNDER_WAY),
    Trouble("net_college_centre", _net_college_centre, _UNDER_WAY, _UPGRADED),
    Trouble("payer_mismatch", _payer_mismatch, (*_BEFORE, *_UNDER_WAY), _LONG),
    Trouble("insurance_gap", _insurance_gap, (*_BEFORE, *_UNDER_WAY), _LONG),
    Trouble("back_paid", _back_paid, (*_BEFORE, *_UNDER_WAY), _LONG),
    Trouble("tax_mismatch", _tax_mismatch, (*_BEFORE, *_UNDER_WAY), _LONG),
    Trouble("base_dropped", _base_dropped, ("in_force", "form", "review"), ("associate_at_average",)),
    Trouble("base_out_of_limits", _base_out_of_limits, ("accumulating",), ("associate_floor",)),
    Trouble("below_at_renewal", _below_at_renewal, ("in_force",), ("associate_at_average",)),
    Trouble("overlapping_payers", _overlapping_payers, (*_BEFORE, *_UNDER_WAY), _LONG),
    Trouble("dispatched", _dispatched, (*_BEFORE, *_UNDER_WAY)),
    Trouble(
        "nominal_employment",
        _nominal_employment,
        ("engaged", "form", "hr_review"),
        ("degree", "overseas_master"),
        (("kind", "agency"),),
    ),
    Trouble(
        "employer_unfit",
        _as_the_employer_is,
        ("engaged", "employer_setup"),
        employer=(("kind", "liaison_office"), ("account", "not_eligible"), ("in_shanghai", False)),
    ),
    Trouble("wrong_district", _as_the_employer_is, ("form", "hr_review", "returned"), employer=(("misplaced", True),)),
    Trouble("title_base_short", _title_base_short, ("accumulating",), ("engineer_at_floor",)),
    Trouble("title_mismatch", _title_mismatch, ("accumulating", "engaged"), ("engineer_at_floor",)),
    Trouble("archive_at_risk", _archive_at_risk, (*_BEFORE, "verifying")),
    Trouble("cv_gap", _cv_gap, _UNDER_WAY),
    Trouble("hukou_address_mismatch", _hukou_address_mismatch, (*_BEFORE, *_UNDER_WAY)),
    Trouble("permit_expiring", _permit_expiring, (*_BEFORE, *_UNDER_WAY)),
    Trouble("permit_type", _permit_type, _from("engaged", "employer_setup")),
    Trouble("lease_ending", _lease_ending, (*_UNDER_WAY, *_IN_FORCE)),
    Trouble("contract_expiring", _contract_expiring, _UNDER_WAY),
    Trouble("points_expiring", _points_expiring, _IN_FORCE),
    Trouble("child_not_on_notice", _child_not_on_notice, _IN_FORCE, children=EXAM),
    Trouble("child_permit", _child_permit, _IN_FORCE, children=EXAM),
    Trouble("study_proof_missing", _study_proof_missing, _IN_FORCE, children=TEEN),
    Trouble("notice_employer_outdated", _notice_employer_outdated, _IN_FORCE),
    Trouble("hr_is_applicant", _as_the_employer_is, ("form", "hr_review"), ("degree",), own_contact=True),
    Trouble("offence", _offence("false_materials", 1), ("accumulating",), ("associate_floor",)),
    Trouble("offence", _offence("detention", 2), ("accumulating",), ("associate_floor",)),
    Trouble("offence", _offence("sentence", 3), ("accumulating",), ("associate_floor",)),
    Trouble("offence", _offence("detention", 3), ("form", "in_force"), ("ceiling",)),
    Trouble("veto", _offence("serious_crime", 8), ("simulated", "accumulating"), ("associate_floor",)),
)
