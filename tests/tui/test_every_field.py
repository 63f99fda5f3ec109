"""Every fact that the model knows is set, changed and cleared by keys, and found in `dabiao show --json`."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest
from casework import Case, opened
from desks import Desk
from stdnum.cn import ric, uscc

from engine.fields import Field, Section
from engine.words import word
from tui import form
from tui.cli import main

# numbers of two people, and of two companies, with right check digits
MAN, WOMAN = (body + ric.calc_check_digit(body + "0") for body in ("34010419900307451", "32010219880309452"))
ONE, OTHER = (body + uscc.calc_check_digit(body) for body in ("91310115MA1K3BXX0", "91310115MA1K3BXY0"))


@dataclass(frozen=True)
class Sample:
    """What is typed, and what is then kept."""

    typed: str
    kept: Any


BY_KIND = {
    "text": (Sample("甲乙丙", "甲乙丙"), Sample("丁 1 号", "丁 1 号")),
    "texts": (Sample("王小明、王某", ["王小明", "王某"]), Sample("李梅", ["李梅"])),
    "date": (Sample("2020.3.1", "2020-03-01"), Sample("21年4月2日", "2021-04-02")),
    "month": (Sample("2020.3", "2020-03"), Sample("21年4月", "2021-04")),
    "money": (Sample("1.2万", 12000), Sample("12,500", 12500)),
    "integer": (Sample("2017", 2017), Sample("2018年", 2018)),
    "decimal": (Sample("80%", 0.8), Sample("0.25", 0.25)),
    "boolean": (Sample("是", True), Sample("n", False)),
}
BY_KEY = {
    "id_number": (Sample(MAN, MAN), Sample(WOMAN, WOMAN)),
    "uscc": (Sample(ONE, ONE), Sample(OTHER.lower(), OTHER)),
    "province": (Sample("安徽省", "安徽"), Sample("上海", "上海")),
    "birth_date": (Sample("90年3月7日", "1990-03-07"), Sample("19880309", "1988-03-09")),
    "sex": (Sample("男", "male"), Sample("女", "female")),
    "level": (Sample("高级", "senior"), Sample("4", "4")),
}


def samples(field: Field) -> tuple[Sample, Sample]:
    """Two values for a field; the first of all fields of a record agree, and so do the second."""
    key = field.path.rpartition(".")[2]
    if field.path == "birth_year":
        return Sample("1990", 1990), Sample("1991年", 1991)
    if key in ("id_number", "uscc", "province", "birth_date", "sex") or field.path == "qualification.level":
        return BY_KEY[key]
    if field.kind in ("choice", "choices"):
        labels = [(option.id, option.label) for option in form.options(field, "zh")]
        one, other = labels[0], labels[1 if len(labels) > 1 else 0]
        if field.kind == "choices":
            return Sample(one[1], [one[0]]), Sample(f"{other[1]}、{one[1]}", [other[0], one[0]])
        return Sample("1", one[0]), Sample(other[1], other[0])
    return BY_KIND[field.kind]


def fields_of(section: Section) -> list[Field]:
    """The fields of a section that can be there together: a birth year stands instead of a birth date."""
    return [field for field in form.plain_fields(section) if field.path not in ("birth_year", "marital_status")]


def shown(case: Case, section: Section) -> dict[str, Any]:
    """What `dabiao show --json` has of a section, or of its only row."""
    with redirect_stdout(io.StringIO()) as output:
        assert main(["--db", str(case.desk.workspace.path), "show", str(case.id), "--json"]) == 0
    told = json.loads(output.getvalue())
    if section is form.CASE:
        return {key: told[key] for key in ("status", "consultant", "tags", "need_by") if told[key]}
    found: Any = told["applicant"]
    for step in section.path.split(".") if section.path else ():
        found = found.get(step, {})
    if section.repeats:
        assert len(found) <= 1
        found = found[0] if found else {}
    return {key: value for key, value in found.items() if key != "id" and not isinstance(value, dict)}


def expected(section: Section, which: int) -> dict[str, Any]:
    return {field.path.rpartition(".")[2]: samples(field)[which].kept for field in fields_of(section)}


async def type_record(case: Case, section: Section, which: int) -> None:
    """Go through a whole record: value, Tab, value, Tab."""
    keys = ""
    for field in form.plain_fields(section):
        known = field in fields_of(section)
        keys += (f"⌧{samples(field)[which].typed}" if known else "") + "\t"
    await case.type(keys)


@pytest.mark.parametrize("section", form.form(), ids=lambda section: section.path or "person")
async def test_every_field_is_set_changed_and_cleared_by_keys(ana: Desk, section: Section) -> None:
    async with opened(ana, {}) as case:
        await case.find(form.section_label(section, "zh"))
        if section.repeats:
            await case.type("n")
        else:
            await case.type("↓\r" if section.path == "" else "\r↓\r")
        await type_record(case, section, 0)
        assert shown(case, section) == expected(section, 0)

        await case.find(form.section_label(section, "zh"))
        await case.type("↓↓\r" if section.repeats else "↓\r")
        await type_record(case, section, 1)
        assert shown(case, section) == expected(section, 1)
        assert case.drafts == {}

        await case.find(form.section_label(section, "zh"))
        await case.type("↓" if section.repeats else "")
        if section.path == "offence":  # neither its kind nor its date may be left out: the row goes whole
            await case.type("x")
        else:
            await case.type("↓x" * len(form.plain_fields(section)))
        left = {"status": "simulated"} if section is form.CASE else {}
        assert shown(case, section) == left
        assert case.drafts == ({"status": ""} if section is form.CASE else {})


@pytest.mark.parametrize("path", ["birth_year", "marital_status"])
async def test_what_cannot_stand_beside_the_others_is_set_changed_and_cleared_alone(ana: Desk, path: str) -> None:
    field = form.field_at(path)
    async with opened(ana, {}) as case:
        for sample in samples(field):
            await case.find(form.label(field, "zh"))
            await case.type(f"\r⌧{sample.typed}\x1b")
            assert case.document == {path: sample.kept}
        await case.type("x")
        assert case.document == {}


async def test_a_second_row_is_another_one(ana: Desk) -> None:
    async with opened(ana, {}) as case:
        await case.find("经办人")
        await case.type("n周敏\x1bn吴强\x1b")
        assert [row["name"] for row in case.document["employment"]["hr"]] == ["周敏", "吴强"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_of_the_form_has_its_name(language: str) -> None:
    for section in form.form():
        assert form.section_label(section, language)
        for field in form.plain_fields(section):
            assert form.label(field, language)
            assert all(option.label for option in form.options(field, language))
    assert form.section_label(form.form()[0], language) == word("fact", language)


def test_no_two_lines_of_a_section_have_the_same_name() -> None:
    for section in form.form():
        labels = [form.label(field, "zh") for field in form.plain_fields(section)]
        assert len(set(labels)) == len(labels)
