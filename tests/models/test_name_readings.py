"""How names are read: as pypinyin reads them with all its phrases, by the few that are kept."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.names import readings

TESTS = Path(__file__).parents[1]
KEPT = (TESTS.parent / "models" / "name_readings.txt").read_text("utf-8")
NAMES = (
    "王小明",
    "重庆",
    "张重庆",
    "李长乐",
    "长孙无忌",
    "音乐",
    "单雄信",
    "曾朝阳",
    "解晓东",
    "仇银行",
    "乐乐",
    "朴成都",
)
WITH_ALL = """
import json, sys
from pypinyin import lazy_pinyin
json.dump(["".join(lazy_pinyin(name)) for name in sys.argv[1:]], sys.stdout)
"""


def out_of_a_fresh_interpreter(*arguments: str) -> str:
    """What a program says that loads pypinyin with all it has."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=True, encoding="utf-8", env={"PYTHONUTF8": "1"}
    ).stdout


def test_what_is_kept_is_what_this_release_of_pypinyin_says() -> None:
    assert out_of_a_fresh_interpreter(str(TESTS / "name_readings.py")) == KEPT


def test_names_are_read_as_with_all_phrases() -> None:
    read = json.loads(out_of_a_fresh_interpreter("-c", WITH_ALL, *NAMES))
    missing = [(name, whole) for name, whole in zip(NAMES, read, strict=True) if whole not in readings(name)]
    assert missing == []


@pytest.mark.parametrize(("name", "read"), [("重庆", "chongqing"), ("李长乐", "lichangle"), ("张音乐", "zhangyinyue")])
def test_words_in_a_name_are_read_as_words(name: str, read: str) -> None:
    assert read in readings(name)


def test_a_session_does_not_hold_all_phrases() -> None:
    program = "from models.names import readings\nreadings('王小明')\nimport pypinyin.constants as all_of_it\n"
    program += "print(len(all_of_it.PHRASES_DICT))"
    assert int(out_of_a_fresh_interpreter("-c", program)) == len(KEPT.splitlines())
