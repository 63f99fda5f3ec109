"""Made-up lives, one a seed: an applicant, and a day from which the facts have ten years to move the score.

Everything the rules look at begins, ends, or is full for a while within those years, and some of it at their edges:
births and weddings on 29 February, diplomas on the last of June, law that changes meanwhile. A few lives are counted by
a policy that answers an open question otherwise, or changes a figure on a day: what that does is a cause as well.
"""

import copy
import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple

from engine.document import validate
from engine.facts import Applicant
from engine.months import Month, add_years
from engine.policy import Policy, load

Document = dict[str, Any]

YEARS = 10
BASES = [6600, 7832, 8271, 9116, 9117, 9339, 10338, 11395, 11396, 16422, 20676, 22792, 31014, 34188]
COMPANIES = ["上海甲科技有限公司", "上海乙实业有限公司"]
SECTIONS = {  # how many of a hundred lives have it
    "education": 65,
    "qualification": 65,
    "insurance": 75,
    "investment": 20,
    "service": 25,
    "talent": 20,
    "award": 20,
    "spouse": 25,
    "offence": 30,
}
POLICIES = ["", "", "", "", "latest_month", "latest_month", "same_month", "letter", "not_back", "figures"]
PACK = tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))


class Life(NamedTuple):
    """An applicant, the policy to count by, and the first and the last day of ten years."""

    document: Document
    policy: Policy
    on: date
    until: date

    @property
    def applicant(self) -> Applicant:
        """The facts as the rules take them."""
        return validate(self.document)


def life(seed: int) -> Life:
    """The life of a seed; the same one always."""
    chance = Random(seed)
    policy = POLICIES[seed % len(POLICIES)]
    # a third from the days of the first law, so that they see three others come
    latest = 700 if seed % 3 == 0 else 4800 if policy != "latest_month" else 2400
    on = date(2013, 7, 1) + timedelta(days=chance.randrange(latest))
    document: Document = {"birth_date": str(_edged(chance, add_years(on, -_age(chance))))}
    for section, percent in SECTIONS.items():
        if chance.randrange(100) < percent or (policy == "latest_month" and section == "insurance"):
            document[section] = _MAKERS[section](chance, on)
    if document.get("education"):
        document["employment"] = {} if chance.random() < 0.9 else {"post_matches_major": False}
    return Life(document, answering(policy), on, add_years(on, YEARS))


@cache
def answering(name: str) -> Policy:
    """The policy as it is (""), or with one answer or some figures another."""
    if not name:
        return load("shanghai")
    pack = copy.deepcopy(PACK)
    parameters, figures = pack["parameters"], pack["figures"]
    match name:
        case "latest_month":
            parameters["band.compare_with"]["value"] = "latest_month"
        case "same_month":
            parameters["window.ends"]["value"] = "same_month"
        case "letter":
            parameters["band.higher_counts"]["value"] = "no"
        case "not_back":
            parameters["service.counts_back"]["value"] = "no"
        case "figures":  # from a day within a version, and with it more for insurance, less for age, less needed
            day = date(2021, 7, 1)
            for group, figure, value in (("threshold", "value", 100), ("insurance_years", "per_year", 4)):
                (row,) = figures[group]
                before = row | {"to": day - timedelta(days=1)}
                figures[group] = [before, row | {"from": day, figure: value}]
    return Policy.from_pack(pack)


def _age(chance: Random) -> int:
    """Mostly of the years in which age moves the score: past 43, and at the two ends."""
    return chance.choice([chance.randint(8, 17), chance.randint(20, 40), *(chance.randint(34, 59) for _ in range(3))])


def _near(chance: Random, on: date, before: int, after: int) -> date:
    """A day from so many years before to so many years after."""
    return _edged(chance, on + timedelta(days=chance.randint(-365 * before, 365 * after)))


def _edged(chance: Random, day: date) -> date:
    """The day, or one near it at which calendars go wrong, or at which the score begins."""
    match chance.randrange(12):
        case 0:
            leap = day.year - day.year % 4
            return date(leap, 2, 29) if leap % 100 or not leap % 400 else date(leap, 2, 28)
        case 1:
            return day.replace(day=1)
        case 2:
            return Month.of(day).last_day()
        case 3:
            return date(day.year, 6, 30)
        case 4:
            return date(day.year, 1, 1)
    return day


def _some(chance: Random, row: Document, **optional: Any) -> Document:
    """The row with each of the optional facts in one of six cases."""
    return row | {name: value for name, value in optional.items() if chance.randrange(6) == 0}


def _education(chance: Random, on: date) -> list[Document]:
    rows = []
    graduated = _near(chance, on, 4, 5)
    for level in chance.choice(
        [["associate"], ["associate", "bachelor"], ["bachelor"], ["bachelor", "master"], ["master", "doctor"]]
    ):
        row: Document = {"level": level, "graduated": str(graduated), "form": chance.choice(["full_time", "adult"])}
        if level != "associate" and chance.random() < 0.8:
            row["degree"] = level
        if chance.random() < 0.4:
            row["shortage_major"] = True
        rows.append(_some(chance, row, evidence="rejected"))
        graduated = _edged(chance, graduated + timedelta(days=chance.randint(300, 1500)))
    return rows


def _qualification(chance: Random, on: date) -> list[Document]:
    rows = []
    for _ in range(chance.randint(1, 2)):
        level = chance.choice(["senior", *["intermediate"] * 4, "junior", "1", "2", "2", "3", "4", "5"])
        kind = "skill" if level.isdigit() else "title"
        row = {"kind": kind, "level": level, "obtained": str(_near(chance, on, 5, 6))}
        rows.append(_some(chance, row, matches_post=False))
    return rows


def _insurance(chance: Random, on: date) -> list[Document]:
    """Spells one after the other from some years before: a base that is kept for years, then another, with gaps."""
    rows: list[Document] = []
    month = Month.of(on) - chance.randint(0, 70)
    for _ in range(chance.randint(1, 5)):
        length = chance.choice([chance.randint(1, 8), chance.randint(20, 50), 24, 36])
        row: Document = {"from": str(Month(month)), "to": str(Month(month + length - 1)), "base": chance.choice(BASES)}
        rows.append(
            _some(chance, row, **{chance.choice(["payer_matches_contract", "tax_matches"]): False, "province": "江苏"})
        )
        month += length + chance.choice([0, 0, chance.randint(-3, 14)])
    if chance.random() < 0.4:
        del rows[-1]["to"]
    chance.shuffle(rows)
    return rows


def _investment(chance: Random, on: date) -> list[Document]:
    return [
        {
            "company": company,
            "year": year,
            "share": chance.choice([0.3, 0.8, 1]),
            "tax_paid": chance.randint(0, 30) * 50_000,
            "local_staff": chance.randint(0, 60),
        }
        for company in COMPANIES[: chance.randint(1, 2)]
        for year in range(on.year - chance.randint(1, 4), on.year + chance.randint(3, 8))
        if chance.random() < 0.93
    ]


def _service(chance: Random, on: date) -> list[Document]:
    rows = []
    day = _near(chance, on, 5, 3)
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(["public", "suburb", "lingang", "lingang"])
        row: Document = {"kind": kind, "from": str(day)}
        day = _edged(chance, day + timedelta(days=chance.randint(300, 2500)))
        if row["from"] <= str(day) and chance.random() < 0.6:
            row["to"] = str(day)
        rows.append(_some(chance, row, lives_there=False))
    return rows


def _talent(chance: Random, on: date) -> list[Document]:
    rows = []
    for _ in range(chance.randint(1, 2)):
        first = _near(chance, on, 3, 6)
        row: Document = {"kind": chance.choice(["entrepreneur", "intermediary"]), "from": str(first)}
        if chance.random() < 0.85:
            row["to"] = str(first + timedelta(days=chance.randint(0, 1500)))
        rows.append(row)
    return rows


def _award(chance: Random, on: date) -> list[Document]:
    levels = ["municipal_special", "municipal_general", "provincial"]
    rows = [{"level": chance.choice(levels), "granted": str(_near(chance, on, 2, 8))} for _ in range(2)]
    return [_some(chance, row, while_in_shanghai=False) for row in rows]


def _spouse(chance: Random, on: date) -> Document:
    return {"married": str(_near(chance, on, 9, 4)), "shanghai_hukou": chance.random() < 0.9}


def _offence(chance: Random, on: date) -> list[Document]:
    kinds = ["false_materials", "detention", "detention", "sentence", *["serious_crime"] * 4]
    return [{"kind": chance.choice(kinds), "date": str(_near(chance, on, 3, 10))} for _ in range(chance.randint(1, 2))]


_MAKERS = {
    "education": _education,
    "qualification": _qualification,
    "insurance": _insurance,
    "investment": _investment,
    "service": _service,
    "talent": _talent,
    "award": _award,
    "spouse": _spouse,
    "offence": _offence,
}
