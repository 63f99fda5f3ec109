"""The names that rows are given."""

import secrets
from collections.abc import Sequence
from math import prod

import pytest

from models import paths


def test_a_name_that_another_row_has_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["abc234", "abc234", "xyz567"])
    monkeypatch.setattr(paths, "new_id", lambda: next(drawn))
    tree: paths.Tree = {"applicant": {"education": [{"level": "associate"}, {"level": "bachelor"}]}}
    paths.give_ids(tree)
    assert [row["id"] for row in tree["applicant"]["education"]] == ["abc234", "xyz567"]


def test_there_are_so_many_names_that_two_rows_of_a_case_hardly_get_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million cases of two hundred rows: of 2e10 pairs none is the same, but with a chance of 1 in 5,000 or less."""
    among: list[int] = []

    def first(signs: Sequence[str]) -> str:
        among.append(len(signs))
        return signs[0]

    monkeypatch.setattr(secrets, "choice", first)
    paths.new_id()
    assert prod(among) > 10**14
