"""How the first cases of a line are looked for: what is pressed all day is looked up, not searched through.

Looked at are the statements that are sent, each explained. A workspace keeps no statistics, so the plan is the same at
a hundred cases and at a million.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from desks import DAY
from query_lines import office
from querying import query
from stored import store

import models.query
from engine.words import LANGUAGES
from engine.workflow import STATUSES
from models import demo
from models.author import Author
from models.connection import connect
from models.query_terms import KEYS, NO_NONE
from models.reading import Reader
from models.workspace import Workspace, open_workspace
from tui.finding import ORDER
from tui.saved_views import read as views

FILTERS = {
    "status": [("status:form", "ix_cases_stage (stage=?)"), ("status:form,hr_review", "ix_cases_stage (stage=?)")],
    "score": [("score:>=120", "ix_cases_score (score>?)")],
    "proven": [("proven:<120", "ix_cases_proven (proven<?)")],
    "gap": [("gap:1..20", "ix_cases_score (score>? AND score<?)")],
    "permit": [("permit:<60d", "ix_cases_permit_until (permit_until<?)")],
    "points": [("points:<60d", "ix_cases_points_until (points_until<?)")],
    "renewal": [
        ("renewal:<30d", "ix_cases_renewal_id_stage (renewal<?)"),
        ("renewal:2027-01..2027-03", "ix_cases_renewal_id_stage (renewal>? AND renewal<?)"),
    ],
    "need": [("need:<90d", "ix_cases_need_by (need_by<?)")],
    "drop": [("drop:<90d", "ix_cases_drops_on (drops_on<?)")],
    "deadline": [
        ("deadline:overdue", "ix_cases_deadline (deadline<?)"),
        ("deadline:<7d", "ix_cases_deadline (deadline<?)"),
    ],
    "kind": [("kind:renew", "ix_cases_kind (kind=?)")],
    "waiting": [("waiting:hr", "ix_cases_waiting_on (waiting_on=?)")],
    "owed": [("owed:学位证", "ix_cases_owed (owed=?)")],
    "chased": [("chased:>7d", "ix_cases_chased (chased<?)")],
    "base": [
        ("base:<1.05x", "ix_cases_base_multiple (base_multiple<?)"),
        ("base:>=12500", "ix_cases_base (base>?)"),
    ],
    "risk": [("risk:block", "ix_cases_risks (risks=?)")],
    "note": [("note:没有", "document USING COVERING INDEX ix_document_notes")],
    "fee": [("fee:due", "ix_cases_fee_due (fee_due<?)")],
    "exam": [("exam:2027", "child_exam USING PRIMARY KEY (year>? AND year<?)")],
    **{
        key: [(f"{key}:2027", "child_exam USING PRIMARY KEY (year>? AND year<?)")]
        for key in ("primary", "junior", "zhongkao", "gaokao")
    },
    "updated": [("updated:<7d", "ix_cases_updated_at (updated_at>?)")],
    "consultant": [("consultant:me", "ix_cases_consultant (consultant=?)")],
    "employer": [
        ("employer:没有", "ix_cases_employer (employer=?)"),
        ("employer:没有", "ix_cases_employer (employer>?)"),
    ],
    "district": [("district:浦", "ix_cases_district (district=?)")],
    "tag": [("tag:重点", "ix_cases_tags (tags=?)")],
    "draft": [("draft:me", "draft USING COVERING INDEX sqlite_autoindex_draft_1")],
    "sort": [],
    "": [
        ("zhangsan", "search_key USING PRIMARY KEY (key>? AND key<?)"),
        ("填报", "ix_cases_stage (stage=?)"),
        ("01234", "tail USING PRIMARY KEY (key=?)"),
    ],
}
"""For each key what few cases are found by, and the index that has them."""

NOTHING = {
    "permit": "permit_until",
    "points": "points_until",
    "renewal": "renewal_id_stage",
    "need": "need_by",
    "drop": "drops_on",
    "deadline": "deadline",
    "kind": "kind",
    "waiting": "waiting_on",
    "owed": "owed",
    "chased": "chased",
    "base": "base",
    "consultant": "consultant",
    "employer": "employer",
    "district": "district",
    "risk": "risks",
    "tag": "tags",
}
"""The keys of which nothing may be there, and the index that has that."""
OF_OTHER_TABLES = {"exam", "primary", "junior", "zhongkao", "gaokao", "note", "draft"}
ORDERS = {key: index for key, index in NOTHING.items() if key not in {"owed", "risk", "tag"}} | {
    "status": "stage",
    "score": "score",
    "gap": "score",
    "proven": "proven",
    "updated": "updated_at",
}
"""What may be sorted by, and the index that has the order."""

SCANNED = re.compile(r"SCAN (main\.)?(cases|search_key|tail|longer|child_exam|document(?! USING COVERING INDEX))")
LOOKED_THROUGH = re.compile(rf"{SCANNED.pattern}(?!.* USING)")
SORTED = "TEMP B-TREE FOR"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path: Path = tmp_path_factory.mktemp("office") / "office.db"
    opened = open_workspace(path, kind="demo")
    store(opened, *office())
    yield opened
    opened.close()


@pytest.fixture
def reader(workspace: Workspace) -> Iterator[Reader]:
    with Reader(workspace) as opened:
        yield opened


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any condition counts as one that many cases are."""
    monkeypatch.setattr(models.query, "FEW", -1)
    monkeypatch.setattr(models.query, "MANY", 0)


def plan_of(reader: Reader, line: str) -> str:
    """How the first cases are looked for, as the list asks for them."""
    asked = query(line)
    if not asked.keys:
        asked = asked._replace(order=ORDER)
    sent: list[str] = []
    reader._connection.set_trace_callback(sent.append)
    reader.first(asked, 50)
    reader._connection.set_trace_callback(None)
    return explained(reader, sent)


def explained(reader: Reader, sent: list[str]) -> str:
    # what is sent from within (a `PRAGMA`, a comment of a table of functions) is not asked for by name
    asked = [sql for sql in sent if sql.startswith("SELECT")]
    return "\n".join(row[3] for sql in asked for row in reader._all(f"EXPLAIN QUERY PLAN {sql}", ()))


def test_every_key_and_order_is_looked_at() -> None:
    assert set(FILTERS) - {""} == set(KEYS)
    assert set(NOTHING) | OF_OTHER_TABLES == set(KEYS) - NO_NONE
    assert set(ORDERS) == {name for name, key in KEYS.items() if key.order}
    for key, lines in FILTERS.items():
        assert all(line.startswith(f"{key}:") == bool(key) for line, _ in lines)


@pytest.mark.parametrize(("line", "index"), [each for lines in FILTERS.values() for each in lines])
def test_each_filter_of_what_few_cases_are(reader: Reader, line: str, index: str) -> None:
    plan = plan_of(reader, line)
    assert index in plan
    assert not SCANNED.search(plan), plan


@pytest.mark.timeout(300)
def test_so_it_is_of_ten_thousand_made_up_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than are gathered: what many are is found in the order asked for, and that by an index too."""
    monkeypatch.setattr(demo, "WHOLE", 100)
    monkeypatch.setattr(demo, "LIVES", 100)
    with closing(open_workspace(tmp_path / "cases.db", kind="demo")) as opened:
        demo.build(opened, 10_000, demo.DEFAULT_SEED, DAY, Author("ana", "test"))
        with Reader(opened) as reader:
            assert reader.count(query("score:>=0")) > models.query.FEW
            for line, index in (each for lines in FILTERS.values() for each in lines):
                plan = plan_of(reader, line)
                assert index in plan, f"{line}: {plan}"
                assert not LOOKED_THROUGH.search(plan), f"{line}: {plan}"
            plan = plan_of(reader, "score:>=0 sort:renewal")
            assert "cases USING INDEX ix_cases_renewal" in plan and SORTED not in plan, plan


@pytest.mark.parametrize(
    "line", [line for lines in FILTERS.values() for line, _ in lines if not line.startswith("note")]
)
def test_a_filter_of_what_many_cases_are_is_walked_in_the_order_asked_for(
    reader: Reader, many: None, line: str
) -> None:
    plan = plan_of(reader, line).splitlines()
    walked = [step for step in plan if re.match(r"(SCAN|SEARCH) cases", step)]
    if not line.startswith(("draft", "fee")):
        assert any("updated_at" in step for step in walked), plan


@pytest.mark.parametrize(("key", "index"), NOTHING.items())
def test_nothing_and_anything_are_looked_up(reader: Reader, key: str, index: str) -> None:
    for line in (f"{key}:none", f"-{key}:none"):
        plan = plan_of(reader, line)
        assert f"ix_cases_{index} " in plan, line
        assert not SCANNED.search(plan), plan


@pytest.mark.parametrize("key", sorted(OF_OTHER_TABLES - {"draft"}))
def test_nothing_in_another_table_is_no_walk_through_documents(reader: Reader, many: None, key: str) -> None:
    plan = plan_of(reader, f"{key}:none")
    assert not re.search(r"SCAN (main\.)?(child_exam|document(?! USING COVERING))", plan), plan


@pytest.mark.parametrize("down", ["", "-"])
@pytest.mark.parametrize(("key", "index"), ORDERS.items())
def test_each_order_either_way(reader: Reader, many: None, key: str, index: str, down: str) -> None:
    plan = plan_of(reader, f"sort:{down}{key}")
    assert f"ix_cases_{index}" in plan
    assert SORTED not in plan, plan


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(len(views(None, "zh"))))
def test_each_view_of_the_start(reader: Reader, many: None, language: str, number: int) -> None:
    plan = plan_of(reader, views(None, language)[number].line)
    assert re.search(r"ix_cases_\w+", plan)
    assert SORTED not in plan and "SCAN cases\n" not in f"{plan}\n", plan


@pytest.mark.parametrize("shown", [5, 85], ids=["of what is known", "of what is not"])
def test_of_several_keys_only_what_the_first_leaves_equal_is_sorted(reader: Reader, shown: int) -> None:
    """Else all cases would be: no index has two keys."""
    sent: list[str] = []
    reader._connection.set_trace_callback(sent.append)
    reader.first(query("sort:kind,-renewal"), shown)
    reader._connection.set_trace_callback(None)
    for sql in sent:
        assert re.search(r"ix_cases_|rowid=", explained(reader, [sql])), sql


@pytest.mark.parametrize("line", ["sort:-status,renewal", "waiting:none sort:status,score"])
def test_by_status_each_status_is_looked_up_by_itself(reader: Reader, many: None, line: str) -> None:
    assert list(query("sort:-status").statuses()) == list(reversed(STATUSES))
    assert not re.search(r"SCAN cases|SEARCH cases (?!.*stage)", plan_of(reader, line))


def test_what_many_cases_are_is_not_gathered_first(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with Reader(workspace) as reader:
        few = reader.count(query("score:200"))
        monkeypatch.setattr(models.query, "FEW", few)
        sent: list[str] = []
        reader._connection.set_trace_callback(sent.append)
        reader.first(query("score:>=0"), 2)
        reader.first(query("score:200"), 2)
    many, of_few = (sql for sql in sent if sql.startswith("SELECT id FROM cases"))
    assert "IN (SELECT" not in many and "IN (SELECT" in of_few


def test_of_two_conditions_that_many_cases_meet_the_rarer_is_gathered(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hardly any may meet both, and all cases would be walked past."""
    line, size = "score:>=0 status:closed", reader.count(query("status:closed"))
    monkeypatch.setattr(models.query, "FEW", size - 1)
    assert "SEARCH cases USING INTEGER PRIMARY KEY (rowid=?)" in plan_of(reader, line)
    monkeypatch.setattr(models.query, "MANY", size)
    assert "rowid=?" not in plan_of(reader, line)


def test_no_statistics_are_kept_that_would_change_a_plan(workspace: Workspace) -> None:
    with Reader(workspace) as reader:
        assert not reader._all("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'", ())


OF_OTHERS = {"stamp", "due", "uscc"}  # a new day and employers are looked up by them
TOGETHER = [
    ("consultant:me sort:renewal", "ix_cases_consultant_renewal"),
    ("consultant:me sort:deadline", "ix_cases_consultant_deadline"),
    ("consultant:me sort:-updated", "ix_cases_consultant_updated_at"),
    ("consultant:me", "ix_cases_consultant_updated_at"),
    ("consultant:me status:form sort:renewal", "ix_cases_consultant_stage_renewal"),
    ("status:form sort:renewal", "ix_cases_stage_renewal"),
    ("kind:renew sort:renewal", "ix_cases_kind_renewal"),
    ("waiting:hr sort:waiting", "ix_cases_waiting_on (waiting_on=?)"),
    ("waiting:hr sort:deadline", "ix_cases_waiting_on_deadline"),
    ("permit:<60d sort:permit", "ix_cases_permit_until"),
    ("gap:1..20 sort:-score", "ix_cases_score"),
    ("base:<1.05x sort:renewal", "ix_cases_renewal_id_stage"),
    ("renewal:<30d -status:lapsed sort:renewal", "COVERING INDEX ix_cases_renewal_id_stage"),
    ("zhangsan consultant:me", "ix_cases_consultant_updated_at"),
]


@pytest.mark.parametrize(("line", "index"), TOGETHER)
def test_what_many_cases_are_in_the_order_asked_for(reader: Reader, many: None, line: str, index: str) -> None:
    plan = plan_of(reader, line)
    assert index in plan
    assert SORTED not in plan, plan


def test_no_index_of_cases_is_kept_for_nothing(workspace: Workspace) -> None:
    asked = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'cases' AND sql NOT NULL"
    with Reader(workspace) as reader:
        there = {name for (name,) in reader._all(asked, ())}
    looked_at = " ".join(index for lines in (*FILTERS.values(), TOGETHER) for _, index in lines)
    held = {name for name in there if re.search(rf"{name}\b", looked_at)} | {
        f"ix_cases_{name}" for name in ORDERS.values()
    }
    assert there - held == {f"ix_cases_{name}" for name in OF_OTHERS}


def test_a_filter_whose_index_somebody_dropped_is_noticed(tmp_path: Path) -> None:
    """None of the filters is looked up by anything else than what is said here."""
    with closing(open_workspace(tmp_path / "dropped.db", kind="demo")) as workspace:
        with closing(connect(workspace.path, writing=True)) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
            ).fetchall()
            for (name,) in names:
                connection.execute(f'DROP INDEX "{name}"')
        with Reader(workspace) as reader:
            for line, index in (each for lines in FILTERS.values() for each in lines):
                if "ix_" in index:
                    plan = plan_of(reader, line)
                    assert index not in plan and SCANNED.search(plan), line
