"""In a real terminal, by keyboard: from "it is 108" to a plan that is kept, with tasks that have dates."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from terminal import Terminal

Command = Callable[..., CompletedProcess[str]]

# 43 years: 30, college: 50, eight years insured: 24, the spouse's hukou for a year: 4; the child is in grade 7
LIN = """
name = "林晓"
birth_date = 1983-05-09
marital_status = "married"
[permit]
valid_until = 2027-05-09
[employment]
employer = "上海甲科技有限公司"
[[education]]
level = "associate"
graduated = 2005-07-01
[[insurance]]
from = "2018-11"
base = 8000
[spouse]
shanghai_hukou = true
married = 2025-03-01
[[child]]
name = "林一"
entered_primary = 2020
"""


def test_a_client_of_108_points_is_taken_to_a_kept_plan_with_tasks(
    terminal: Terminal, dabiao: Command, tmp_path: Path
) -> None:
    file = tmp_path / "lin.toml"
    file.write_text(LIN, encoding="utf-8")
    assert dabiao("import", file).returncode == 0
    terminal.start()
    terminal.wait_for(re.compile("林晓 .*108"))
    terminal.send("Enter")
    terminal.wait_for(re.compile("中考2029 预计"))

    terminal.send("t")  # when does it move, and when is it needed
    terminal.wait_for(re.compile(r"120 ┄"))
    terminal.wait_for(re.compile("首次达标：2029-03-01"))
    terminal.send("Right")
    terminal.wait_for(re.compile("▸ 2027-"))

    terminal.send("p")  # what can be done, and is it in time
    terminal.wait_for(re.compile("1. 2027-12-01 达标"))
    terminal.wait_for(re.compile("赶得上中考"))
    terminal.send("w")  # the first way beside the case as it is
    terminal.wait_for(re.compile("首次达标 .*2029-03-01 .*2027-12-01"))
    terminal.send("Escape")
    terminal.wait_for(re.compile("▸ 1[.] "))
    terminal.send("p")
    terminal.wait_for(re.compile("1. 2027-12-01 达标"))
    terminal.send("Enter")
    terminal.wait_for("采用 2027-12-01 达标的方案？")
    terminal.send("y")
    terminal.wait_for(re.compile(r"\[ \] 2026-12-01 开始：中级职称"))
    terminal.wait_for("按它 2027-12-01 达标")
    terminal.send("q")
    terminal.send("q")
    terminal.wait_for("案件列表")

    shown = json.loads(dabiao("show", "1", "--json").stdout)
    assert [row["kept"] for row in shown["what_ifs"] if "kept" in row] == ["2026-11-22"]
    assert [(task["what"], task["due"]) for task in shown["tasks"]] == [
        ("title intermediate from 2026-12", "2026-12-01"),
        ("title intermediate 2027-12", "2027-12-01"),
        ("base=title from 2027-06", "2027-06-01"),
    ]
