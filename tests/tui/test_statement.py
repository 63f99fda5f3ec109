"""A statement of insurance as it is pasted: what is not understood is told by its line, nothing is guessed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.months import Month
from models.insured_months import Edit
from tui.statement import statement

TODAY = date(2026, 11, 26)


def edit(first: str, last: str, facts: dict[str, Any] | None) -> Edit:
    return Edit(Month.parse(first), Month.parse(last), facts)


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


def test_a_span_whose_end_is_not_understood_is_told_and_not_taken_for_its_first_month() -> None:
    found = statement("2024-01 到 今天 12500\n2024-02 - 12500", TODAY)
    assert found.unread == ((1, "2024-01 到 今天 12500"),)
    assert found.edits == (edit("2024-02", "2024-02", {"base": 12500}),)


def test_a_month_whose_base_is_no_amount_is_told_and_not_taken_without_one() -> None:
    found = statement("年月\t缴费基数\t单位\n202601\t12500\t上海甲有限公司\n202602\t待核\t上海甲有限公司\n", TODAY)
    assert found.edits == (edit("2026-01", "2026-01", {"base": 12500, "employer": "上海甲有限公司"}),)
    assert [number for number, _ in found.unread] == [3]


@pytest.mark.parametrize(
    "pasted",
    [
        "2024年\n1月 12500\n2月 12500",
        "2024年度：\n1月：12500\n2月：12500",
        "月份\t基数\n2024\t\n1月\t12500\n2月\t12500",
        "2024年\n2月 12500\n1月 12500\n小计 25000",
        "2024年\n1月至2月 12500",
        "Jan-24 12500\nFeb-24 12500",
        "January 2024\t12500\nfeb. 2024\t12500",
        "1 JAN-2024 12500\n2 FEB-2024 12500",
        "Jan-24 to Feb-24 12500",
        "2024/1 12500\n2024/2 12500",
    ],
)
def test_the_year_may_stand_above_its_months_and_a_month_have_its_english_name(pasted: str) -> None:
    found = statement(pasted, TODAY)
    assert found.edits == (edit("2024-01", "2024-02", {"base": 12500}),) and found.unread == ()


@pytest.mark.parametrize(
    "heads", ["", "年份\t月份\t缴费基数\n", "年度\t月份\t缴费基数\n", "Year\tMonth\tBase\n", "\t月份\t基数\n"]
)
@pytest.mark.parametrize("year", ["2024", "2024年", "2,024"])
@pytest.mark.parametrize("again", [True, False])
def test_a_column_of_its_own_may_say_the_year_whatever_it_is_called(heads: str, year: str, again: bool) -> None:
    found = statement(f"{heads}{year}\t1\t12,500\n{year if again else ''}\t2\t12,500", TODAY)
    assert found.edits == (edit("2024-01", "2024-02", {"base": 12500}),) and found.unread == ()


def test_a_base_beside_another_small_number_is_no_year() -> None:
    assert statement("月份\t缴费基数\t个人\n200901\t2,013\t8", TODAY).edits == (
        edit("2009-01", "2009-01", {"base": 2013}),
    )


def test_each_year_stands_above_its_own_months() -> None:
    found = statement("2024年\n11月 12500\n12月 12500\n2025年\n1月 13000\n2月 13000", TODAY)
    assert found.edits == (
        edit("2024-11", "2024-12", {"base": 12500}),
        edit("2025-01", "2025-02", {"base": 13000}),
    )


def test_where_another_year_may_have_begun_its_months_are_told() -> None:
    found = statement("2023年\n12月 12500\n1月 12500\n2月 12500", TODAY)
    assert found.edits == (edit("2023-12", "2023-12", {"base": 12500}),)
    assert found.unread == ((3, "1月 12500"), (4, "2月 12500"))


@pytest.mark.parametrize(
    ("pasted", "unread"),
    [
        ("2024年\n谢谢", [1, 2]),  # a year above nothing
        ("1月 12500", [1]),
        ("2024年\n2025-01 12500\n2月 12500", [1, 3]),  # February of which year?
        ("2026年\n12月 12500", [2]),  # it is still to come
        ("24-Jan 12500", [1]),  # a day
        ("Jan 24 12500", [1]),
        ("Market 2024 12500", [1]),
    ],
)
def test_a_month_whose_year_is_not_said_is_told(pasted: str, unread: list[int]) -> None:
    assert [number for number, _ in statement(pasted, TODAY).unread] == unread


def test_a_statement_without_end_is_cut_and_says_so() -> None:
    found = statement("2024-01 12500\n" * 5000, TODAY)
    assert found.unread[-1] == (2001, "…")


@given(st.text(max_size=200))
def test_whatever_is_pasted_it_is_understood_or_told(pasted: str) -> None:
    found = statement(pasted, TODAY)
    assert all(each.first <= each.last for each in found.edits)


def test_headings_say_which_amount_is_the_base() -> None:
    """The list of the bureau has what was paid beside it."""
    pasted = (
        "序号\t缴费年月\t单位名称\t缴费基数\t个人缴费\t状态\n"
        "1\t2024-01\t上海甲有限公司\t12,500.00\t1,000.00\t正常\n"
        "2\t2024-02\t\t12,500.50\t1,000.00\t正常\n"
        "合计\t\t\t25,000.50\t2,000.00\t"
    )
    found = statement(pasted, TODAY)
    assert found.unread == ()
    assert found.edits == (
        edit("2024-01", "2024-01", {"employer": "上海甲有限公司", "base": 12500}),
        edit("2024-02", "2024-02", {"base": 12500}),
    )


def test_headings_say_which_month_was_paid_for() -> None:
    pasted = "所属年月\t到账年月\t基数\n2024-01\t2024-03\t12500\n2024-02\t2024-03\t12500"
    assert statement(pasted, TODAY).edits == (edit("2024-01", "2024-02", {"base": 12500}),)


def test_of_two_months_without_a_heading_that_cannot_be_spans_nothing_is_guessed() -> None:
    found = statement("2024-01\t2024-03\t12500\n2024-02\t2024-03\t12500", TODAY)
    assert found.edits == () and [number for number, _ in found.unread] == [1, 2]


def test_a_column_for_the_year_and_one_for_the_month() -> None:
    assert statement("年\t月\t基数\n2024\t1\t12500\n2024\t2月\t12500", TODAY).edits == (
        edit("2024-01", "2024-02", {"base": 12500}),
    )


@pytest.mark.parametrize("said", ["欠缴\t12500", "未缴", "未到账\t12,500", "0", "0.00"])
def test_what_was_not_paid_is_not_taken_for_paid(said: str) -> None:
    assert statement(f"2024-01\t{said}", TODAY).edits == (edit("2024-01", "2024-01", None),)


def test_a_month_named_twice_is_that_of_the_line_that_counts() -> None:
    """A supplement beside the month must not make the month one that was paid afterwards."""
    found = statement("2024-01\t12500\n2024-01\t5000\t补缴\n2024-02\t12500\n2024-02\t12500", TODAY)
    assert found.edits == (edit("2024-01", "2024-02", {"base": 12500}),)
    assert found.twice == 1  # the second is said twice alike


def test_months_paid_elsewhere_stay_elsewhere() -> None:
    [found] = statement("2024-01\t12500\t江苏省", TODAY).edits
    assert found.facts == {"province": "江苏", "base": 12500}


@pytest.mark.parametrize("line", ["2024年\t小计\t37500", "2023年度 合计 150000", "2023\t合计\t150000", "合计\t\t99999"])
def test_what_sums_up_a_year_is_no_base_of_its_months(line: str) -> None:
    found = statement(f"202401\t12500\n{line}\n202402\t12500", TODAY)
    assert found.edits == (edit("2024-01", "2024-02", {"base": 12500}),) and found.unread == ()


@pytest.mark.parametrize("line", ["2024-01至2024-12\t合计\t9500", "202403\t12500\t合计\t3000", "2023年度 150000"])
def test_what_may_sum_up_months_is_told_and_not_taken(line: str) -> None:
    found = statement(f"202401\t12500\n{line}", TODAY)
    assert found.edits == (edit("2024-01", "2024-01", {"base": 12500}),)
    assert [number for number, _ in found.unread] == [2]


def test_a_column_that_counts_months_is_no_month_and_one_that_sums_up_no_base() -> None:
    found = statement("年份\t月数\t基数合计\n2023年\t12\t90000\n", TODAY)
    assert found.edits == () and [number for number, _ in found.unread] == [2]


def test_a_sum_among_the_lines_leaves_the_headings_as_they_are() -> None:
    pasted = "到账年月\t所属年月\t基数\n202402\t202401\t12500\n小计\t\t12\n202403\t202402\t12500\n"
    assert statement(pasted, TODAY).edits == (edit("2024-01", "2024-02", {"base": 12500}),)


def test_a_span_whose_end_lies_before_its_beginning_is_told_unless_both_years_are_named() -> None:
    assert statement("2024年11月至1月 12500", TODAY).edits == ()
    assert statement("2024.06-2024.01 12500", TODAY).edits == (edit("2024-01", "2024-06", {"base": 12500}),)


def test_the_month_in_which_was_paid_is_no_end_of_a_span() -> None:
    found = statement("2024年1月 12500 到账 2024年3月", TODAY)
    assert found.edits == () and found.unread


@pytest.mark.parametrize(
    "month", ["24年1月", "2024 年 1 月", "２０２４年０１月", "2024-01-31 00:00:00", "2024/1/31 0:00", "98年7月"]
)
def test_a_month_is_understood_as_tables_and_people_write_it(month: str) -> None:
    said = "1998-07" if month == "98年7月" else "2024-01"
    assert statement(f"{month}\t12,500.00", TODAY).edits == (edit(said, said, {"base": 12500}),)


@pytest.mark.parametrize(
    "line", ["2024年1月：12500", "2024-01；12500", "2024年1月基数12500", "2024年1月份 基数：12,500"]
)
def test_a_month_and_its_base_may_stand_as_people_write_them_to_one_another(line: str) -> None:
    assert statement(line, TODAY).edits == (edit("2024-01", "2024-01", {"base": 12500}),)


def test_a_cell_for_the_year_of_several_lines_is_the_year_of_each() -> None:
    pasted = "年份\t月份\t基数\n2023\t12\t11000\n2024\t1\t12500\n\t2\t12500\n\t3\t13000\n小计\t\t38000\n"
    found = statement(pasted, TODAY)
    assert found.edits == (
        edit("2023-12", "2023-12", {"base": 11000}),
        edit("2024-01", "2024-02", {"base": 12500}),
        edit("2024-03", "2024-03", {"base": 13000}),
    )
    assert found.unread == ()


def test_a_month_without_a_year_above_it_is_told() -> None:
    assert [number for number, _ in statement("\t2\t12500\n1月\t12500", TODAY).unread] == [1, 2]


def test_an_id_number_is_no_amount() -> None:
    [found] = statement("2024-01\t340104199003074516\t王小明\t12500", TODAY).edits
    assert found.facts == {"base": 12500}


def test_a_number_longer_than_any_amount_is_none() -> None:
    assert statement("2025-01\t" + "9" * 38, TODAY).edits == ()


def test_months_to_come_are_not_taken() -> None:
    found = statement("2026-11\t12500\n2026-12\t12500", TODAY)
    assert found.edits == (edit("2026-11", "2026-11", {"base": 12500}),) and len(found.unread) == 1


def test_quotes_of_a_csv_are_passed_over() -> None:
    assert statement('"2024-01","12,500.00"', TODAY).edits == (edit("2024-01", "2024-01", {"base": 12500}),)
