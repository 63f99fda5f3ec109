"""A task in words: what a plan asks for reads in either language, what somebody wrote stays as it was written."""

import pytest

from engine.policy import load
from tui.task_words import said


@pytest.mark.parametrize(
    ("what", "zh", "en"),
    [
        ("base=2x from 2027-01", "开始：基数=2倍", "Begin: base=2x"),
        ("education.k3f9a.degree=bachelor", "学位 → 学士", "Degree → bachelor"),
        ("spouse.shanghai_hukou=true", "本市户籍 → 是", "Shanghai hukou → yes"),
        ("permit.valid_until=", "居住证至 → -", "Valid until → -"),
    ],
)
def test_what_a_plan_asks_for(what: str, zh: str, en: str) -> None:
    task = {"what": what, "due": "2027-01-01", "what_if": "m4e2b"}
    assert (said(task, load(), "zh"), said(task, load(), "en")) == (zh, en)


@pytest.mark.parametrize("what", ["education.k3f9a.no_such=x", "education.k3f9a.degree=no such", "催学位证 a=b"])
def test_what_is_no_fact_stays_as_it_was_written(what: str) -> None:
    assert said({"what": what, "due": "2027-01-01", "what_if": "m4e2b"}, load(), "zh") == what


def test_what_somebody_wrote_is_never_translated() -> None:
    assert said({"what": "education.0.degree=bachelor", "due": "2027-01-01"}, load(), "zh") == (
        "education.0.degree=bachelor"
    )
