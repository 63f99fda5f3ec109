"""The columns of the list: which fit, in whose order, and what is kept of a person's choice."""

import pytest
from casesteps import READY
from desks import DAY, Desk
from rich.cells import cell_len

from models.reading import Reader
from tui.screens import case_columns
from tui.screens.case_columns import DEFAULT, KINDS, MATTERS, Shown, columns, fitting, kept, of_width, read
from tui.text import LANGUAGES

AT_80, BESIDE_A_PREVIEW, AT_160 = 79, 113, 159  # cells of the table: a scrollbar has one


def test_at_80_columns_a_row_keeps_what_one_works_by() -> None:
    assert fitting(AT_80, ()) == ["name", "status", "score", "gap", "waiting_on", "days", "next"]


def test_where_there_is_more_room_the_bar_and_the_dates_come_in_their_places() -> None:
    assert fitting(BESIDE_A_PREVIEW, ())[:4] == ["name", "status", "score", "bar"]
    assert fitting(BESIDE_A_PREVIEW, ())[-1] == "permit_until"
    assert {"permit_until", "points_until", "consultant", "proven"} < set(fitting(AT_160, ()))


def test_what_a_person_has_chosen_stands_in_their_order_and_the_last_gives_way() -> None:
    assert fitting(AT_160, ["name", "tags", "score"]) == ["name", "tags", "score"]
    assert fitting(40, ["name", "tags", "score", "employer"]) == ["name", "tags", "score"]


@pytest.mark.parametrize("width", [0, 20, 60, AT_80, BESIDE_A_PREVIEW, AT_160, 300])
def test_the_client_stands_first_whatever_the_width(width: int) -> None:
    assert fitting(width, ())[0] == fitting(width, ["name", "tags"])[0] == "name"


def test_the_usual_columns_are_the_same_in_both_orders() -> None:
    assert sorted(DEFAULT) == sorted(MATTERS)


def test_a_choice_is_kept_for_a_width_of_the_screen() -> None:
    own = {80: ["name", "score"], 160: ["name", "tags"]}
    assert read(kept(own)) == own
    assert [of_width(width) for width in (60, 80, 119, 120, 159, 160, 200)] == [80, 80, 80, 120, 120, 160, 160]


@pytest.mark.parametrize("rubbish", ["", "{", "[]", '{"80": 3}', '{"80": null}', "7"])
def test_what_is_no_choice_of_columns_is_none(rubbish: str) -> None:
    assert read(rubbish) == {}


def test_a_column_that_is_no_more_is_left_out_and_the_client_put_first() -> None:
    assert read('{"80": ["gone", "score", "score", "name"]}') == {80: ["name", "score"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_says_something_of_any_case_and_no_more_than_fits(ana: Desk, language: str) -> None:
    ana.create({})
    full = ana.create(
        {
            "name": "张三",
            "birth_date": "1988-03-07",
            "permit": {"valid_until": "2026-12-01"},
            "notice": {"valid_until": "2026-11-01"},
            "employment": {"employer": "上海某某科技有限公司", "district": "浦东新区"},
        },
        status="form",
        consultant="ana",
        need_by="2027-03-01",
        tags=["重点"],
    )
    ana.change(full, ("steps.s1a2b", None, {"id": "s1a2b", "stage": "form", "on": "2026-11-13"}))
    with Reader(ana.workspace) as reader:
        rows = reader.rows(reader.ids())
    for column in columns(10_000, list(KINDS), language, DAY):
        for row in rows:
            cells = column.fit(column.width or 20, column.cells(row))
            assert "".join(cell.text for cell in cells).strip()
            assert sum(cell_len(cell.text) for cell in cells) == (column.width or 20) + case_columns.GAP


def test_what_is_next_is_said_by_its_day_and_in_another_year_by_its_month(ana: Desk) -> None:
    ana.create({"name": "近", "permit": {"valid_until": "2027-01-20"}})
    ana.create({"name": "远", "permit": {"valid_until": "2029-03-01"}})
    ana.create({"name": "过", "notice": {"valid_until": "2026-11-01"}})
    with Reader(ana.workspace) as reader:
        rows = reader.rows(reader.ids())
    (said,) = columns(200, ["next"], "zh", DAY)[1:]
    assert ["".join(cell.text for cell in said.cells(row)) for row in rows] == [
        "01-20  居住证签注",
        "2029-03  居住证签注",
        "11-01! 积分续办",
    ]


def test_a_case_no_step_tells_of_stands_where_it_is_since_the_day_it_was_made(ana: Desk) -> None:
    case_id = ana.create({"name": "新"})
    with Reader(ana.workspace) as reader:
        [row] = reader.rows([case_id])
    made = row._replace(created_at="2026-11-19T16:30:00.000Z")  # already the 20th in Shanghai
    (said,) = columns(200, ["days"], "zh", DAY)[1:]
    assert ["".join(cell.text for cell in said.cells(each)) for each in (made, made._replace(since="2026-11-13"))] == [
        "2",
        "9",
    ]


def test_a_case_is_in_its_stage_for_no_days_on_the_day_it_was_made(ana: Desk) -> None:
    case_id = ana.create({"name": "新"})
    with Reader(ana.workspace) as reader:
        [row] = reader.rows([case_id])
    assert row._replace(created_at="2026-11-22T02:00:00.000Z").days_here(DAY) == 0
    assert row._replace(created_at="2026-12-24T02:00:00.000Z").days_here(DAY) == 0  # the day was set back


@pytest.mark.parametrize(("language", "said"), [("zh", "否决"), ("en", "veto")])
def test_a_veto_stands_in_the_place_of_points_whatever_they_are(ana: Desk, language: str, said: str) -> None:
    case_id = ana.create({**READY, "offence": [{"kind": "serious_crime", "date": "2020-01-01"}]})
    with Reader(ana.workspace) as reader:
        [row] = reader.rows([case_id])
    shown = {
        name: "".join(cell.text for cell in kind.cells(Shown(language, DAY, 120), row)) for name, kind in KINDS.items()
    }
    assert row.score and (shown["score"], shown["gap"], shown["bar"].strip()) == (said, "-", "│")


@pytest.mark.parametrize(
    ("score", "proven", "bar"),
    [
        (None, None, "            │     "),
        (0, 0, "            │     "),
        (9, 9, "            │     "),
        (119, 60, "▓▓▓▓▓▓▒▒▒▒▒ │     "),
        (120, 119, "▓▓▓▓▓▓▓▓▓▓▓▒│     "),
        (139, 0, "▒▒▒▒▒▒▒▒▒▒▒▒│▒    "),
        (160, 130, "▓▓▓▓▓▓▓▓▓▓▓▓│▓▒▒▒ "),
        (500, 500, "▓▓▓▓▓▓▓▓▓▓▓▓│▓▓▓▓▓"),
    ],
)
def test_the_bar_shows_what_is_proven_what_is_claimed_and_120_between(
    ana: Desk, score: int | None, proven: int | None, bar: str
) -> None:
    """Ten points a cell, in as many cells whatever the score; the mark at 120 is passed by who has more alone."""
    case_id = ana.create({})
    with Reader(ana.workspace) as reader:
        [row] = reader.rows([case_id])
    cells = KINDS["bar"].cells(Shown("zh", DAY, 120), row._replace(score=score, proven=proven))
    assert "".join(cell.text for cell in cells) == bar


def test_another_offence_is_no_veto(ana: Desk) -> None:
    case_id = ana.create({**READY, "offence": [{"kind": "detention", "date": "2025-01-01"}]})
    with Reader(ana.workspace) as reader:
        [row] = reader.rows([case_id])
    assert not row.vetoed
