"""The page on the doctor names every check and all that it may find."""

import ast
import re
from pathlib import Path

import pytest

from engine.words import LANGUAGES, catalogue, word
from models.deriving import Derived
from models.doctor import CHECKS
from models.doctor.findings import word_of_field

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "doctor.md").read_text("utf-8")
FOUND = sorted(
    key.removeprefix("reason.doctor.")
    for key in catalogue("en")
    if key.startswith("reason.doctor.") and key.count(".") == 3 and ".remedy." not in key
)


def in_the_code() -> set[str]:
    """Every text in the doctor's own files: what is found is among them."""
    return {
        node.value
        for path in (ROOT / "models" / "doctor").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_has_a_row(check: str) -> None:
    assert f"| `{check}` |" in PAGE


@pytest.mark.parametrize("code", FOUND)
def test_all_that_may_be_found_is_on_the_page(code: str) -> None:
    check, found = code.split(".")
    rows = re.findall(rf"^\| `{check}` \|.*(?:\n\| \|.*)*", PAGE, re.MULTILINE)
    assert found in {"ok", "accepted", "no_log", "older", "none_yet"} or f"`{found}`" in "".join(rows)


def test_no_words_are_left_over() -> None:
    texts = in_the_code()
    remedies = {key.rpartition(".")[2] for key in catalogue("en") if key.startswith("reason.doctor.remedy.")}
    assert {code.partition(".")[2] for code in FOUND} - texts == set()
    assert remedies - texts == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_a_name(language: str) -> None:
    assert all(catalogue(language)[f"doctor.check.{check}"] for check in CHECKS)


@pytest.mark.parametrize("column", Derived._fields)
def test_every_derived_column_has_a_name(column: str) -> None:
    assert all(word(word_of_field(column), language) for language in LANGUAGES)
