"""One made-up client's life as it bears on the case: schooling, work, the months insured."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.months import Month
from engine.policy import Law
from models.demo.employers import Employer, former
from models.demo.insurance import Stint
from models.demo.people import Person, Registry
from models.demo.routes import Route
from models.demo.schooling import out_of_school, schooling

FIRST_MONTH = Month.parse("2011-07")  # no limits of contribution are known before
_ELSEWHERE = ("江苏", "浙江", "广东")
_CITIES = {"江苏": "苏州", "浙江": "杭州", "广东": "深圳"}


@dataclass(frozen=True, slots=True)
class Life:
    """What the papers of a case are made from."""

    rng: Random
    registry: Registry
    today: date
    law: Law
    person: Person
    employer: Employer
    route: Route
    schooling: list[dict[str, Any]]
    out_of_school: date
    stints: list[Stint]

    @property
    def current(self) -> Month:
        """The present month."""
        return Month.of(self.today)

    @property
    def arrived(self) -> date:
        """The first day of insurance in Shanghai."""
        return next(s for s in self.stints if s.province == "上海").first.first_day()

    @property
    def joined(self) -> date:
        """The day the present employment began."""
        return self.stints[-1].first.first_day()


def live(
    rng: Random, registry: Registry, today: date, law: Law, person: Person, employer: Employer, route: Route
) -> Life:
    """A life that leads to the route's points."""
    stages = schooling(rng, person, route.schooling, today)
    free = out_of_school(stages)
    stints = _career(rng, person, free, route.years, employer.name, Month.of(today))
    return Life(rng, registry, today, law, person, employer, route, stages, free, stints)


def _career(
    rng: Random, person: Person, free: date, years: tuple[int, int], employer: str, current: Month
) -> list[Stint]:
    start = Month.of(free + timedelta(days=20))
    months = rng.randrange(*years) * 12 + rng.randrange(12)
    first = Month(min(max(current - months, start, FIRST_MONTH), current))
    return [*_elsewhere(rng, person, start, first), *_in_shanghai(rng, employer, first, current)]


def _elsewhere(rng: Random, person: Person, start: Month, first: Month) -> list[Stint]:
    """Employment before Shanghai, without holes of more than a month or two, if there was time for any."""
    if first - start < 10:
        return []
    province = rng.choice((person.province.name, person.province.name, *_ELSEWHERE))
    city = _CITIES.get(province) or person.county.place.split("市")[0]
    if first - start < 60:
        return [Stint(former(rng, city), start, Month(first - 1), province)]
    middle = Month(start + (first - start) // 2)
    home = person.county.place.split("市")[0]
    return [
        Stint(former(rng, home), start, Month(middle - 1), person.province.name),
        Stint(former(rng, city), middle, Month(first - 1), province),
    ]


def _in_shanghai(rng: Random, employer: str, first: Month, current: Month) -> list[Stint]:
    moves = rng.choice((0, 1, 1, 2)) if current - first > 40 else 0
    # nobody applies in the first months with an employer
    latest = Month(current - 9)
    starts = sorted({first, *(Month(rng.randrange(first + 12, latest)) for _ in range(moves))})
    ends: list[Month | None] = [Month(start - 1) for start in starts[1:]]
    names = [former(rng, "上海") for _ in starts[1:]] + [employer]
    return [Stint(name, start, end) for name, start, end in zip(names, starts, [*ends, None], strict=True)]
