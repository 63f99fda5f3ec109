"""`dabiao timeline`: the days on which the score moves; as text, and as the documents other programs rely on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tui.text import text

Command = Callable[..., Any]
Write = Callable[..., Path]

ON = ("--on", "2026-06-15")
GRADUATE = {
    "name": "王小明",
    "birth_date": "1983-05-09",
    "permit": {"valid_until": "2027-05-09"},
    "education": [{"level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2026-07-01"}],
    "insurance": [{"from": "2023-06", "to": "2026-05", "base": 9117}],
}


@pytest.fixture
def graduate(applicant: Write) -> Path:
    return applicant("a.json", **GRADUATE)


def test_the_document_has_the_keys_that_were_promised(command: Command, graduate: Path) -> None:
    found = command("timeline", "--json", *ON, "--until", "2027-12-31", graduate).json
    assert found.keys() >= {"steps", "first_reached", "first_lost", "carried_by", "next_change"}
    for step in found["steps"]:
        assert step.keys() >= {"date", "total", "reached", "changes"}
        for change in step["changes"]:
            assert change.keys() >= {"indicator", "before", "after", "because"}
            assert change["reason"].keys() == {"code", "values"}


def test_the_steps_from_the_first_day_to_the_last_one_asked_about(command: Command, graduate: Path) -> None:
    found = command("timeline", "--json", *ON, "--until", "2027-07-01", graduate).json
    assert [(step["date"], step["total"], step["reached"]) for step in found["steps"]] == [
        ("2026-06-15", 64, False),
        ("2026-07-01", 164, True),
        ("2027-05-09", 163, True),
        ("2027-07-01", 128, True),
    ]
    assert [[change["indicator"] for change in step["changes"]] for step in found["steps"]] == [
        [],
        ["education", "fresh_graduate"],
        ["age"],
        ["contribution_base", "fresh_graduate"],
    ]
    assert (found["first_reached"], found["first_lost"], found["next_change"]) == ("2026-07-01", None, "2026-07-01")


def test_each_change_says_its_cause_in_the_language_asked_for(command: Command, graduate: Path) -> None:
    arguments = ("timeline", "--json", *ON, "--until", "2027-07-01", graduate)
    chinese, english = (
        command("--lang", language, *arguments).json["steps"][2]["changes"] for language in ("zh", "en")
    )
    assert chinese == [
        {
            "indicator": "age",
            "before": 30,
            "after": 29,
            "provisional": False,
            "because": "满 44 周岁",
            "reason": {"code": "because.birthday", "values": {"years": 44}},
        }
    ]
    assert english[0]["because"] == "turns 44"
    assert english[0]["reason"] == chinese[0]["reason"]


def test_what_follows_from_the_steps(command: Command, graduate: Path) -> None:
    found = command("timeline", "--json", "--on", "2026-07-01", "--until", "2027-12-31", graduate).json
    assert found["carried_by"] == ["education"]
    (slack,) = found["slack"]
    assert (slack["indicator"], slack["months"], slack["lost_on"]) == ("contribution_base", 11, "2027-07-01")
    assert found["renewal"].items() >= {"date": "2027-05-09", "total": 163, "reached": True}.items()
    assert (found["threshold"], found["until"]) == (120, "2027-12-31")


def test_a_veto_stands_beside_the_lines(command: Command, applicant: Write) -> None:
    file = applicant("b.json", **GRADUATE, offence=[{"kind": "serious_crime", "date": "2026-08-08"}])
    step = command("timeline", "--json", "--on", "2026-08-07", "--until", "2026-08-08", file).json["steps"][1]
    assert (step["reached"], step["vetoed"], step["changes"]) == (False, True, [])
    assert step["reason"] == {"code": "because.veto", "values": {"kinds_word": ["veto.serious_crime"]}}
    assert "一票否决" in step["because"]


def test_a_line_a_step_and_what_follows_from_them(command: Command, graduate: Path) -> None:
    shown = command("timeline", *ON, "--until", "2027-07-01", graduate).out.splitlines()
    assert shown == [
        "王小明  2026-06-15 至 2027-07-01",
        "  2026-06-15   64  差 56",
        "  2026-07-01  164  达标   学历 +90：毕业：本科和学士学位；应届毕业生 +10：全日制毕业，应届分到 2027-06-30",
        "  2027-05-09  163  达标   年龄 -1：满 44 周岁",
        "  2027-07-01  128  达标   缴费基数 -25：2023-06 移出近 48 个月，达到 0.8 倍的不足 36 个月；"
        "应届毕业生 -10：应届期满（2027-06-30 止）",
        "首次达标：2026-07-01",
        "此后到 2027-07-01 一直达标",
        "缴费基数：0.8 倍还可缺 12 个月；再缺，2027-07-01 起失去",
        "续办（2027-05-09 前）时：163 分，达标",
        "按现有情况推算：还在缴的社保，照现在的基数继续缴",
    ]


def test_the_same_in_english(command: Command, graduate: Path) -> None:
    shown = command(
        "--lang", "en", "timeline", "--on", "2026-07-01", "--until", "2027-05-09", graduate
    ).out.splitlines()
    assert shown == [
        "王小明  2026-07-01 to 2027-05-09",
        "  2026-07-01  164  reached",
        "  2027-05-09  163  reached  Age -1: turns 44",
        "Reached on 2026-07-01 already",
        "Reached ever after, to 2027-05-09",
        "Not reached without: Education",
        "Contribution base: 0.8x: 11 more months may be missed; any more, and it is lost on 2027-07-01",
        "By the renewal (2027-05-09): 163 points, reached",
        "From the facts as they are: insurance still being paid goes on at its base",
    ]


def test_who_loses_it_and_who_never_reaches_it(command: Command, applicant: Write) -> None:
    talent = applicant("t.json", talent=[{"kind": "entrepreneur", "from": "2026-01-01", "to": "2026-12-31"}])
    assert "首次跌破：2027-01-01" in command("timeline", *ON, "--until", "2027-12-31", talent).out
    assert "到 2027-12-31 都未达标" in command("timeline", *ON, "--until", "2027-12-31", applicant("n.json")).out


def test_what_is_provisional_is_marked_and_said(command: Command, applicant: Write) -> None:
    file = applicant("p.json", birth_date="1983-05-09")
    shown = command("timeline", *ON, "--until", "2028-05-09", file).out.splitlines()
    assert [line.split()[1] for line in shown[1:4]] == ["30", "29", "~27"]
    assert shown[-1] == text("cli.score.provisional", "zh")


def test_columns_stand_below_one_another(command: Command, graduate: Path) -> None:
    lines = command("timeline", *ON, "--until", "2027-07-01", graduate).out.splitlines()[2:5]
    assert (
        len({cell_len(line[: line.index(cause)]) for line, cause in zip(lines, ("学历", "年龄", "缴费"), strict=True)})
        == 1
    )


def test_without_an_end_it_looks_ten_years_ahead(command: Command, graduate: Path) -> None:
    assert command("timeline", "--json", *ON, graduate).json["until"] == "2036-06-15"
    assert command("timeline", "--json", "--on", "9995-01-01", graduate).json["until"] == "9999-12-31"


def test_all_digits_are_the_number_of_a_case_and_a_dash_is_standard_input(
    command: Command, office: Path, examples: Path
) -> None:
    command("import", examples / "05-title-or-degree.toml")
    assert command("timeline", "--json", 1).json["steps"][0]["total"] == 145
    assert command("timeline", "--json", "-", given=b'{"birth_date": "1990-01-01"}').json["steps"][0]["total"] == 30


def test_several_at_once_and_a_wrong_one_does_not_stop_the_others(
    command: Command, examples: Path, graduate: Path
) -> None:
    done = command("timeline", "--json", *ON, examples / "bad-key.toml", graduate)
    wrong, right = (json.loads(line) for line in done.out.splitlines())
    assert done.code == 2
    assert wrong["errors"][0]["key"] == "education.0.level"
    assert right["steps"][0]["total"] == 64


def test_an_end_before_the_beginning_is_refused(command: Command, graduate: Path) -> None:
    done = command("timeline", *ON, "--until", "2026-06-14", graduate)
    assert (done.code, done.out) == (2, "")
    assert "2026-06-14" in done.err
    assert "2026-06-15" in done.err


def test_a_day_before_the_first_law_is_refused_in_a_sentence(command: Command, graduate: Path) -> None:
    done = command("timeline", "--on", "2013-06-30", graduate)
    assert (done.code, done.out) == (2, "")
    assert "2013-07-01" in done.err
