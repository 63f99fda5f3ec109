"""`dabiao score` and `dabiao import` from a shell: the examples' right answers, and files that must be refused."""

import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Command = Callable[..., CompletedProcess[str]]

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text("utf-8"))


def day_and_law(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["on"], entry.get("law", "")


WORKED = [{"case": name, "on": EXPECTED["on"]} | entry for name, entry in EXPECTED["cases"].items()]
BY_DAY = {
    " ".join(filter(None, key)): list(entries)
    for key, entries in groupby(sorted(WORKED + EXPECTED["also"], key=day_and_law), day_and_law)
}


@pytest.mark.parametrize("entries", BY_DAY.values(), ids=BY_DAY)
def test_the_command_agrees_with_what_was_worked_out_by_hand(dabiao: Command, entries: list[dict[str, Any]]) -> None:
    day, law = day_and_law(entries[0])
    files = [EXAMPLES / f"{entry['case']}.toml" for entry in entries]
    done = dabiao("score", "--json", "--on", day, *(("--law", law) if law else ()), *files)
    assert (done.returncode, done.stderr) == (0, "")
    documents = [json.loads(line) for line in done.stdout.splitlines()] if len(files) > 1 else [json.loads(done.stdout)]
    for expected, found in zip(entries, documents, strict=True):
        for key in ("version", "total", "proven", "reached", "eligible"):
            assert found[key] == expected[key], (expected["case"], key)
        assert sorted(found["ineligible_because"]) == sorted(expected["ineligible_because"])
        counted = {line["indicator"]: line["points"] for line in found["lines"] if line["counted"] and line["points"]}
        assert counted == expected["lines"], expected["case"]
        if "proven_lines" in expected:
            proven = {line["indicator"]: line["proven"] for line in found["lines"] if line["proven"]}
            assert proven == expected["proven_lines"], expected["case"]


def test_every_line_says_why_and_after_which_article(dabiao: Command) -> None:
    found = json.loads(dabiao("score", "--json", EXAMPLES / "13-everything-against.toml").stdout)
    assert found["lines"]
    for line in found["lines"]:
        assert line["because"] and line["citation"] and line["reason"]["code"]
        assert "{" not in line["because"]


REFUSED = {
    "bad-contradiction.toml": [("birth_date", "id_number", "1991-03-07")],
    "bad-key.toml": [
        ("education.0.level", "batchelor"),
        ("education.0.graduatd", "2012-07-01"),
        ("insurance.0.from", "2020-13"),
    ],
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("command", [("score",), ("import",)], ids=" ".join)
def test_a_wrong_file_is_refused_with_every_error_named(dabiao: Command, command: tuple[str, ...], name: str) -> None:
    done = dabiao(*command, EXAMPLES / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    for words in REFUSED[name]:
        assert any(all(word in line for word in (*words, name)) for line in done.stderr.splitlines()), done.stderr


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_of_a_wrong_file_is_written(dabiao: Command, name: str) -> None:
    good = EXAMPLES / "01-age-and-degree.toml"
    assert dabiao("import", good).returncode == 0
    assert dabiao("import", EXAMPLES / name).returncode == 2
    assert len(json.loads(dabiao("list", "--json").stdout)["cases"]) == 1


def test_of_several_files_the_wrong_ones_are_told_in_their_place(dabiao: Command) -> None:
    good, bad = EXAMPLES / "01-age-and-degree.toml", EXAMPLES / "bad-key.toml"
    done = dabiao("score", "--json", good, bad, good)
    first, wrong, last = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 2
    assert first["total"] == last["total"] == 120
    assert [error["key"] for error in wrong["errors"]] == [
        "education.0.level",
        "education.0.graduatd",
        "insurance.0.from",
    ]


def test_an_applicant_may_come_from_standard_input(dabiao: Command) -> None:
    done = dabiao("score", "--json", "-", given=(EXAMPLES / "01-age-and-degree.toml").read_text("utf-8"))
    assert json.loads(done.stdout)["total"] == 120
