"""`dabiao materials`: the checklist as text and as the documents other programs rely on."""

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
FACTS: dict[str, Any] = {
    "name": "王小明",
    "birth_date": "1990-03-07",
    "education": [{"level": "bachelor", "degree": "bachelor", "form": "full_time", "graduated": "2012-07-01"}],
}


def test_the_document_has_the_keys_that_were_promised(command: Command, applicant: Write) -> None:
    found = command("materials", "--json", *ON, applicant("a.json", **FACTS)).json
    assert found["claims"] == ["age", "education"] and found.keys() >= {"claims", "alternatives", "items"}
    for item in found["items"]:
        assert item.keys() >= {"code", "name", "supplier", "needed_for", "why", "original", "copies"}
    assert {"B03", "E01"} <= {item["code"] for item in found["items"]}


def test_papers_stand_by_who_supplies_them(command: Command, applicant: Write) -> None:
    out = command("materials", *ON, "--lang", "zh", applicant("a.json", **FACTS)).out
    assert (
        out.index("客户:") < out.index("身份证") < out.index("人事:") < out.index("单位介绍信") < out.index("系统已有:")
    )
    assert "证明：学历" in out and "关系 90 分" in out


def test_a_renewal_asks_for_less(command: Command, applicant: Write) -> None:
    path = applicant("a.json", **FACTS)
    new = command("materials", "--json", *ON, path).json
    renewed = command("materials", "--json", *ON, "--kind", "renew", path).json
    assert len(renewed["items"]) < len(new["items"])


def test_a_kind_that_is_none_is_refused(command: Command, applicant: Write) -> None:
    assert command("materials", "--kind", "newest", applicant("a.json", **FACTS)).code == 2


def test_alternatives_say_what_they_ask_for(command: Command, applicant: Write) -> None:
    award = {"level": "provincial", "granted": "2023-05-01"}
    found = command("materials", "--json", *ON, applicant("a.json", **FACTS, award=[award])).json
    assert found["alternatives"]
    for way in found["alternatives"]:
        assert way.keys() >= {"claims", "total", "papers", "tax_months"}


def test_a_renewal_of_a_case_asks_again_for_what_is_not_as_it_was_filed(command: Command, office: Path) -> None:
    with closing(open_workspace(office)) as workspace:
        ana = Desk(workspace, "ana")
        case_id = ana.create({**IN_FORCE, "claims": ["education", "age"]}, status="account")
        for to in ("form", "hr_review", "submitted", "accepted", "verifying", "review", "approved", "notice"):
            told = {"kind": "renew", "receipt": "1", "because": "补录", "members": ["王小明"]}
            advance(workspace, case_id, to, told, by=ana.author, today=ana.today)
        asked = ("materials", "--json", *ON, "--kind", "renew", case_id)
        before = {item["code"] for item in command(*asked).json["items"]}
        ana.set(case_id, "applicant.education.e1.school", "南京大学")
    after = {item["code"] for item in command(*asked).json["items"]}
    assert "E01" in after - before
