"""What is more than any applicant's facts are is refused by name, soon, whatever it is made of."""

import json
from typing import Any

import pytest

from engine import bounds
from engine.document import Invalid, parse, read
from engine.kinds import LATEST
from engine.words import LANGUAGES, say


def refused(text: str, form: Any) -> dict[str, str]:
    """The keys that are told and why."""
    with pytest.raises(Invalid) as invalid:
        parse(text, form)
    for problem in invalid.value.problems:
        assert all(say(problem.reason, language) for language in LANGUAGES)
        json.dumps([problem.key, problem.value], allow_nan=False)
    return {problem.key: problem.reason.code for problem in invalid.value.problems}


DEEP = {
    "lists in JSON": ("[" * 100_000 + "]" * 100_000, "json"),
    "groups in JSON": ('{"a":' * 100_000 + "1" + "}" * 100_000, "json"),
    "groups in TOML": ("a=" + "{a=" * 100_000 + "1" + "}" * 100_000, "toml"),
    "lists in TOML": ("a=" + "[" * 100_000 + "]" * 100_000, "toml"),
    "a key of many": (".".join("a" * 200_000) + "=1", "toml"),
    "a heading of many": ("[" + " . ".join('"a"' for _ in range(100_000)) + "]", "toml"),
    "headings one below the other": ("\n".join(f"[{'a.' * n}b]" for n in range(1, 900)), "toml"),
    "a key within groups": ("x={" + "a." * 20 + "b=1}", "toml"),
}


@pytest.mark.parametrize(("text", "form"), DEEP.values(), ids=DEEP)
def test_what_lies_too_deep_is_not_even_parsed(text: str, form: Any) -> None:
    assert refused(text, form) == {"": "fact.too_deep"}


SHALLOW = {
    "brackets in a text": ('name = "' + "[{" * 60 + '"', "toml"),
    "dots in a text": ("name = '" + "a." * 100 + "'", "toml"),
    "in a text of many lines": ('name = """' + "a.{" * 50 + '\\""" "" """', "toml"),
    "in a comment": ("# " + "[" * 100 + "\nname = 'x'", "toml"),
    "in JSON": (json.dumps({"name": '"[{\\' * 60}), "json"),
}


@pytest.mark.parametrize(("text", "form"), SHALLOW.values(), ids=SHALLOW)
def test_signs_in_a_text_make_no_depth(text: str, form: Any) -> None:
    assert parse(text, form).name


@pytest.mark.parametrize(
    "number", ["9" * 41, "9" * 5000, "-" + "9" * 100_000, "1e999999999", "1e-999999999", "0." + "1" * 90]
)
def test_a_number_too_long_to_reckon_with_is_told_at_its_key(number: str) -> None:
    assert refused(f'{{"investment": [{{"share": {number}}}]}}', "json") == {
        "investment.0.share": "fact.too_long_a_number"
    }


def test_so_it_is_in_toml_where_the_parser_lets_it_through() -> None:
    assert refused("birth_year = 0x" + "f" * 5000, "toml") == {"birth_year": "fact.too_long_a_number"}
    assert refused("birth_year = " + "9" * 5000, "toml") == {"": "fact.too_long_a_number"}


def test_a_share_of_which_nothing_can_be_reckoned_is_refused() -> None:
    assert refused('{"investment": [{"share": 1e-30}]}', "json") == {"investment.0.share": "fact.share_digits"}


def test_rows_beyond_any_applicants_are_refused_by_the_name_of_their_list() -> None:
    months = [{"from": "2020-01"}] * bounds.MONTHLY_ROWS
    assert len(parse(json.dumps({"insurance": months, "tax": months}), "json").insurance) == bounds.MONTHLY_ROWS
    told = refused(json.dumps({"insurance": [*months, {}], "work": [{}] * (bounds.ROWS + 1), "name": 1}), "json")
    assert told == {"insurance": "fact.too_many_rows", "work": "fact.too_many_rows", "name": "fact.text"}


def test_keys_beyond_any_groups_are_refused_by_the_name_of_the_group() -> None:
    many = {f"k{n}": n for n in range(bounds.KEYS + 1)}
    assert refused(json.dumps(many), "json") == {"": "fact.too_many_keys"}
    assert refused(json.dumps({"permit": many}), "json") == {"permit": "fact.too_many_keys"}


def test_of_very_many_mistakes_the_first_are_told_and_how_many_more_there_are() -> None:
    rows = [{"base": "x", "from": 1, "to": 2}] * 500
    with pytest.raises(Invalid) as invalid:
        parse(json.dumps({"name": 1, "insurance": rows}), "json")
    *told, last = invalid.value.problems
    assert len(told) == bounds.TOLD
    assert [problem.key for problem in told[:3]] == ["name", "insurance.0.base", "insurance.0.from"]
    assert (last.key, last.reason.code, last.reason.values) == ("", "fact.more_problems", {"count": 1501 - bounds.TOLD})


@pytest.mark.parametrize("key", ["\\ud800", "a.²", "education.²", "education." + "9" * 5000, "\\u0000", ""])
def test_a_key_that_is_no_name_is_told(key: str) -> None:
    assert len(refused(f'{{"education": [], "{key}": 1}}', "json")) == 1


@pytest.mark.parametrize("text", ["\\ud800", "\\udfff\\ud800"])
def test_half_a_sign_is_no_text(text: str) -> None:
    assert refused(f'{{"name": "{text}", "sex": "{text}"}}', "json").keys() == {"name", "sex"}


def test_a_key_written_twice_among_very_many_is_named() -> None:
    pairs = ",".join(f'"k{n}": 1' for n in range(100_000))
    with pytest.raises(Invalid) as invalid:
        read(f'{{{pairs}, "k7": 2}}', "json")
    assert [(p.value, p.reason.code) for p in invalid.value.problems] == [("k7", "fact.key_twice")]


def test_years_beyond_the_calendar_are_refused() -> None:
    told = refused(json.dumps({"insurance": [{"from": "9999-12"}], "work": [{"to": f"{LATEST}-01-01"}]}), "json")
    assert set(told.values()) == {"fact.year_range"}
