"""The applicant file: read, refused with every error told, and written."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import Document, documents

from engine.document import Invalid, dump, parse, problems, say_problem, validate
from engine.words import LANGUAGES

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def refused(text: str | bytes, form: str = "toml") -> list[tuple[str, str]]:
    """Key and reason of all that is wrong with a file."""
    with pytest.raises(Invalid) as caught:
        parse(text, form)  # type: ignore[arg-type]
    return [(p.key, p.reason.code.removeprefix("fact.")) for p in caught.value.problems]


def test_toml_and_json_say_the_same() -> None:
    toml = """
        birth_date = 1990-03-07
        [[education]]
        level = "bachelor"
        graduated = 2012-07-01
        [[insurance]]
        from = "2015-07"
        base = 12500
        [[investment]]
        share = 0.8
    """
    data = {
        "birth_date": "1990-03-07",
        "education": [{"level": "bachelor", "graduated": "2012-07-01"}],
        "insurance": [{"from": "2015-07", "base": 12500}],
        "investment": [{"share": 0.8}],
    }
    assert parse(toml, "toml") == parse(json.dumps(data), "json") == validate(data)


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    """Notepad on Windows writes one."""
    assert parse('\ufeffname = "王小明"'.encode(), "toml").name == "王小明"
    assert parse('\ufeff{"name": "王小明"}', "json").name == "王小明"


# Errors


def test_the_contradictory_example_names_both_keys(examples: Path) -> None:
    text = (examples / "bad-contradiction.toml").read_bytes()
    assert refused(text) == [("birth_date", "birth_against_id")]
    (problem,) = problems({"id_number": "340104199003074516", "birth_date": "1991-03-07"})
    for language in LANGUAGES:
        assert problem.key == "birth_date"
        assert "id_number" in say_problem(problem, language)


def test_the_example_with_three_errors_has_all_three_named(examples: Path) -> None:
    text = (examples / "bad-key.toml").read_bytes()
    assert [key for key, _ in refused(text)] == ["education.0.level", "education.0.graduatd", "insurance.0.from"]


def test_errors_are_told_in_the_order_of_the_file() -> None:
    """Wrong keys, wrong values and contradictions together, as a reader goes down the page."""
    text = """
        nme = "王"
        sex = "man"
        [[offence]]
        kind = "sentence"
        [permit]
        valid_until = 2026-05-09
        issued = 2026-05-10
        housing = "tent"
        [[insurance]]
        base = 9000
        [[insurance]]
        to = "2019-12"
        from = "2020-01"
        base = "9000"
        [spouse]
        merried = 2016-10-01
        [[education]]
        graduated = 2008-07-01
        enrolled = 2012-09-01
    """
    assert [key for key, _ in refused(text)] == [
        "nme",
        "sex",
        "offence.0.date",
        "permit.valid_until",
        "permit.housing",
        "insurance.1.to",
        "insurance.1.base",
        "spouse.merried",
        "education.0.graduated",
    ]


def test_the_value_is_told_as_it_was_written() -> None:
    found = problems({"insurance": [{"base": 12.5}], "birth_date": "1990-02-30", "claims": ["luck"], "sex": ["male"]})
    assert [(p.key, p.value) for p in found] == [
        ("insurance.0.base", 12.5),
        ("birth_date", "1990-02-30"),
        ("claims.0", "luck"),
        ("sex", ["male"]),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_says_what_was_expected(language: str) -> None:
    (problem,) = problems({"service": [{"kind": "subburb"}]})
    said = say_problem(problem, language)
    assert all(part in said for part in ("public", "suburb", "lingang"))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('name = "王小明"\nbirth_date = \n', 2, 14),
        ("name = ", 1, 8),
        ('name = "a"\nname = "b"\n', 2, 11),
        ("[permit\n", 1, 8),
    ],
)
def test_toml_that_does_not_parse_is_one_error_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(Invalid) as caught:
        parse(text, "toml")
    (only,) = caught.value.problems
    assert (only.key, only.reason.code) == ("", "fact.unparsable")
    assert (only.reason.values["line"], only.reason.values["column"]) == (line, column)


def test_json_that_does_not_parse_is_one_error_with_its_place() -> None:
    with pytest.raises(Invalid) as caught:
        parse('{"name": "王小明",\n  "sex" "male"}', "json")
    (only,) = caught.value.problems
    assert (only.key, only.reason.code) == ("", "fact.unparsable")
    assert (only.reason.values["line"], only.reason.values["column"]) == (2, 9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_place_is_said(language: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse('name = "a"\nbirth_date = \n', "toml")
    said = say_problem(caught.value.problems[0], language)
    assert "2" in said
    assert "14" in said


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ('name = "王"'.encode("gb18030"), "toml", "not_utf8"),
        ('{"name": "a", "name": "b"}', "json", "key_twice"),
        ('{"investment": [{"share": NaN}]}', "json", "not_a_number"),
        ("[]", "json", "not_a_table"),
        ('"name"', "json", "not_a_table"),
        ("", "json", "unparsable"),
        ("[" * 100_000, "json", "too_deep"),
        ("a = " + "[" * 100_000, "toml", "too_deep"),
    ],
)
def test_a_file_that_is_none_is_one_error_without_a_key(text: str | bytes, form: str, code: str) -> None:
    assert refused(text, form) == [("", code)]


def test_an_empty_toml_file_is_an_applicant_of_whom_nothing_is_known() -> None:
    assert dump(parse("", "toml")) == {}


def test_a_toml_time_is_not_a_day() -> None:
    assert refused("birth_date = 1990-03-07T08:00:00") == [("birth_date", "day")]
    assert refused("birth_date = 08:00:00") == [("birth_date", "day")]


@pytest.mark.parametrize("form", ["toml", "json"])
def test_a_share_is_taken_as_it_is_written_or_not_at_all(form: str) -> None:
    """0.80000000000000000001 is not 0.8: nothing is rounded on the way in."""
    text = {"toml": "[[investment]]\nshare = {}", "json": '{{"investment": [{{"share": {}}}]}}'}[form]
    assert str(parse(text.format("0.8"), form).investment[0].share) == "0.8"  # type: ignore[arg-type]
    assert refused(text.format("0.80000000000000000001"), form) == [("investment.0.share", "share_digits")]


# Writing


def test_what_is_written_is_what_is_known_in_the_order_of_the_model() -> None:
    written = {
        "insurance": [{"base": 12500, "from": "2015-07", "id": "k3x9"}],
        "investment": [{"share": 0.8, "year": 2024}],
        "birth_date": "1990-03-07",
        "name": "王小明",
        "award": [],
        "claims": ["age"],
        "employment": {"hr": []},
    }
    dumped = dump(validate(written))
    assert dumped == {key: value for key, value in written.items() if key != "award"} | {"employment": {}}
    assert list(dumped) == ["name", "birth_date", "claims", "employment", "insurance", "investment"]
    assert json.loads(json.dumps(dumped)) == dumped


def test_a_group_that_is_there_and_empty_is_not_nothing() -> None:
    """`[employment]` alone says that there is an employer: it earns (the shortage specialty needs one)."""
    for document in ({"employment": {}}, {"spouse": {}}, {"award": [{}, {}]}, {"claims": []}):
        assert dump(validate(document)) == document


@settings(SLOW, max_examples=150)
@given(documents())
def test_written_and_read_again_it_is_the_same(document: Document) -> None:
    applicant = validate(document)
    dumped = dump(applicant)
    assert validate(dumped) == applicant
    assert dump(validate(dumped)) == dumped
    assert parse(json.dumps(dumped, ensure_ascii=False), "json") == applicant


WRONG: list[Any] = [None, 7, -1, 0.5, "", "x", True, [], {}, [[]], [{}], [None], {"x": 1}, "2020-13", "1990-02-30"]


@settings(SLOW, max_examples=20)
@given(documents())
def test_any_value_in_any_place_is_taken_or_refused_by_name(document: Document) -> None:
    """Whatever stands where a right value stood: no other error than `Invalid`, said in both languages."""
    for key in document:
        for value in WRONG:
            for found in problems(document | {key: value}):
                assert found.key.split(".")[0] in document
                assert all(say_problem(found, language) for language in LANGUAGES)
        if isinstance(document[key], list) and document[key] and isinstance(document[key][0], dict):
            first, *others = document[key]
            for name in first:
                for value in WRONG:
                    changed = document | {key: [first | {name: value}, *others]}
                    for found in problems(changed):
                        assert all(say_problem(found, language) for language in LANGUAGES)
