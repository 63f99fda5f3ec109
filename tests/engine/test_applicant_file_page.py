"""The page on the applicant file: its example is one, and shows every fact there is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.document import dump, parse
from engine.fields import Field, Section, sections

PAGE = Path(__file__).parents[2] / "docs" / "applicant-file.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def example(page: str) -> str:
    found = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert found is not None
    return found[1]


def fields(members: tuple[Field | Section, ...]) -> Iterator[Field]:
    for member in members:
        if isinstance(member, Field):
            yield member
        else:
            yield from fields(member.fields)


def paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, f"{path}.{key}".removeprefix("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for row in value:
            yield from paths(row, path)
    else:
        yield path


def test_the_example_is_an_applicant_and_shows_every_fact(example: str) -> None:
    shown = set(paths(dump(parse(example, "toml"))))
    known = {field.path for field in fields(sections())}
    # shown once for all rows, and as a comment, for it stands instead of the two keys above it
    assert known - shown == {path for path in known if path.endswith(".evidence")} - {"education.evidence"} | {
        "birth_year"
    }
    assert "# birth_year = " in example


def test_every_choice_of_a_fact_is_named(example: str) -> None:
    for field in fields(sections()):
        if field.kind == "choice" and not field.path.endswith(".evidence"):
            line = [ln for ln in example.splitlines() if ln.startswith(field.path.rsplit(".", 1)[-1] + " = ")]
            assert any(all(choice in ln for choice in field.choices) for ln in line), field.path


def test_every_state_of_evidence_is_named(page: str) -> None:
    (evidence,) = [field for field in fields(sections()) if field.path == "education.evidence"]
    assert [choice for choice in evidence.choices if f"`{choice}`" not in page] == []
