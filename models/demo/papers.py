"""Made-up papers of a case: permit, contract, work history, personnel file, the notice of points in force."""

from datetime import date, timedelta
from random import Random
from typing import Any

from engine.months import Month, add_years
from models.demo.employers import Employer
from models.demo.insurance import Stint
from models.demo.people import Person
from models.demo.places import home

Document = dict[str, Any]
_DAY = timedelta(days=1)
_SOURCES = ("老客户介绍", "微信公众号", "小红书", "朋友转介绍", "单位推荐", "网上咨询")


def contact(rng: Random, person: Person, today: date, *, agreed: bool) -> Document:
    """How the client is reached; consent once there is a contract."""
    found: Document = {"called": person.called, "phone": person.phone, "source": rng.choice(_SOURCES)}
    if rng.random() < 0.8:
        found["wechat"] = person.phone if rng.random() < 0.5 else f"wx_{rng.randrange(10**6, 10**8)}"
    if agreed:
        if rng.random() < 0.5:
            found["email"] = f"{person.phone}@{rng.choice(('163.com', 'qq.com', '126.com'))}"
        found["consent"] = str(today - timedelta(days=rng.randrange(5, 500)))
    return found


def hukou(rng: Random, person: Person) -> Document:
    """户籍: the county the ID number begins with."""
    kind = rng.choice(("rural", "rural", "urban", "urban", "collective"))
    address = f"{person.province.full_name}{person.county.place}"
    address += f"{rng.choice('城关新双太')}{rng.choice('桥河塘集店')}镇" + (
        f"{rng.choice('东西南北前后')}{rng.choice('王李张陈刘')}村{rng.randrange(1, 80)}号"
        if kind == "rural"
        else f"{rng.choice(('人民路', '解放路', '建设路', '文化路'))}{rng.randrange(1, 400)}号"
    )
    return {"province": person.province.name, "address": address, "kind": kind, "same_as_id_card": True}


def permit(rng: Random, arrived: date, today: date) -> Document:
    """居住证, extended each year on the day of its first issue."""
    first = min(arrived + timedelta(days=rng.randrange(190, 560)), today - timedelta(days=rng.randrange(20, 320)))
    _, address = home(rng)
    housing = rng.choice(("lease", "lease", "lease", "own", "own", "dormitory"))
    found: Document = {
        "number": f"{rng.randrange(10**8, 10**9)}",
        "kind": "permit",
        "first_issued": str(first),
        "collected": str(first + timedelta(days=rng.randrange(3, 15))),
        **term(first, today),
        "address": address,
        "housing": housing,
    }
    if housing == "lease":
        found["lease_registered_until"] = str(month_end(today + timedelta(days=rng.randrange(120, 700))))
    return found


def term(first: date, today: date) -> Document:
    """The present term of a permit first issued on a day: a year from the last anniversary."""
    years = today.year - first.year
    issued = add_years(first, years)
    if issued > today:
        issued = add_years(first, years - 1)
    return {"issued": str(issued), "valid_until": str(add_years(issued, 1) - _DAY)}


def term_until(valid_until: date) -> Document:
    """A term of one year with that last day."""
    return {"issued": str(add_years(valid_until + _DAY, -1)), "valid_until": str(valid_until)}


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return Month.of(day).last_day()


def employment(rng: Random, employer: Employer, joined: date, today: date) -> Document:
    """The employer's facts and the present contract: three years at a time, open-ended after two of them."""
    found = employer.employment() | {"post": rng.choice(employer.posts), "contract_from": str(joined)}
    terms = 0
    until = add_years(joined, 3) - _DAY
    while until < today + timedelta(days=70):
        until, terms = add_years(until, 3), terms + 1
    return found | ({"open_ended": True} if terms >= 2 and rng.random() < 0.8 else {"contract_until": str(until)})


def history(stints: list[Stint], out_of_school: date, person: Person) -> list[Document]:
    """工作经历 without holes: from the day after school on, spells without work named."""
    rows: list[Document] = []
    free = out_of_school + _DAY
    for stint in stints:
        begins = stint.first.first_day()
        if (begins - free).days > 40:
            rows.append(
                {"unit": "待业", "place": person.province.name, "from": str(free), "to": str(begins - _DAY)}
                | {"unemployed": True}
            )
            free = begins
        ends = stint.last.last_day() if stint.last is not None else None
        row = {"unit": stint.employer, "place": stint.province, "from": str(min(free, begins))}
        rows.append(row | ({"to": str(ends)} if ends else {}))
        free = ends + _DAY if ends else free
    return rows


def contracts(stints: list[Stint]) -> list[Document]:
    """The contracts with former employers in Shanghai."""
    return [
        {"employer": s.employer, "from": str(s.first.first_day()), "to": str(s.last.last_day())}
        for s in stints
        if s.last is not None and s.province == "上海"
    ]


def archive(rng: Random, person: Person, today: date, *, arrived: bool) -> Document:
    """人事档案: at the talent centre of the home county until it is called in."""
    if arrived:
        there = {"location": "shanghai_centre", "holder": "上海市人才服务中心"}
        return there | {
            "number": f"DA{rng.randrange(10**6, 10**7)}",
            "arrived": str(today - timedelta(days=rng.randrange(10, 400))),
        }
    return {"location": "hukou_centre", "holder": f"{person.county.place}人才服务中心"}


def notice(rng: Random, document: Document, score: int, issued: date, valid_until: date) -> Document:
    """积分通知书 with everybody on it who is to profit."""
    members = [document["name"]]
    if "spouse" in document and rng.random() < 0.5:
        members.append(document["spouse"]["name"])
    members += [child["name"] for child in document.get("child", []) if child.get("benefits")]
    return {
        "number": f"JF{issued.year}{rng.randrange(10**7):07d}",
        "issued": str(issued),
        "valid_until": str(valid_until),
        "score": score,
        "employer": document["employment"]["employer"],
        "members": members,
    }
