"""Chinese and English: the same keys, the same blanks to fill, and a switch that needs no restart."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from desks import Desk
from screens import burst, press, screen_lines, screen_text, session

from engine.reason import Reason
from engine.words import catalogue as engine_words
from models.reading import Reader
from models.workspace import Workspace
from tui.text import LANGUAGES, catalogue, say
from tui.typed import Option, understand

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CHINESE_SIGNS = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
IN_CHINESE_ALONE = {
    "engine/basis.py",  # what JSON gives as one text, in any language
    "engine/form/values.py",  # the official form
    "models/reopening.py",  # what a return says
}


def blanks(template: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_both_catalogues_have_the_same_keys() -> None:
    assert catalogue("zh").keys() == catalogue("en").keys()


@pytest.mark.parametrize("key", sorted(catalogue("zh")))
def test_both_texts_of_a_key_fill_the_same_blanks(key: str) -> None:
    assert blanks(catalogue("zh")[key]) == blanks(catalogue("en")[key])


@pytest.mark.parametrize("key", sorted(set(catalogue("en")) - {"action.app.language"}))
def test_no_chinese_stands_in_an_english_text(key: str) -> None:
    assert not CHINESE.search(catalogue("en")[key])


@pytest.mark.parametrize("words", [catalogue, engine_words])
def test_no_chinese_sign_stands_in_an_english_text(words: Callable[[str], Mapping[str, str]]) -> None:
    assert [key for key, said in words("en").items() if CHINESE_SIGNS.search(said)] == []


def test_lists_are_joined_as_the_language_joins() -> None:
    """`", ".join` with Chinese signs would stand in English too: the catalogue has `list.and` and `list.also`."""
    joins = {
        path.relative_to(ROOT).as_posix()
        for package in ("engine", "models", "tui")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "join" and isinstance(node.value, ast.Constant)
        if CHINESE_SIGNS.search(str(node.value.value))
    }
    assert joins == IN_CHINESE_ALONE


def test_what_could_be_meant_is_told_as_the_language_joins() -> None:
    reason = understand("choice", "a", date(2026, 11, 22), options=[Option("x", "ab"), Option("y", "ac")])
    assert isinstance(reason, Reason)
    assert say(reason, "en").endswith(": ab, ac") and say(reason, "zh").endswith("：ab、ac")


def test_the_notes_of_all_packs_are_chinese_in_the_one_language_and_not_in_the_other() -> None:
    packs = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "engine").rglob("*.toml")]
    notes = [entry for pack in packs for entry in tables(pack) if isinstance(entry.get("note_en"), str)]
    assert len(notes) > 50
    assert [note for note in notes if CHINESE.search(note["note_en"]) or not CHINESE.search(note["note"])] == []


def tables(value: object) -> Iterator[Mapping[str, Any]]:
    """All tables of a pack, those within others too."""
    if isinstance(value, Mapping):
        yield value
    for each in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from tables(each)


def test_no_text_promises_what_nobody_can() -> None:
    assert not any("保证" in words for words in catalogue("zh").values())


def test_every_key_that_the_screens_name_is_in_the_catalogue() -> None:
    """Keys in the code, as `words("cases.empty")` or `text("app.name", ...)`, are in the catalogue."""
    named = set()
    for path in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if function == "words" and isinstance(first, ast.Constant):
                named.add(first.value)
    assert named - catalogue("zh").keys() == set()
    assert len(named) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_with_a_workspace_stands_before_its_path_however_long_that_is(language: str) -> None:
    """The status line is cut at its end: what happened and what to do must have been said before the path."""
    about = {key: words for key, words in engine_words(language).items() if key.startswith("reason.workspace.")}
    about = {key: words for key, words in about.items() if not key.endswith((".url_kind", ".url_form"))}  # no path
    paths = {key: re.search(r"\{(path|directory)\}", words) for key, words in about.items()}
    early = [key for key, path in paths.items() if path and len(about[key][: path.start()]) < len(about[key]) / 2]
    assert early == [] and sum(path is not None for path in paths.values()) > 20


async def test_f2_switches_every_word_on_the_screen_at_once(ana: Desk) -> None:
    ana.create({"birth_date": "1990-01-01"})
    async with session(ana.workspace) as pilot:
        assert "案件列表" in screen_text(pilot.app)
        await press(pilot, "f2")
        assert not CHINESE.search(screen_text(pilot.app))
        await press(pilot, "f2")
        assert "案件列表" in screen_text(pilot.app)


async def test_the_screens_below_switch_too(ana: Desk) -> None:
    ana.create({"birth_date": "1990-01-01"})
    async with session(ana.workspace) as pilot:
        await press(pilot, "n", "f2", "escape")
        assert not CHINESE.search(screen_text(pilot.app))


async def test_the_help_and_the_new_case_speak_english(workspace: Workspace) -> None:
    async with session(workspace, language="en") as pilot:
        assert not CHINESE.search(screen_text(pilot.app))
        await press(pilot, "n")
        assert not CHINESE.search(screen_text(pilot.app))
        await press(pilot, "escape", "question_mark")
        lines = [line for line in screen_lines(pilot.app) if "f2" not in line]
        assert not CHINESE.search("\n".join(lines))


async def test_the_filter_takes_either_language_in_either(ana: Desk) -> None:
    ana.create({"name": "Wang"}, status="form")
    ana.create({"name": "Li"})
    async with session(ana.workspace, language="en") as pilot:
        await burst(pilot, "/状态:填报中")
        assert "1 / 2" in screen_lines(pilot.app)[0]


async def test_the_language_is_kept_as_the_consultants_own(ana: Desk) -> None:
    async with session(ana.workspace) as pilot:
        await press(pilot, "f2")
    with Reader(ana.workspace) as reader:
        assert reader.preference("ana", "language") == "en"
        assert reader.preference("bo", "language") is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_screen_shows_a_catalogue_key_or_a_brace(ana: Desk, language: str) -> None:
    ana.create({"name": "张三"})
    async with session(ana.workspace, size=(120, 40), language=language) as pilot:
        for keys in (["j"], ["question_mark"], ["escape"], ["ctrl+p"], ["escape"], ["n"], ["f9"], ["escape"], ["q"]):
            await press(pilot, *keys)
            screen_text(pilot.app)
