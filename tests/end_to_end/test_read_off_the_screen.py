"""The worked examples as a consultant reads them: imported by the command, opened, and read off the screen."""

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from itertools import groupby
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NamedTuple

import pytest
from screens import screen_text, settled

from engine.words import word
from models.journal import Author
from models.workspace import open_workspace
from tui.app import DabiaoApp

Command = Callable[..., CompletedProcess[str]]

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text("utf-8"))
WORKED = [{"case": name, "on": EXPECTED["on"]} | entry for name, entry in EXPECTED["cases"].items()]
# the workspace counts by the law of its day; another day's law is asked for with `dabiao score --law`
WORKED += [entry for entry in EXPECTED["also"] if "law" not in entry]
BY_DAY = {
    day: list(entries)
    for day, entries in groupby(sorted(WORKED, key=lambda entry: entry["on"]), lambda entry: entry["on"])
}
INDICATORS = {
    word(f"indicator.{name}", "zh"): name
    for name in (
        *("age", "education", "title", "insurance_years", "contribution_base", "shortage_specialty", "investment"),
        *("talent", "public_service", "suburb", "fresh_graduate", "award", "spouse"),
        *("false_materials", "detention", "sentence"),
    )
}
REASONS = {
    word(f"ineligible.{name}", "zh").replace(" ", ""): name
    for name in ("permit", "paying_now", "six_of_twelve", "employer", "age", "veto")
}


class Read(NamedTuple):
    """What the right half of a case's screen says."""

    version: str
    total: int
    proven: int
    reached: bool
    ineligible_because: list[str]
    lines: dict[str, int]
    proven_lines: dict[str, int]


def read_off(screen: str) -> Read:
    """The assessment, from nothing but the characters on the screen."""
    right = [line.rpartition("▕")[2].strip() for line in screen.splitlines() if "▕" in line]
    said = "\n".join(right)
    head = re.search(r"^(\d+) 分 +已核 (\d+) +(.+)$", said, re.MULTILINE)
    law = re.search(r"按 (\d{4}) 版办法", said)
    eligible = re.search(r"申请资格：(符合|不符合。)([^按]*)", said)
    assert head and law and eligible, screen
    lines, proven = {}, {}
    for line in right:
        found = re.match(r"(\S+) .*? (-?\d+)(?: (核)(\d*))?$", line)
        if found and found[1] in INDICATORS:
            name, points = INDICATORS[found[1]], int(found[2])
            if points and "不计入" not in line:
                lines[name] = points
            if found[3]:  # of education and title, one may be counted and the other proven
                proven[name] = int(found[4] or points)
    because = re.sub(r"\s", "", eligible[2])  # a sentence is broken where the line ends
    return Read(
        law[1],
        int(head[1]),
        int(head[2]),
        head[3].strip() == "达标",
        sorted(name for words, name in REASONS.items() if words in because),
        lines,
        proven,
    )


@pytest.mark.parametrize("entries", BY_DAY.values(), ids=BY_DAY)
async def test_what_is_shown_is_what_was_worked_out_by_hand(
    entries: list[dict[str, Any]], dabiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = entries[0]["on"]
    monkeypatch.setenv("DABIAO_TODAY", day)
    imported = dabiao("import", "--json", *(EXAMPLES / f"{entry['case']}.toml" for entry in entries))
    assert imported.returncode == 0, imported.stderr
    workspace = open_workspace(tmp_path / "workspace.db", create=False)
    app = DabiaoApp(workspace, Author("ana", "screen"), date.fromisoformat(day), "zh")
    async with app.run_test(size=(160, 100)) as pilot:
        for number, expected in enumerate(entries, 1):
            await app.open_case(number)
            await pilot.pause()
            found = read_off(screen_text(app))
            await pilot.press("escape")
            for key in ("version", "total", "proven", "reached", "lines"):
                assert getattr(found, key) == expected[key], (expected["case"], key)
            assert found.ineligible_because == sorted(expected["ineligible_because"]), expected["case"]
            assert (not found.ineligible_because) is expected["eligible"], expected["case"]
            gained = {name: points for name, points in expected.get("proven_lines", {}).items() if points > 0}
            assert found.proven_lines == gained or "proven_lines" not in expected, expected["case"]
    workspace.close()


async def test_the_list_shows_the_same_points(dabiao: Command, tmp_path: Path) -> None:
    cases = EXPECTED["cases"]
    assert dabiao("import", *(EXAMPLES / f"{name}.toml" for name in cases)).returncode == 0
    workspace = open_workspace(tmp_path / "workspace.db", create=False)
    app = DabiaoApp(workspace, Author("ana", "screen"), date.fromisoformat(EXPECTED["on"]), "zh")
    async with app.run_test(size=(240, 40)) as pilot:
        await settled(pilot)
        shown = screen_text(app)
    workspace.close()
    for number, (name, expected) in enumerate(cases.items(), 1):
        applicant = tomllib.loads((EXAMPLES / f"{name}.toml").read_text("utf-8"))
        called = applicant.get("name", f"#{number}")
        columns = rf"^.. *{called} +咨询 +(\d+|否决) .*?│[▓▒ ]* ([+-]\d+|-) +(\d+|-) "
        (row,) = re.findall(columns, shown, re.MULTILINE)
        vetoed = expected["total"] >= 120 and not expected["reached"]
        points = ("否决", "-") if vetoed else (f"{expected['total']}", f"{expected['total'] - 120:+}")
        assert row == (*points, f"{expected['proven']}"), name
