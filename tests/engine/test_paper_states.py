"""The way of a paper, the evidence its row then has, and the message that asks for what is owed."""

from datetime import date

import pytest

from engine.chasing import message, to_contact
from engine.document import validate
from engine.facts import Evidence
from engine.materials import checklist
from engine.paper import State
from engine.paper_states import evidence_of, following
from engine.policy import load


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("missing", "requested"),
        ("requested", "received_copy"),
        ("received_copy", "original_seen"),
        ("original_seen", "verified"),
        ("verified", "verified"),
        ("rejected", "requested"),
        ("expired", "requested"),
        ("not_needed", "requested"),
    ],
)
def test_a_paper_goes_on_step_by_step(state: State, after: State) -> None:
    assert following(state) == after


@pytest.mark.parametrize(
    ("states", "evidence"),
    [
        ((), "claimed"),
        (("missing",), "claimed"),
        (("requested", "missing"), "claimed"),
        (("received_copy", "missing"), "received"),
        (("original_seen",), "received"),
        (("expired", "verified"), "received"),
        (("verified", "missing"), "received"),
        (("verified", "verified"), "verified"),
        (("verified", "not_needed"), "verified"),
        (("not_needed",), "claimed"),
        (("verified", "rejected"), "rejected"),
    ],
)
def test_a_row_is_verified_once_all_its_papers_are(states: tuple[State, ...], evidence: Evidence) -> None:
    assert evidence_of(states) == evidence


def test_the_message_is_numbered_and_says_where_and_until_when_and_promises_nothing() -> None:
    facts = {"education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01", "chsi": "found"}]}
    items = checklist(validate(facts), load(), date(2026, 11, 22)).items
    asked = [item for item in items if item.code in {"B05", "E01"}]
    said = message("王先生", asked, date(2026, 11, 29), "zh").splitlines()
    assert said[0] == "王先生您好，办积分还缺下面这些材料："
    assert said[1] == "1. 身份证，复印件 1 份（本人自带）" and said[2].startswith("2. 毕业证、学位证")
    assert "2026-11-29 前" in said[3] and "保证" not in "".join(said)
    assert "Please by 2026-11-29" in message("Mr Wang", asked, date(2026, 11, 29), "en")


def test_one_message_to_a_contact_has_the_papers_of_several_clients() -> None:
    items = [item for item in checklist(validate({}), load(), date(2026, 11, 22)).items if item.code == "B07"]
    said = to_contact("周敏", [("王小明", items), ("李梅", items)], date(2026, 11, 29), "zh")
    assert said.index("周敏您好") < said.index("【王小明】") < said.index("【李梅】") < said.index("2026-11-29")
