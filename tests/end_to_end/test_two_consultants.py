"""Two consultants at two terminals in one case: what each does is seen by the other, and nothing is written over."""

from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from terminal import Terminal


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Terminal]:
    """A second terminal."""
    (tmp_path / "other").mkdir()
    with Terminal(tmp_path / "other") as opened:
        yield opened


def in_the_case(terminal: Terminal, name: str) -> None:
    """A consultant opens the only case there is."""
    terminal.start(columns=100, lines=40, env={"LOGNAME": name})
    terminal.wait_for("咨询")
    terminal.send("Enter")
    terminal.wait_for("基本信息")


def edit(terminal: Terminal, field: str, text: str) -> None:
    """Find a field by its name and type in it, without leaving it."""
    terminal.type(f"/{field}")
    terminal.send("Enter")
    terminal.wait_for(lambda screen: any(line.startswith("▸") and field in line for line in screen))
    terminal.send("Enter")
    terminal.wait_for("shift+tab")
    terminal.send("C-u")
    terminal.type(text)
    terminal.wait_for(f"→ {text}")


def test_two_consultants_in_the_same_case(
    dabiao: Callable[..., CompletedProcess[str]], terminal: Terminal, other: Terminal, examples: Path
) -> None:
    assert dabiao("import", examples / "16-proven-or-not.toml").returncode == 0
    ana, bo = terminal, other
    in_the_case(ana, "ana")
    in_the_case(bo, "bo")

    edit(ana, "民族", "汉族")
    ana.send("Escape")
    bo.wait_for("ana 刚改了：民族")  # by itself

    edit(ana, "姓名", "王大明")
    edit(bo, "姓名", "王小明")
    ana.send("Escape")
    bo.wait_for("ana 刚改了：姓名")
    bo.send("Escape")
    bo.wait_for("1 用我的")
    assert "王大明" in bo.text() and "你填的是 王小明" in bo.text().replace("\n", "")
    bo.send("1")
    ana.wait_for("bo 刚改了：姓名")
    ana.wait_for(lambda screen: "王小明" in screen[0])
    ana.wait_for("bo 刚刚改")  # beside the field

    ana.send("h")
    ana.wait_for("姓名 王大明 → 王小明")
    ana.send("u")
    ana.wait_for("这一步是 bo 做的")
    ana.send("j", "Enter")
    screen = ana.wait_for("ana 改过之后")
    assert "与现在 1 处不同" in screen[0]
    ana.wait_for("→ 现在 王小明")
    ana.send("Escape")
    ana.wait_for("4 条")
    ana.send("u")
    ana.wait_for("不能撤销：bo 在")  # a later edit stands

    bo.send("h")
    bo.wait_for("姓名 王大明 → 王小明")
    bo.send("u")
    bo.wait_for("已撤销")
    ana.wait_for("撤销 姓名 王小明 → 王大明")
    shown = dabiao("show", "1").stdout
    assert "王大明" in shown and "汉族" in shown
