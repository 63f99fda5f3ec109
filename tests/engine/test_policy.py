"""The Shanghai pack as the rules read it: which law holds on which day, its figures, their sources."""

import subprocess
import sys
import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest

from engine.policy import BadPack, NoLaw, Policy, load, read
from engine.policy_pack import FIGURES, GRADES
from engine.words import LANGUAGES, say

FIRST_DAYS = {
    "2013": date(2013, 7, 1),
    "2015": date(2015, 7, 1),
    "2018": date(2018, 1, 1),
    "2023": date(2023, 1, 1),
}
LAST_DAYS = {
    "2013": date(2015, 6, 30),
    "2015": date(2017, 12, 31),
    "2018": date(2022, 12, 31),
    "2023": date(2027, 12, 31),
}

# The figures of the 2018 version, the same in 2023 but for Lingang.
GROUPS_OF_2018 = {
    "age": {"youngest": 18, "oldest": 60, "cap": 30, "least": 5, "least_from": 56, "step": 2},
    "education": {"associate": 50, "bachelor": 60, "bachelor_degree": 90, "master": 100, "doctor": 110},
    "title": {"senior": 140, "intermediate": 100, "junior": 0, "base_months": 6, "base_window": 12, "base_tenths": 10},
    "skill": {"1": 140, "2": 100, "3": 60, "4": 30, "5": 15},
    "insurance_years": {"per_year": 3},
    "band_08": {"points": 25, "months": 36, "window": 48, "tenths": 8},
    "band_1": {"points": 50, "months": 36, "window": 48, "tenths": 10},
    "band_2": {"points": 100, "months": 36, "window": 48, "tenths": 20},
    "band_3": {"points": 120, "months": 24, "window": 36, "tenths": 30},
    "shortage_specialty": {"points": 30},
    "investment": {"tax_unit": 100_000, "jobs_unit": 10, "per_unit": 10, "cap": 120, "years": 3},
    "talent": {"entrepreneur": 120, "intermediary": 120},
    "public_service": {"per_year": 4, "from_years": 5},
    "suburb": {"per_year": 2, "cap": 20, "from_years": 5},
    "lingang": {"from_years": 5},
    "fresh_graduate": {"points": 10, "until_month": 6, "until_day": 30},
    "award": {"municipal_special": 30, "municipal_general": 60, "provincial": 110},
    "spouse": {"per_year": 4, "cap": 40},
    "false_materials": {"points": -150, "years": 3},
    "detention": {"points": -50, "years": 5},
    "sentence": {"points": -150, "years": 5},
    "eligible": {"months": 6, "window": 12},
}
FIGURES_OF_2018 = {"threshold": 120} | {
    f"{group}.{key}": value for group, values in GROUPS_OF_2018.items() for key, value in values.items()
}
WHAT_DIFFERS = {
    "2013": {
        # each of the last 36 months, the top band at 2x, no talent items, less for a company
        "band_08.window": 36,
        "band_1.window": 36,
        "band_2.window": 36,
        "band_3.points": 0,
        "investment.cap": 100,
        "talent.entrepreneur": 0,
        "talent.intermediary": 0,
    },
    "2015": {},
    "2018": {},
    "2023": {"lingang.from_years": 3},
}


@pytest.fixture
def shanghai() -> Policy:
    return load()


def _pack_text() -> str:
    return files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8")


# --- the law of a day


@pytest.mark.parametrize("version", FIRST_DAYS)
def test_a_version_is_in_force_from_its_first_day_to_its_last(shanghai: Policy, version: str) -> None:
    assert shanghai.law(FIRST_DAYS[version]).version == version
    assert shanghai.law(LAST_DAYS[version]).version == version


@pytest.mark.parametrize(("earlier", "later"), [("2013", "2015"), ("2015", "2018"), ("2018", "2023")])
def test_the_next_version_takes_over_the_day_after(shanghai: Policy, earlier: str, later: str) -> None:
    assert shanghai.law(LAST_DAYS[earlier] + timedelta(days=1)).version == later


def test_there_is_no_law_the_day_before_the_first(shanghai: Policy) -> None:
    with pytest.raises(NoLaw) as told:
        shanghai.law(date(2013, 6, 30))
    assert (told.value.on, told.value.first) == (date(2013, 6, 30), date(2013, 7, 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_there_is_no_law_is_said_with_both_days(shanghai: Policy, language: str) -> None:
    with pytest.raises(NoLaw) as told:
        shanghai.law(date(2001, 1, 1))
    sentence = say(told.value.reason, language)
    assert "2001-01-01" in sentence
    assert "2013-07-01" in sentence


def test_the_2023_version_goes_on_after_its_text_has_ended(shanghai: Policy) -> None:
    """2028-01-01 has the law of 2027-12-31, and that law says after which day it is provisional."""
    assert shanghai.law(date(2028, 1, 1)) is shanghai.law(date(2027, 12, 31))
    assert shanghai.law(date(2028, 1, 1)).provisional_after == date(2027, 12, 31)


@pytest.mark.parametrize("version", ["2013", "2015", "2018"])
def test_an_earlier_version_was_followed_by_another_and_is_never_provisional(shanghai: Policy, version: str) -> None:
    assert shanghai.law(LAST_DAYS[version]).provisional_after is None


def test_a_law_is_built_once(shanghai: Policy) -> None:
    assert shanghai.law(date(2024, 2, 29)) is shanghai.law(date(2026, 11, 22))


def test_a_law_names_its_document(shanghai: Policy) -> None:
    assert shanghai.law(date(2016, 1, 1)).document == "《上海市居住证积分管理办法》（沪府发〔2015〕31号）"


def test_a_figure_that_changes_within_a_version_starts_a_law_of_its_own() -> None:
    """A pack in which the spouse's cap rises on 2025-05-01, two years into the 2023 version."""
    before = '{ from = 2013-07-01, to = 2025-04-30, basis = "spouse", cap = 40 }'
    after = '{ from = 2025-05-01, basis = "spouse", cap = 44 }'
    policy = read(_pack_text().replace("per_year = 4, cap = 40 }]", f"per_year = 4 }}, {before}, {after}]"))
    assert policy.law(date(2025, 4, 30)).figures["spouse.cap"] == 40
    assert policy.law(date(2025, 5, 1)).figures["spouse.cap"] == 44
    assert policy.law(date(2025, 5, 1)).version == "2023"


# --- figures


@pytest.mark.parametrize("version", FIRST_DAYS)
def test_the_figures_of_a_version(shanghai: Policy, version: str) -> None:
    assert shanghai.law(FIRST_DAYS[version]).figures == FIGURES_OF_2018 | WHAT_DIFFERS[version]


def test_the_rules_know_just_these_figures() -> None:
    assert sorted(FIGURES) == sorted(FIGURES_OF_2018)


def test_the_threshold_is_that_of_the_latest_law(shanghai: Policy) -> None:
    assert shanghai.threshold == 120


def test_what_the_law_leaves_open_is_answered_by_name(shanghai: Policy) -> None:
    assert shanghai.law(date(2026, 11, 22)).parameters == {
        "window.ends": "month_before",
        "band.higher_counts": "yes",
        "band.compare_with": "own_month",
        "service.counts_back": "yes",
    }


# --- citations


def test_a_citation_says_where_a_figure_stands_and_where_it_was_read(shanghai: Policy) -> None:
    cited = shanghai.law(date(2016, 1, 1)).citation("investment.cap")
    assert cited.article == "第七条 投资纳税或带动本地就业"
    assert cited.document == "《上海市居住证积分管理办法》（沪府发〔2015〕31号）"
    assert cited.sources == ("hahafu.net.cn/html/shlhzx/jzz/59160.html",)
    assert (cited.grade, cited.value) == ("SEC", 120)
    assert (cited.since, cited.checked) == (date(2015, 7, 1), date(2026, 3, 18))


@pytest.mark.parametrize("version", FIRST_DAYS)
def test_every_figure_of_a_version_can_be_cited(shanghai: Policy, version: str) -> None:
    law = shanghai.law(FIRST_DAYS[version])
    cited = {figure: law.citation(figure) for figure in FIGURES}
    assert {figure: citation.value for figure, citation in cited.items()} == law.figures
    for citation in cited.values():
        assert citation.since <= FIRST_DAYS[version]
        assert citation.grade in GRADES
        assert citation.article
        assert citation.sources


def test_what_was_found_nowhere_is_graded_so(shanghai: Policy) -> None:
    """36 of 48 months under the 2015 version, and the five years of public service under that of 2023."""
    assert shanghai.law(date(2016, 1, 1)).citation("band_1.window").grade == "GK"
    assert shanghai.law(date(2026, 1, 1)).citation("public_service.from_years").grade == "GK"


def test_a_figure_that_does_not_exist_has_no_citation(shanghai: Policy) -> None:
    with pytest.raises(KeyError):
        shanghai.law(date(2026, 1, 1)).citation("age.limit")


# --- loading


def test_a_pack_is_read_once() -> None:
    assert load("shanghai") is load("shanghai")


def test_a_pack_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(BadPack) as told:
        load("../shanghai")
    assert told.value.said("zh") == ["没有名为“../shanghai”的政策包；现有：shanghai"]


def test_a_pack_that_cannot_be_parsed_is_told_with_its_line() -> None:
    with pytest.raises(BadPack) as told:
        read('id = "shanghai"\nversions = ?')
    assert [complaint.code for complaint in told.value.complaints] == ["pack.not_toml"]
    assert "line 2" in told.value.said("en")[0]


def test_a_pack_with_faults_is_refused_with_all_of_them() -> None:
    text = _pack_text().replace('grade = "OT"', 'grade = "OK"').replace('value = "own_month"', 'value = "any"')
    with pytest.raises(BadPack) as told:
        read(text)
    assert str(told.value).splitlines() == [
        "versions#3.grade：没有 OK 这个等级；只有：OT、OC、SEC、GK",
        "parameters.band.compare_with：不能取 any；只能是：own_month、latest_month",
    ]


def test_reading_a_pack_loads_neither_the_model_nor_a_screen() -> None:
    heavy = {"pydantic", "sqlmodel", "textual"}
    program = f"import sys, engine.policy as policy; policy.load(); print(*{heavy} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_is_said_in_english_makes_no_other_edition_and_a_figure_does() -> None:
    pack = tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))
    edition = Policy.from_pack(pack).edition
    for entry in (*pack["versions"], *pack["parameters"].values()):
        entry["note_en"] = "another"
    assert Policy.from_pack(pack).edition == edition
    pack["figures"]["spouse"][0]["cap"] -= 1
    assert Policy.from_pack(pack).edition != edition
