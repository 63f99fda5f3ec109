"""积分申请表: what is filled in by section, what is lacking, what must be changed at a renewal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from strategies import applicants

from engine.document import dump, validate
from engine.form import Block, Filed, FormField, official_form
from engine.form.pack import load as sections
from engine.form.pack import read
from engine.form.report import label, name
from engine.policy import BadPack, load
from engine.words import LANGUAGES

ON = date(2026, 11, 22)
PLAIN: dict[str, Any] = {
    "name": "王小明",
    "id_number": "340104199003074516",
    "education": [
        {"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "school": "南京大学", "place": "江苏"},
        {"level": "high_school", "graduated": "2008-06-30", "school": "合肥一中"},
    ],
    "insurance": [{"from": "2015-07", "base": 12500}],
}


def with_(**facts: Any) -> dict[str, Any]:
    return {**PLAIN, **facts}


def form(document: Mapping[str, Any], on: date = ON, **more: Any) -> tuple[Block, ...]:
    return official_form(validate(document), load(), on, **more)


def field(blocks: tuple[Block, ...], section: str, wanted: str, number: int | None = None) -> FormField:
    [found] = [f for b in blocks if (b.id, b.number) == (section, number) for f in b.fields if f.id == wanted]
    return found


def value(document: Mapping[str, Any], section: str, wanted: str, number: int | None = None, on: date = ON) -> str:
    return field(form(document, on), section, wanted, number).value


def test_the_sections_stand_in_the_order_of_the_form() -> None:
    found = form(with_(child=[{"name": "王一"}], qualification=[{"kind": "title", "level": "senior"}]))
    assert [block.id for block in found if block.number in (None, 1)] == [
        *("basic", "employer", "education", "work", "title", "insurance", "marriage", "child", "archive", "claims")
    ]


def test_a_fact_is_written_in_chinese_as_the_form_wants_it() -> None:
    assert value(PLAIN, "education", "level", 2) == "本科" and value(PLAIN, "education", "degree", 2) == "学士"


def test_birth_and_sex_follow_from_the_id_number() -> None:
    assert (value(PLAIN, "basic", "birth_date"), value(PLAIN, "basic", "sex")) == ("1990-03-07", "男")


def test_a_year_of_birth_is_no_birth_date() -> None:
    found = field(form({"birth_year": 1990}), "basic", "birth_date")
    assert (found.value, found.missing) == ("", True)


def test_schooling_stands_in_the_order_of_time() -> None:
    assert [value(PLAIN, "education", "school", number) for number in (1, 2)] == ["合肥一中", "南京大学"]


def test_high_school_has_no_major_to_be_filled_in() -> None:
    shown = {
        number: [f.id for f in block.fields]
        for block in form(PLAIN)
        if (number := block.number) and block.id == "education"
    }
    assert "major" not in shown[1] and "major" in shown[2]


def test_work_begins_with_the_school_before_the_first_job() -> None:
    document = with_(work=[{"unit": "南京乙", "from": "2012-08-01", "to": "2015-06-30"}])
    assert [value(document, "work", "unit", number) for number in (1, 2)] == ["南京大学", "南京乙"]
    assert field(form(document), "work", "unit", 1).path == "education.0.school"


def test_studies_after_the_first_job_are_not_before_it() -> None:
    document = with_(work=[{"unit": "南京乙", "from": "2010-08-01"}])
    assert value(document, "work", "unit", 1) == "合肥一中"


def test_a_spell_without_a_job_is_said_and_one_that_goes_on_is_open() -> None:
    document = with_(education=[], work=[{"unemployed": True, "from": "2015-01-01"}])
    assert (value(document, "work", "unit", 1), value(document, "work", "to", 1)) == ("待业", "至今")


def test_everybody_has_schooling_and_work_so_without_them_there_is_a_gap() -> None:
    found = form({"name": "王小明"})
    assert field(found, "education", "school", 1).missing and field(found, "work", "unit", 1).missing


def test_an_open_ended_contract_is_said() -> None:
    assert value(with_(employment={"open_ended": True}), "employer", "contract_until") == "无固定期限"


def test_the_months_of_insurance_are_those_that_count() -> None:
    paid = [{"from": "2015-07", "to": "2016-06", "pay_kind": "back_paid"}, {"from": "2016-07", "to": "2017-06"}]
    assert value(with_(insurance=paid), "insurance", "months") == "12"
    assert field(form(with_(insurance=[])), "insurance", "months").missing


@pytest.mark.parametrize(("on", "grade"), [("2026-08-31", "八年级"), ("2026-09-01", "九年级")])
def test_the_grade_moves_on_with_the_school_year(on: str, grade: str) -> None:
    document = with_(child=[{"name": "王一", "entered_primary": 2018}])
    assert value(document, "child", "grade", 1, date.fromisoformat(on)) == grade


def test_a_child_that_has_left_school_needs_none() -> None:
    document = with_(child=[{"name": "王一", "entered_primary": 2010}])
    assert value(document, "child", "grade", 1) == "已离校"
    assert "school" not in [f.id for block in form(document) if block.id == "child" for f in block.fields]


def test_a_spouse_is_asked_for_where_there_is_one() -> None:
    def asked(**facts: Any) -> list[str]:
        return [f.id for block in form(with_(**facts)) if block.id == "marriage" for f in block.fields]

    assert asked(marital_status="single") == ["marital_status"]
    assert "spouse_name" in asked(marital_status="married") and "spouse_id" in asked(spouse={"name": "李梅"})


def test_what_is_rejected_is_not_put_forward() -> None:
    document = with_(education=[{**PLAIN["education"][0], "evidence": "rejected"}, PLAIN["education"][1]])
    assert [block.number for block in form(document) if block.id == "education"] == [1]


def test_the_items_are_the_claims_else_those_with_the_fewest_papers() -> None:
    assert value(with_(claims=["education"]), "claims", "items") == "教育背景"
    assert set(value(PLAIN, "claims", "items").split("、")) >= {"教育背景", "社保年限"}


class TestAtARenewal:
    filed = Filed(
        dump(validate(with_(child=[{"id": "k", "name": "王一", "entered_primary": 2018}]))), date(2026, 5, 20)
    )
    now = with_(child=[{"id": "k", "name": "王一", "entered_primary": 2018}], ethnic_group="汉族")

    def test_the_two_values_that_must_be_changed_are_named_with_what_was_filed(self) -> None:
        found = form(self.now, kind="renew", filed=self.filed)
        months, grade = field(found, "insurance", "months"), field(found, "child", "grade", 1)
        assert (months.value, months.before, months.must_change) == ("136", "130", True)
        assert (grade.value, grade.before, grade.must_change) == ("九年级", "八年级", True)

    def test_what_is_not_as_filed_stands_beside_it(self) -> None:
        found = form(self.now, kind="renew", filed=self.filed)
        assert (field(found, "basic", "ethnic_group").before, field(found, "basic", "name").before) == ("", None)

    def test_at_the_first_application_nothing_was_filed(self) -> None:
        found = form(self.now, kind="new", filed=self.filed)
        assert not any(f.must_change or f.before is not None for block in found for f in block.fields)


def test_every_section_and_field_has_its_words_and_source() -> None:
    for section in sections():
        assert section.source
        shown = tuple(FormField(kind.id, "", True, None) for kind in section.fields)
        block = Block(section.id, 1, "", shown)
        assert all(label(block, one, language) and name(block, language) for one in shown for language in LANGUAGES)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"fields": [{"id": "x"}]}, "pack.form.empty"),
        ({"fields": [{"id": "x", "fact": "shoe_size"}]}, "pack.form.unknown"),
        ({"fields": [{"id": "x", "value": "weather"}]}, "pack.form.unknown"),
        ({"fields": [{"id": "x", "fact": "name", "when": "sunny"}]}, "pack.form.unknown"),
        ({"rows": "shoes", "fields": [{"id": "x", "fact": "size"}]}, "pack.form.unknown"),
        ({"fields": [{"id": "x", "fact": "name", "colour": "red"}]}, "pack.unknown_key"),
        ({"fields": []}, "pack.missing"),
    ],
)
def test_a_pack_that_is_wrong_is_refused_with_the_place(row: dict[str, Any], code: str) -> None:
    with pytest.raises(BadPack) as refused:
        read({"section": [{"id": "basic", "from": "6.2", **row}]})
    assert code in [complaint.code for complaint in refused.value.complaints]


@given(applicant=applicants())
def test_whatever_is_known_of_an_applicant_there_is_a_form(applicant: Any) -> None:
    for block in official_form(applicant, load(), ON):
        for one in block.fields:
            assert not (one.missing and one.value)
