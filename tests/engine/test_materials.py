"""材料清单: each paper from facts that just ask for it and facts that do not; the items with the fewest papers."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from strategies import applicants

from engine.assessment import assess
from engine.document import dump, validate
from engine.materials import checklist, items
from engine.materials.pack import load as papers
from engine.materials.pack import read
from engine.policy import BadPack, load
from engine.words import LANGUAGES, say, word

ON = date(2026, 11, 22)
BACHELOR = {"level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2012-07-01", "chsi": "found"}
PLAIN: dict[str, Any] = {
    "birth_date": "1990-03-07",
    "education": [BACHELOR],
    "insurance": [{"from": "2015-07", "base": 5000}],
}
COLLEGE = {"level": "associate", "form": "full_time", "graduated": "2008-07-01", "chsi": "found"}
ENGINEER = {"kind": "title", "level": "intermediate", "obtained": "2018-11-01", "by": "exam"}
BOTH = ["education", "shortage_specialty"]
WELL_PAID = [{"from": "2015-07", "base": 13000}]


def with_(**facts: Any) -> dict[str, Any]:
    return {**PLAIN, **facts}


def studied(**facts: Any) -> dict[str, Any]:
    return with_(education=[{**BACHELOR, **facts}])


def codes(document: Mapping[str, Any], kind: str = "new", **more: Any) -> list[str]:
    found = checklist(validate(document), load(), ON, kind, **more)  # type: ignore[arg-type]
    return [item.code for item in found.items]


ASKED: list[tuple[str, str, dict[str, Any]]] = [
    *((code, "new", PLAIN) for code in ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11")),
    ("B12", "new", PLAIN),
    ("B07d", "new", with_(employment={"dispatched": True})),
    ("B13", "new", with_(work=[{"unit": "南京乙", "place": "江苏", "from": "2012-08-01", "to": "2015-06-30"}])),
    ("B13c", "change_employer", PLAIN),
    ("B14", "new", with_(work=[{"unemployed": True, "from": "2015-01-01", "to": "2015-07-04"}])),
    ("E01", "new", PLAIN),
    ("E02", "new", studied(chsi="not_found")),
    ("E02", "new", studied(chsi=None, graduated="2001-07-01")),
    ("E03", "new", studied(form="self_study")),
    ("E04", "new", with_(education=[COLLEGE, BACHELOR])),
    ("E04", "new", studied(form="adult")),
    ("E06", "new", studied(form="overseas")),
    ("E07", "new", {**studied(form="adult", place="吉林"), "hukou": {"province": "安徽"}}),
    ("E10", "new", PLAIN),
    ("T01", "new", with_(claims=["title"], qualification=[ENGINEER], insurance=WELL_PAID)),
    ("T02", "new", with_(claims=["title"], qualification=[{**ENGINEER, "by": "review"}], insurance=WELL_PAID)),
    ("T03", "new", with_(claims=["title"], qualification=[{"kind": "skill", "level": "3", "obtained": "2018-11-01"}])),
    ("T04", "new", with_(claims=["title"], qualification=[ENGINEER], insurance=WELL_PAID)),
    ("S01", "new", PLAIN),
    ("S02", "new", with_(claims=["contribution_base"], insurance=WELL_PAID)),
    ("S03", "new", with_(claims=["contribution_base"], insurance=[{"from": "2015-07", "base": 40000}])),
    (
        "S04",
        "new",
        with_(
            claims=["contribution_base"],
            insurance=[{"from": "2015-07", "base": 26000}],
            service=[{"kind": "lingang", "from": "2020-01-01"}],
        ),
    ),
    (
        "S05",
        "new",
        with_(
            claims=["education", "shortage_specialty"], education=[{**COLLEGE, "shortage_major": True}], employment={}
        ),
    ),
    (
        "Z01",
        "new",
        with_(
            claims=["education", "shortage_specialty"], education=[{**BACHELOR, "shortage_major": True}], employment={}
        ),
    ),
    ("I01", "new", with_(claims=["investment"])),
    ("G01", "new", with_(claims=["public_service"])),
    ("G02", "new", with_(claims=["suburb"])),
    ("Y01", "new", with_(claims=["fresh_graduate"])),
    ("A01", "new", with_(claims=["award"], award=[{"level": "provincial", "granted": "2023-05-01"}])),
    ("P01", "new", with_(claims=["spouse"], spouse={"shanghai_hukou": True, "married": "2016-10-01"})),
    ("C01", "new", with_(claims=["talent"], talent=[{"kind": "entrepreneur", "from": "2025-01-01"}])),
    *((code, "new", with_(employment={"points_account": "unregistered"})) for code in ("U01", "U02", "U03")),
    ("U04", "new", with_(employment={"points_account": "registered", "kind": "agency"})),
    ("U05", "new", with_(employment={"points_account": "unregistered", "kind": "branch"})),
    ("F01", "add_spouse", PLAIN),
    ("F02", "new", with_(marital_status="married")),
    ("F02", "new", with_(spouse={"name": "李梅"})),
    ("F03", "new", with_(child=[{"name": "王一"}])),
    ("F04", "new", with_(marital_status="divorced")),
    ("F05", "new", with_(child=[{"name": "王一", "birth_date": "2010-11-22"}])),
]

NOT_ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("B06", "renew", PLAIN),
    ("B07", "new", with_(employment={"dispatched": True})),
    ("B07d", "new", PLAIN),
    ("B09", "new", with_(claims=["contribution_base"], insurance=WELL_PAID)),
    ("B13", "new", with_(work=[{"unit": "上海甲", "place": "上海", "from": "2012-08-01"}])),
    ("B14", "new", with_(work=[{"unemployed": True, "from": "2015-01-01", "to": "2015-07-03"}])),
    ("E01", "new", studied(form="overseas")),
    ("E01", "new", with_(claims=["age"])),
    ("E02", "new", studied(chsi="found", graduated="2001-07-01")),
    ("E03", "new", PLAIN),
    ("E04", "new", PLAIN),
    ("E06", "new", PLAIN),
    ("E07", "new", {**studied(form="adult", place="安徽"), "hukou": {"province": "安徽"}}),
    ("T01", "new", with_(claims=["title"], qualification=[{**ENGINEER, "matches_post": False}], insurance=WELL_PAID)),
    ("T02", "new", with_(claims=["title"], qualification=[ENGINEER], insurance=WELL_PAID)),
    ("T04", "new", with_(claims=["title"], qualification=[{"kind": "skill", "level": "3", "obtained": "2018-11-01"}])),
    ("S03", "new", with_(claims=["contribution_base"], insurance=WELL_PAID)),
    ("S04", "new", with_(claims=["contribution_base"], insurance=[{"from": "2015-07", "base": 26000}])),
    (
        "S05",
        "new",
        with_(
            claims=["education", "shortage_specialty"], education=[{**BACHELOR, "shortage_major": True}], employment={}
        ),
    ),
    *((code, "new", with_(employment={"points_account": "active"})) for code in ("U01", "U02", "U03")),
    ("U01", "new", with_(employment={"points_account": "unknown"})),
    ("U04", "new", with_(employment={"points_account": "registered", "kind": "company"})),
    ("U05", "new", with_(employment={"points_account": "unregistered", "kind": "company"})),
    ("F01", "new", with_(marital_status="married")),
    ("F02", "new", with_(marital_status="divorced")),
    ("F03", "new", with_(child=[{"name": "王一", "benefits": False}])),
    ("F04", "new", with_(marital_status="single")),
    ("F05", "new", with_(child=[{"name": "王一", "birth_date": "2010-11-23"}])),
]


@pytest.mark.parametrize(("code", "kind", "document"), ASKED)
def test_just_asked_for(code: str, kind: str, document: dict[str, Any]) -> None:
    assert code in codes(document, kind)


@pytest.mark.parametrize(("code", "kind", "document"), NOT_ASKED)
def test_just_not_asked_for(code: str, kind: str, document: dict[str, Any]) -> None:
    assert code not in codes(document, kind)


def test_every_paper_of_the_pack_is_asked_for_here_and_has_its_words() -> None:
    assert {code for code, *_ in ASKED} == {paper.code for paper in papers()}
    for paper in papers():
        for language in LANGUAGES:
            assert word(f"paper.{paper.code}", language) and word(f"where.{paper.where}", language)
            assert paper.must is None or word(f"must.{paper.must}", language)


class TestAtARenewal:
    def test_what_has_not_changed_is_not_proved_again(self) -> None:
        filed = dump(validate(PLAIN))
        assert codes(PLAIN, "renew", filed=filed) == ["B01", "B02", "B03", "B04", "B05", "B07", "B10", "S01"]

    def test_what_has_is(self) -> None:
        filed = dump(validate(with_(education=[COLLEGE])))
        assert "E01" in codes(with_(claims=["education"]), "renew", filed=filed)

    def test_checking_a_fact_changes_nothing(self) -> None:
        filed = dump(validate(studied(evidence="received")))
        assert "E01" not in codes(studied(evidence="verified"), "renew", filed=filed)

    def test_a_child_that_is_new_is(self) -> None:
        filed = dump(validate(PLAIN))
        assert "F03" in codes(with_(child=[{"name": "王一"}]), "renew", filed=filed)


def test_a_paper_for_each_row_says_which() -> None:
    found = checklist(validate(with_(child=[{"name": "王一"}, {"name": "王二"}])), load(), ON).items
    assert [item.of for item in found if item.code == "F03"] == ["child.0", "child.1"]


def test_points_at_stake_are_those_of_the_lines_it_proves() -> None:
    [item] = [item for item in checklist(validate(PLAIN), load(), ON).items if item.code == "E01"]
    assert (item.needed_for, item.points) == (("education",), 90)


def test_shared_data_is_owed_by_nobody() -> None:
    found = checklist(validate(PLAIN), load(), ON)
    assert found.way.papers == sum(not item.system for item in found.items)
    assert {item.code for item in found.items if item.system} == {"B10", "E10", "S01"}


def test_claims_are_put_forward_as_they_are() -> None:
    found = checklist(validate(with_(claims=["education", "age"])), load(), ON)
    assert set(found.way.claims) == {"age", "education"}


def test_without_enough_everything_is_put_forward_and_that_is_said() -> None:
    found = checklist(validate({"birth_date": "1990-03-07", "education": [COLLEGE]}), load(), ON)
    assert (found.way.claims, found.way.total, found.way.reached) == (("age", "education"), 80, False)


def test_a_deduction_counts_whatever_is_put_forward() -> None:
    document = with_(offence=[{"kind": "detention", "date": "2024-01-01"}])
    assert checklist(validate(document), load(), ON).way.total == 90 + 30 + 33 - 50


@pytest.mark.parametrize(
    "document",
    [
        PLAIN,
        with_(insurance=WELL_PAID, qualification=[ENGINEER]),
        with_(insurance=WELL_PAID, award=[{"level": "provincial", "granted": "2023-05-01"}], education=[COLLEGE]),
        with_(
            insurance=WELL_PAID,
            spouse={"shanghai_hukou": True, "married": "2010-10-01"},
            service=[{"kind": "public", "from": "2010-01-01"}],
        ),
    ],
)
def test_the_items_put_forward_are_the_best_of_all_that_reach_the_threshold(document: dict[str, Any]) -> None:
    applicant = validate(document)
    found = assess(applicant, load(), ON)
    earning = [line.indicator for line in found.lines if line.counted and line.points > 0]
    best = None
    for size in range(len(earning) + 1):
        for some in combinations(earning, size):
            points = {line.indicator: line.points for line in found.lines if line.counted}
            total = sum(value for name, value in points.items() if value < 0 or name in some)
            if total < 120:
                continue
            needed = [item for item in items(applicant, load(), ON, frozenset(some)) if not item.system]
            proven = sum(line.proven for line in found.lines if line.indicator in some)
            months = max((item.months for item in needed), default=0)
            rank = (len(needed), -proven, months, -total)
            best = rank if best is None else min(best, rank)
    way = checklist(applicant, load(), ON).way
    assert (way.papers, -way.proven, way.tax_months, -way.total) == best


def test_the_other_ways_reach_it_too_and_the_best_stands_first() -> None:
    found = checklist(validate(with_(insurance=WELL_PAID, qualification=[ENGINEER])), load(), ON)
    assert found.alternatives and all(way.reached and way.papers >= found.way.papers for way in found.alternatives)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"supplier": "bank"}, "pack.materials.unknown"),
        ({"kinds": ["newest"]}, "pack.materials.unknown"),
        ({"when": ["sunny"]}, "pack.materials.unknown"),
        ({"proves": ["beauty"]}, "pack.materials.unknown"),
        ({"section": "family"}, "pack.materials.unknown"),
        ({"copies": "two"}, "pack.wrong_type"),
        ({"colour": "red"}, "pack.unknown_key"),
        ({"where": ""}, "pack.missing"),
    ],
)
def test_a_pack_that_is_wrong_is_refused_with_the_place(row: dict[str, Any], code: str) -> None:
    right = {
        "code": "X01",
        "supplier": "client",
        "original": True,
        "copies": 1,
        "kinds": ["new"],
        "where": "self",
        "from": "own",
    }
    with pytest.raises(BadPack) as bad:
        read({"paper": [{**right, **row}]})
    assert [complaint.code for complaint in bad.value.complaints] == [code]
    with pytest.raises(BadPack) as twice:
        read({"paper": [right, right]})
    assert [complaint.code for complaint in twice.value.complaints] == ["pack.materials.twice"]


@given(applicant=applicants())
def test_whatever_is_known_of_an_applicant_there_is_a_checklist(applicant: Any) -> None:
    found = checklist(applicant, load(), ON)
    for item in found.items:
        for language in LANGUAGES:
            assert word(f"paper.{item.code}", language) and say(item.why, language)
