"""`dabiao score`: files, standard input and cases; as text, and as the documents other programs rely on."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from engine.words import word
from tui.text import text

Command = Callable[..., Any]
Write = Callable[..., Path]

KEYS = [
    "policy",
    "version",
    "on",
    "total",
    "proven",
    "threshold",
    "reached",
    "eligible",
    "ineligible_because",
    "assumed",
    "lines",
    "missing",
    "vetoes",
]
LINE_KEYS = {"indicator", "points", "counted", "proven", "because", "citation", "assumed", "provisional", "reason"}


def test_the_document_has_the_keys_that_were_promised(command: Command, examples: Path) -> None:
    found = command("score", "--json", examples / "16-proven-or-not.toml").json
    assert list(found) == KEYS
    assert all(line.keys() >= LINE_KEYS for line in found["lines"])
    assert all(line["reason"].keys() == {"code", "values"} for line in found["lines"])


def test_the_one_of_education_and_title_that_is_not_taken_is_shown_and_not_counted(
    command: Command, examples: Path
) -> None:
    lines = command("score", "--json", examples / "16-proven-or-not.toml").json["lines"]
    assert {ln["indicator"]: ln["counted"] for ln in lines if ln["indicator"] in {"education", "title"}} == {
        "education": False,
        "title": True,
    }


def test_a_line_that_falls_short_says_what_it_lacks(command: Command, examples: Path) -> None:
    lines = command("score", "--json", examples / "11-one-yuan-short.toml").json["lines"]
    (short,) = [line for line in lines if line["indicator"] == "contribution_base"]
    assert short["points"] == 0
    assert "/36" in short["because"]


def test_the_sentences_come_in_the_language_asked_for(command: Command, examples: Path) -> None:
    file = examples / "01-age-and-degree.toml"
    chinese, english = (command("--lang", lang, "score", "--json", file).json["lines"][0] for lang in ("zh", "en"))
    assert chinese["because"] == "38 岁"
    assert english["because"].isascii()
    assert chinese["reason"] == english["reason"]


def test_another_day_may_be_asked_about(command: Command, examples: Path) -> None:
    found = command("score", "--json", "--on", "2031-03-07", examples / "03-forty-four.toml").json
    assert found["on"] == "2031-03-07"


def test_the_law_of_another_day_applies_to_the_same_facts(command: Command, examples: Path) -> None:
    found = command("score", "--json", "--law", "2014-05-05", examples / "01-age-and-degree.toml").json
    assert (found["version"], found["on"]) == ("2013", "2026-11-22")


def test_a_day_before_the_first_law_is_refused_in_a_sentence(command: Command, examples: Path) -> None:
    done = command("score", "--on", "2013-06-30", examples / "01-age-and-degree.toml")
    assert (done.code, done.out) == (2, "")
    assert "2013-07-01" in done.err


def test_standard_input_may_be_json(command: Command) -> None:
    assert command("score", "--json", "-", given=b'{"birth_date": "1990-01-01"}').json["total"] == 30


def test_standard_input_may_be_toml_with_a_mark_at_its_beginning(command: Command) -> None:
    assert command("score", "--json", "-", given=b"\xef\xbb\xbfbirth_date = 1990-01-01").json["total"] == 30


def test_all_digits_are_the_number_of_a_case(command: Command, office: Path, examples: Path) -> None:
    command("import", examples / "05-title-or-degree.toml")
    assert command("score", "--json", 1).json["total"] == 145


def test_a_case_that_is_not_there_is_told_as_a_file_would_be(command: Command, office: Path) -> None:
    done = command("score", "--json", 7)
    assert done.code == 2
    assert done.json["file"] == "7"
    assert [error["key"] for error in done.json["errors"]] == [""]


def test_a_single_wrong_file_is_a_document_too(command: Command, examples: Path) -> None:
    done = command("score", "--json", examples / "bad-key.toml")
    assert done.code == 2
    assert [error["key"] for error in done.json["errors"]] == [
        "education.0.level",
        "education.0.graduatd",
        "insurance.0.from",
    ]
    assert done.json["errors"][0]["value"] == "batchelor"
    assert "bachelor" in done.json["errors"][0]["reason"]


def test_the_text_has_the_total_each_line_and_what_was_assumed(command: Command, examples: Path) -> None:
    shown = command("score", examples / "01-age-and-degree.toml").out.splitlines()
    assert shown[1] == "120 分 / 120（已核 90）  达标  " + text("cli.score.eligible", "zh")
    assert shown[3].split() == ["学历", "90", "核", "90", "本科和学士学位"]
    assert shown[-1] == text("cli.score.assumed", "zh", items="社保·缴费与合同单位一致")


def test_the_text_says_why_nobody_may_apply(command: Command, examples: Path) -> None:
    shown = command("score", examples / "13-everything-against.toml").out
    assert word("ineligible.permit", "zh") in shown
    assert text("cli.score.short", "zh") in shown


def test_columns_stand_below_one_another_though_a_character_takes_two_cells(command: Command, examples: Path) -> None:
    lines = command("score", examples / "16-proven-or-not.toml").out.splitlines()[2:8]
    names = ["年龄", "学历", "职称/技能", "社保年限", "缴费基数", "表彰奖励"]
    assert [line.split()[0] for line in lines] == names
    # points end where the widest does: (90) and 140 below one another
    assert {cell_len(re.match(r"  \S+ +\(?\d+\)?", line)[0]) for line in lines} == {2 + 9 + 2 + 4}


def test_what_would_steer_a_terminal_does_not_reach_it(command: Command, applicant: Write) -> None:
    path = applicant("a.json", nmae="\x1b[2J\u202eevil")
    done = command("score", path)
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert "evil" in done.err


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gone.toml", None, "没有这个文件"),
        ("folder", "", "文件夹"),
        ("a.csv", b"name\n", ".csv"),
        ("a.XLSX", b"PK", ".xlsx"),
        ("gbk.toml", 'name = "王"'.encode("gbk"), "UTF-8"),
        ("photo.toml", b"\x89PNG\0\0", "不是文本文件"),
        ("empty.toml", b"\n", "空的"),
        ("large.toml", b"#" * 1_000_001, "1 MB"),
        ("broken.toml", b"name = ", "第 1 行"),
        ("broken.json", b'{"name": ', "第 1 行"),
        ("list.json", b"[1, 2]", "最外层"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence_that_names_the_file(
    command: Command, tmp_path: Path, name: str, content: bytes | str | None, told: str
) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        path.mkdir()
    done = command("score", path)
    assert (done.code, done.out) == (2, "")
    (sentence,) = done.err.splitlines()
    assert str(path) in sentence
    assert told in sentence


def test_others_are_scored_though_one_cannot_be(command: Command, examples: Path, tmp_path: Path) -> None:
    done = command("score", "--json", tmp_path / "gone.toml", examples / "07-three-times.toml")
    wrong, right = (json.loads(line) for line in done.out.splitlines())
    assert (done.code, right["total"]) == (2, 92)
    assert wrong["errors"][0]["key"] == ""
