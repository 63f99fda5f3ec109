"""The names that rows are given."""

import pytest

from models import paths


def test_a_name_that_another_row_has_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["abc234", "abc234", "xyz567"])
    monkeypatch.setattr(paths, "new_id", lambda: next(drawn))
    tree: paths.Tree = {"applicant": {"education": [{"level": "associate"}, {"level": "bachelor"}]}}
    paths.give_ids(tree)
    assert [row["id"] for row in tree["applicant"]["education"]] == ["abc234", "xyz567"]
