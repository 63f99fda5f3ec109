"""`dabiao plan`: files, standard input and cases; as text, and as the documents other programs rely on."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.text import LANGUAGES, text

Command = Callable[..., Any]
Write = Callable[..., Path]

ENGINEER = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "employment": {"employer": "上海甲科技有限公司"},
    "education": [{"level": "associate", "graduated": "2010-06-30"}],
    "insurance": [{"from": "2022-06", "base": 8000}],
}


@pytest.fixture
def engineer(applicant: Write) -> Path:
    return applicant("engineer.json", **ENGINEER)


def test_each_option_has_the_keys_that_were_promised(command: Command, engineer: Path) -> None:
    found = command("plan", "--json", engineer).json
    assert found["options"]
    for option in found["options"]:
        assert option.keys() >= {"reached_on", "total", "cost", "steps", "applicant"}
        assert option["cost"].keys() == {"low", "high"}
        assert all(step.keys() >= {"lever", "from", "detail"} for step in option["steps"])


def test_the_applicant_of_an_option_scores_its_total_on_its_day(
    command: Command, engineer: Path, tmp_path: Path
) -> None:
    for option in command("plan", "--json", engineer).json["options"]:
        path = tmp_path / "then.json"
        path.write_text(json.dumps(option["applicant"]), "utf-8")
        scored = command("score", "--json", "--on", option["reached_on"], path).json
        assert (scored["total"], scored["reached"]) == (option["total"], True)


def test_another_day_and_a_day_to_reach_it_by_may_be_given(command: Command, engineer: Path) -> None:
    found = command("plan", "--json", "--on", "2027-01-15", "--by", "2028-05-06", engineer).json
    assert (found["on"], found["by"]) == ("2027-01-15", "2028-05-06")
    assert all("2027-01-15" < option["reached_on"] <= "2028-05-06" for option in found["options"])
    assert {late["indicator"] for late in found["too_late"]} >= {"education", "contribution_base"}


def test_all_digits_are_the_number_of_a_case(command: Command, office: Path, engineer: Path) -> None:
    command("import", engineer)
    options = command("plan", "--json", 1).json["options"]
    assert [o["reached_on"] for o in options] == [
        o["reached_on"] for o in command("plan", "--json", engineer).json["options"]
    ]


def test_standard_input_may_be_planned_for(command: Command) -> None:
    assert command("plan", "--json", "-", given=json.dumps(ENGINEER).encode()).json["options"]


def test_others_are_answered_though_one_cannot_be(command: Command, engineer: Path, tmp_path: Path) -> None:
    done = command("plan", "--json", tmp_path / "gone.toml", engineer)
    wrong, right = (json.loads(line) for line in done.out.splitlines())
    assert (done.code, bool(right["options"])) == (2, True)
    assert wrong["errors"][0]["key"] == ""


def test_a_day_to_reach_it_by_that_is_past_is_refused_in_a_sentence(command: Command, engineer: Path) -> None:
    done = command("plan", "--by", "2026-11-21", engineer)
    assert (done.code, done.out) == (2, "")
    assert done.err == text("cli.plan.backwards", "zh", by="2026-11-21", on="2026-11-22") + "\n"


def test_the_text_numbers_the_ways_and_their_steps(command: Command, engineer: Path) -> None:
    shown = command("plan", engineer).out.splitlines()
    assert shown[0] == "王小明  2026-11-22  92 分 / 120"
    assert shown[1:4] == [
        "1.  2027-12-01 达标  ~145 分  费用 3,639 至 15,438 元  把握一般",
        "    1) 2026-12 起 备考中级职称，2027-12 取得；与岗位相符",
        "    2) 2027-06 起 基数调到 11,396 元（1 倍）并保持，职称、技能要看它；工资、个税一并按此申报",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_tells_what_is_not_offered_and_why(command: Command, engineer: Path, language: str) -> None:
    shown = command("--lang", language, "plan", engineer, engineer).out
    assert shown.count(text("plan.needs", language)) == 2
    assert shown.count(text("plan.shunned", language)) == 1  # the same for everybody
    assert shown.count("-150") == 2
    assert "保证" not in shown
    assert language == "zh" or not re.search("[\u4e00-\u9fff]", shown.replace("王小明", ""))


def test_the_text_tells_what_comes_too_late(command: Command, engineer: Path) -> None:
    shown = command("plan", "--by", "2028-05-06", engineer).out
    assert text("cli.plan.too_late", "zh", by="2028-05-06") in shown
    assert "基数 0.8 倍、基数 1 倍、基数 2 倍  缴费基数：最早 2029-12-01 起加分，晚于 2028-05-06" in re.sub(
        " {3,}", "  ", shown
    )


def test_where_there_is_no_way_the_reason_stands_in_its_place(command: Command, applicant: Write) -> None:
    shown = command("plan", applicant("nobody.json", contact={"called": "李女士"})).out.splitlines()
    assert shown[1].startswith("到 2036-11-22 最多 0 分")
    assert "学历" in shown[1]


def test_what_is_reached_is_said_and_nothing_more(command: Command, examples: Path) -> None:
    assert len(command("plan", examples / "05-title-or-degree.toml").out.splitlines()) == 2


def test_waiting_is_told_as_waiting(command: Command, applicant: Write) -> None:
    path = applicant("a.json", **ENGINEER | {"spouse": {"married": "2020-01-01", "shanghai_hukou": True}})
    assert text("plan.no_step", "zh") in command("plan", path).out


def test_the_steps_before_each_need_are_told_with_their_last_safe_days(command: Command, applicant: Write) -> None:
    path = applicant("a.json", **ENGINEER | {"child": [{"name": "王某", "entered_primary": 2018}]})
    (need,) = command("plan", "--json", "--on", "2026-11-22", path).json["backward"]
    assert (need["child"], need["exam"]["kind"], need["exam"]["year"]) == ("child.0", "zhongkao", 2027)
    hand_in = next(step for step in need["steps"] if step["step"] == "hand_in")
    assert hand_in["red"] and hand_in["pessimistic"]["slack"] < 0
    late = need["chances"][-1]
    assert late["event"] == "late_registration" and late["hand_in"]["pessimistic"]["slack"] > 0
    told = command("plan", "--on", "2026-11-22", path).out
    assert "中考 2027（预计） 王某：2026-12-02 至 2027-05-07  首次申请 · 来不及" in told
    assert f"! {hand_in['name']}" in told and hand_in["pessimistic"]["day"] in told
    assert f"补报名 2027-05-07：{late['hand_in']['pessimistic']['day']} 前递交" in told


def test_a_day_to_reach_it_by_is_a_need_too(command: Command, engineer: Path) -> None:
    (need,) = command("plan", "--json", "--on", "2026-11-22", "--by", "2028-05-06", engineer).json["backward"]
    assert need["need"] == {"from": "2028-05-06", "to": "2028-05-06"} and need["exam"] is None
    assert "2028-05-06 要用积分" in command("plan", "--on", "2026-11-22", "--by", "2028-05-06", engineer).out
