"""`dabiao check`: risks as text and as the documents other programs rely on; the exit code says whether one blocks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]
Write = Callable[..., Path]
ON = ("--on", "2026-11-22")
FACTS: dict[str, Any] = {
    "name": "王小明",
    "insurance": [{"from": "2015-07", "base": 13000}],
    "permit": {"kind": "permit", "valid_until": "2027-01-20"},
    "archive": {"location": "unknown"},
}


def test_the_document_has_the_keys_that_were_promised(command: Command, applicant: Write) -> None:
    found = command("check", "--json", *ON, applicant("a.json", **FACTS)).json
    assert [(risk["risk"], risk["severity"], risk["days"]) for risk in found["risks"]] == [
        ("permit_expiring", "high", 59),
        ("archive_at_risk", "medium", None),
    ]
    for risk in found["risks"]:
        assert risk.keys() >= {"risk", "severity", "indicator", "because", "remedy"}
    assert {"risk": "employer_unfit", "facts": ["employment"]} in found["unknown"]


def test_without_a_blocking_risk_the_answer_is_yes(command: Command, applicant: Write) -> None:
    assert command("check", *ON, applicant("a.json", **FACTS)).code == 0


def test_with_one_it_is_no(command: Command, applicant: Write) -> None:
    lapsed = {**FACTS, "permit": {"kind": "permit", "valid_until": "2026-11-21"}}
    assert command("check", *ON, applicant("a.json", **lapsed)).code == 1


def test_a_file_that_is_wrong_is_told_and_the_others_are_checked(command: Command, applicant: Write) -> None:
    lapsed = {**FACTS, "permit": {"kind": "permit", "valid_until": "2026-11-21"}}
    wrong, right = applicant("wrong.json", nmae="x"), applicant("right.json", **lapsed)
    done = command("check", *ON, wrong, right)
    assert done.code == 2
    assert "居住证 2026-11-21 已到期" in done.out and "nmae" in done.err


def test_what_it_says_in_either_language(command: Command, applicant: Write) -> None:
    path = applicant("a.json", **FACTS)
    chinese = command("check", *ON, "--lang", "zh", path).out
    assert "[高] 居住证到期  剩 59 天" in chinese and "→ 先续签居住证，再递交" in chinese and "没法判断" in chinese
    english = command("check", *ON, "--lang", "en", path).out
    assert "[high] permit ends  59 days left" in english and "cannot be judged" in english


def test_a_case_is_checked_by_its_number(command: Command, office: Path, applicant: Write) -> None:
    command("import", applicant("a.json", **FACTS))
    assert "没法判断" in command("check", *ON, 1).out
