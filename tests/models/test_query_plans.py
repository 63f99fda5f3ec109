"""How the first cases of a line are looked for: what is pressed all day is looked up, not searched through."""

import re
from collections.abc import Iterator

import pytest
from querying import query
from stored import store

from engine.workflow import STATUSES
from models.reading import COMMON, Reader
from models.workspace import Workspace


@pytest.fixture
def reader(workspace: Workspace) -> Iterator[Reader]:
    """Of an empty workspace: the plan is the same at none and at a million."""
    with Reader(workspace) as opened:
        yield opened


def plan_of(reader: Reader, text: str, *, common: bool = False) -> str:
    """How the first cases are looked for. No statistics are kept: it is the same at a thousand and at a million."""
    asked = query(text).for_a_look(lambda look: common)
    sql = f"EXPLAIN QUERY PLAN SELECT id FROM cases WHERE {asked.where} ORDER BY {asked.order} LIMIT 50"
    return "\n".join(row[3] for row in reader._all(sql, asked.parameters))


@pytest.mark.parametrize(
    ("line", "index"),
    [
        ("status:form,hr_review", "ix_cases_stage_renewal (stage=?)"),
        ("renewal:<30d", "ix_cases_renewal (renewal<?)"),
        ("renewal:2027-01..2027-03", "ix_cases_renewal (renewal>? AND renewal<?)"),
        ("deadline:overdue", "ix_cases_deadline (deadline<?)"),
        ("permit:<60d", "ix_cases_permit_until (permit_until<?)"),
        ("points:<60d", "ix_cases_points_until (points_until<?)"),
        ("need:<90d", "ix_cases_need_by (need_by<?)"),
        ("score:>=120", "ix_cases_score (score>?)"),
        ("proven:<120", "ix_cases_proven (proven<?)"),
        ("gap:1..20", "ix_cases_score (score>? AND score<?)"),
        ("kind:renew", "ix_cases_kind_renewal (kind=?)"),
        ("waiting:hr", "ix_cases_waiting_on_deadline (waiting_on=?)"),
        ("owed:学位证", "ix_cases_owed (owed=?)"),
        ("chased:>7d", "ix_cases_chased (chased<?)"),
        ("exam:2027", "PRIMARY KEY (year>? AND year<?)"),
        ("zhongkao:2027", "PRIMARY KEY (year>? AND year<?)"),
        ("drop:<90d", "ix_cases_drops_on (drops_on<?)"),
        ("base:<1.05x", "ix_cases_base_multiple (base_multiple<?)"),
        ("base:>=12500", "ix_cases_base (base>?)"),
        ("fee:due", "ix_cases_fee_due (fee_due<?)"),
        ("consultant:me", "ix_cases_consultant_"),
        ("employer:某某", "ix_cases_employer (employer=?)"),
        ("district:浦东", "ix_cases_district (district=?)"),
        ("risk:block", "ix_cases_risks (risks=?)"),
        ("tag:重点", "ix_cases_tags (tags=?)"),
        ("updated:<7d", "ix_cases_updated_at (updated_at>?)"),
        ("zhangsan", "search_key USING PRIMARY KEY (key>? AND key<?)"),
    ],
)
def test_each_filter_of_what_few_cases_are(reader: Reader, line: str, index: str) -> None:
    plan = plan_of(reader, line)
    assert index in plan
    assert not re.search(r"SCAN (cases|document|search_key|child_exam)", plan)


@pytest.mark.parametrize(
    ("line", "index"),
    [
        ("sort:renewal", "ix_cases_renewal"),
        ("sort:-updated", "ix_cases_updated_at"),
        ("sort:-score", "ix_cases_score"),
        ("sort:gap", "ix_cases_score"),
        ("sort:deadline", "ix_cases_deadline"),
        ("sort:permit", "ix_cases_permit_until"),
        ("sort:points", "ix_cases_points_until"),
        ("sort:need", "ix_cases_need_by"),
        ("sort:drop", "ix_cases_drops_on"),
        ("sort:base", "ix_cases_base"),
        ("sort:kind", "ix_cases_kind_renewal"),
        ("sort:waiting", "ix_cases_waiting_on_deadline"),
        ("sort:chased", "ix_cases_chased"),
        ("sort:employer", "ix_cases_employer"),
        ("sort:district", "ix_cases_district"),
        ("sort:proven", "ix_cases_proven"),
        ("sort:consultant", "ix_cases_consultant_"),
        ("consultant:me sort:renewal", "ix_cases_consultant_renewal"),
        ("status:form sort:renewal", "ix_cases_stage_renewal"),
        ("kind:renew sort:renewal", "ix_cases_kind_renewal"),
        ("waiting:hr sort:deadline", "ix_cases_waiting_on_deadline"),
        ("permit:<60d sort:permit", "ix_cases_permit_until"),
        ("gap:1..20 sort:-score", "ix_cases_score"),
        ("base:<1.05x sort:renewal", "ix_cases_renewal"),
    ],
)
def test_in_the_order_asked_for(reader: Reader, line: str, index: str) -> None:
    plan = plan_of(reader, line, common=True)
    assert index in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan


@pytest.mark.parametrize("line", ["sort:status", "sort:-status,renewal"])
def test_by_status_each_status_is_looked_up_by_itself(reader: Reader, line: str) -> None:
    pieces = list(query(line).in_pieces())
    assert len(pieces) == len(STATUSES)
    for piece in pieces:
        sql = f"EXPLAIN QUERY PLAN SELECT id FROM cases WHERE {piece.where} ORDER BY {piece.order} LIMIT 50"
        plan = "\n".join(row[3] for row in reader._all(sql, piece.parameters))
        assert "ix_cases_stage_renewal (stage=?)" in plan


def test_what_many_cases_are_is_not_gathered_first(workspace: Workspace) -> None:
    store(workspace, *({"id": n, "score": 120 if n > 5 else 60} for n in range(1, COMMON + 7)))
    with Reader(workspace) as reader:
        seen: list[str] = []
        reader._connection.set_trace_callback(seen.append)
        assert list(reader.first(query("score:>=120"), 2)) == [6, 7]
        assert list(reader.first(query("score:<100"), 2)) == [1, 2]
    many, few = (sql for sql in seen if sql.startswith("SELECT id FROM cases"))
    assert "IN (SELECT" not in many and "IN (SELECT" in few
