"""Made-up schooling: every stage from high school on, begun in September and ended in June."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from models.demo.people import Person
from models.demo.places import SHANGHAI, Province

_MAJORS = {
    "secondary_vocational": ("机电技术应用", "数控技术应用", "计算机应用", "会计", "汽车运用与维修"),
    "associate": ("会计", "机电一体化技术", "计算机应用技术", "市场营销", "工程造价", "物流管理", "应用英语"),
    "bachelor": (
        "软件工程",
        "机械设计制造及其自动化",
        "会计学",
        "土木工程",
        "电子信息工程",
        "工商管理",
        "英语",
        "药学",
    ),
    "master": ("软件工程", "材料学", "企业管理", "控制工程", "生物化学与分子生物学"),
    "doctor": ("材料科学与工程", "生物医学工程", "化学工程与技术"),
}
_SHORTAGE = ("数控技术", "模具设计与制造", "飞机机电设备维修", "城市轨道交通运营管理", "护理")
_OVERSEAS = (("曼彻斯特大学", "英国"), ("悉尼大学", "澳大利亚"), ("早稻田大学", "日本"), ("南洋理工大学", "新加坡"))
_BEHIND = {"adult": "继续教育学院", "self_study": "（自学考试）", "online": "网络教育学院", "open": ""}


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of schooling: years it takes, level and degree it gives."""

    level: str
    years: int
    degree: str = "none"


_STAGES = {
    "high_school": Stage("high_school", 3),
    "secondary_vocational": Stage("secondary_vocational", 3),
    "associate": Stage("associate", 3),
    "shortage_associate": Stage("associate", 3),
    "bachelor": Stage("bachelor", 4, "bachelor"),
    "bachelor_plain": Stage("bachelor", 4),
    "adult_bachelor": Stage("bachelor", 3),
    "adult_bachelor_degree": Stage("bachelor", 3, "bachelor"),
    "master": Stage("master", 3, "master"),
    "fresh_master": Stage("master", 3, "master"),
    "overseas_master": Stage("master", 1, "master"),
    "doctor": Stage("doctor", 4, "doctor"),
}
# the number of a certificate has the level as two digits (01 doctor, 02 master, 05 bachelor, 06 associate)
_LEVEL_NUMBER = {"doctor": "01", "master": "02", "bachelor": "05", "associate": "06"}


def schooling(rng: Random, person: Person, stages: tuple[str, ...], today: date) -> list[dict[str, Any]]:
    """The stages one after the other; schooling beside work begins some years after the full-time part."""
    rows: list[dict[str, Any]] = []
    # six years of primary school from the September after the sixth birthday, three of junior school
    begun = person.born.year + (6 if person.born.month <= 8 else 7) + 9
    for name in stages:
        stage = _STAGES[name]
        if name == "fresh_master":  # out of school this summer, or the last
            begun = today.year - (0 if (today.month, today.day) >= (7, 1) else 1) - stage.years
        elif name.startswith("adult"):
            begun += rng.randrange(1, 4)
        rows.append(_stage(rng, person, name, stage, begun))
        begun += stage.years
    return rows


def _stage(rng: Random, person: Person, name: str, stage: Stage, begun: int) -> dict[str, Any]:
    ended = begun + stage.years
    row: dict[str, Any] = {
        "level": stage.level,
        "degree": stage.degree,
        "form": "full_time",
        "enrolled": f"{begun}-09-01",
        "graduated": f"{ended}-06-30" if rng.random() < 0.7 else f"{ended}-07-01",
    }
    city = person.county.place
    where: Province = person.province
    if stage.level == "high_school":
        return row | {"school": f"{city}第{rng.choice('一二三四五')}中学", "place": where.name}
    if stage.level == "secondary_vocational":
        row |= {"school": f"{city}职业技术学校", "place": where.name}
    elif name == "overseas_master":
        school, country = rng.choice(_OVERSEAS)
        row |= {"form": "overseas", "school": school, "place": country}
    elif name.startswith("adult"):
        row |= _beside_work(rng, begun)
    elif stage.level == "associate":
        row |= {"school": rng.choice(where.colleges), "place": where.name}
    else:
        studied = SHANGHAI if stage.level in {"master", "doctor"} and rng.random() < 0.6 else where
        row |= {"school": rng.choice(studied.universities), "place": studied.name}
    row["major"] = rng.choice(_SHORTAGE if name == "shortage_associate" else _MAJORS[stage.level])
    if name == "shortage_associate":
        row["shortage_major"] = True
    if stage.level in _LEVEL_NUMBER and name != "overseas_master":
        number = f"1{rng.randrange(10, 3000):04d}{'1' if row['form'] == 'full_time' else '5'}{ended}"
        row["certificate_no"] = f"{number}{_LEVEL_NUMBER[stage.level]}{rng.randrange(10**6):06d}"
        if stage.degree != "none":
            row["degree_no"] = f"{number[:5]}4{ended}{rng.randrange(10**6):06d}"
        # certificates are on line from 2002 on
        row["chsi"] = "found" if ended >= 2002 else "not_found"
    return row


def _beside_work(rng: Random, begun: int) -> dict[str, Any]:
    # 网络教育 has taken no new students since 2022
    form = rng.choice(("adult", "open", "self_study", "online") if begun < 2022 else ("adult", "open", "self_study"))
    school = "上海开放大学" if form == "open" else rng.choice(SHANGHAI.universities) + _BEHIND[form]
    row = {"form": form, "school": school, "place": "上海"}
    if form == "online":
        row["centre"] = "上海学习中心"
    return row


def out_of_school(rows: list[dict[str, Any]]) -> date:
    """The day the full-time part ended."""
    return max(date.fromisoformat(row["graduated"]) for row in rows if row["form"] in {"full_time", "overseas"})
