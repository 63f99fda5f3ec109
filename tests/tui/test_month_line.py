"""Months of insurance as they are typed and pasted; what is not understood is told by its line."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.months import Month
from engine.reason import Reason
from models.insured_months import Edit
from tui.month_line import read, statement

TODAY = date(2026, 11, 26)


def edit(first: str, last: str, facts: dict[str, Any] | None) -> Edit:
    return Edit(Month.parse(first), Month.parse(last), facts)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2024-01..2024-06 base 12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2024-01..2024-06 基数 1.2万", edit("2024-01", "2024-06", {"base": 12000})),
        ("2024年1月至2024年6月 12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2024.1-2024.6 补缴", edit("2024-01", "2024-06", {"pay_kind": "back_paid"})),
        ("202401 基数 9000 补缴", edit("2024-01", "2024-01", {"base": 9000, "pay_kind": "back_paid"})),
        ("2024-01..2024-03 正常", edit("2024-01", "2024-03", {"pay_kind": None})),
        ("2024-01..2024-03 外省 江苏省", edit("2024-01", "2024-03", {"province": "江苏"})),
        ("2024-01..2024-03 单位 上海甲有限公司", edit("2024-01", "2024-03", {"employer": "上海甲有限公司"})),
        ("2024-01至今 12500", edit("2024-01", "2026-10", {"base": 12500})),
        ("2024-01..2024-03 删", edit("2024-01", "2024-03", None)),
        ("２０２４－０１．．２０２４－０６　基数　１２５００", edit("2024-01", "2024-06", {"base": 12500})),
    ],
)
def test_a_range_is_understood(typed: str, wanted: Edit) -> None:
    assert read(typed, TODAY) == wanted


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("基数 12500", "month_line_months"),
        ("2024-13 12500", "month_line_months"),
        ("2024-06..2024-01 12500", "month_line_order"),
        ("2024-01", "month_line_nothing"),
        ("2024-01 基数 很多", "month_line_base"),
        ("2024-01 不知道", "month_line_word"),
    ],
)
def test_what_is_not_understood_is_said(typed: str, code: str) -> None:
    found = read(typed, TODAY)
    assert isinstance(found, Reason) and found.code == code


def test_a_statement_of_a_spreadsheet_is_understood_with_its_months_together() -> None:
    lines = [f"2024{month}\t12,500.00\t上海甲有限公司\t正常" for month in ("01", "02")]
    pasted = "\n".join(["年月\t缴费基数\t单位名称\t状态", *lines])
    found = statement(pasted, TODAY)
    assert found.edits == (edit("2024-01", "2024-02", {"base": 12500, "employer": "上海甲有限公司"}),)
    assert found.unread == () and found.months == 2


def test_columns_may_stand_in_any_order_and_lines_be_numbered() -> None:
    pasted = "1 上海甲有限公司 2024年1月 12500\n2 上海甲有限公司 2024年2月 12500 补缴"
    found = statement(pasted, TODAY)
    assert [each.facts for each in found.edits] == [
        {"employer": "上海甲有限公司", "base": 12500},
        {"employer": "上海甲有限公司", "base": 12500, "pay_kind": "back_paid"},
    ]


def test_a_span_is_a_line_too() -> None:
    assert statement("2023-07 至 2024-06 11396", TODAY).edits == (edit("2023-07", "2024-06", {"base": 11396}),)


def test_lines_that_are_not_understood_are_told_with_their_number() -> None:
    found = statement("2024-01 12500\n谢谢\n2024-02 12500 13000\n", TODAY)
    assert found.unread == ((2, "谢谢"), (3, "2024-02 12500 13000"))  # of two amounts it is not known which is the base


def test_a_statement_without_end_is_cut_and_says_so() -> None:
    found = statement("2024-01 12500\n" * 5000, TODAY)
    assert found.unread[-1] == (2001, "…")


@given(st.text(max_size=200))
def test_whatever_is_pasted_it_is_understood_or_told(pasted: str) -> None:
    found = statement(pasted, TODAY)
    assert all(each.first <= each.last for each in found.edits)


@given(st.text(max_size=60))
def test_whatever_is_typed_it_is_understood_or_told(typed: str) -> None:
    assert isinstance(read(typed, TODAY), Edit | Reason)
