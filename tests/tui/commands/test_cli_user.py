"""`dabiao user` from the shell: people, keys, handing over."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from staff import made_key

Command = Callable[..., Any]


@pytest.fixture
def staffed(command: Command, office: Path, applicant: Callable[..., Path]) -> None:
    """bo and cy work here; two cases are bo's."""
    for name in ("bo", "cy"):
        assert command("user", "add", name).code == 0
    assert command("import", applicant("a.json", name="王小明"), applicant("b.json", name="李梅")).code == 0
    for case in (1, 2):
        assert command("set", case, "consultant=bo").code == 0


def people(command: Command) -> dict[str, Any]:
    return {one["name"]: one for one in command("user", "list", "--json").json["people"]}


def test_who_is_added_stands_in_the_list_until_disabled_and_after(command: Command, staffed: None) -> None:
    assert command("user", "add", "陈静", "--role", "read_only", "--reach", "own").code == 0
    found = people(command)
    assert (found["陈静"]["role"], found["陈静"]["reach"], found["bo"]["cases"]) == ("read_only", "own", 2)
    assert "只查看" in command("user", "list").out
    assert command("user", "disable", "陈静").code == 0
    assert not people(command)["陈静"]["active"] and "停用" in command("user", "list").out
    assert "本来就是这样" in command("user", "disable", "陈静").err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("user role bo owner", "所有者"),
        ("user reach bo own", "只看自己的案件"),
        ("user enable bo", "本来就是这样"),
        ("user disable bo", "停用"),
    ],
)
def test_a_change_is_told(command: Command, staffed: None, line: str, said: str) -> None:
    ran = command(*line.split())
    assert ran.code == 0 and said in ran.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("user add bo", "已经有 bo"),
        ("user role zoe owner", "没有 zoe 这个人；现有："),
        ("user role bo boss", "可以是：owner"),
        ("user key add bo", "dabiao user key add 名字 公钥文件"),
        ("user key add bo /nowhere", "/nowhere"),
        ("user key revoke SHA256:x", "没有指纹为 SHA256:x"),
        ("user hand-over bo zoe", "没有 zoe 这个人"),
        ("user hand-over cy bo", "没有要移交的案件"),
        ("user hand-over bo cy 状态:什么", "什么"),
        ("user", "还要写"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_changes_nothing(
    command: Command, staffed: None, line: str, said: str
) -> None:
    before = people(command)
    ran = command(*line.split())
    assert ran.code == 2 and said in ran.err and "Traceback" not in ran.err
    assert people(command) == before


def test_a_key_from_a_file_and_from_standard_input_until_it_is_revoked(
    command: Command, staffed: None, tmp_path: Path
) -> None:
    first, second = made_key(1), made_key(2)
    (tmp_path / "key.pub").write_text(first.line, "utf-8")
    assert command("user", "key", "add", "bo", tmp_path / "key.pub").code == 0
    assert command("user", "key", "add", "cy", "-", given=second.line.encode()).code == 0
    assert first.fingerprint in command("user", "key", "list").out
    lines = command("ssh", "authorized-keys").out.splitlines()
    assert [line.startswith("restrict,pty,command=") for line in lines] == [True, True]
    assert command("user", "key", "revoke", first.fingerprint).code == 0
    (line,) = command("ssh", "authorized-keys").out.splitlines()
    assert "--as=cy" in line and f"--db {os.environ['DABIAO_DB']}" in line
    assert command("ssh", "authorized-keys", first.fingerprint).out == ""
    revoked = {key["fingerprint"]: key["revoked_at"] for key in command("user", "key", "list", "--json").json["keys"]}
    assert revoked[first.fingerprint] and revoked[second.fingerprint] is None


def test_a_file_that_is_no_key_says_why(command: Command, staffed: None, tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text(f'command="sh" {made_key().line}', "utf-8")
    ran = command("user", "key", "add", "bo", tmp_path / "key.pub")
    assert ran.code == 2 and "key.pub" in ran.err and "不认识的密钥类型" in ran.err
    assert command("ssh", "authorized-keys").out == ""


def test_cases_are_handed_over_with_a_brief_all_or_those_a_query_finds(command: Command, staffed: None) -> None:
    some = command("user", "hand-over", "bo", "cy", "王小明")
    assert some.code == 0 and some.out.startswith("# 移交单：1 个案件移交给 cy")
    assert "王小明" in some.out and "李梅" not in some.out
    rest = command("user", "hand-over", "bo", "cy", "--json")
    assert rest.json["handed_over"] == [2] and rest.json["brief"].startswith("# 移交单")
    assert people(command)["cy"]["cases"] == 2
    (entry,) = [one for one in command("show", 2, "--json").json["journal"] if one["command"] == "hand_over"]
    assert json.dumps(entry["changes"]) == json.dumps([{"path": "consultant", "before": "bo", "after": "cy"}])
