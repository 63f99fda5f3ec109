"""In a real terminal, by keyboard: a renewal that is returned and goes through at the second attempt while the points
still run; and a client who changes the employer in the middle of an application."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from casesteps import IN_FORCE, READY
from stages_in_a_terminal import leave, progress, step
from terminal import Terminal

Command = Callable[..., CompletedProcess[str]]
LATER = "2027-04-20"


def imported(dabiao: Command, file: Path, facts: dict[str, Any]) -> None:
    """The workspace with this client, and nobody else."""
    file.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    assert dabiao("import", file).returncode == 0


def shown(dabiao: Command, on: str = "2026-11-22") -> dict[str, Any]:
    """The case as other programs see it."""
    found: dict[str, Any] = json.loads(dabiao("show", "1", "--json", "--on", on).stdout)
    return found


def test_a_renewal_is_returned_and_goes_through_at_the_second_attempt_while_the_points_run(
    terminal: Terminal, dabiao: Command, tmp_path: Path
) -> None:
    permit = {**READY["permit"], "issued": "2027-04-12", "valid_until": "2028-05-09"}
    imported(dabiao, tmp_path / "wang.json", {**IN_FORCE, "permit": permit})
    assert dabiao("set", "1", "status=in_force").returncode == 0
    terminal.start(env={"DABIAO_TODAY": LATER})
    progress(terminal)
    terminal.wait_for("待续办")
    for stage in ("填报中", "单位审核", "网上已提交"):
        step(terminal, stage, day=LATER)
    step(terminal, "退回补正", "", "合同期限不够", "合同剩余不满两个月", "周敏", "04-30", day=LATER)
    terminal.wait_for(re.compile("积分  待续办 .*2027-05-09，还有 19 天"))
    terminal.wait_for("任务：补正退回的申请")
    returned = shown(dabiao, LATER)
    assert (returned["status"], returned["kind"], returned["points"]) == ("returned", "renew", "renew_due")
    assert returned["next_deadline"] == "2027-04-30"

    assert dabiao("set", "1", "applicant.employment.contract_until=2030-06-30").returncode == 0
    for stage in ("填报中", "单位审核", "网上已提交", "无需递交待结果", "已核定"):
        step(terminal, stage, day=LATER)
    step(terminal, "通知书待领", "浦2027-9", day=LATER)
    step(terminal, "积分有效", day=LATER)
    leave(terminal)
    renewed = shown(dabiao, LATER)
    [application] = renewed["applications"]
    [answered] = application["returns"]
    assert (renewed["points"], renewed["points_until"], application["outcome"]) == ("valid", "2028-05-09", "approved")
    assert (answered["reasons"], answered["answered"], answered["read_by"]) == (["contract"], LATER, "周敏")
    told = [step["stage"] for step in renewed["steps"]]
    assert told[-9:] == [
        *("submitted", "returned", "form", "hr_review", "submitted", "net_sign", "approved", "notice", "in_force")
    ]


def test_a_client_who_changes_the_employer_in_the_middle_begins_again_with_the_new_one(
    terminal: Terminal, dabiao: Command, tmp_path: Path
) -> None:
    imported(dabiao, tmp_path / "wang.json", READY)
    assert dabiao("set", "1", "status=account", "step.kind=new", "step.because=接手时已开好账号").returncode == 0
    terminal.start()
    progress(terminal)
    for stage in ("填报中", "单位审核", "网上已提交"):
        step(terminal, stage)
    assert dabiao("set", "1", "applicant.employment.employer=上海乙有限公司").returncode == 0
    terminal.wait_for(re.compile("换单位|上海乙有限公司"))
    step(terminal, "已撤回")
    for stage in ("建个人账号", "填报中", "单位审核", "网上已提交", "待递交材料"):
        step(terminal, stage)
    step(terminal, "已受理", "浦2026-118", "当天就收了")
    step(terminal, "学历/档案核验中")
    step(terminal, "审核中", "电话问过，都核好了")
    step(terminal, "已核定")
    step(terminal, "通知书待领", "浦2026-9")
    step(terminal, "积分有效")
    leave(terminal)
    moved = shown(dabiao)
    assert [row["outcome"] for row in moved["applications"]] == ["withdrawn", "approved"]
    filed = [row["filed"]["employment"]["employer"] for row in moved["applications"]]
    assert filed == ["上海甲科技有限公司", "上海乙有限公司"]
    assert moved["applicant"]["notice"]["employer"] == "上海乙有限公司"
    assert [entry["command"] for entry in moved["journal"]].count("stage") == len(moved["steps"])
