"""What may be written next in the line of a what-if."""

import pytest

from engine.policy import load
from models.what_if_line import lever_names
from tui.what_if_hints import Hint, hints, taken

DOCUMENT = {"education": [{"id": "k3f9a", "level": "associate"}], "insurance": [{"id": "p2b7c"}, {"id": "m4e2b"}]}


def offered(line: str, language: str = "zh") -> list[Hint]:
    return hints(line, DOCUMENT, lever_names(load()), language)


@pytest.mark.parametrize(
    ("line", "first", "means"),
    [
        ("", "续缴", ""),
        ("bach", "bachelor", ""),
        ("中级", "中级职称", ""),
        ("bachelor；基数=2", "基数=2倍", ""),
        ("学历", "education.0.level=", "学历学位 · 学历"),
        ("education.0.deg", "education.0.degree=", "学历学位 · 学位"),
        ("insurance.1.ba", "insurance.1.base=", "社保 · 缴费基数"),
        ("出生", "birth_date=", "出生日期"),
        ("education.0.level=博", "education.0.level=doctor", "博士研究生"),
        ("续缴；education。0。level＝博", "education.0.level=doctor", "博士研究生"),  # full-width signs
        ("applicant.education.0.level=doc", "applicant.education.0.level=doctor", "博士研究生"),
        ("spouse.shanghai_hukou=是", "spouse.shanghai_hukou=true", "是"),
        ('contact.called="李；女士"; bach', "bachelor", ""),  # in quotes a sign separates nothing
        ("bachlor", "bachelor", ""),  # the nearest, where nothing begins so
    ],
)
def test_the_likeliest_stands_first(line: str, first: str, means: str) -> None:
    assert offered(line)[0] == Hint(first, means)


def test_nothing_is_offered_that_the_case_has_no_row_for() -> None:
    assert offered("education.1.") == [] and offered("education.1.level=doc") == []


def test_what_is_taken_stands_in_the_place_of_what_was_typed_last() -> None:
    assert taken("base=2x from 2027-01; bach", Hint("bachelor")) == "base=2x from 2027-01; bachelor"
    assert taken('contact.called="李; 女士"; bach', Hint("bachelor")) == 'contact.called="李; 女士"; bachelor'
    assert taken("续缴；education.0.level=博", Hint("education.0.level=doctor")) == "续缴；education.0.level=doctor"
