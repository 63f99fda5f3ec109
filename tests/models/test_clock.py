"""The machine's clock set a year on or back while people work: numbers decide what came after what, never moments."""

from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from desks import Desk
from soundness import flaws

from models import today
from models.history import led_to
from models.paths import pruned
from models.reading import Reader
from models.refusals import Conflict, Refused
from models.writing import save_draft

NOW, A_YEAR_ON, A_YEAR_BACK = (datetime(year, 11, 22, 4, 0, tzinfo=UTC) for year in (2026, 2027, 2025))
WANDERING = [NOW, A_YEAR_ON, A_YEAR_BACK, A_YEAR_ON, NOW, A_YEAR_BACK]


class Clock(datetime):
    stands: ClassVar[datetime] = NOW

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.stands


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """A clock that shows what it is set to."""
    monkeypatch.setattr(today, "datetime", Clock)
    monkeypatch.setattr(Clock, "stands", NOW)
    return Clock


@pytest.fixture
def case_id(ana: Desk, clock: type[Clock]) -> int:
    """A case of six entries, each at another year than the one before: made, and named 0, 1, 2, 3, 4."""
    case_id = ana.create({"name": "甲"})
    for number, moment in enumerate(WANDERING[1:]):
        clock.stands = moment
        ana.set(case_id, "applicant.name", str(number))
    return case_id


def name(desk: Desk, case_id: int) -> Any:
    return desk.document(case_id)["name"]


def test_the_moments_are_those_of_the_clock_and_the_numbers_go_on(ana: Desk, case_id: int) -> None:
    oldest_first = ana.entries(case_id)[::-1]
    assert [entry.id for entry in oldest_first] == [1, 2, 3, 4, 5, 6]
    assert [entry.at[:4] for entry in oldest_first] == ["2026", "2027", "2025", "2027", "2026", "2025"]


def test_the_workspace_stays_whole(ana: Desk, case_id: int) -> None:
    assert flaws(ana.workspace) == []


@pytest.mark.parametrize("moment", [NOW, A_YEAR_ON, A_YEAR_BACK])
def test_undo_and_redo_go_by_the_order_of_the_commands(
    ana: Desk, case_id: int, clock: type[Clock], moment: datetime
) -> None:
    clock.stands = moment
    back = [(ana.undo(), name(ana, case_id))[1] for _ in range(5)]
    forward = [(ana.redo(), name(ana, case_id))[1] for _ in range(5)]
    assert (back, forward) == (["3", "2", "1", "0", "甲"], ["0", "1", "2", "3", "4"])


def test_nothing_is_done_again_after_a_new_command_however_early_it_says_it_was(
    ana: Desk, case_id: int, clock: type[Clock]
) -> None:
    clock.stands = A_YEAR_ON
    ana.undo()
    clock.stands = A_YEAR_BACK
    ana.set(case_id, "status", "form")
    with pytest.raises(Refused) as refused:
        ana.redo()
    assert refused.value.reason.code == "write.nothing_to_redo"


def test_a_later_edit_stands_in_the_way_however_early_it_says_it_was(
    ana: Desk, bo: Desk, case_id: int, clock: type[Clock]
) -> None:
    entry = ana.entries(case_id)[0].id
    clock.stands = datetime(2020, 1, 1, tzinfo=UTC)
    bo.set(case_id, "applicant.name", "乙")
    with pytest.raises(Refused) as refused:
        ana.take_back(entry)
    assert (refused.value.reason.code, refused.value.reason.values["who"]) == ("write.changed_since", "bo")
    with pytest.raises(Conflict) as conflict:
        ana.change(case_id, ("applicant.name", "4", "丙"))
    assert [(clash.who, clash.at) for clash in conflict.value.items] == [("bo", "2020-01-01T00:00:00.000Z")]


def test_the_case_as_it_was_is_found_by_the_order_of_its_entries(ana: Desk, case_id: int) -> None:
    entries = [entry.changes for entry in ana.entries(case_id)[::-1]]
    names = [led_to(entries[:count])["applicant"]["name"] for count in range(1, 7)]  # type: ignore[index]
    assert names == ["甲", "0", "1", "2", "3", "4"]
    assert led_to(entries) == pruned(ana.tree(case_id))


def test_a_case_that_comes_back_was_made_when_it_was_made(ana: Desk, clock: type[Clock]) -> None:
    case_id = ana.create({"name": "甲"})
    made = ana.case(case_id).row.created_at
    clock.stands = A_YEAR_BACK
    ana.undo()
    ana.redo()
    assert ana.case(case_id).row.created_at == made


def test_a_draft_is_kept_whatever_the_clock_says(ana: Desk, case_id: int, clock: type[Clock]) -> None:
    for moment, text in [(A_YEAR_ON, "王"), (A_YEAR_BACK, "王小"), (NOW, "王小明")]:
        clock.stands = moment
        save_draft(ana.workspace, case_id, "ana", "applicant.name", text)
    with Reader(ana.workspace) as reader:
        assert [draft.text for draft in reader.drafts(case_id, "ana")] == ["王小明"]
