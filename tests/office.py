"""One office as its consultants left it: nine clients, always the same, at the same moments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any
from unittest import mock

from desks import Desk

from models import today
from models.workspace import Workspace

NOW = "2026-11-22 10:15"
"""The moment at which everything is looked at."""

FIRM = {
    "employer": "上海某某科技有限公司",
    "uscc": "91310115MA1K3BXX0C",
    "kind": "company",
    "district": "浦东新区",
    "registered_in_shanghai": True,
    "points_account": "active",
    "hr": [{"id": "h1aaaa", "name": "周敏", "phone": "02150001234"}, {"id": "h2aaaa", "name": "吴芳"}],
}
PERMIT = {
    "kind": "permit",
    "number": "310115000012345678",
    "first_issued": "2016-05-10",
    "issued": "2026-03-02",
    "collected": "2016-05-20",
    "valid_until": "2027-03-01",
    "address": "浦东新区张江路 1 号 201 室",
    "housing": "lease",
    "lease_registered_until": "2027-02-15",
}
DEGREE = {
    "id": "e2aaaa",
    "level": "bachelor",
    "degree": "bachelor",
    "form": "full_time",
    "school": "合肥工业大学",
    "enrolled": "2008-09-01",
    "graduated": "2012-07-01",
    "major": "软件工程",
    "chsi": "found",
    "evidence": "verified",
}
ZHANG: dict[str, Any] = {
    "name": "张三",
    "id_number": "340104198803071239",
    "ethnic_group": "汉族",
    "marital_status": "married",
    "contact": {"called": "张先生", "phone": "13800000000", "wechat": "zhangsan88", "source": "老客户介绍"},
    "hukou": {"province": "安徽", "address": "安徽省合肥市蜀山区 3 号", "kind": "urban", "same_as_id_card": True},
    "permit": PERMIT,
    "employment": {**FIRM, "post": "软件工程师", "contract_from": "2020-07-01", "contract_until": "2027-01-31"},
    "contract": [
        {"id": "c1aaaa", "employer": "上海甲贸易有限公司", "from": "2016-03-01", "to": "2020-03-31"},
    ],
    "work": [
        {"id": "w1aaaa", "unit": "合肥某厂", "place": "安徽", "from": "2012-08-01", "to": "2016-02-15"},
        {"id": "w2aaaa", "unit": "上海甲贸易有限公司", "place": "上海", "from": "2016-03-01", "to": "2020-03-31"},
        {"id": "w3aaaa", "unit": "上海某某科技有限公司", "place": "上海", "from": "2020-07-01"},
    ],
    "education": [
        {
            "id": "e1aaaa",
            "level": "bachelor",
            "degree": "none",
            "form": "self_study",
            "school": "安徽大学",
            "enrolled": "2013-04-01",
            "graduated": "2017-06-30",
            "major": "计算机科学与技术",
            "chsi": "found",
            "evidence": "received",
        },
    ],
    "qualification": [
        {
            "id": "q1aaaa",
            "kind": "skill",
            "level": "4",
            "name": "计算机程序设计员",
            "obtained": "2019-11-01",
            "matches_post": True,
        },
    ],
    "insurance": [
        {
            "id": "i1aaaa",
            "from": "2016-03",
            "to": "2020-03",
            "base": 6500,
            "employer": "上海甲贸易有限公司",
            "evidence": "verified",
            "seen_until": "2020-03",
        },
        {"id": "i2aaaa", "from": "2020-05", "to": "2020-06", "base": 6500, "pay_kind": "back_paid"},
        {
            "id": "i3aaaa",
            "from": "2020-07",
            "to": "2024-06",
            "base": 9500,
            "employer": "上海某某科技有限公司",
            "evidence": "verified",
            "seen_until": "2024-06",
        },
        {"id": "i4aaaa", "from": "2024-07", "base": 13500, "employer": "上海某某科技有限公司", "seen_until": "2026-10"},
    ],
    "spouse": {"name": "林晓", "id_number": "110101199001011229", "married": "2016-10-01", "shanghai_hukou": False},
    "child": [
        {
            "id": "k1aaaa",
            "name": "张一",
            "birth_date": "2012-11-03",
            "entered_primary": 2019,
            "lives_together": True,
            "benefits": False,
        },
        {"id": "k2aaaa", "name": "张二", "birth_date": "2020-04-18", "kindergarten": True, "lives_together": True},
    ],
    "offence": [{"id": "o1aaaa", "kind": "detention", "date": "2021-12-05"}],
    "archive": {"location": "hukou_centre", "holder": "合肥市人才服务中心"},
}
LI: dict[str, Any] = {
    "name": "李梅",
    "id_number": "110101199001011245",
    "contact": {"called": "李女士", "phone": "13911112222"},
    "claims": ["age", "education"],
    "schooling_complete": True,
    "permit": {**PERMIT, "valid_until": "2027-06-30"},
    "employment": {**FIRM, "post": "会计", "contract_from": "2022-01-01", "open_ended": True},
    "education": [DEGREE],
    "insurance": [{"id": "i5aaaa", "from": "2015-07", "base": 12500, "seen_until": "2026-10", "evidence": "verified"}],
    "archive": {"location": "shanghai_centre", "arrived": "2026-10-20"},
    "child": [{"id": "k3aaaa", "name": "王一", "birth_date": "2011-06-01", "entered_primary": 2018, "benefits": True}],
}
NOTICE = {"number": "2026-0001", "issued": "2026-01-20", "score": 128, "employer": FIRM["employer"], "members": []}
OTHERS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"contact": {"called": "Anna Müller", "phone": "18600001111"}}, {"status": "lead"}),
    (
        {"name": "王小明", "birth_date": "1990-03-07", "employment": FIRM, "education": [DEGREE], "permit": PERMIT},
        {"status": "account", "consultant": "bo", "tags": ["中考"]},
    ),
    (
        {
            "name": "欧阳文静",
            "birth_date": "1985-02-28",
            "education": [{"id": "e3aaaa", "level": "master", "degree": "master", "graduated": "2010-07-01"}],
            "insurance": [{"id": "i6aaaa", "from": "2012-01", "base": 36000}],
            "notice": {**NOTICE, "valid_until": "2027-05-09", "members": ["欧阳文静"]},
            "permit": {**PERMIT, "valid_until": "2027-05-09"},
            "employment": {"employer": "上海乙实业有限公司", "uscc": "91310000MA1FL5E20C", "points_account": "active"},
        },
        {"status": "in_force", "consultant": "ana", "tags": ["重点"]},
    ),
    (
        {
            "name": "张伟",
            "birth_date": "1981-08-09",
            "education": [{"id": "e4aaaa", "level": "bachelor", "degree": "bachelor", "graduated": "2004-07-01"}],
            "insurance": [{"id": "i7aaaa", "from": "2014-01", "base": 9000}],
            "notice": {**NOTICE, "valid_until": "2026-12-20", "members": ["张伟"]},
            "permit": {**PERMIT, "valid_until": "2026-12-20"},
            "employment": FIRM,
        },
        {"status": "renewal_due", "consultant": "ana"},
    ),
    (
        {"name": "买买提·艾力·阿不都热依木", "birth_date": "1985-02-28", "education": [DEGREE], "employment": FIRM},
        {"status": "verifying", "consultant": "bo"},
    ),
    (
        {
            "name": "陈一飞",
            "birth_date": "1979-05-05",
            "offence": [{"id": "o2aaaa", "kind": "serious_crime", "date": "2019-01-01"}],
        },
        {"status": "closed", "consultant": "bo"},
    ),
    ({"name": "林晓", "id_number": "110101199001011229", "contact": {"called": "林女士"}}, {"status": "lead"}),
)

Row = tuple[str, None, dict[str, Any]]
OF_ZHANG: tuple[Row, ...] = (
    ("tasks.t1aaaa", None, {"what": "催毕业证原件", "due": "2026-11-19", "owner": "ana"}),
    ("tasks.t2aaaa", None, {"what": "问合同续签", "due": "2026-12-10"}),
    ("tasks.t3aaaa", None, {"what": "报价", "due": "2026-11-01", "done": "2026-10-30"}),
    ("notes.n1aaaa", None, {"on": "2026-10-30", "by": "ana", "text": "已报价 6800，分两次付"}),
    ("notes.n2aaaa", None, {"on": "2026-11-18", "by": "bo", "text": "客户说毕业证在老家，下周寄来"}),
    ("fees.f1aaaa", None, {"what": "定金", "amount": 2800, "agreed": "2026-10-30", "received": "2026-11-02"}),
    ("fees.f2aaaa", None, {"what": "尾款", "amount": 4000, "agreed": "2026-10-30", "stage": "in_force"}),
    ("what_ifs.p1aaaa", None, {"line": "base=2x from 2027-01"}),
    ("what_ifs.p2aaaa", None, {"line": "title intermediate 2027-06"}),
)
RETURN = {
    "id": "r1aaaa",
    "on": "2026-11-12",
    "where": "online",
    "reasons": ["contract"],
    "text": "合同不满一年",
    "read_by": "周敏",
    "answer_by": "2026-12-02",
}
OF_LI: tuple[Row, ...] = (
    (
        "applications.a1aaaa",
        None,
        {"kind": "new", "opened": "2026-10-12", "district": "浦东新区", "returns": [RETURN]},
    ),
    ("steps.s1aaaa", None, {"stage": "account", "on": "2026-09-20"}),
    ("steps.s2aaaa", None, {"stage": "form", "on": "2026-10-12", "application": "a1aaaa"}),
    ("steps.s3aaaa", None, {"stage": "hr_review", "on": "2026-11-05", "application": "a1aaaa"}),
    ("steps.s4aaaa", None, {"stage": "returned", "on": "2026-11-12", "application": "a1aaaa"}),
    ("tasks.t4aaaa", None, {"what": "补劳动合同", "due": "2026-11-30", "owner": "ana"}),
    (
        "papers.m1aaaa",
        None,
        {"code": "B05", "state": "requested", "chased": 2, "last_chased": "2026-11-15", "promised": "2026-11-20"},
    ),
    ("papers.m2aaaa", None, {"code": "E01", "of": "e2aaaa", "state": "verified", "since": "2026-10-20"}),
)


def furnish(workspace: Workspace) -> None:
    """Put the office into an empty workspace. 张三 is case 9, the last one worked on; 李梅 case 8."""
    ana, bo = Desk(workspace, "ana"), Desk(workspace, "bo")
    for number, (document, office) in enumerate(OTHERS, 1):
        with at(f"2026-10-{number:02} 11:00"):
            ana.create(document, **office)
    with at("2026-11-12 14:30"):
        li = ana.create(LI, status="returned", consultant="ana", tags=["中考"])
        ana.change(li, *OF_LI)
    with at("2026-10-28 09:20"):
        zhang = ana.create({**ZHANG, "education": []}, status="accumulating", consultant="ana", need_by="2028-03-01")
    with at("2026-11-18 16:40"):
        ana.change(zhang, *OF_ZHANG)
    with at("2026-11-20 11:05"):
        bo.change(zhang, ("applicant.education.e1aaaa", None, ZHANG["education"][0], 0))
        bo.set(zhang, "applicant.contact.phone", "13800000001")


@contextmanager
def at(moment: str) -> Iterator[None]:
    """What is done meanwhile is done at this moment, as the clocks in Shanghai show it."""
    told = datetime.fromisoformat(moment).replace(tzinfo=today.SHANGHAI)

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return told.astimezone(tz)

    with mock.patch.object(today, "datetime", Stopped):
        yield
