"""Who may what: each kind of person writing and reading, in the file itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, Desk
from querying import query
from staff import GONE, KINDS, as_kept, employ, made_key, owner

from models import demo, employing
from models.access import access
from models.author import Author
from models.bulk import carry_out
from models.copying import copied
from models.drafts import save_draft, set_preference
from models.reading import Reader
from models.refusals import Refused
from models.wishes import tagged, to_consultant
from models.workspace import Workspace, open_workspace
from models.writing import NewCase, change, create, create_many, undo


@pytest.fixture
def cases(workspace: Workspace) -> dict[str, int]:
    """One case each of the people who have any, and one that is nobody's."""
    employ(workspace)
    boss = Desk(workspace, owner(workspace).name)
    uscc = {"employment": {"uscc": "91310000132206289R", "employer": "某某有限公司"}}
    return {
        name: boss.create({"name": f"王{n}", "contact": {"phone": "13800000000"}, **uscc}, consultant=name or None)
        for n, name in enumerate(["ann", "bea", "roy", ""])
    }


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.reason.code.removeprefix("write.")


Command = Callable[[Desk, dict[str, int]], Any]
COMMANDS: dict[str, Command] = {
    "their own case": lambda desk, cases: desk.set(cases.get(desk.name, cases["ann"]), "tags", ["重点"]),
    "a colleague's": lambda desk, cases: desk.set(cases["ann" if desk.name != "ann" else "bea"], "tags", ["重点"]),
    "nobody's": lambda desk, cases: desk.set(cases[""], "tags", ["重点"]),
    "a new one of theirs": lambda desk, cases: desk.create({"name": "新"}, consultant=desk.name),
    "a new one of another": lambda desk, cases: desk.create(
        {"name": "新"}, consultant="ann" if desk.name != "ann" else "bea"
    ),
}
REFUSED: dict[str, dict[str, str]] = {
    "bea": {"a colleague's": "not_your_case", "nobody's": "not_your_case", "a new one of another": "not_your_case"},
    "rea": dict.fromkeys(COMMANDS, "read_only"),
    "roy": dict.fromkeys(COMMANDS, "read_only"),
    GONE: dict.fromkeys(COMMANDS, "disabled"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", KINDS)
def test_who_may_write_what(workspace: Workspace, cases: dict[str, int], name: str, command: str) -> None:
    desk, wrong = Desk(workspace, name), REFUSED.get(name, {}).get(command)
    if wrong is None:
        COMMANDS[command](desk, cases)
        return
    before = workspace.connection.execute("SELECT count(*), max(id) FROM entry").fetchone()
    with pytest.raises(Refused) as refused:
        COMMANDS[command](desk, cases)
    assert code(refused) == wrong
    assert workspace.connection.execute("SELECT count(*), max(id) FROM entry").fetchone() == before


@pytest.mark.parametrize("name", KINDS)
def test_what_is_ones_own_is_always_kept(workspace: Workspace, cases: dict[str, int], name: str) -> None:
    save_draft(workspace, cases["ann"], name, "applicant.name", "王小")
    set_preference(workspace, name, "language", "en")
    with Reader(workspace) as reader:
        assert [draft.text for draft in reader.drafts(cases["ann"], name)] == ["王小"]
        assert reader.preference(name, "language") == "en"


def test_who_is_disabled_meanwhile_is_refused_the_next_write(workspace: Workspace, cases: dict[str, int]) -> None:
    ann = Desk(workspace, "ann")
    ann.set(cases["ann"], "tags", ["重点"])
    employing.change(workspace, "ann", active=False, by=owner(workspace))
    for command in (lambda: ann.set(cases["ann"], "tags", None), ann.undo):
        with pytest.raises(Refused) as refused:
            command()
        assert code(refused) == "disabled"


# --- over SSH


def over_ssh(name: str, key: str = "") -> Author:
    return Author(name, f"ssh {key}".strip())


def test_who_is_nobody_may_nothing_over_ssh_and_everything_at_the_machine(
    workspace: Workspace, cases: dict[str, int]
) -> None:
    with pytest.raises(Refused) as refused:
        change(workspace, cases["ann"], [], by=over_ssh("zoe"), today=DAY) and create(
            workspace, {}, by=over_ssh("zoe"), today=DAY
        )
    assert code(refused) == "nobody"
    assert create(workspace, {}, by=Author("zoe", "cli"), today=DAY)


def test_a_revoked_key_writes_no_more_and_another_of_the_same_person_does(workspace: Workspace) -> None:
    employ(workspace)
    lost, other = as_kept(made_key(1)), as_kept(made_key(2))
    for key in (lost, other):
        employing.add_key(workspace, "ann", key, by=owner(workspace))
    create(workspace, {}, by=over_ssh("ann", lost.fingerprint), today=DAY)
    employing.revoke_key(workspace, lost.fingerprint, by=owner(workspace))
    with pytest.raises(Refused) as refused:
        create(workspace, {}, by=over_ssh("ann", lost.fingerprint), today=DAY)
    assert code(refused) == "key_revoked"
    create(workspace, {}, by=over_ssh("ann", other.fingerprint), today=DAY)


def test_a_key_is_its_owners_and_nobody_elses(workspace: Workspace) -> None:
    employ(workspace)
    key = as_kept(made_key())
    employing.add_key(workspace, "bea", key, by=owner(workspace))
    with pytest.raises(Refused) as refused:
        create(workspace, {}, by=over_ssh("ou", key.fingerprint), today=DAY)
    assert code(refused) == "key_revoked"


def test_a_demo_is_nobodys(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "demo.db", kind="demo")
    demo.build(workspace, 2, demo.DEFAULT_SEED, DAY, over_ssh("zoe", "SHA256:x"))
    assert access(workspace.connection, over_ssh("zoe", "SHA256:x")).may_change
    workspace.close()


# --- reach: what is seen


@pytest.fixture
def bea(workspace: Workspace, cases: dict[str, int]) -> Iterator[Reader]:
    """What somebody reads who sees her own cases alone."""
    workspace.seen_by = "bea"
    with Reader(workspace) as reader:
        yield reader


def test_all_that_is_read_is_of_ones_own_cases(bea: Reader, cases: dict[str, int]) -> None:
    mine = cases["bea"]
    assert list(bea.ids()) == list(bea.first()) == list(bea.ids(query("王"))) == [mine]
    assert (bea.count(), sum(bea.counts().values())) == (1, 1)
    assert [row.id for row in bea.rows(cases.values())] == [mine]
    assert [bea.case(case_id) is not None for case_id in cases.values()] == [name == "bea" for name in cases]
    assert [bool(bea.journal(case_id)) for case_id in cases.values()] == [name == "bea" for name in cases]
    assert [found.cases for found in bea.employers()] == [1]
    assert list(bea.of_employer("91310000132206289R")) == [mine]
    assert [found.row.id for found in bea.duplicates(phone="13800000000")] == [mine]
    assert bea.latest(10) == [("bea", "[]", None, "某某有限公司")]


def test_that_a_colleague_has_a_client_is_told_and_nothing_of_the_case(bea: Reader, workspace: Workspace) -> None:
    Desk(workspace, owner(workspace).name).create({"contact": {"phone": "13911111111"}}, consultant="ann")
    assert bea.is_a_colleagues(phone="13911111111", name="王小明")
    assert not bea.is_a_colleagues(phone="13922222222") and not bea.is_a_colleagues(name="王0")
    assert bea.duplicates(phone="13911111111") == []
    with Reader(workspace, whole=True) as everything:
        assert everything.count() == 5
    workspace.seen_by = None
    with Reader(workspace) as all_seen:
        assert not all_seen.is_a_colleagues(phone="13911111111")


@pytest.mark.parametrize("table", ["cases", "document", "search_key", "entry"])
def test_no_table_says_anything_of_the_others(bea: Reader, cases: dict[str, int], table: str) -> None:
    column = "id" if table == "cases" else "case_id"
    found = {case_id for (case_id,) in bea._all(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL", ())}
    assert found == {cases["bea"]}


def test_every_table_that_says_anything_of_cases_is_one_of_those(bea: Reader) -> None:
    named = {name for (name,) in bea._all("SELECT name FROM temp.sqlite_master WHERE type = 'view'", ())}
    tables = bea._all(
        "SELECT m.name FROM main.sqlite_master AS m JOIN pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND c.name = 'case_id'",
        (),
    )
    assert {name for (name,) in tables} - {"draft"} | {"cases"} == named  # a draft is of whoever typed it


def test_nor_does_a_copy_of_another_day(bea: Reader, workspace: Workspace, tmp_path: Path) -> None:
    copy = copied(workspace, tmp_path / "copy.db")
    with Reader(copy) as reader:
        assert reader.count() == 1
    copy.close()


def test_a_name_with_a_quote_is_a_name(workspace: Workspace, cases: dict[str, int]) -> None:
    workspace.seen_by = "x' OR '1'='1"
    with Reader(workspace) as reader:
        assert reader.count() == 0


@pytest.mark.parametrize("line", ["wang", "exam:2027", "sort:renewal", "status:form sort:renewal", "score:>=120"])
def test_what_is_looked_for_is_looked_for_among_ones_own(bea: Reader, line: str) -> None:
    """So it costs as much as they have cases, however many there are in all."""
    asked = query(line)
    sql = f"EXPLAIN QUERY PLAN SELECT id FROM cases WHERE {asked.where} ORDER BY {asked.order} LIMIT 50"
    plan = [row[3] for row in bea._all(sql, asked.parameters)]
    assert not [step for step in plan if step.startswith("SCAN ") and "cases" not in step], plan
    for step in plan:
        if "search_key" in step or "child_exam" in step:
            assert "case_id=?" in step, plan
        elif step.startswith(("SEARCH main.cases", "SEARCH own")):
            assert "consultant=?" in step or "rowid=?" in step, plan


# --- reach: what is written


def test_what_belongs_to_the_employer_is_changed_in_all_its_cases(workspace: Workspace, cases: dict[str, int]) -> None:
    Desk(workspace, "bea").set(cases["bea"], "applicant.employment.district", "浦东")
    assert Desk(workspace, "ann").document(cases["ann"])["employment"]["district"] == "浦东"
    Desk(workspace, "bea").undo()
    assert "district" not in Desk(workspace, "ann").document(cases["ann"])["employment"]


def test_what_was_given_away_is_taken_back_and_nothing_else(workspace: Workspace, cases: dict[str, int]) -> None:
    bea = Desk(workspace, "bea")
    bea.set(cases["bea"], "tags", ["重点"])
    bea.set(cases["bea"], "consultant", "ann")
    with pytest.raises(Refused) as refused:
        bea.set(cases["bea"], "tags", None)
    assert code(refused) == "not_your_case"
    bea.undo()
    assert bea.case(cases["bea"]).consultant == "bea"
    bea.redo()
    assert bea.case(cases["bea"]).consultant == "ann"


def test_nobody_takes_a_case_for_themselves(workspace: Workspace, cases: dict[str, int]) -> None:
    for consultant in ("bea", None):
        with pytest.raises(Refused) as refused:
            Desk(workspace, "bea").set(cases["ann"], "consultant", consultant)
        assert code(refused) == "not_your_case"


def test_many_at_once_stop_where_somebody_may_not(workspace: Workspace, cases: dict[str, int]) -> None:
    done = carry_out(
        workspace, list(cases.values()), tagged("重点"), by=Author("rea", "test"), today=DAY, command="set"
    )
    assert done.failed is not None and done.failed.code == "write.read_only"
    assert done.changed == []


def test_a_batch_of_ones_own_is_handed_over(workspace: Workspace, cases: dict[str, int]) -> None:
    bea = Author("bea", "test")
    done = carry_out(workspace, [cases["bea"]], to_consultant("ann"), by=bea, today=DAY, command="hand_over")
    assert done.changed == [cases["bea"]]
    undo(workspace, by=bea, today=DAY)


def test_new_cases_of_who_sees_their_own_are_theirs(workspace: Workspace) -> None:
    employ(workspace)
    bea = Author("bea", "test")
    workspace.seen_by = "bea"
    one = create(workspace, {"name": "王小明"}, by=bea, today=DAY)
    ((two,),) = create_many(workspace, [NewCase({"name": "李梅"})], by=bea, today=DAY)
    assert [Desk(workspace, "bea").case(case_id).consultant for case_id in (one, two)] == ["bea", "bea"]
