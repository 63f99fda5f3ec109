"""A new day: only what falls due is counted anew, once, and the journal says what moved."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from desks import DAY, Desk
from hypothesis import HealthCheck, given, settings
from strategies import documents

from engine.document import validate
from engine.policy import load
from models import new_day, rederiving
from models.connection import connect
from models.deriving import RULES, derive
from models.new_day import Busy, bring_up
from models.rederiving import Moved
from models.refusals import Refused
from models.workspace import open_workspace
from models.writing import NewCase, create_many

TOMORROW = date(2026, 11, 23)
TURNS_44 = {"birth_date": "1982-11-23"}  # tomorrow: one point less
POLICY = load()


def rows(desk: Desk) -> list[tuple[Any, ...]]:
    return list(desk.workspace.connection.execute("SELECT * FROM cases ORDER BY id"))


def runs(desk: Desk) -> list[tuple[Any, ...]]:
    """What the journal has of new days: whose, and what moved."""
    found = desk.workspace.connection.execute("SELECT by, note, changes FROM entry WHERE command = 'new_day'")
    return [
        (by, note, [(c["path"], c["before"], c["after"]) for c in json.loads(changes)]) for by, note, changes in found
    ]


@pytest.fixture
def thousand(ana: Desk) -> Desk:
    """A thousand cases, seven of which fall due tomorrow."""
    cases = [NewCase(TURNS_44 if n % 143 == 1 else {"birth_date": "1990-05-01"}) for n in range(1000)]
    assert sum(case.document == TURNS_44 for case in cases) == 7
    for _ in create_many(ana.workspace, cases, by=ana.author, today=DAY):
        pass
    return ana


@pytest.fixture
def office(thousand: Desk) -> Desk:
    """Ten thousand, of which the same seven fall due: nine copies of all the others, put in past the commands."""
    with closing(connect(thousand.workspace.path, writing=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(cases)") if name != "id"]
        named = ", ".join(f'"{name}"' for name in columns)
        later = f"due > '{TOMORROW.isoformat()}' AND id <= 1000"
        for number in range(1, 11):
            most = 9000 - 993 * (number - 1)
            others = f"SELECT id + {number}000, {named} FROM cases WHERE {later} LIMIT {most}"
            connection.execute(f"INSERT INTO cases (id, {named}) {others}")
        connection.execute(
            "INSERT INTO document SELECT id, document, office FROM cases"
            " JOIN document ON case_id = (id - 1) % 1000 + 1"
            " WHERE id > 1000"
        )
        connection.execute("COMMIT")
    assert thousand.count("SELECT count(*) FROM cases") == thousand.count("SELECT count(*) FROM document") == 10_000
    return thousand


def test_of_ten_thousand_cases_the_seven_that_fall_due_are_written(office: Desk) -> None:
    before = rows(office)
    moved = bring_up(office.workspace, TOMORROW, "one")
    changed = [new for old, new in zip(before, rows(office), strict=True) if old != new]
    assert len(changed) == len(moved) == 7
    assert {(one.before, one.after, one.reached) for one in moved} == {(30, 29, None)}


def test_a_second_run_writes_nothing(office: Desk) -> None:
    bring_up(office.workspace, TOMORROW, "one")
    before = office.workspace.connection.execute("PRAGMA data_version").fetchone()
    assert bring_up(office.workspace, TOMORROW, "two") == ()
    assert office.workspace.connection.execute("PRAGMA data_version").fetchone() == before


def test_a_clock_set_back_writes_nothing(office: Desk) -> None:
    bring_up(office.workspace, TOMORROW, "one")
    before = rows(office)
    assert bring_up(office.workspace, DAY, "one") == ()
    assert bring_up(office.workspace, DAY - timedelta(days=365), "one") == ()
    assert rows(office) == before


def test_a_run_is_one_entry_however_many_chunks_it_takes(office: Desk) -> None:
    bring_up(office.workspace, TOMORROW, "one", limit=2)
    ((by, note, changes),) = runs(office)
    assert (by, note, len(changes)) == ("calendar", "2026-11-23", 7)
    assert changes[0] == ("cases.2.score", 30, 29)


def test_a_day_on_which_no_score_moves_leaves_no_entry(ana: Desk) -> None:
    ana.create({"birth_date": "1990-05-01", "notice": {"valid_until": "2026-11-22"}})  # only the points lapse
    assert bring_up(ana.workspace, TOMORROW, "one") == []
    assert runs(ana) == []


def test_two_sessions_at_midnight_do_it_once(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes in the middle of the first."""
    derived_anew = new_day.derived_anew
    refused = []

    def meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(new_day, "derived_anew", derived_anew)
        with pytest.raises(Busy) as busy:
            bring_up(office.workspace, TOMORROW, "two")
        refused.append(busy)
        return derived_anew(*arguments)

    monkeypatch.setattr(new_day, "derived_anew", meanwhile)
    assert len(bring_up(office.workspace, TOMORROW, "one")) == 7
    assert len(refused) == 1
    assert len(runs(office)) == 1


def test_a_run_whose_session_is_gone_is_ended_by_another(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    once = iter([True])
    assert bring_up(office.workspace, TOMORROW, "one", limit=3, goes_on=lambda: next(once, False)) == ()
    monkeypatch.setattr(new_day, "moment", lambda: "2099-01-01T00:00:00.000Z")  # its lease has run out
    assert len(bring_up(office.workspace, TOMORROW, "two")) == 7
    assert len(runs(office)) == 1


def test_who_reaches_the_threshold_and_who_falls_below_is_told(ana: Desk) -> None:
    school = {"education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}]}
    falls = ana.create(TURNS_44 | school)
    rises = ana.create(
        {"birth_date": "1990-05-01", "education": [{**school["education"][0], "graduated": "2026-11-23"}]}
    )
    assert list(bring_up(ana.workspace, TOMORROW, "one")) == [
        Moved(falls, 120, 119, False),
        Moved(rises, 30, 120, True),
    ]


def test_nobody_takes_back_what_the_calendar_did(office: Desk) -> None:
    bring_up(office.workspace, TOMORROW, "one")
    number = office.count("SELECT max(id) FROM entry")
    with pytest.raises(Refused):
        office.take_back(number)
    assert office.undo().command == "import"  # the person's own last command


def days() -> Iterator[date]:
    """A year of days, some close together."""
    day = DAY
    for step in (1, 2, 5, 9, 14, 30, 31, 60, 90, 120):
        day += timedelta(days=step)
        yield day


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(documents())
def test_until_a_case_falls_due_nothing_derived_of_it_turns(document: dict[str, Any]) -> None:
    applicant = validate(document)
    first = derive(document, "lead", POLICY, DAY)

    def shown(day: date) -> tuple[Any, ...]:
        found = derive(document, "lead", POLICY, day)
        return found[: found._fields.index("stamp")]

    due = date.fromisoformat(first.due)
    assert due > DAY
    for day in [*days(), due - timedelta(days=1)]:
        if DAY < day < due:
            assert shown(day) == shown(DAY), (day, applicant)


def test_a_case_that_falls_due_is_derived_for_the_day_it_is_looked_at(ana: Desk) -> None:
    case_id = ana.create(TURNS_44)
    assert ana.case(case_id).row.due == "2026-11-23"
    assert ana.case(case_id).row.next_change == "2026-11-23"
    later = date(2027, 3, 1)
    bring_up(ana.workspace, later, "one")
    assert ana.case(case_id).stamp.endswith("2027-03-01")


def test_the_days_on_which_the_threshold_is_crossed_are_kept(ana: Desk) -> None:
    school = {"level": "bachelor", "degree": "bachelor", "graduated": "2027-07-01"}
    case_id = ana.create({"birth_date": "1984-01-15", "education": [school]})  # 44, and a point less, in 2028
    row = ana.case(case_id).row
    assert (row.score, row.reached) == (30, False)
    assert json.loads(row.crossings or "") == [["2027-07-01", True], ["2028-01-15", False]]
    assert (row.next_change, row.drops_on) == ("2027-07-01", "2028-01-15")


def test_other_rules_bring_every_case_up(thousand: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.deriving.RULES", RULES + 1)
    assert rederiving.is_due(thousand.workspace, DAY)
    bring_up(thousand.workspace, DAY, "one")
    assert thousand.count(f"SELECT count(*) FROM cases WHERE stamp LIKE '{RULES + 1}/%'") == 1000


def test_looking_at_another_day_goes_back_in_a_copy_alone(ana: Desk, tmp_path: Any) -> None:
    from models.copying import copied

    case_id = ana.create(TURNS_44)
    bring_up(ana.workspace, TOMORROW, "one")
    with closing(copied(ana.workspace, tmp_path / "copy.db")) as copy:
        assert rederiving.rederive(copy, DAY, back=True) == 1
        assert Desk(copy, "ana").case(case_id).row.score == 30
        assert rederiving.rederive(copy, DAY, back=True) == 0
    assert ana.case(case_id).row.score == 29
    assert open_workspace(ana.workspace.path).path == ana.workspace.path
