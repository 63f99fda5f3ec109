"""The score is counted at every key: what is shown is what the rules say of the draft, with what it changes."""

import copy
import re
from typing import Any

import pytest
from casework import Case, counted, opened, reopened
from desks import Desk

# 48 months at 0.8 times the reference of their day: 25 points for the base, 12 for four years
PAYING = {
    "birth_date": "1990-03-07",
    "insurance": [{"from": "2022-11", "base": 10000, "payer_matches_contract": True, "tax_matches": True}],
}


def shown(case: Case) -> int:
    """The total as it is read off the screen."""
    found = re.match(r"(\d+) 分", case.total)
    assert found, case.text
    return int(found[1])


def drafted(document: dict[str, Any], section: str, key: str, value: Any) -> dict[str, Any]:
    draft = copy.deepcopy(document)
    if value is None:
        draft[section][0].pop(key, None)
    else:
        draft[section][0][key] = value
    return draft


async def test_after_each_key_of_a_base_the_total_is_that_of_the_draft(ana: Desk) -> None:
    async with opened(ana, PAYING) as case:
        await case.find("社保")
        await case.type("\r↓\r")
        await case.find("缴费基数")
        await case.type("\r⌧")
        stored = case.document
        assert shown(case) == counted(drafted(stored, "insurance", "base", None)).total
        typed, totals = "", []
        for key in "25000":
            await case.type(key)
            typed += key
            assert shown(case) == counted(drafted(stored, "insurance", "base", int(typed))).total
            totals.append(shown(case))
        assert len(set(totals)) > 1  # the last nought takes it from nothing to twice the reference
        for _ in range(2):
            await case.type("⌫")
            typed = typed[:-1]
            assert shown(case) == counted(drafted(stored, "insurance", "base", int(typed))).total
        assert case.document == stored  # nothing of it is committed yet


async def test_the_change_is_told_in_total_and_by_line(ana: Desk) -> None:
    async with opened(ana, PAYING) as case:
        await case.find("社保")
        await case.type("\r↓\r")
        await case.find("缴费基数")
        await case.type("\r⌧12500")
        before, after = counted(PAYING), counted(drafted(PAYING, "insurance", "base", 12500))
        by = after.total - before.total
        assert by == 25  # 0.8 times earns 25, once 50
        assert f"{after.total} 分 +25" in case.total
        assert any(line.startswith("+25 缴费基数 1 倍") for line in case.right)
        base = next(line for line in case.right if line.startswith("缴费基数"))
        assert base.split()[-2:] == ["50", "+25"]


async def test_the_change_is_gone_once_the_field_is_left(ana: Desk) -> None:
    async with opened(ana, PAYING) as case:
        await case.find("社保")
        await case.type("\r↓\r")
        await case.find("缴费基数")
        await case.type("\r⌧12500\x1b")
        assert "+25" not in case.text
        assert shown(case) == counted(case.document).total == counted(PAYING).total + 25


async def test_what_is_not_understood_leaves_the_last_total_standing_and_says_so(ana: Desk) -> None:
    async with opened(ana, PAYING) as case:
        await case.find("社保")
        await case.type("\r↓\r")
        await case.find("缴费基数")
        await case.type("\r⌧12500")
        last = shown(case)
        await case.type("x")
        assert shown(case) == last
        assert "正在填的这一项还没算进去" in case.text and "看不懂“12500x”" in case.text


async def test_what_contradicts_a_fact_leaves_the_total_standing(ana: Desk) -> None:
    async with opened(ana, {"birth_date": "1990-03-07"}) as case:
        await case.find("出生年份")
        await case.type("\r1980")
        assert shown(case) == 30
        assert "正在填的这一项还没算进去" in case.text


async def test_a_new_row_counts_from_its_first_key_on(ana: Desk) -> None:
    async with opened(ana, {"birth_date": "1990-03-07"}) as case:
        await case.find("学历学位")
        await case.type("n本科\t学士\t\t\t\t\t\t2012070")
        assert shown(case) == 30
        await case.type("1")
        assert shown(case) == 120 and "达标" in case.total and "+90 学历 本科和学士学位" in case.text


async def test_a_line_that_falls_away_shows_what_it_takes(ana: Desk) -> None:
    person = {"birth_date": "1990-03-07", "award": [{"level": "provincial", "granted": "2020-01-01"}]}
    async with opened(ana, person) as case:
        await case.find("表彰奖励")
        await case.type("\r↓\r")
        await case.find("授予日期")
        await case.type("\r⌧2030-01-01")
        assert shown(case) == 30 and "-110" in case.text


async def test_the_proven_total_moves_when_a_verified_fact_is_changed(ana: Desk) -> None:
    record = {"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "evidence": "verified"}
    async with opened(ana, {"education": [record]}) as case:
        assert "已核 90" in case.total
        await case.find("毕业日期")
        await case.type("\r⌫2")
        assert "已核 0 -90" in case.total


async def test_education_and_title_tell_which_one_is_not_counted(ana: Desk) -> None:
    person = {
        "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}],
        "qualification": [{"kind": "skill", "level": "4", "obtained": "2020-01-01"}],
    }
    async with opened(ana, person) as case:
        title = next(line for line in case.right if line.startswith("职称/技能"))
        assert title.split()[-1] == "30" and any("四级技能" in line and "不计入" in line for line in case.right)
        assert shown(case) == 90


async def test_a_veto_stands_beside_the_total(ana: Desk) -> None:
    person = {"birth_date": "1990-03-07", "offence": [{"kind": "serious_crime", "date": "2020-01-01"}]}
    async with opened(ana, person) as case:
        assert shown(case) == 30
        assert "一票否决：严重刑事犯罪" in case.text
        head = case.text.splitlines()[0]
        assert "一票否决" in head and "30 分" not in head and "差 90 分" not in case.text


@pytest.mark.parametrize("name", ["16-proven-or-not", "06-edge-of-a-band", "10-months-that-do-not-count"])
async def test_examples_show_the_total_that_the_rules_give(ana: Desk, name: str) -> None:
    import tomllib
    from pathlib import Path

    from engine.document import dump, parse

    path = Path(__file__).parents[1] / "examples" / f"{name}.toml"
    assert tomllib.loads(path.read_text(encoding="utf-8"))
    document = dump(parse(path.read_text(encoding="utf-8"), "toml"))
    case_id = ana.create(document)
    async with reopened(ana, case_id) as case:
        assert shown(case) == counted(document).total
        for line in counted(document).lines:
            assert any(str(line.points) in text.split() for text in case.right)
