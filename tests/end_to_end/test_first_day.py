"""A consultant's first day, in a real terminal, by keyboard alone."""

import getpass
import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from terminal import Terminal

from engine.words import word
from models.reading import Reader
from models.workspace import open_workspace
from tui import form

Command = Callable[..., CompletedProcess[str]]


class Consultant:
    """Somebody at the keyboard: the steps of the work, in the keys that do them."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.screens: list[str] = []

    def look_for(self, sought: str | re.Pattern[str]) -> None:
        """Wait until something is to be seen; the screens that were seen are kept."""
        self.screens.append("\n".join(self.terminal.wait_for(sought)))

    def begin_case(self, **known: str) -> None:
        """From the list to a new case."""
        self.terminal.send("N")
        self.look_for("客户来源")
        for path in ("contact.called", "name", "id_number", "contact.phone"):
            self.terminal.type(known.get(path.rpartition(".")[2], ""))
            self.terminal.send("Enter")
        self.terminal.send("F9")
        self.look_for("基本信息")

    def fill(self, section: str, **typed: str) -> None:
        """Type some fields of a section, or of a new row of it, going from field to field by Tab."""
        fields = [field.path.rpartition(".")[2] for field in form.plain_fields(form.section_at(section))]
        last = max(fields.index(name) for name in typed)
        self.terminal.send("/")
        self.terminal.type(word(f"fact.{section}", "zh"))
        self.terminal.send("Enter", "n")
        for name in fields[: last + 1]:
            self.terminal.type(typed.get(name, ""))
            self.terminal.send("Tab" if name != fields[last] else "Enter")

    def quit(self) -> None:
        """From the list of cases out of the program."""
        self.terminal.send("q")
        self.look_for("退出达标？")
        self.terminal.send("y")
        assert self.terminal.wait_until_ended() == 0


@pytest.fixture
def consultant(terminal: Terminal) -> Consultant:
    terminal.start()
    somebody = Consultant(terminal)
    somebody.look_for("还没有案件")
    return somebody


def stored(dabiao: Command, case_id: int = 1) -> dict[str, Any]:
    done = dabiao("show", str(case_id), "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def without_ids(value: Any) -> Any:
    """Facts without the ids their rows were given."""
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    if isinstance(value, dict):
        return {key: without_ids(item) for key, item in value.items() if key != "id"}
    return value


FOUND_ON_NO_SCREEN = re.compile(r"[{}]|\b(?:fact|reason|value|status|indicator|case|action|line)\.[a-z_]+")


def test_a_new_case_is_typed_from_nothing_to_120_and_found_again(
    consultant: Consultant, terminal: Terminal, dabiao: Command
) -> None:
    consultant.begin_case(called="小王", name="王小明", id_number="340104199003074516", phone="13800001234")
    consultant.look_for("30 分")  # the age
    consultant.fill("education", level="大专", form="全日制", graduated="2011.7.1")
    consultant.look_for("80 分")
    consultant.fill("education", level="本科", school="安徽大学", graduated="2016年7月1日")
    consultant.look_for("90 分")
    consultant.fill("insurance", **{"from": "2020.1", "to": "22年12月", "base": "6500"})
    consultant.look_for("99 分")
    consultant.fill("insurance", **{"from": "2023.1", "to": "至今", "base": "0.7万"})
    consultant.look_for("108 分")
    consultant.fill("spouse", name="李梅", married="2023-05-01", shanghai_hukou="是")
    consultant.look_for("120 分")
    consultant.look_for(re.compile("王小明.* 120 分 .*已核 30"))
    consultant.look_for(re.compile("120 分 .* 达标"))
    terminal.send("Escape")
    consultant.look_for("案件列表")
    consultant.look_for(re.compile("王小明 +咨询 +120 "))
    consultant.quit()

    terminal.close()
    terminal.start()
    consultant.look_for("王小明")
    terminal.send("/")
    terminal.type("wxm")
    consultant.look_for("1 / 1")
    terminal.send("Enter", "Enter")
    consultant.look_for("120 分")
    terminal.send("q")
    consultant.look_for("案件列表")
    consultant.quit()

    case = stored(dabiao)
    assert (case["score"], case["proven"], case["status"]) == (120, 30, "lead")
    assert without_ids(case["applicant"]) == {
        "name": "王小明",
        "id_number": "340104199003074516",
        "contact": {"called": "小王", "phone": "13800001234"},
        "education": [
            {"level": "associate", "form": "full_time", "graduated": "2011-07-01"},
            {"level": "bachelor", "school": "安徽大学", "graduated": "2016-07-01"},
        ],
        "insurance": [
            {"from": "2020-01", "to": "2022-12", "base": 6500},
            {"from": "2023-01", "base": 7000},
        ],
        "spouse": {"name": "李梅", "married": "2023-05-01", "shanghai_hukou": True},
    }
    for screen_seen in consultant.screens:
        assert not FOUND_ON_NO_SCREEN.search(screen_seen), screen_seen


LEFT = {"level": "本科", "degree": "学士", "form": "全日制", "school": "安徽大学", "place": "安徽"}
STORED = {"level": "bachelor", "degree": "bachelor", "form": "full_time", "school": "安徽大学", "place": "安徽"}


@pytest.mark.parametrize("number", [1, 3, 5])
def test_kill_in_the_middle_of_typing_loses_no_field_that_was_left(
    number: int, consultant: Consultant, terminal: Terminal, dabiao: Command
) -> None:
    consultant.begin_case(name="王小明")
    terminal.send("/")
    terminal.type(word("fact.education", "zh"))
    terminal.send("Enter", "n")
    for text in [*LEFT.values()][:number]:
        terminal.type(text)
        terminal.send("Tab")
    # the next field is open and has its first letters: the one before has been left
    following = word(f"fact.education.{[*LEFT, 'centre'][number]}", "zh")
    terminal.type("xyz")
    terminal.wait_for(re.compile(f"{following} +xyz"))
    terminal.kill()
    (row,) = without_ids(stored(dabiao)["applicant"]["education"])
    assert row == {name: STORED[name] for name in [*LEFT][:number]}


def test_what_was_being_typed_when_it_was_killed_is_offered_again(
    consultant: Consultant, terminal: Terminal, tmp_path: Path
) -> None:
    consultant.begin_case(name="王小明")
    terminal.send("/")
    terminal.type("微信")
    terminal.send("Enter", "e")
    terminal.type("lily88")
    workspace = open_workspace(tmp_path / "workspace.db", create=False)
    with Reader(workspace) as reader:
        terminal.wait_for(lambda _: [draft.text for draft in reader.drafts(1, getpass.getuser())] == ["lily88"])
    workspace.close()
    terminal.kill()
    terminal.close()
    terminal.start()
    consultant.look_for("王小明")
    terminal.send("2", "Enter")  # where the case had time to be kept as open, it opens by itself
    consultant.look_for("lily88")
    consultant.look_for("上次填到这里")
