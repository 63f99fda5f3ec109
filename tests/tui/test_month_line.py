"""A range of months of insurance as it is typed; what is not understood is told."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.months import Month
from engine.reason import Reason
from models.insured_months import Edit
from tui.month_line import read, read_behind

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
        ("2024-01。。2024-06 基数：12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2024-01..2024-06 12,500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2024-01..2024-06 基数12500 补缴", edit("2024-01", "2024-06", {"base": 12500, "pay_kind": "back_paid"})),
        ("2024年1月到6月 12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2024年1月-6月 12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2024-06-01..2024-08-31 12500", edit("2024-06", "2024-08", {"base": 12500})),
        ("24年1月到24年6月 12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("24.1-24.6 12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2024年 12500", edit("2024-01", "2024-12", {"base": 12500})),
        ("2026年 12500", edit("2026-01", "2026-10", {"base": 12500})),
        ("2024-01起 12500", edit("2024-01", "2026-10", {"base": 12500})),
        ("2024-01 江苏", edit("2024-01", "2024-01", {"province": "江苏"})),
        ("2024-01 上海甲有限公司", edit("2024-01", "2024-01", {"employer": "上海甲有限公司"})),
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
        ("202401 202406 12500", "month_line_word"),  # two amounts, or a span: it is not clear
        ("2026-10..2027-03 12500", "month_line_future"),
    ],
)
def test_what_is_not_understood_is_said(typed: str, code: str) -> None:
    found = read(typed, TODAY)
    assert isinstance(found, Reason) and found.code == code


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2026-10 base 9000", edit("2026-10", "2026-10", {"base": 9000})),
        ("2026-10 20001", edit("2026-10", "2026-10", {"base": 20001})),  # an amount, though a year and a month too
        ("2026-10 2024-01..2024-06 base 12500", edit("2024-01", "2024-06", {"base": 12500})),
        ("2026-10 202401 补缴", edit("2024-01", "2024-01", {"pay_kind": "back_paid"})),  # no base of 202,401
        ("2026-10 2024年 补缴", edit("2024-01", "2024-12", {"pay_kind": "back_paid"})),
        ("2024-01..2024-06 base 12500", edit("2024-01", "2024-06", {"base": 12500})),
    ],
)
def test_months_typed_behind_those_that_stood_there_are_meant(typed: str, wanted: Edit) -> None:
    assert read_behind("2026-10 ", typed, TODAY) == wanted


@given(st.text(max_size=60))
def test_whatever_is_typed_it_is_understood_or_told(typed: str) -> None:
    assert isinstance(read(typed, TODAY), Edit | Reason)
