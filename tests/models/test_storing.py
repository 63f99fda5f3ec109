"""A document, its derived columns and its search keys are written together, and no more of them than has changed."""

from datetime import date
from typing import Any

import pytest
from desks import Desk
from hypothesis import HealthCheck, given, settings
from strategies import documents

from engine.document import validate
from models import deriving, names
from models.contents import checked
from models.paths import APPLICANT, pruned
from models.transaction import transaction
from models.writing import rederive

WANG = {"name": "王小明", "contact": {"phone": "13800000000"}}
TOMORROW = date(2026, 11, 23)


@pytest.fixture
def pinyin_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A call that makes asking for pinyin an error: its tables take a third of a second to load."""

    def asked(text: str) -> list[str]:
        raise AssertionError(f"pinyin of {text}")

    return lambda: monkeypatch.setattr(names, "_pinyin", asked)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_what_is_checked_is_stored_as_it_is_and_the_applicant_of_it(document: dict[str, Any]) -> None:
    tree, applicant = checked({"status": "lead", APPLICANT: document})
    assert tree[APPLICANT] == pruned(tree[APPLICANT])
    assert applicant == validate(tree[APPLICANT])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("applicant.name", "李梅"),
        ("applicant.contact.called", "老王"),
        ("applicant.contact.phone", "13900000000"),
        ("applicant.id_number", "340104199003074516"),
        ("applicant.employment.employer", "上海某某科技有限公司"),
        ("applicant.birth_date", "1988-03-07"),
        ("applicant.name", None),
        ("status", "form"),
    ],
)
def test_whatever_changes_row_and_keys_follow(ana: Desk, path: str, value: Any) -> None:
    case_id = ana.create(WANG)
    ana.set(case_id, path, value)
    assert ana.is_of_one_piece(case_id)


def test_a_change_that_is_not_of_a_name_asks_for_no_pinyin(ana: Desk, pinyin_is_not_wanted: Any) -> None:
    case_id = ana.create(WANG)
    pinyin_is_not_wanted()
    ana.set(case_id, "applicant.birth_date", "1988-03-07")
    assert ana.case(case_id).row.score == 30


def test_a_new_day_asks_for_no_pinyin(ana: Desk, pinyin_is_not_wanted: Any) -> None:
    case_id = ana.create(WANG | {"birth_date": "1982-11-23"})
    pinyin_is_not_wanted()
    rederive(ana.workspace, TOMORROW)
    assert ana.case(case_id).stamp.endswith("2026-11-23")


def forgotten(desk: Desk, case_id: int, sql: str) -> None:
    """The state an earlier program left."""
    with transaction(desk.workspace) as session:
        session.connection().exec_driver_sql(f"DELETE FROM search_key WHERE case_id = {case_id}")
        session.connection().exec_driver_sql(f"UPDATE cases SET {sql} WHERE id = {case_id}")


@pytest.mark.parametrize("left", ["stamp = '0/x/2023/2026-11-22'", "score = NULL"])
def test_keys_that_an_earlier_program_left_are_made_anew_with_the_next_change(ana: Desk, left: str) -> None:
    case_id = ana.create(WANG)
    forgotten(ana, case_id, left)
    ana.set(case_id, "status", "form")
    assert ana.is_of_one_piece(case_id)


@pytest.mark.parametrize("left", ["stamp = '0/x/2023/2026-11-22'", "score = NULL, due = '2026-11-23'"])
def test_keys_that_an_earlier_program_left_are_made_anew_on_a_new_day(ana: Desk, left: str) -> None:
    case_id = ana.create(WANG)
    forgotten(ana, case_id, left)
    rederive(ana.workspace, TOMORROW)
    ana.today = TOMORROW
    assert ana.is_of_one_piece(case_id)


def test_a_stamp_is_of_these_rules_whatever_its_day() -> None:
    assert deriving.is_of_these_rules(f"{deriving.RULES}/shanghai@1/2013/2015-01-01")
    assert not deriving.is_of_these_rules(f"{deriving.RULES}1/shanghai@1/2013/2015-01-01")
    assert not deriving.is_of_these_rules("")
