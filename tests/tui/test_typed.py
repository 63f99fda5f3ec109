"""What people type is understood, or refused with the reason; nothing is guessed silently."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reason import Reason
from tui.signs import clean
from tui.typed import Option, initials, matching, understand

TODAY = date(2026, 11, 22)
LEVELS = (
    Option("high_school", "高中"),
    Option("secondary_vocational", "中专"),
    Option("associate", "大专"),
    Option("bachelor", "本科"),
    Option("master", "硕士"),
    Option("doctor", "博士"),
)
SKILLS = (Option("junior", "初级"), Option("senior", "高级"), Option("5", "五级"), Option("1", "一级"))


def code(understood: object) -> str:
    assert isinstance(understood, Reason), understood
    return understood.code


DAYS = """\
    1990-03-07 1990/3/7 1990.3.7 1990年3月7日 1990年3月7号 90年3月7日 90.3.7 19900307 900307 1990。3。7
    １９９０．３．７
"""


@pytest.mark.parametrize("text", [*DAYS.split(), "1990 3 7", " 1990-03-07 ", "1990、3、7"])
def test_a_day_is_taken_however_it_is_written(text: str) -> None:
    assert understand("date", text, TODAY) == "1990-03-07"


@pytest.mark.parametrize(
    "text", ["2015-07", "2015.7", "15年7月", "2015年7月", "201507", "15.7", "2015/07", "2015 7", "20150715"]
)
def test_a_month_is_taken_however_it_is_written(text: str) -> None:
    assert understand("month", text, TODAY) == "2015-07"


def test_two_digits_of_a_year_mean_the_hundred_years_that_end_ten_years_from_now() -> None:
    assert understand("date", "36-01-02", TODAY) == "2036-01-02"
    assert understand("date", "37-01-02", TODAY) == "1937-01-02"
    assert understand("month", "2604", TODAY) == understand("month", "26年4月", TODAY)


def test_what_can_be_read_in_two_ways_is_refused() -> None:
    assert code(understand("date", "201001", TODAY)) == "typed.date_needs_day"
    assert code(understand("month", "2010", TODAY)) == "typed.month_needs_month"


def test_a_day_needs_its_day() -> None:
    assert code(understand("date", "2015.7", TODAY)) == "typed.date_needs_day"


@pytest.mark.parametrize("text", ["2015-02-29", "2015.13.1", "20150732"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert code(understand("date", text, TODAY)) == "typed.no_such_day"


def test_a_month_that_does_not_exist_is_refused() -> None:
    assert code(understand("month", "2015.13", TODAY)) == "typed.no_such_month"


@pytest.mark.parametrize("text", ["明年", "3-7", "12.5.", "0"])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert code(understand("date", text, TODAY)) == "typed.date"


SUMS = """
    12500:12500 12,500:12500 １２，５００:12500 12500元:12500 ¥12500:12500 1,500,000:1500000 0:0
    12500.00:12500 1.2万:12000 1万2:12000 1万2500:12500 150万:1500000 12k:12000 1.25w:12500 8千:8000
    一万二:12000 一万二千五:12500 两万:20000 一万零五百:10500 一万零五:10005 九千六百二十:9620 十:10
"""


@pytest.mark.parametrize(("text", "yuan"), [pair.split(":") for pair in SUMS.split()])
def test_money_is_whole_yuan_however_it_is_written(text: str, yuan: str) -> None:
    assert understand("money", text, TODAY) == int(yuan)


@pytest.mark.parametrize(
    "text", ["12,50", "1,2", "abc", "万", "1万2万", "1万25", "1.2万5", "-5", "1e4", "千五", "1..2"]
)
def test_what_is_no_sum_of_money_is_refused(text: str) -> None:
    assert code(understand("money", text, TODAY)) == "typed.money"


def test_parts_of_a_yuan_are_refused() -> None:
    assert code(understand("money", "12500.5", TODAY)) == "typed.whole_yuan"


@pytest.mark.parametrize("text", ["至今", "现在", "now"])
def test_till_now_leaves_an_end_open(text: str) -> None:
    assert understand("month", text, TODAY, open_end=True) is None
    assert code(understand("date", text, TODAY)) == "typed.not_open"


@pytest.mark.parametrize(
    "kind", ["text", "date", "month", "money", "integer", "decimal", "boolean", "choice", "choices", "texts"]
)
@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_an_empty_field_is_cleared(kind: str, text: str) -> None:
    assert understand(kind, text, TODAY, options=LEVELS) is None


@pytest.mark.parametrize("text", ["是", "有", "Y", "1", "true"])
def test_yes(text: str) -> None:
    assert understand("boolean", text, TODAY) is True


@pytest.mark.parametrize("text", ["否", "没有", "ｎ", "2", "false"])
def test_no(text: str) -> None:
    assert understand("boolean", text, TODAY) is False


def test_neither_yes_nor_no_is_refused() -> None:
    assert code(understand("boolean", "也许", TODAY)) == "typed.boolean"


@pytest.mark.parametrize("text", ["4", "bachelor", "本科", "本", "bk", "b k", "BACHELOR", "４", "bac"])
def test_a_choice_by_number_id_label_or_first_letters(text: str) -> None:
    assert understand("choice", text, TODAY, options=LEVELS) == "bachelor"


def test_a_choice_that_could_be_several_is_refused_with_their_names() -> None:
    refused = understand("choice", "士", TODAY, options=LEVELS)
    assert code(refused) == "typed.several_choices"
    assert isinstance(refused, Reason) and refused.values["labels"] == ["硕士", "博士"]


def test_a_choice_that_is_none_is_refused() -> None:
    assert code(understand("choice", "博士后", TODAY, options=LEVELS)) == "typed.choice"


def test_an_id_that_is_a_digit_goes_before_the_number_in_the_menu() -> None:
    assert understand("choice", "1", TODAY, options=SKILLS) == "1"
    assert understand("choice", "5", TODAY, options=SKILLS) == "5"


def test_the_menu_narrows_as_one_types() -> None:
    assert matching(LEVELS, "") == list(LEVELS)
    assert [option.id for option in matching(LEVELS, "士")] == ["master", "doctor"]


def test_several_choices_each_once() -> None:
    assert understand("choices", "本科、6，bk", TODAY, options=LEVELS) == ["bachelor", "doctor"]


def test_names_in_a_row() -> None:
    assert understand("texts", "王小明、王某，John Smith", TODAY) == ["王小明", "王某", "John Smith"]


@pytest.mark.parametrize(("text", "share"), [("0.8", 0.8), ("80%", 0.8), ("100％", 1), ("1", 1), (".5", 0.5), ("0", 0)])
def test_a_share_is_kept_exactly(text: str, share: float) -> None:
    assert understand("decimal", text, TODAY) == share


@pytest.mark.parametrize("text", ["八成", "1e1", "NaN", "."])
def test_what_is_no_share_is_refused(text: str) -> None:
    assert code(understand("decimal", text, TODAY)) == "typed.decimal"


@pytest.mark.parametrize(
    ("text", "number"), [("2017", 2017), ("2017年", 2017), ("17年", 2017), ("12人", 12), ("１２", 12)]
)
def test_whole_numbers_and_years(text: str, number: int) -> None:
    assert understand("integer", text, TODAY) == number


def test_text_is_cleaned_of_what_would_reach_the_terminal_raw() -> None:
    assert clean("\x1b[2J王\u202e小\u200b明\u0007\u3000 A") == "[2J王小明 A"
    assert clean("１３８ＡＢ（集团）") == "138AB（集团）"


def test_first_letters_of_chinese_words() -> None:
    assert initials("全日制") == "qrz"
    assert initials("本科·学士") == "bkxs"


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(["{0:04}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日", "{0:04}{1:02}{2:02}"]),
)
def test_every_day_comes_back_from_every_way_of_writing_it(day: date, form: str) -> None:
    assert understand("date", form.format(day.year, day.month, day.day), TODAY) == day.isoformat()


@given(st.integers(min_value=0, max_value=10**9))
def test_every_sum_comes_back_plain_grouped_and_in_units(yuan: int) -> None:
    assert understand("money", str(yuan), TODAY) == yuan
    assert understand("money", f"{yuan:,}", TODAY) == yuan
    assert understand("money", f"{yuan // 10000}.{yuan % 10000:04}万", TODAY) == yuan


@given(
    st.text(max_size=30) | st.text(alphabet="0123456789.年月日-/万千百十一二零两,元% ", max_size=12),
    st.sampled_from(["text", "date", "month", "money", "integer", "decimal", "boolean", "choice", "choices", "texts"]),
)
def test_whatever_is_typed_is_a_value_or_a_reason(text: str, kind: str) -> None:
    understood = understand(kind, text, TODAY, options=LEVELS)
    assert understood is None or isinstance(understood, Reason | str | int | float | list)
    if kind == "date" and isinstance(understood, str):
        assert date.fromisoformat(understood).isoformat() == understood
