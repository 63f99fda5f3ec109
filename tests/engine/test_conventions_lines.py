"""What the lines tell: which there are, what was assumed, what is missing, on what each rests."""

from typing import Any

from assessing import assessed, line, paid

DAY = "2026-11-22"


def lines(document: dict[str, Any]) -> set[str]:
    return {found.indicator for found in assessed(document, DAY).lines}


def missing(**document: Any) -> list[str]:
    return sorted(assessed({"birth_date": "1990-01-01"} | document, DAY).missing)


# Which lines there are


def test_what_the_facts_do_not_speak_of_has_no_line() -> None:
    assert lines({}) == set()
    assert lines({"birth_date": "1990-01-01"}) == {"age"}


def test_what_falls_short_has_a_line_of_no_points_with_a_reason() -> None:
    """A title without its base, five months of insurance, a suburb below five years, a talent that has ended."""
    document = {
        "birth_date": "1950-01-01",
        "qualification": [{"kind": "title", "level": "senior", "obtained": "2020-01-01"}],
        "insurance": [paid("2026-06", None, 5000)],
        "service": [{"kind": "suburb", "from": "2023-01-01"}, {"kind": "public", "from": "2023-01-01"}],
        "talent": [{"kind": "entrepreneur", "from": "2020-01-01", "to": "2024-12-31"}],
        "investment": [{"company": "甲", "year": 2025, "tax_paid": 900_000}],
        "education": [{"level": "master", "degree": "none", "graduated": "2020-07-01"}],
        "award": [{"level": "provincial", "granted": "2020-01-01", "while_in_shanghai": False}],
    }
    found = assessed(document, DAY)
    assert {line.indicator: line.points for line in found.lines} == {
        "age": 0,
        "education": 0,
        "title": 0,
        "insurance_years": 0,
        "contribution_base": 0,
        "investment": 0,
        "talent": 0,
        "public_service": 0,
        "suburb": 0,
        "award": 0,
    }
    assert all(line.reason.code for line in found.lines)


def test_each_indicator_has_one_line_at_most() -> None:
    document = {
        "birth_date": "1990-01-01",
        "insurance": [paid("2020-01", None, 9000)] * 3,
        "education": [{"level": "associate", "graduated": "2012-07-01"}] * 3,
        "service": [{"kind": "suburb", "from": "2015-01-01"}, {"kind": "lingang", "from": "2015-01-01"}],
    }
    names = [found.indicator for found in assessed(document, DAY).lines]
    assert len(names) == len(set(names))


def test_a_line_cites_its_article() -> None:
    """The 2023 version is 沪府规〔2022〕21号; age stands in its article 6."""
    found = line({"birth_date": "1990-01-01"}, "age", DAY)
    assert found.law.document
    assert found.law.document in found.citation
    assert found.citation != found.law.document


def test_a_line_names_the_facts_it_rests_on() -> None:
    document = {
        "birth_date": "1990-01-01",
        "education": [
            {"level": "associate", "graduated": "2008-07-01"},
            {"level": "bachelor", "graduated": "2012-07-01"},
        ],
        "spouse": {"married": "2016-10-01", "shanghai_hukou": True},
        "insurance": [paid("2024-01", "2024-12", 9000), paid("2027-01", None, 9000), paid("2025-01", None, 9000)],
    }
    assert line(document, "age", DAY).facts == ["birth_date"]
    assert line(document, "education", DAY).facts == ["education.1"]
    assert line(document, "spouse", DAY).facts == ["spouse"]
    assert sorted(line(document, "insurance_years", DAY).facts) == ["insurance.0", "insurance.2"]
    assert line({"id_number": "340104199003074516"}, "age", DAY).facts == ["id_number"]


# Assumed


def test_everything_assumed_is_told_once() -> None:
    """The same open row serves years, base and title: its payer is one assumption."""
    document = {
        "birth_date": "1990-01-01",
        "employment": {},
        "insurance": [paid("2020-01", None, 12000)],
        "qualification": [{"kind": "title", "level": "senior", "obtained": "2020-01-01"}],
    }
    assert sorted(assessed(document, DAY).assumed) == [
        "employment.registered_in_shanghai",
        "insurance.0.payer_matches_contract",
        "insurance.0.tax_matches",
        "qualification.0.matches_post",
        "qualification.0.while_in_shanghai",
    ]


def test_what_was_said_is_not_assumed() -> None:
    document = {
        "birth_date": "1990-01-01",
        "employment": {"registered_in_shanghai": True},
        "insurance": [paid("2020-01", None, 12000, payer_matches_contract=True, tax_matches=True)],
        "qualification": [
            {
                "kind": "title",
                "level": "senior",
                "obtained": "2020-01-01",
                "while_in_shanghai": True,
                "matches_post": True,
            }
        ],
    }
    assert assessed(document, DAY).assumed == []


def test_what_is_taken_as_false_is_not_assumed() -> None:
    """dispatched, open_ended, shortage_major, shanghai_hukou, approximate and kindergarten left out are no."""
    document = {
        "birth_date": "1990-01-01",
        "employment": {"registered_in_shanghai": True},
        "education": [{"level": "bachelor", "graduated": "2012-07-01"}],
        "spouse": {"married": "2016-10-01"},
        "child": [{}],
    }
    assert assessed(document, DAY).assumed == []


# Missing


def test_nothing_is_missing_where_all_is_told() -> None:
    assert (
        missing(
            education=[{"level": "bachelor", "graduated": "2012-07-01"}],
            insurance=[paid("2020-01", None, 9000)],
            award=[{"level": "provincial", "granted": "2020-01-01"}],
        )
        == []
    )


def test_an_empty_row_is_missing_all_it_would_need() -> None:
    assert missing(award=[{}]) == ["award.0.granted", "award.0.level"]
    assert missing(insurance=[{}]) == ["insurance.0.from"]


def test_a_rejected_row_is_missing_nothing() -> None:
    assert (
        missing(
            award=[{"evidence": "rejected"}],
            insurance=[{"evidence": "rejected"}],
            education=[{"level": "bachelor", "evidence": "rejected"}],
            investment=[{"evidence": "rejected"}],
            spouse={"shanghai_hukou": True, "evidence": "rejected"},
        )
        == []
    )


def test_the_beginning_of_months_that_count_nowhere_is_not_missed() -> None:
    assert missing(insurance=[{"to": "2025-12"}]) == ["insurance.0.from"]
    assert missing(insurance=[{"to": "2025-12", "province": "江苏"}, {"to": "2025-12", "pay_kind": "back_paid"}]) == []


def test_a_base_is_missed_where_the_bands_look_for_it() -> None:
    """The 48 months end with October 2026 and begin with November 2022."""
    assert missing(insurance=[paid("2022-11", "2022-11")]) == ["insurance.0.base"]
    assert missing(insurance=[paid("2015-01", "2022-10")]) == []
    assert missing(insurance=[paid("2026-10", None)]) == ["insurance.0.base"]
    assert missing(insurance=[paid("2026-11", None)]) == []


def test_a_base_is_not_missed_where_the_months_would_not_count() -> None:
    for spoilt in (
        {"province": "江苏"},
        {"pay_kind": "back_paid"},
        {"tax_matches": False},
        {"payer_matches_contract": False},
    ):
        assert missing(insurance=[paid("2025-01", None, **spoilt)]) == []


def test_the_wedding_day_of_a_spouse_who_earns_nothing_is_not_missed() -> None:
    assert missing(spouse={}) == []
    assert missing(spouse={"shanghai_hukou": True}) == ["spouse.married"]


def test_papers_and_contacts_are_never_missed() -> None:
    assert missing(contact={}, hukou={}, archive={}, notice={}, contract=[{}], work=[{}], tax=[{}], child=[{}]) == []
