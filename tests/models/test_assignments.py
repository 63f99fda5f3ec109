"""Assignments: one after the other in the same tree, each made or refused, whatever those before it left there."""

import pytest

from models.assignments import assignment, carry_out
from models.paths import copied
from models.refusals import Refused

CASE = {
    "status": "lead",
    "applicant": {"name": "王小明", "education": [{"id": "k3f9a", "level": "associate"}], "claims": ["age"]},
}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("applicant.education=3", 'applicant.education+={"level": "bachelor"}'),
        ("applicant.notice=3", "applicant.notice.members+=王小明"),
        ("applicant.education=3", "applicant.education.0.level=bachelor"),
        ("applicant.employment=3", "applicant.employment.post=工程师"),
        ("status=lead", 'applicant.education+={"id": ".a", "level": "bachelor"}'),
    ],
)
def test_what_finds_no_place_is_refused_by_the_path_that_was_written(first: str, then: str) -> None:
    tree = copied(CASE)
    carry_out(tree, CASE, assignment(first))
    with pytest.raises(Refused) as refused:
        carry_out(tree, CASE, assignment(then))
    assert refused.value.reason.code == "write.no_place"
    assert refused.value.reason.values["path"] == assignment(then).path


def test_a_row_is_added_with_a_name_of_its_own_or_the_one_it_brings() -> None:
    tree = copied(CASE)
    paths = [
        carry_out(tree, CASE, assignment(f"applicant.education+={row}"))
        for row in ('{"level": "bachelor"}', '{"id": "m4n5p", "level": "master"}')
    ]
    rows = tree["applicant"]["education"]
    assert [row["level"] for row in rows] == ["associate", "bachelor", "master"]
    assert paths == [f"applicant.education.{row['id']}" for row in rows[1:]]
    assert rows[2]["id"] == "m4n5p"
