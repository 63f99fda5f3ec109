"""Masks: enough of a number to know it again, and no more; by type, wherever a number stands."""

import pytest
from stdnum.cn import ric

from engine import fields, masks
from engine.facts import Applicant


@pytest.mark.parametrize(
    ("number", "shown"), [("340104199003074516", "340104********4516"), ("34010419900307451X", "340104********451X")]
)
def test_an_id_number_keeps_its_county_and_its_tail(number: str, shown: str) -> None:
    assert masks.id_number(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800000000", "138****0000"),
        ("+86 13812345678", "+86********5678"),
        ("021-62345678", "021*****5678"),
        ("62345678", "****5678"),
        ("12345", "***45"),
        ("1", "*"),
        ("", ""),
    ],
)
def test_a_phone_number_keeps_its_ends(number: str, shown: str) -> None:
    assert masks.phone(number) == shown


@pytest.mark.parametrize("number", ["1", "123", "12345678", "13800000000", "340104199003074516"])
def test_no_mask_gives_all_of_it_away(number: str) -> None:
    for shown in (masks.phone(number), masks.id_number(number)):
        assert (len(shown) == len(number) and shown.count("*") * 2 >= len(number)) or shown.count("*") >= 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证340104199003074516，电话13812340000。", "身份证340104********4516，电话138****0000。"),
        ("信用代码 91310115MA1K3BXX0C", "信用代码 91310115MA1K3BXX0C"),
        ("913101150000000000", "913101150000000000"),
        ("收据 138000000001", "收据 138000000001"),
    ],
)
def test_in_free_text_numbers_are_found(text: str, shown: str) -> None:
    assert masks.in_text(text) == shown


def test_every_field_of_a_person_that_is_such_a_number_has_the_type() -> None:
    found = {field.path for field in fields.every() if masks.kind_of(field)}
    named = {field.path for field in fields.every() if field.path.rpartition(".")[2] in ("id_number", "phone")}
    assert found == named and len(found) >= 6


def test_data_is_masked_wherever_numbers_lie() -> None:
    change = {"path": "applicant.contact.phone", "before": "13800000000", "after": None}
    row = {"path": "applicant.child.k1", "before": None, "after": {"name": "甲", "id_number": "340104199003074516"}}
    document = {"contact": {"phone": "13812340000"}, "child": [{"id_number": "340104199003074516"}], "age": 3}
    shown = masks.in_data({"applicant": document, "journal": [{"changes": [change, row]}]})
    assert shown["applicant"] == {
        "contact": {"phone": "138****0000"},
        "child": [{"id_number": "340104********4516"}],
        "age": 3,
    }
    (first, second) = shown["journal"][0]["changes"]
    assert first["before"] == "138****0000" and first["path"] == change["path"]
    assert second["after"] == {"name": "甲", "id_number": "340104********4516"}


def test_the_types_take_what_they_took() -> None:
    assert Applicant.model_validate({"contact": {"phone": "021-62345678 转 8"}}).contact is not None


@pytest.mark.parametrize("region", ["340001", "000000", "999999", "340104"])
def test_a_number_of_no_place_that_is_known_is_one_all_the_same(region: str) -> None:
    stem = f"{region}19880307123"
    number = stem + ric.calc_check_digit(stem + "0")
    assert number not in masks.in_text(f"身份证 {number}，电话")
