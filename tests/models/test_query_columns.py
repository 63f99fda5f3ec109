"""What is derived of a case, or kept by the office, and found by the query language."""

from datetime import date

import pytest
from desks import Desk
from querying import finds, query, refused
from stored import store

from models.query import QueryError, parse
from models.reading import Reader
from models.workspace import Workspace


def test_a_score_that_will_fall_below_the_threshold_is_found_by_its_day(workspace: Workspace) -> None:
    store(workspace, {"id": 1, "drops_on": "2026-12-31"}, {"id": 2, "drops_on": "2027-06-01"}, {"id": 3})
    finds(
        workspace,
        ("drop:<90d", [1]),
        ("掉分：《400天", [1, 2]),
        ("drop:none", [3]),
        ("sort:-drop", [2, 1, 3]),
    )


def test_cases_are_found_by_what_their_children_come_to(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "exams": '[[2027, 2, "a"]]'},
        {"id": 2, "exams": '[[2028, 2, "a"], [2029, 0, "b"]]'},
        {"id": 3},
    )
    finds(
        workspace,
        ("exam:2027", [1]),
        ("exam:2028..2029", [2]),
        ("exam:>=2027", [1, 2]),
        ("升学：2029", [2]),
        ("中考：2027,2028", [1, 2]),
        ("zhongkao:2029", []),
        ("幼升小:2029", [2]),
        ("高考:none", [1, 2, 3]),
        ("exam:none", [3]),
        ("-exam:2027", [2, 3]),
    )


def test_a_year_that_is_none_is_refused_by_its_place() -> None:
    with pytest.raises(QueryError) as error:
        query("exam:明年")
    assert (error.value.start, error.value.end) == (5, 7)


def test_cases_are_found_by_their_next_day_kind_and_whose_move_it_is(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "deadline": "2026-11-20", "kind": "renew", "waiting_on": "hr"},
        {"id": 2, "deadline": "2026-12-01", "kind": "new", "waiting_on": "client"},
        {"id": 3},
    )
    finds(
        workspace,
        ("deadline:overdue", [1]),
        ("期限:逾期", [1]),
        ("deadline:<30d", [1, 2]),
        ("deadline:none", [3]),
        ("sort:-deadline", [2, 1, 3]),
        ("kind:renew", [1]),
        ("类型:首次申请,续办", [1, 2]),
        ("waiting:hr", [1]),
        ("卡在：客户", [2]),
        ("waiting:none", [3]),
    )


def test_what_is_due_today_is_not_overdue_yet(workspace: Workspace) -> None:
    store(workspace, {"id": 1, "deadline": "2026-11-21"}, {"id": 2, "deadline": "2026-11-22"})
    finds(workspace, ("deadline:overdue", [1]), ("deadline:0d", [2]), ("-deadline:overdue", [2]))


def test_who_has_more_points_than_are_asked_for_is_short_of_none_and_not_of_less(workspace: Workspace) -> None:
    store(workspace, {"id": 1, "score": 188}, {"id": 2, "score": 120}, {"id": 3, "score": 119}, {"id": 4})
    finds(
        workspace,
        ("gap:0", [1, 2]),
        ("gap:<1", [1, 2]),
        ("gap:1", [3]),
        ("gap:<0", []),
        ("gap:-5..-1", []),
        ("gap:-5..1", [1, 2, 3]),
        ("-gap:0", [3, 4]),
        ("sort:gap", [1, 2, 3, 4]),
    )


def test_a_name_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(QueryError) as error:
        query("waiting:hrs")
    assert error.value.reason.code == "query.value_near" and error.value.reason.values["near"] == "hr"


def test_notes_and_fees_are_looked_through(ana: Desk) -> None:
    one, two = ana.create({"name": "王小明"}), ana.create({"name": "李梅"})
    ana.change(one, ("notes.k3f9a", None, {"on": "2026-11-20", "by": "ana", "text": "已报价 6800，周四回"}))
    ana.change(two, ("fees.m4e2b", None, {"what": "尾款", "amount": 3400, "due": "2026-11-22"}))
    finds(
        ana.workspace,
        ("note:报价", [one]),
        ("记录:6800", [one]),
        ("note:100%", []),
        ("note:none", [two]),
        ("fee:due", [two]),
        ("费用:应收", [two]),
    )


def test_a_fee_is_due_until_it_is_received(ana: Desk) -> None:
    row = {"what": "尾款", "amount": 3400, "due": "2026-11-01"}
    case_id = ana.create({"name": "王小明"})
    ana.change(case_id, ("fees.m4e2b", None, {**row, "received": "2026-11-20"}))
    ana.change(case_id, ("fees.m4e2c", None, {**row, "due": "2026-11-23"}))
    with Reader(ana.workspace) as reader:
        assert [list(reader.ids(parse("fee:due", date(2026, 11, day), "ana"))) for day in (22, 23)] == [[], [case_id]]


def test_cases_are_found_by_the_base_of_the_last_month_paid(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "base": 11396, "base_multiple": 100},
        {"id": 2, "base": 12000, "base_multiple": 105},
        {"id": 3, "base": 30000, "base_multiple": 263},
        {"id": 4},
    )
    finds(
        workspace,
        ("base:<1.05x", [1]),
        ("基数：《1.05倍", [1]),
        ("base:1x..2x", [1, 2]),
        ("base:>=2倍", [3]),
        ("base:12000", [2]),
        ("base:<20000", [1, 2]),
        ("base:none", [4]),
        ("sort:-base", [3, 2, 1, 4]),
    )
    for line in ("base:1.055x", "base:x", "base:1..2x", "base:12.5"):
        assert refused(line).reason.code == "query.base", line


def test_cases_are_found_by_their_risks(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "risks": '[["block", "permit_type"], ["high", "cv_gap"]]'},
        {"id": 2, "risks": '[["high", "permit_expiring"]]'},
        {"id": 3},
    )
    finds(
        workspace,
        ("risk:block", [1]),
        ("风险：退件", [1]),
        ("risk:high", [1, 2]),
        ("risk:permit_expiring", [2]),
        ("风险:居住证到期,证件", [1, 2]),
        ("risk:none", [3]),
        ("-risk:block", [2, 3]),
    )
    assert refused("risk:没有").reason.code == "query.risk"


def test_the_risks_and_severities_of_the_language_are_those_of_the_rules() -> None:
    from engine.risks import RISKS, SEVERITIES
    from models import query_conditions

    assert query_conditions._names("risk") == RISKS
    assert query_conditions._names("severity") == SEVERITIES


def test_the_kinds_and_parties_of_the_language_are_those_of_the_rules() -> None:
    from engine.application import KINDS
    from engine.workflow.stage_pack import load
    from models import query_terms

    assert query_terms.KINDS == KINDS
    parties = {stage.waiting_on for stage in load().stages.values()} - {None}
    assert parties <= set(query_terms.WAITING_ON)
