"""What an applicant's facts may be: each kind of value, and facts that cannot be true together."""

from typing import Any

import pytest
from pydantic import ValidationError

from engine.document import dump, problems, validate
from engine.facts import Applicant
from engine.fields import Field, Section, sections

Document = dict[str, Any]
ANHUI_MAN = "340104199003074516"  # born 1990-03-07; digit 17 is 1: a man


def wrong(document: Document) -> list[tuple[str, str]]:
    """Key and reason of all that is wrong with a document."""
    return [(p.key, p.reason.code.removeprefix("fact.")) for p in problems(document)]


def test_nothing_is_required() -> None:
    assert wrong({}) == []
    assert dump(validate({})) == {}


ROWS = [s.path for s in sections() if s.repeats]
GROUPS = [s.path for s in sections() if s.path and not s.repeats]


# Unknown keys


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ({"nme": "王小明"}, "nme"),
        ({"contact": {"fax": "1"}}, "contact.fax"),
        ({"education": [{"graduatd": "2012-07-01"}]}, "education.0.graduatd"),
        ({"education": [{}, {"graduatd": "2012-07-01"}]}, "education.1.graduatd"),
        ({"employment": {"hr": [{"mail": "a@b.cn"}]}}, "employment.hr.0.mail"),
        ({"spouse": {"hukou": True}}, "spouse.hukou"),
        ({"insurance": [{"from_": "2020-01"}]}, "insurance.0.from_"),
        ({"permit": {"id": "a1"}}, "permit.id"),
        ({"award": [{"granted": "2020-01-01", "kind": "provincial"}]}, "award.0.kind"),
    ],
)
def test_an_unknown_key_is_named(document: Document, key: str) -> None:
    (only,) = problems(document)
    assert only.key == key
    assert only.reason.code in {"fact.unknown_key", "fact.unknown_key_near"}


def test_the_key_that_was_meant_is_named() -> None:
    (only,) = problems({"education": [{"graduatd": "2012-07-01"}]})
    assert only.reason.values["near"] == "graduated"


# Kinds of value


@pytest.mark.parametrize(
    ("value", "code"),
    [(7, "text"), (True, "text"), (["王"], "text"), ("", "empty"), (" \u200b\n", "empty"), ("王" * 501, "too_long")],
)
def test_a_text(value: object, code: str) -> None:
    assert wrong({"name": value}) == [("name", code)]
    assert wrong({"name": "王" * 500}) == []


def test_text_is_kept_clean() -> None:
    """Control signs, bidi marks and line ends of a pasted name would reach the terminals of all who list it."""
    assert validate({"name": " 王\x1b[2J\u202e小\n明\u200b "}).name == "王[2J小 明"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1990-3-7", "day"),
        ("1990/03/07", "day"),
        ("19900307", "day"),
        ("1990-03-07T00:00:00", "day"),
        (19900307, "day"),
        (True, "day"),
        ("1990-02-29", "day_impossible"),
        ("1990-13-01", "day_impossible"),
        ("2026-04-31", "day_impossible"),
        ("1899-12-31", "year_range"),
        ("2200-01-01", "year_range"),
    ],
)
def test_a_day_that_is_none(value: object, code: str) -> None:
    assert wrong({"birth_date": value}) == [("birth_date", code)]


def test_a_leap_day_is_a_day() -> None:
    assert wrong({"birth_date": "1992-02-29"}) == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2020-13", "month"),
        ("2020-00", "month"),
        ("2020-1", "month"),
        ("2020-01-01", "month"),
        ("2020年1月", "month"),
        (202001, "month"),
        ("1899-12", "year_range"),
        ("2200-01", "year_range"),
    ],
)
def test_a_month_that_is_none(value: object, code: str) -> None:
    assert wrong({"insurance": [{"from": value}]}) == [("insurance.0.from", code)]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("12500", "whole_number"),
        (12500.0, "whole_number"),
        (12500.5, "whole_number"),
        (True, "whole_number"),
        (-1, "number_range"),
        (10**13, "number_range"),
    ],
)
def test_money_that_is_not_whole_yuan(value: object, code: str) -> None:
    assert wrong({"insurance": [{"base": value}]}) == [("insurance.0.base", code)]


def test_no_yuan_is_an_amount() -> None:
    assert wrong({"insurance": [{"base": 0}]}) == []


@pytest.mark.parametrize("value", [-0.01, 1.01, "0.8", True, float("nan"), float("inf")])
def test_a_share_is_from_0_to_1(value: object) -> None:
    assert wrong({"investment": [{"share": value}]}) == [("investment.0.share", "share")]


@pytest.mark.parametrize("value", [0, 1, 0.8, 0.0, 1.0])
def test_a_share_at_its_ends(value: object) -> None:
    assert wrong({"investment": [{"share": value}]}) == []


def test_a_share_is_exact() -> None:
    assert str(validate({"investment": [{"share": 0.8}]}).investment[0].share) == "0.8"


@pytest.mark.parametrize("value", ["true", 1, 0, "是", [], {}])
def test_a_flag_is_true_or_false(value: object) -> None:
    assert wrong({"employment": {"dispatched": value}}) == [("employment.dispatched", "flag")]


@pytest.mark.parametrize("value", ["Male", "男", "", 1, True])
def test_a_choice_is_one_of_its_words(value: object) -> None:
    (only,) = problems({"sex": value})
    assert only.key == "sex"
    assert only.reason.values["choices"] == ["male", "female"]


def choice_fields(members: tuple[Field | Section, ...]) -> list[Field]:
    found: list[Field] = []
    for member in members:
        if isinstance(member, Section):
            found += choice_fields(member.fields)
        elif member.choices:
            found.append(member)
    return found


CHOICES = {
    "sex": "male female",
    "marital_status": "single married divorced widowed",
    "hukou.kind": "urban rural collective",
    "permit.kind": "permit temporary registration_only",
    "permit.housing": "own lease dormitory relative",
    "employment.kind": "company branch public_institution ngo sole_trader liaison_office agency",
    "employment.points_account": "unknown unregistered registered active locked not_eligible",
    "education.level": "high_school secondary_vocational associate bachelor master doctor",
    "education.degree": "none bachelor master doctor",
    "education.form": "full_time adult self_study online open overseas unknown",
    "education.chsi": "found not_found not_checked",
    "qualification.kind": "title skill",
    "qualification.level": "junior intermediate senior 5 4 3 2 1",
    "qualification.by": "exam review",
    "insurance.pay_kind": "normal back_paid topped_up exempt deferred",
    "tax.filed": "normal late corrected zero",
    "service.kind": "public suburb lingang",
    "talent.kind": "entrepreneur intermediary",
    "award.level": "municipal_special municipal_general provincial",
    "offence.kind": "false_materials detention sentence serious_crime",
    "archive.location": "shanghai_centre hukou_centre school employer self unknown lost",
}
EVIDENCE = "education qualification insurance tax investment service talent award spouse child offence"
INDICATORS = """age education title insurance_years contribution_base shortage_specialty investment talent
public_service suburb fresh_graduate award spouse false_materials detention sentence"""


def test_the_words_of_every_choice_are_those_of_the_applicant_file() -> None:
    expected = CHOICES | {f"{section}.evidence": "claimed received verified rejected" for section in EVIDENCE.split()}
    expected["claims"] = INDICATORS
    found = {f.path: set(f.choices) for f in choice_fields(sections())}
    assert found == {path: set(words.split()) for path, words in expected.items()}


def test_the_items_put_forward_are_indicators() -> None:
    assert wrong({"claims": ["age", "education"]}) == []
    assert [key for key, _ in wrong({"claims": ["age", "luck"]})] == ["claims.1"]
    assert [key for key, _ in wrong({"claims": "age"})] == ["claims"]


@pytest.mark.parametrize("section", ROWS)
def test_what_repeats_is_a_list_of_tables(section: str) -> None:
    assert wrong({section: {}}) == [(section, "rows")]
    assert wrong({section: "x"}) == [(section, "rows")]
    assert wrong({section: ["x"]}) == [(f"{section}.0", "table")]
    assert wrong({section: []}) == []


@pytest.mark.parametrize("section", GROUPS)
def test_what_does_not_repeat_is_a_table(section: str) -> None:
    assert wrong({section: []}) == [(section, "table")]
    assert wrong({section: "x"}) == [(section, "table")]
    assert wrong({section: {}}) == []


@pytest.mark.parametrize(
    ("written", "kept"), [("上海市", "上海"), ("上海", "上海"), ("安徽省", "安徽"), ("内蒙古自治区", "内蒙古")]
)
def test_a_province_goes_without_its_ending(written: str, kept: str) -> None:
    assert validate({"insurance": [{"province": written}]}).insurance[0].province == kept
    assert validate({"hukou": {"province": written}}).hukou.province == kept  # type: ignore[union-attr]
    assert validate({"education": [{"place": written}]}).education[0].place == kept


def test_a_province_that_is_none_is_refused() -> None:
    assert wrong({"insurance": [{"province": "上诲"}]}) == [("insurance.0.province", "province")]


def test_a_place_of_study_may_be_abroad() -> None:
    assert validate({"education": [{"place": "英国"}]}).education[0].place == "英国"


# ID numbers and credit codes


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("340104199003074517", "id_number_checksum"),
        ("340104199003074526", "id_number_checksum"),
        ("340104199013074516", "id_number_birth"),
        ("340104199002304516", "id_number_birth"),
        ("34010419900307451", "id_number_form"),
        ("3401041990030745166", "id_number_form"),
        ("340104900307451", "id_number_form"),
        ("34010419900307451A", "id_number_form"),
        ("３４０１０４１９９００３０７４５１６", "id_number_form"),
        (340104199003074516, "text"),
    ],
)
def test_an_id_number_that_is_none(number: object, code: str) -> None:
    assert wrong({"id_number": number}) == [("id_number", code)]


def test_the_last_place_of_an_id_number_may_be_x() -> None:
    """11010519491231002X is the standard's own specimen (GB 11643); a small x is the same."""
    assert validate({"id_number": "11010519491231002x"}).id_number == "11010519491231002X"


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ({"spouse": {"id_number": "340104199003074517"}}, "spouse.id_number"),
        ({"child": [{"id_number": "340104199003074517"}]}, "child.0.id_number"),
        ({"employment": {"hr": [{"id_number": "340104199003074517"}]}}, "employment.hr.0.id_number"),
    ],
)
def test_id_numbers_of_others_are_checked_too(document: Document, key: str) -> None:
    assert wrong(document) == [(key, "id_number_checksum")]


def test_a_credit_code_bears_its_check() -> None:
    assert wrong({"employment": {"uscc": "91310115MA1K3BXX0C"}}) == []
    assert wrong({"employment": {"uscc": "91310115MA1K3BXX0D"}}) == [("employment.uscc", "uscc_checksum")]
    assert wrong({"employment": {"uscc": "91310115MA1K3BXX0"}}) == [("employment.uscc", "uscc_form")]
    assert wrong({"employment": {"uscc": "91310115MA1K3BXXIC"}}) == [("employment.uscc", "uscc_form")]


# Contradictions, one side and the other


def test_birth_date_and_id_number() -> None:
    assert wrong({"id_number": ANHUI_MAN, "birth_date": "1990-03-07"}) == []
    (only,) = problems({"id_number": ANHUI_MAN, "birth_date": "1991-03-07"})
    assert (only.key, only.reason.values["other"]) == ("birth_date", "id_number")
    assert (only.reason.values["here"], only.reason.values["there"]) == ("1991-03-07", "1990-03-07")


def test_sex_and_id_number() -> None:
    assert wrong({"id_number": ANHUI_MAN, "sex": "male"}) == []
    assert wrong({"id_number": ANHUI_MAN, "sex": "female"}) == [("sex", "sex_against_id")]


def test_birth_year_stands_alone() -> None:
    assert wrong({"birth_year": 1990}) == []
    assert wrong({"birth_year": 1990, "birth_date": "1990-03-07"}) == [("birth_year", "birth_year_beside")]
    assert wrong({"birth_year": 1990, "id_number": ANHUI_MAN}) == [("birth_year", "birth_year_beside")]


def test_the_birth_the_facts_give() -> None:
    assert str(validate({"birth_date": "1990-03-08"}).born) == "1990-03-08"
    assert str(validate({"id_number": ANHUI_MAN}).born) == "1990-03-07"
    assert str(validate({"birth_year": 1990}).born) == "1990-01-01"
    assert validate({}).born is None


@pytest.mark.parametrize("status", ["single", "divorced", "widowed"])
def test_who_is_not_married_has_no_spouse(status: str) -> None:
    assert wrong({"marital_status": status, "spouse": {"married": "2016-10-01"}}) == [("spouse", "spouse_unmarried")]
    assert wrong({"marital_status": status, "spouse": {}}) == [("spouse", "spouse_unmarried")]
    assert wrong({"marital_status": status}) == []


def test_a_spouse_beside_married_or_nothing_said() -> None:
    assert wrong({"marital_status": "married", "spouse": {}}) == []
    assert wrong({"spouse": {}}) == []


@pytest.mark.parametrize(
    ("section", "first", "last"),
    [
        ("contract", "from", "to"),
        ("work", "from", "to"),
        ("service", "from", "to"),
        ("talent", "from", "to"),
        ("education", "enrolled", "graduated"),
    ],
)
def test_rows_end_on_or_after_the_day_they_begin(section: str, first: str, last: str) -> None:
    assert wrong({section: [{first: "2020-05-02", last: "2020-05-02"}]}) == []
    (only,) = problems({section: [{}, {first: "2020-05-02", last: "2020-05-01"}]})
    assert (only.key, only.value, only.reason.code) == (f"{section}.1.{last}", "2020-05-01", "fact.before")
    assert only.reason.values["other"] == first


@pytest.mark.parametrize("section", ["insurance", "tax"])
def test_months_end_in_or_after_the_month_they_begin(section: str) -> None:
    assert wrong({section: [{"from": "2020-05", "to": "2020-05"}]}) == []
    assert wrong({section: [{"from": "2020-05", "to": "2020-04"}]}) == [(f"{section}.0.to", "before")]


@pytest.mark.parametrize(
    ("section", "first", "last"),
    [
        ("permit", "issued", "valid_until"),
        ("notice", "issued", "valid_until"),
        ("employment", "contract_from", "contract_until"),
    ],
)
def test_terms_end_on_or_after_the_day_they_begin(section: str, first: str, last: str) -> None:
    assert wrong({section: {first: "2026-05-10", last: "2026-05-10"}}) == []
    assert wrong({section: {first: "2026-05-10", last: "2026-05-09"}}) == [(f"{section}.{last}", "before")]


@pytest.mark.parametrize("level", ["junior", "intermediate", "senior"])
def test_levels_of_a_title(level: str) -> None:
    assert wrong({"qualification": [{"kind": "title", "level": level}]}) == []
    assert wrong({"qualification": [{"kind": "skill", "level": level}]}) == [("qualification.0.level", "skill_level")]
    assert wrong({"qualification": [{"level": level}]}) == []


@pytest.mark.parametrize("level", ["5", "4", "3", "2", "1"])
def test_levels_of_a_skill(level: str) -> None:
    assert wrong({"qualification": [{"kind": "skill", "level": level}]}) == []
    assert wrong({"qualification": [{"kind": "title", "level": level}]}) == [("qualification.0.level", "title_level")]


def test_a_child_and_its_id_number() -> None:
    assert wrong({"child": [{"id_number": ANHUI_MAN, "birth_date": "1990-03-07"}]}) == []
    assert wrong({"child": [{"id_number": ANHUI_MAN, "birth_date": "2011-06-01"}]}) == [
        ("child.0.birth_date", "birth_against_id")
    ]


def test_one_row_a_company_and_year() -> None:
    row = {"company": "甲", "year": 2024}
    assert wrong({"investment": [row, row]}) == [("investment.1.year", "investment_twice")]
    assert wrong({"investment": [row, row | {"year": 2025}]}) == []
    assert wrong({"investment": [row, row | {"company": "乙"}]}) == []


def test_a_rejected_row_may_stand_beside_its_better() -> None:
    row = {"company": "甲", "year": 2024}
    assert wrong({"investment": [row, row | {"evidence": "rejected"}]}) == []
    assert wrong({"investment": [row | {"evidence": "rejected"}, row]}) == []
    assert wrong({"investment": [row | {"evidence": "rejected"}, row, row]}) == [
        ("investment.2.year", "investment_twice")
    ]


def test_rows_of_no_known_company_or_year_are_not_the_same() -> None:
    assert wrong({"investment": [{"year": 2024}, {"year": 2024}, {"company": "甲"}, {"company": "甲"}]}) == []


# Offences, and the ids of rows


def test_an_offence_has_a_kind_and_a_date() -> None:
    assert wrong({"offence": [{}]}) == [("offence.0.kind", "required"), ("offence.0.date", "required")]
    assert wrong({"offence": [{"kind": "sentence"}]}) == [("offence.0.date", "required")]
    assert wrong({"offence": [{"date": "2020-01-01"}]}) == [("offence.0.kind", "required")]
    assert wrong({"offence": [{"kind": "sentence", "date": "2020-01-01"}]}) == []


@pytest.mark.parametrize("section", ROWS)
def test_a_row_may_carry_an_id(section: str) -> None:
    known = {"kind": "sentence", "date": "2020-01-01"} if section == "offence" else {}
    document = {section: [{"id": "k3x9"} | known, {"id": "p0q7"} | known, known]}
    assert [row.id for row in getattr(validate(document), section)] == ["k3x9", "p0q7", None]


def test_contacts_of_an_employer_may_carry_an_id() -> None:
    assert wrong({"employment": {"hr": [{"id": "k3x9"}]}}) == []


def test_two_rows_with_one_id_are_refused() -> None:
    assert wrong({"award": [{"id": "k3x9"}, {"id": "k3x9"}]}) == [("award.1.id", "row_id_twice")]
    assert wrong({"award": [{"id": "k3x9"}], "talent": [{"id": "k3x9"}]}) == []
    contacts = {"hr": [{"id": "k3x9"}, {"id": "k3x9"}]}
    assert wrong({"employment": contacts}) == [("employment.hr.1.id", "row_id_twice")]


@pytest.mark.parametrize("value", ["", "a b", "a.b", "a" * 33, 7, "甲"])
def test_an_id_is_short_and_plain(value: object) -> None:
    assert wrong({"award": [{"id": value}]}) == [("award.0.id", "row_id")]


# The model itself


def test_the_model_holds_its_own_rules() -> None:
    """Whoever builds an applicant without the document's checks still gets none with a contradiction."""
    with pytest.raises(ValidationError):
        Applicant.model_validate({"birth_year": 1990, "birth_date": "1990-03-07"})


def test_facts_do_not_change_under_a_reader() -> None:
    applicant = validate({"name": "王小明"})
    with pytest.raises(ValidationError):
        applicant.name = "李雷"
