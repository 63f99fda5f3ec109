"""The way of a paper, and the evidence its row then has."""

import pytest

from engine.facts import Evidence
from engine.paper import State
from engine.paper_states import evidence_of, following


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
