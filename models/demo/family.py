"""Made-up families: a spouse, children of the ages for which points are wanted."""

from datetime import date, timedelta
from random import Random
from typing import Any

from engine.exams import load as load_exams
from engine.months import add_years, full_years
from engine.schooling import LEAVING, SENIOR, entry_year
from models.demo.people import Person, Registry

Document = dict[str, Any]
# the ages at which a child's school makes the points needed, most of all the years before 中考
_AGES = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 13, 13, 13, 14, 14, 15, 16, 17)
TEEN = (16, 17)
EXAM = (13, 14)
_DISTRICTS = ("浦东新区", "闵行区", "宝山区", "嘉定区", "松江区")


def marital_status(rng: Random, age: int) -> str:
    """Married, single, divorced or widowed, as people of that age are."""
    married = 0.35 if age < 28 else 0.8 if age < 33 else 0.88
    chance = rng.random()
    if chance < married:
        return "married"
    return (
        "single" if age < 33 else rng.choice(("single", "divorced", "divorced", "widowed" if age > 40 else "divorced"))
    )


def spouse(
    rng: Random,
    registry: Registry,
    person: Person,
    today: date,
    *,
    from_shanghai: bool,
    eldest: date | None = None,
) -> Document:
    """The spouse, married before the eldest child was born; with Shanghai hukou mostly by birth."""
    other = "female" if person.sex == "male" else "male"
    born = min(person.born + timedelta(days=rng.randrange(-1100, 1100)), add_years(today, -24))
    by_birth = from_shanghai and rng.random() < 0.7
    who = registry.shanghainese(rng, born, other) if by_birth else registry.person(rng, born, other)
    earliest = add_years(max(person.born, born), 22) + timedelta(days=30)
    latest = today - timedelta(days=400)
    if from_shanghai:  # long enough for the points that rest on it
        latest = add_years(today, -rng.randrange(6, 12))
    if eldest:
        latest = min(latest, eldest - timedelta(days=240))
    span = max((latest - earliest).days, 0)
    married = min(earliest, latest) + timedelta(days=int(span * (0.4 + 0.6 * rng.random())))
    return {"name": who.name, "id_number": who.id_number, "married": str(married), "shanghai_hukou": from_shanghai}


def children(
    rng: Random, registry: Registry, person: Person, today: date, ages: tuple[int, ...] = ()
) -> list[Document]:
    """None, one or two children; one of `ages` where these are given. School starts at six on 1 September."""
    age = full_years(person.born, today)
    possible = [a for a in (ages or _AGES) if 22 <= age - a <= 40]
    if not possible or (not ages and rng.random() > 0.85):
        return []
    first = rng.choice(possible)
    rows = [_child(rng, registry, person, today, first)]
    if first > 5 and rng.random() < 0.3:
        rows.append(_child(rng, registry, person, today, first - rng.randrange(2, 5)))
    return rows


def _child(rng: Random, registry: Registry, person: Person, today: date, age: int) -> Document:
    born = add_years(today, -age) - timedelta(days=rng.randrange(5, 360))
    surname = person.surname if rng.random() < 0.8 else ""
    who = registry.person(rng, born, rng.choice(("male", "female")), province=person.province, surname=surname)
    entered = entry_year(born)
    row: Document = {
        "name": who.name,
        "id_number": who.id_number,
        "birth_date": str(born),
        "lives_together": True,
        "benefits": True,
    }
    if date(entered, 9, 1) <= today:
        return row | {"entered_primary": entered, "school": _school(rng, today.year - entered)}
    return row | {
        "kindergarten": True,
        "school": f"上海市{rng.choice(_DISTRICTS)}{rng.choice(('小天鹅', '金苹果', '晨曦'))}幼儿园",
    }


def _school(rng: Random, years: int) -> str:
    where = rng.choice(_DISTRICTS)
    name = rng.choice(("明珠", "实验", "外国语", "育才", "新城", "建平"))
    return f"上海市{where}{name}{'小学' if years < 5 else '中学'}"


def need_by(document: Document, today: date) -> str | None:
    """The next day from which a school or an examination asks for the points: 幼升小, 中考, 高考."""
    exams = load_exams()
    coming = []
    for row in document.get("child", []):
        entered = row.get("entered_primary", entry_year(date.fromisoformat(row["birth_date"])))
        for kind, years in (("primary", 0), ("zhongkao", SENIOR), ("gaokao", LEAVING)):
            exam = exams.exam(kind, entered + years)
            if exam and exam.span.first > today:
                coming.append(exam.span.first)
    return str(min(coming)) if coming else None
