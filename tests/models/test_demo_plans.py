"""The planner on the demo cases: a way for most of those under the threshold, a reason for each of the others."""

from datetime import date, timedelta

import pytest

from engine.assessment import assess
from engine.document import dump, validate
from engine.plan import Plan
from engine.planner import plan
from engine.policy import load
from engine.words import LANGUAGES, catalogue, say
from models.demo import DEFAULT_COUNT, DEFAULT_SEED, applicants

TODAY = date(2026, 11, 22)
POLICY = load()


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """Those of all cases under the threshold."""
    everybody = [validate(case.document) for case in applicants(DEFAULT_COUNT, DEFAULT_SEED, TODAY)]
    short = [applicant for applicant in everybody if assess(applicant, POLICY, TODAY).total < POLICY.threshold]
    assert len(short) > 40
    return [plan(applicant, POLICY, TODAY) for applicant in short]


def test_there_is_a_way_for_four_of_five(plans: list[Plan]) -> None:
    assert sum(bool(found.options) for found in plans) >= 0.8 * len(plans)


def test_for_the_others_a_reason_names_the_line(plans: list[Plan]) -> None:
    others = [found.because for found in plans if not found.options]
    assert others
    for language in LANGUAGES:
        words = catalogue(language)
        lines = [words[key] for key in words if key.startswith(("indicator.", "veto."))]
        for because in others:
            assert because is not None
            assert any(line in say(because, language) for line in lines)


def test_every_way_keeps_its_promise(plans: list[Plan]) -> None:
    for option in [option for found in plans for option in found.options]:
        applicant = validate(dump(option.applicant))
        then = assess(applicant, POLICY, option.reached_on)
        assert (then.total, then.reached) == (option.total, True)
        assert not assess(applicant, POLICY, option.reached_on - timedelta(days=1)).reached


def test_the_ways_pull_levers_of_every_kind(plans: list[Plan]) -> None:
    kinds = {type(step.lever).__name__ for found in plans for option in found.options for step in option.steps}
    assert kinds >= {"Base", "Study", "Qualify", "Move"}
    assert any(not option.steps for found in plans for option in found.options)
