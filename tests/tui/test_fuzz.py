"""Texts spoilt in any manner, given to everything that reads texts from outside: no crash, no hang, a reason that can
be said. `make fuzz` does the same for as long as is asked."""

import pytest
from fuzz.limited import TooLong, read_in_time
from fuzz.mutations import PIECES, Edit, apply
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LIMIT = 20.0  # seconds for one text on a machine that does much else: a hang takes for ever

edits = st.lists(
    st.builds(
        Edit,
        how=st.integers(0, 5),
        place=st.floats(0, 1),
        length=st.sampled_from((1, 2, 5, 20, 200)),
        piece=st.sampled_from(PIECES) | st.text(max_size=6),
    ),
    max_size=6,
)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_it_answers_or_refuses_whatever_it_reads(name: str, data: st.DataObject) -> None:
    target = TARGETS[name]
    text = apply(data.draw(st.sampled_from(target.seeds), label="seed"), data.draw(edits, label="edits"))
    read_in_time(target.read, text, LIMIT)


@pytest.mark.parametrize("name", TARGETS)
def test_what_it_is_given_unspoilt_it_reads(name: str) -> None:
    for seed in TARGETS[name].seeds:
        read_in_time(TARGETS[name].read, seed, LIMIT)


def test_what_hangs_is_ended() -> None:
    def hangs(_: str) -> None:
        while True:
            pass

    with pytest.raises(TooLong):
        read_in_time(hangs, "", 0.01)
