"""`dabiao form`: the official form as text and as the document other programs rely on."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from casesteps import IN_FORCE
from desks import Desk

from models.workspace import open_workspace
from models.writing import advance

Command = Callable[..., Any]
Write = Callable[..., Path]
ON = ("--on", "2026-11-22")
FACTS: dict[str, Any] = {"name": "王小明", "birth_date": "1990-03-07", "claims": ["age"]}


def test_the_document_has_the_keys_that_were_promised(command: Command, applicant: Write) -> None:
    found = command("form", "--json", *ON, applicant("a.json", **FACTS)).json
    assert found["kind"] == "new" and found["sections"][0]["name"] == "基本信息"
    fields = {field["label"]: field for section in found["sections"] for field in section["fields"]}
    assert fields["出生日期"]["value"] == "1990-03-07" and fields["出生日期"]["missing"] is False
    assert fields["身份证号"]["value"] == "" and fields["身份证号"]["missing"] is True


def test_as_text_gaps_are_marked(command: Command, applicant: Write) -> None:
    out = command("form", *ON, "--lang", "zh", applicant("a.json", **FACTS)).out
    assert "  身份证号: [缺]" in out and "  出生日期: 1990-03-07" in out and "  积分项: 年龄" in out


def test_in_english_labels_are_english_and_values_as_they_are_filled_in(command: Command, applicant: Write) -> None:
    out = command("form", *ON, "--lang", "en", applicant("a.json", **FACTS)).out
    assert "  birth date: 1990-03-07" in out and "  items: 年龄" in out


def test_a_case_with_points_is_renewed_beside_what_was_filed(command: Command, office: Path) -> None:
    with closing(open_workspace(office)) as workspace:
        ana = Desk(workspace, "ana")
        case_id = ana.create(IN_FORCE, status="account")
        for to in ("form", "hr_review", "submitted", "accepted", "verifying", "review", "approved", "notice"):
            told = {"kind": "renew", "receipt": "1", "because": "补录", "members": ["王小明"]}
            advance(workspace, case_id, to, told, by=ana.author, today=ana.today)
        ana.set(case_id, "applicant.employment.post", "架构师")
    found = command("form", "--json", "--on", "2027-05-01", case_id).json
    fields = {field["label"]: field for section in found["sections"] for field in section["fields"]}
    assert found["kind"] == "renew"
    assert (fields["岗位"]["value"], fields["岗位"]["before"]) == ("架构师", "")
    assert (fields["社保累计月份"]["value"], fields["社保累计月份"]["before"]) == ("142", "136")
    assert fields["社保累计月份"]["must_change"] is True
