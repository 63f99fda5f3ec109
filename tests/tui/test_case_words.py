"""The words of the list of cases: no status and no next step is cut, whatever the width of the window."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from desks import DAY
from rich.cells import cell_len

from engine.words import catalogue
from tui.screens.case_columns import KINDS, NAME, columns, fitting, indicator_name, widths
from tui.text import LANGUAGES
from tui.widgets.table import GAP, MARK

WINDOWS = (80, 100, 120, 160)
DAYS = {"near": DAY + timedelta(60), "month": DAY + timedelta(400), "overdue": DAY - timedelta(5), "today": DAY}
DAYS["long overdue"] = DAY - timedelta(400)


def codes(table: str) -> list[str]:
    return [key.removeprefix(f"{table}.") for key in catalogue("zh") if key.startswith(f"{table}.")]


def said(window: int, language: str, chosen: list[str], name: str, **row: str) -> str:
    """What a column says of such a row, as the table draws it; one cell of the window is the scrollbar's."""
    names = fitting(window - 1, chosen)
    column = columns(window - 1, chosen, language, DAY)[names.index(name)]
    return "".join(cell.text for cell in column.fit(column.width, column.cells(SimpleNamespace(**row))))  # type: ignore[arg-type]


@pytest.mark.parametrize("chosen", [[], ["name", "next", "status", "tags"]], ids=["usual", "own"])
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_status_is_cut(language: str, window: int, chosen: list[str]) -> None:
    shown = {stage: said(window, language, chosen, "status", stage=stage) for stage in codes("status")}
    assert [each for each in shown.values() if "…" in each] == []
    assert len(set(shown.values())) == len(shown)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whose_move_it_is_is_never_cut(language: str, window: int) -> None:
    shown = [said(window, language, [], "waiting_on", waiting_on=who) for who in codes("waiting_on")]
    assert shown and [each for each in shown if "…" in each] == []


@pytest.mark.parametrize("chosen", [[], ["name", "next", "status", "tags"]], ids=["usual", "own"])
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_next_is_cut(language: str, window: int, day: str, chosen: list[str]) -> None:
    due = DAYS[day].isoformat()
    shown = {
        code: said(window, language, chosen, "next", deadline=due, deadline_code=code)
        for code in [*codes("deadline"), "task", "fee"]
    }
    assert [each for each in shown.values() if "…" in each] == []
    assert len(set(shown.values())) == len(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_due_has_a_short_word_of_its_own(language: str) -> None:
    short = {code: catalogue(language)[f"deadline_short.{code}"] for code in codes("deadline_short")}
    assert set(short) == set(codes("deadline"))
    assert len(set(short.values())) == len(short)
    assert max(map(cell_len, short.values())) <= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_status_and_next_grow_before_the_name_does(language: str) -> None:
    names = ["name", "status", "next"]
    rooms = [widths(width, names, language) for width in range(60, 160)]
    name = [width - len(MARK) - sum(each[key] + GAP for key in names) for width, each in enumerate(rooms, 60)]
    full = rooms[-1]
    assert name[-1] > NAME
    assert all(full[key] > KINDS[key].width for key in ("status", "next"))
    assert all(room == NAME or each == full for room, each in zip(name, rooms, strict=True) if room >= NAME)
    assert all(before["next"] <= after["next"] for before, after in pairwise(rooms))


@pytest.mark.parametrize("room", [10, 18], ids=["80", "120"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_indicator_is_cut_in_the_table_of_the_score_through_time(language: str, room: int) -> None:
    shown = {name: indicator_name(name, language, room) for name in codes("indicator")}
    assert [each for each in shown.values() if cell_len(each) > room] == []
    assert len(set(shown.values())) == len(shown)
