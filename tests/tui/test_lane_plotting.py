"""Swimlanes as characters: what is drawn where, and that it can be told without colour."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from strategies import applicants, law_days

from engine.document import validate
from engine.facts import Applicant
from engine.lanes import concerned, lanes
from engine.spans import Span
from engine.words import catalogue
from tui.lane_plotting import NAMES, Picture, drawn, framed, legend
from tui.text import LANGUAGES

ON = date(2026, 11, 22)
JIA, YI = "甲公司", "乙公司"


def picture(
    facts: dict[str, Any], *paths: str, years: tuple[int, int] | None = None, width: int = 49, **values: str
) -> Picture:
    """The lanes of an applicant with what a risk of these facts rests on."""
    made = lanes(validate(facts), ON)
    return drawn(made, framed(made, ON, years, width), ON, concerned(made, paths, values) if paths else [], "zh")


def text(of: Picture, *names: str) -> list[str]:
    """The lines of some lanes, `>` before those in which something is picked; a lane's further lines too."""
    lines = [f"{'>' if row.picked else ' '}{''.join(sign.text for sign in row.signs)}".rstrip() for row in of.lines]
    wanted, found = False, []
    for line in lines:
        wanted = wanted if line[1:2] == " " else line[1:].split()[0] in names
        if wanted:
            found.append(line)
    return found


def axis(of: Picture) -> list[str]:
    return ["".join(sign.text for sign in line).rstrip() for line in of.axis]


PAID = [
    {"from": "2018-01", "to": "2019-12", "employer": JIA, "province": "江苏"},
    {"from": "2020-01", "to": "2021-12", "employer": YI, "pay_kind": "back_paid"},
    {"from": "2022-01", "to": "2022-12", "employer": YI, "payer_matches_contract": False},
    {"from": "2023-07", "to": "2024-06", "employer": JIA},
    {"from": "2024-01", "employer": YI},
]


def test_what_each_month_is_can_be_told_without_colour() -> None:
    made = picture({"insurance": PAID})
    assert text(made, "社保") == [
        " 社保     ~江苏~~~+乙公司++#####!!!─xxxx 甲公司  ╎",
        "                             乙公司 xxxx─────────>",
    ]
    assert axis(made) == [
        "2018    2020 2021     2023     2025 今天",
        "┴───┴───┴────┴───┴────┴───┴────┴───┴───┴",
    ]
    assert legend(made.marks, "zh") == "x 重叠  ~ 外地缴  + 补缴  # 他单位  ! 空缺  < > 起止不详或未止"


def test_what_a_risk_rests_on_has_brackets_and_its_days_an_arrow_on_the_axis() -> None:
    gap = picture({"insurance": PAID}, "insurance", first="2023-01", last="2023-06")
    plain = picture({"insurance": PAID})
    (row, *_), (before, *_) = text(gap, "社保"), text(plain, "社保")
    assert row == f">{before[1:].replace('!!!', '[!]')}"
    assert axis(gap)[1].index("▼▼▼") + NAMES == cell_len(before[1:].partition("!!!")[0])
    assert "▼" not in axis(plain)[1] and gap.first == 2 and plain.first is None


def test_a_day_is_one_sign_and_an_end_that_is_not_known_is_told() -> None:
    facts = {"education": [{"graduated": "2012-07-01"}], "spouse": {"married": "2016-10-01", "name": "李某"}}
    assert text(picture(facts, "education.0"), "学习") == [">学习     ◆" + " " * 38 + "╎"]
    (marriage,) = text(picture(facts), "婚姻")
    assert "├李某" in marriage and marriage.endswith(">")


def test_a_lane_says_where_nothing_is_known_and_where_nothing_is_in_the_frame() -> None:
    facts = {"education": [{"level": "bachelor", "enrolled": "2008-09-01", "graduated": "2012-07-01"}]}
    assert text(picture(facts), "个税") == [" 个税     没有记录"]
    assert text(picture(facts, years=(2, 1)), "学习") == [" 学习     不在这段时间"]


def test_few_years_are_drawn_from_a_first_of_january_and_go_no_farther_than_the_facts() -> None:
    made = lanes(validate({"insurance": PAID, "permit": {"valid_until": "2029-05-09"}}), ON)
    near, far = framed(made, ON, (2, 1), 49), framed(made, ON, (10, 5), 49)
    assert (near.first, near.last) == (date(2024, 1, 1), date(2027, 12, 31))
    assert (far.first, far.last) == (date(2018, 1, 1), date(2029, 5, 9))


def test_a_span_that_goes_beyond_the_frame_is_open_there() -> None:
    facts = {"employment": {"employer": JIA, "contract_from": "2015-01-01", "contract_until": "2035-12-31"}}
    (line,) = text(picture(facts, years=(2, 1)), "合同")
    assert line.startswith(" 合同     <甲公司─") and line.endswith("─>")


def test_a_name_that_has_no_room_inside_stands_beside() -> None:
    child = {"name": "小宝", "permit_valid_until": "2027-01-31", "entered_primary": 2018}
    lines = text(picture({"child": [child]}), "小宝")
    assert any("─ 居住证" in line or "◆ 居住证" in line or "┤ 居住证" in line for line in lines)
    assert any("├小学─" in line for line in lines)


def test_a_name_beside_a_span_keeps_its_distance_from_the_next_one() -> None:
    school = {"level": "high_school", "enrolled": "2008-09-01", "graduated": "2009-07-01"}
    study = {"level": "bachelor", "enrolled": "2012-09-01", "graduated": "2016-07-01"}
    beside = 0
    for width in range(30, 130):
        (line,) = text(picture({"education": [school, study]}, width=width), "学习")
        if "高中" in line and "├高中" not in line:
            beside += 1
            assert " 高中 " in line
    assert beside


@given(
    applicants(), law_days, st.sampled_from([None, (2, 1), (10, 5)]), st.integers(20, 160), st.sampled_from(LANGUAGES)
)
def test_every_line_has_its_width_whatever_the_facts(
    applicant: Applicant, on: date, years: tuple[int, int] | None, width: int, language: str
) -> None:
    made = lanes(applicant, on)
    all_of_them: Sequence[Span] = [span for lane in made for span in lane.spans]
    for picked in ([], all_of_them):
        of = drawn(made, framed(made, on, years, width), on, picked, language)
        for row in of.lines:
            line = "".join(sign.text for sign in row.signs)
            assert len(row.signs) == 2 or cell_len(line) == width
        assert {cell_len("".join(sign.text for sign in line)) for line in of.axis} == {width - NAMES}
        assert of.first is None or of.lines[of.first].picked


def test_a_single_month_is_seen_in_thirty_years() -> None:
    rows = [{"from": "1996-01", "to": "2015-03"}, {"from": "2015-05"}]
    (line,) = text(picture({"insurance": rows}), "社保")
    assert "!" in line
    rows[0]["to"] = "2015-04"
    (whole,) = text(picture({"insurance": rows}), "社保")
    assert "!" not in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_no_lane_is_cut_off(language: str) -> None:
    names = ("schooling", "work", "insurance", "contract", "tax", "permit", "marriage", "child")
    said = [catalogue(language)[f"reason.lane.{name}"] for name in names]
    assert [name for name in said if cell_len(name) >= NAMES] == []
