"""The description of the model: complete, named in both languages, and able to take what a machine writes."""

import string
from collections.abc import Iterator
from typing import Any

import pytest

from engine.document import Invalid, validate
from engine.facts import Applicant
from engine.fields import Field, Section, field, parse_value, sections
from engine.words import LANGUAGES, catalogue, keys, word


def everything(members: tuple[Field | Section, ...]) -> Iterator[Field | Section]:
    for member in members:
        yield member
        if isinstance(member, Section):
            yield from everything(member.fields)


ALL = list(everything(sections()))
FIELDS = [member for member in ALL if isinstance(member, Field)]
SECTIONS = [member for member in ALL if isinstance(member, Section)]


def schema_paths(schema: dict[str, Any], node: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Every leaf of the model's JSON schema, rows without numbers: written by pydantic, not by `engine.fields`."""
    options = [node, *node.get("anyOf", [])]
    if items := node.get("items"):
        options.append(items)
    for option in options:
        if "$ref" in option:
            option = schema["$defs"][option["$ref"].rpartition("/")[2]]
        if "properties" in option:
            for name, below in option["properties"].items():
                yield from schema_paths(schema, below, f"{prefix}.{name}" if prefix else name)
            return
    yield prefix


def test_every_key_of_the_model_is_described_but_the_ids_of_rows() -> None:
    schema = Applicant.model_json_schema(by_alias=True)
    expected = {path for path in schema_paths(schema, schema) if path.rpartition(".")[2] != "id"}
    assert {f.path for f in FIELDS} == expected


def test_no_path_stands_twice() -> None:
    paths = [member.path for member in ALL]
    assert len(paths) == len(set(paths))


def test_facts_of_the_person_come_first() -> None:
    person = sections()[0]
    assert (person.path, person.repeats) == ("", False)
    assert [f.path for f in person.fields][:3] == ["name", "id_number", "birth_date"]


def test_rows_repeat_and_groups_do_not() -> None:
    repeating = {section.path for section in SECTIONS if section.repeats}
    rows = "contract work education qualification insurance tax investment service talent award child offence"
    assert repeating == {*rows.split(), "employment.hr"}


def test_the_contacts_of_the_employer_stand_within_the_employer() -> None:
    employment = next(section for section in sections() if section.path == "employment")
    assert "employment.hr" in [member.path for member in employment.fields]


def test_evidence_comes_after_what_a_row_says() -> None:
    education = next(section for section in sections() if section.path == "education")
    first, *_, last = [member.path for member in education.fields]
    assert (first, last) == ("education.level", "education.evidence")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("name", "text"),
        ("hukou.province", "text"),
        ("employment.uscc", "text"),
        ("birth_date", "date"),
        ("offence.date", "date"),
        ("insurance.from", "month"),
        ("insurance.base", "money"),
        ("tax.income", "money"),
        ("investment.tax_paid", "money"),
        ("birth_year", "integer"),
        ("investment.local_staff", "integer"),
        ("notice.score", "integer"),
        ("investment.share", "decimal"),
        ("employment.dispatched", "boolean"),
        ("sex", "choice"),
        ("offence.kind", "choice"),
        ("claims", "choices"),
        ("notice.members", "texts"),
    ],
)
def test_the_kind_of_a_field(path: str, kind: str) -> None:
    assert field(path).kind == kind


def test_choices_are_those_of_the_model() -> None:
    assert field("award.level").choices == ("municipal_special", "municipal_general", "provincial")
    assert field("name").choices == ()


@pytest.mark.parametrize("path", ["education.0.level", "education.id", "education", "salary"])
def test_what_is_not_a_field_is_a_key_error(path: str) -> None:
    with pytest.raises(KeyError):
        field(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_section_has_a_word_that_fits(language: str) -> None:
    most = {"zh": 12, "en": 24}[language]
    assert [m.path for m in ALL if not 0 < len(m.label(language)) <= most] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_a_word_that_fits(language: str) -> None:
    most = {"zh": 12, "en": 24}[language]
    said = [(f.path, choice, f.choice_label(choice, language)) for f in FIELDS for choice in f.choices]
    assert [entry for entry in said if not 0 < len(entry[2]) <= most] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_of_one_field_read_differently(language: str) -> None:
    for f in FIELDS:
        assert len({f.choice_label(choice, language) for choice in f.choices}) == len(f.choices), f.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_of_one_section_read_differently(language: str) -> None:
    for section in SECTIONS:
        labels = [member.label(language) for member in section.fields]
        assert len(set(labels)) == len(labels), section.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_for_a_fact_or_choice_that_is_gone(language: str) -> None:
    facts = {f"fact.{m.path}" if m.path else "fact" for m in ALL}
    choices = {f"value.{f.path}.{choice}" for f in FIELDS for choice in f.choices} | {"value.true", "value.false"}
    written = {key for key in keys(language) if key == "fact" or key.startswith(("fact.", "value."))}
    assert written - facts - choices == set()


STATUSES = """lead 咨询 · simulated 已测算 · accumulating 待达标 · engaged 已签约 · employer_setup 单位注册 ·
account 建个人账号 · form 填报中 · hr_review 单位审核 · submitted 网上已提交 · net_sign 无需递交待结果 ·
paper_due 待递交材料 · accepted 已受理 · verifying 学历/档案核验中 · review 审核中 · returned 退回补正 ·
approved 已核定 · notice 通知书待领 · in_force 积分有效 · renewal_due 待续办 · lapsed 已失效 · refused 未通过 ·
withdrawn 已撤回 · paused 暂停 · closed 已结案"""


def test_statuses_bear_the_words_of_the_trade() -> None:
    expected = dict(entry.split() for entry in STATUSES.split("·"))
    assert len(expected) == 24
    assert {status: word(f"status.{status}", "zh") for status in expected} == expected
    assert {key for key in keys("en") if key.startswith("status.")} == {f"status.{status}" for status in expected}


def test_the_two_catalogues_have_the_same_keys() -> None:
    assert keys("zh") == keys("en")


def test_no_word_is_empty() -> None:
    assert [(lang, key) for lang in LANGUAGES for key, text in catalogue(lang).items() if not text.strip(" ")] == []


def names(template: str) -> set[str]:
    return {name.partition(":")[0] for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_a_template_names_the_same_values_in_both_languages() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert [key for key in zh if names(zh[key]) != names(en[key])] == []


def test_nothing_is_promised() -> None:
    assert [key for key, text in catalogue("zh").items() if "保证" in text] == []
    assert [key for key, text in catalogue("en").items() if "guarantee" in text.lower()] == []


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("name", " 王小明 ", "王小明"),
        ("hukou.province", "安徽省", "安徽"),
        ("id_number", "34010419900307451 6", "340104199003074516"),
        ("birth_date", "1990-03-07", "1990-03-07"),
        ("insurance.from", "2015-07", "2015-07"),
        ("insurance.base", "12500", 12500),
        ("investment.year", "2024", 2024),
        ("investment.share", "0.8", 0.8),
        ("employment.dispatched", "true", True),
        ("employment.dispatched", "false", False),
        ("education.degree", "bachelor", "bachelor"),
        ("claims", "age, education", ["age", "education"]),
        ("notice.members", "王小明,王某", ["王小明", "王某"]),
    ],
)
def test_a_value_as_a_machine_writes_it(path: str, text: str, value: object) -> None:
    parsed = parse_value(field(path), text)
    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("name", "  ", "empty"),
        ("birth_date", "1990-02-30", "day_impossible"),
        ("birth_date", "7.3.1990", "day"),
        ("insurance.from", "2020-13", "month"),
        ("insurance.from", "2020-1", "month"),
        ("insurance.base", "1.2万", "whole_number"),
        ("insurance.base", "12500.5", "whole_number"),
        ("insurance.base", "１２５００", "whole_number"),
        ("insurance.base", "-1", "number_range"),
        ("investment.share", "1.01", "share"),
        ("investment.share", "most", "share"),
        ("investment.share", "NaN", "share"),
        ("employment.dispatched", "yes", "flag"),
        ("employment.dispatched", "1", "flag"),
        ("education.level", "batchelor", "choice_near"),
        ("education.level", "x", "choice"),
        ("claims", "age,luck", "choice"),
        ("hukou.province", "安微", "province"),
        ("id_number", "340104199003074517", "id_number_checksum"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_was_expected(path: str, text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_value(field(path), text)
    assert [(p.key, p.value, p.reason.code) for p in refused.value.problems] == [(path, text, f"fact.{code}")]


def sample(described: Field) -> str:
    """Some machine text that is right for a field."""
    if described.choices:
        return described.choices[-1]
    texts = {"id_number": "340104199003074516", "uscc": "91310115MA1K3BXX0C", "province": "安徽"}
    kinds = {"date": "1990-03-07", "month": "2020-01", "decimal": "0.5", "boolean": "true", "texts": "甲,乙"}
    return texts.get(described.path.rpartition(".")[2]) or kinds.get(described.kind) or "2017"


@pytest.mark.parametrize("described", FIELDS, ids=lambda f: f.path)
def test_the_value_taken_for_a_field_stands_in_a_document(described: Field) -> None:
    document: Any = parse_value(described, sample(described))
    repeats = {section.path for section in SECTIONS if section.repeats}
    way = described.path.split(".")
    for depth in range(len(way), 0, -1):
        document = {way[depth - 1]: document}
        if way[0] == "offence" and depth == 2:
            document = {"kind": "sentence", "date": "2020-01-01"} | document
        if ".".join(way[: depth - 1]) in repeats:
            document = [document]
    assert validate(document) != Applicant()
