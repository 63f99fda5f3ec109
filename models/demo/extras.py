"""What earns besides schooling and insurance: titles, skills, an own company, service, awards, recognised talent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.months import add_years
from models.demo.employers import brand

Document = dict[str, Any]
_TITLES = {
    "junior": ("助理工程师", "助理会计师", "助理经济师"),
    "intermediate": ("工程师", "会计师", "经济师", "一级建造师", "系统集成项目管理工程师"),
    "senior": ("高级工程师", "高级经济师", "高级会计师"),
}
_SKILLS = ("电工", "数控车工", "汽车维修工", "中式烹调师", "钳工", "健康照护师", "物流服务师")


@dataclass(frozen=True, slots=True)
class Extras:
    """What an extra may look at: the day, the first day of insurance in Shanghai."""

    rng: Random
    today: date
    arrived: date

    def day(self, latest: date | None = None) -> date:
        """Some day since the arrival, the last weeks left out."""
        span = ((latest or self.today) - self.arrived).days
        return self.arrived + timedelta(days=int(span * (0.3 + 0.6 * self.rng.random())))

    def years_ago(self, least: int, most: int) -> date:
        """A day so many full years ago."""
        return add_years(self.today, -self.rng.randrange(least, most)) - timedelta(days=self.rng.randrange(20, 300))


def title(level: str) -> Callable[[Extras], Document]:
    """A 职称 of that level, gained at work in Shanghai."""

    def add(at: Extras) -> Document:
        name = at.rng.choice(_TITLES[level])
        by = "exam" if name in {"会计师", "经济师", "一级建造师", "系统集成项目管理工程师"} else "review"
        row = {
            "kind": "title",
            "level": level,
            "name": name,
            "obtained": str(at.day()),
            "while_in_shanghai": True,
            "matches_post": True,
            "by": by,
            "issuer": "上海市职业能力考试院" if by == "exam" else "上海市工程系列中级职称评审委员会",
            "certificate_no": f"{at.rng.randrange(10**8, 10**9)}",
        }
        return {"qualification": [row]}

    return add


def skill(level: str) -> Callable[[Extras], Document]:
    """A 技能等级 of that grade."""

    def add(at: Extras) -> Document:
        row = {
            "kind": "skill",
            "level": level,
            "name": at.rng.choice(_SKILLS),
            "obtained": str(at.day()),
            "matches_post": True,
            "by": "exam",
            "certificate_no": f"S0000310{at.rng.randrange(10**9):09d}",
        }
        return {"qualification": [row]}

    return add


def _investment(at: Extras, tax_paid: tuple[int, int], staff: tuple[int, int]) -> Document:
    company = f"上海{brand(at.rng)}{at.rng.choice(('实业', '贸易', '餐饮管理'))}有限公司"
    share = at.rng.choice((0.51, 0.6, 0.8, 1.0))
    rows = [
        {
            "company": company,
            "year": at.today.year - back,
            "share": share,
            "tax_paid": at.rng.randrange(*tax_paid) * 1000,
            "local_staff": at.rng.randrange(*staff),
        }
        for back in (3, 2, 1)
    ]
    return {"investment": rows}


def _service(kind: str, least: int, most: int) -> Callable[[Extras], Document]:
    def add(at: Extras) -> Document:
        row = {"kind": kind, "from": str(max(at.years_ago(least, most), at.arrived))}
        return {"service": [row if kind == "public" else row | {"lives_there": True}]}

    return add


def _talent(kind: str) -> Callable[[Extras], Document]:
    def add(at: Extras) -> Document:
        since = at.today - timedelta(days=at.rng.randrange(100, 500))
        return {"talent": [{"kind": kind, "from": str(since), "to": str(add_years(since, 3) - timedelta(days=1))}]}

    return add


def _award(levels: tuple[str, ...]) -> Callable[[Extras], Document]:
    def add(at: Extras) -> Document:
        return {"award": [{"level": at.rng.choice(levels), "granted": str(at.day()), "while_in_shanghai": True}]}

    return add


EXTRAS: dict[str, Callable[[Extras], Document]] = {
    "title_junior": title("junior"),
    "title_intermediate": title("intermediate"),
    "title_senior": title("senior"),
    **{f"skill_{level}": skill(level) for level in "12345"},
    "investment_tax": lambda at: _investment(at, (450, 2600), (1, 9)),
    "investment_jobs": lambda at: _investment(at, (60, 190), (34, 70)),
    "sanitation": _service("public", 8, 11),
    "suburb": _service("suburb", 7, 12),
    "lingang": _service("lingang", 3, 7),
    "talent_entrepreneur": _talent("entrepreneur"),
    "talent_intermediary": _talent("intermediary"),
    "award_provincial": _award(("provincial",)),
    "award_municipal": _award(("municipal_special", "municipal_general")),
}
