"""In a real terminal, by keyboard: a client from the first call to points in force, and on to the renewal."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from casesteps import READY
from stages_in_a_terminal import leave, progress, step
from terminal import Terminal

Command = Callable[..., CompletedProcess[str]]


def test_a_client_is_taken_from_the_first_call_to_points_in_force_and_renewed(
    terminal: Terminal, dabiao: Command, tmp_path: Path
) -> None:
    file = tmp_path / "wang.json"
    file.write_text(json.dumps(READY, ensure_ascii=False), encoding="utf-8")
    assert dabiao("import", file).returncode == 0
    terminal.start()
    progress(terminal)
    for stage in ("已测算", "已签约", "建个人账号", "填报中", "单位审核", "网上已提交"):
        step(terminal, stage)
    step(terminal, "待递交材料")
    step(terminal, "已受理", "浦2026-118", "当天就收了")
    step(terminal, "学历/档案核验中")
    step(terminal, "审核中", "电话问过，都核好了")
    step(terminal, "已核定")
    step(terminal, "通知书待领", "浦2026-9")
    step(terminal, "积分有效")
    leave(terminal)
    shown = json.loads(dabiao("show", "1", "--json").stdout)
    assert (shown["status"], shown["points"]) == ("in_force", "valid")
    assert [row["outcome"] for row in shown["applications"]] == ["approved"]
    assert shown["applications"][0]["receipt"] == "浦2026-118" and "filed" in shown["applications"][0]

    # the year after the permit is signed anew, and with it the renewal has opened by itself
    later = "2027-04-20"
    assert dabiao("set", "1", "applicant.permit.valid_until=2028-05-09").returncode == 0
    terminal.start(env={"DABIAO_TODAY": later})
    terminal.wait_for(re.compile("待续办"))
    terminal.send("s")
    terminal.wait_for(re.compile("社保累计月份  141"))
    terminal.wait_for(re.compile("居住证至  2027-05-09 → 2028-05-09"))
    for stage in ("填报中", "单位审核", "网上已提交"):
        step(terminal, stage, day=later)
    step(terminal, "无需递交待结果", day=later)
    step(terminal, "已核定", day=later)
    step(terminal, "通知书待领", "浦2027-9", day=later)
    step(terminal, "积分有效", day=later)
    leave(terminal)
    shown = json.loads(dabiao("show", "1", "--json", "--on", later).stdout)
    assert (shown["stage"], shown["points"], shown["points_until"]) == ("in_force", "valid", "2028-05-09")
    assert [(row["kind"], row["outcome"]) for row in shown["applications"]] == [
        ("new", "approved"),
        ("renew", "approved"),
    ]
    assert [entry["command"] for entry in shown["journal"]].count("stage") == len(shown["steps"]) == 20
