"""Renewals that a need-by span meets: the permit signed, a few days later the points, and the child's own permit."""

import copy
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from backplans import IN_FORCE, READY, codes, day, days, plan, step

from engine.durations import Durations

FIRST, LAST = "2025-12-02", "2026-05-07"
RENEWAL = ["permit_signing", "points_renewal", "renewal_papers"]


def held(permit_until: str, notice_until: str = "", **more: Any) -> dict[str, Any]:
    """Points in force; permit and notice end together, where nothing else is said."""
    permit = {"permit": {"valid_until": permit_until}}
    return IN_FORCE | permit | {"notice": {"valid_until": notice_until or permit_until, "members": ["王一"]}} | more


def signings(document: dict[str, Any], on: str = "2025-06-02") -> list[str]:
    found = plan(document, FIRST, LAST, on=on)
    return [step.serves.isoformat() for step in found.steps if step.code == "permit_signing"]


class TestAPermitThatEndsInTheSpan:
    def test_is_signed_and_the_points_renewed_before_it_ends(self) -> None:
        found = plan(held("2026-03-01"), FIRST, LAST)
        assert (found.kind, codes(found)) == ("renew", RENEWAL)
        # At best 3 working days for the result: 28 (Saturday worked), 27, 26 Feb; then 2 after the signing.
        # At worst 20: 28-24 Feb 5; 14 (Saturday worked) 6; 13-9 11; 6-2 16; 30-27 Jan 20; 2 until the papers are handed
        # in: 26, 23 Jan; 3 after the signing: 22, 21, 20 Jan.
        assert days(found, "renewal_papers") == ("2026-01-27", "2026-02-26")
        assert days(found, "points_renewal") == ("2026-01-23", "2026-02-26")
        assert days(found, "permit_signing") == ("2026-01-20", "2026-02-24")

    def test_is_not_signed_before_its_last_thirty_days_and_that_may_be_too_late(self) -> None:
        signing = step(plan(held("2026-03-01"), FIRST, LAST), "permit_signing")
        assert signing.opens == day("2026-01-30")
        assert [note.code for note in signing.notes] == ["backward.sign_before_window"]

    def test_should_not_wait_for_the_automatic_signing(self) -> None:
        """With papers settled in 10 working days there is time in the window, though not in its last fifteen days."""
        pack = copy.deepcopy(tomllib.loads(files("engine").joinpath("process", "durations.toml").read_text("utf-8")))
        pack["durations"]["renewal_result"]["pessimistic"] = 10
        found = plan(held("2026-04-30"), FIRST, LAST, durations=Durations.from_pack(pack))
        (note,) = step(found, "permit_signing").notes
        assert (note.code, note.values) == ("backward.sign_at_counter", {"automatic": "2026-04-15"})

    @pytest.mark.parametrize(
        ("until", "renewed"),
        [
            ("2026-05-07", []),  # good on the last day
            ("2026-05-06", ["2026-05-06"]),
            ("2025-12-02", ["2025-12-02"]),
            ("2025-12-01", ["2025-12-01"]),  # the last before the span
        ],
    )
    def test_the_ends_of_the_span(self, until: str, renewed: list[str]) -> None:
        document = held(until)
        assert signings(document) == renewed
        if renewed:
            found = plan(document, FIRST, LAST)
            assert step(found, "permit_signing").reason.code == "backward.permit_signing"
            assert found.kind == "renew"

    @pytest.mark.parametrize(
        ("until", "noted"),
        [("2025-12-02", True), ("2026-01-01", True), ("2026-01-02", False)],
    )
    def test_with_less_than_a_month_left_at_the_first_check_schools_may_refuse_it(
        self, until: str, noted: bool
    ) -> None:
        notes = [note.code for note in step(plan(held(until), FIRST, LAST), "permit_signing").notes]
        assert ("backward.little_left" in notes) is noted

    def test_a_permit_runs_a_year_so_that_a_later_term_may_end_in_the_span(self) -> None:
        assert signings(held("2024-03-01"), on="2024-01-15") == ["2025-03-01", "2026-03-01"]

    def test_a_term_whose_end_is_past_is_not_signed_again(self) -> None:
        assert signings(held("2026-03-01"), on="2026-03-01") == ["2026-03-01"]
        # the day after, points and permit have ended: both at once, for the last day of the span
        assert signings(held("2026-03-01"), on="2026-03-02") == [LAST]


class TestPointsBehindThePermit:
    def test_points_that_end_before_the_permit_are_renewed_without_a_signing(self) -> None:
        found = plan(held("2026-12-01", "2026-03-01"), FIRST, LAST)
        assert codes(found) == ["points_renewal", "renewal_papers"]
        assert days(found, "points_renewal") == ("2026-01-23", "2026-02-26")

    @pytest.mark.parametrize(("until", "renewed"), [("2026-05-06", True), ("2026-05-07", False)])
    def test_points_good_on_the_last_day_are_not(self, until: str, renewed: bool) -> None:
        assert ("points_renewal" in codes(plan(held("2026-12-01", until), FIRST, LAST))) is renewed

    @pytest.mark.parametrize("permit", [{"valid_until": "2026-12-01"}, {}])
    def test_points_that_have_ended_are_renewed_for_the_first_day(self, permit: Any) -> None:
        found = plan(held("", "2025-11-20") | {"permit": permit}, FIRST, LAST, on="2025-11-24")
        renewed = next(step for step in found.steps if step.code == "points_renewal")
        assert (found.kind, renewed.serves) == ("renew", day(FIRST))

    def test_ends_that_are_not_known_are_named(self) -> None:
        found = plan(IN_FORCE | {"permit": {}, "notice": {"members": ["王一"]}}, FIRST, LAST)
        assert (found.steps, found.unknown) == ((), ("permit.valid_until", "notice.valid_until"))


class TestANewApplicant:
    def test_signs_the_permit_before_the_span_without_points_to_renew(self) -> None:
        found = plan(READY | {"permit": {"valid_until": "2025-11-30"}}, FIRST, LAST)
        signing = step(found, "permit_signing")
        assert signing.reason.code == "backward.signing_alone"
        # a Sunday: the Friday before it
        assert signing.pessimistic.day == signing.optimistic.day == day("2025-11-28")
        assert "points_renewal" not in codes(found)

    def test_renews_points_that_are_new_in_the_span(self) -> None:
        found = plan(READY | {"permit": {"valid_until": "2026-03-01"}}, FIRST, LAST)
        assert found.kind == "new"
        assert set(RENEWAL) <= set(codes(found))


class TestTheChildsPermit:
    @pytest.mark.parametrize(
        ("until", "step_code", "reason"),
        [
            ("2026-05-07", None, None),
            ("2026-05-06", "child_permit_signing", "child_signing"),
            ("2025-06-02", "child_permit_signing", "child_signing"),  # its last day is the day asked
            ("2025-06-01", "child_permit", "child_permit_lapsed"),
            (None, "child_permit", "child_permit_unknown"),
        ],
    )
    def test_is_there_through_the_span(self, until: str | None, step_code: str, reason: str) -> None:
        child = {"name": "王一"} | ({"permit_valid_until": until} if until else {})
        found = plan(IN_FORCE | {"child": [child]}, FIRST, LAST, child=0)
        steps = [(s.code, s.reason.code) for s in found.steps if s.serves <= day(LAST)][:1]
        assert steps == ([(step_code, f"backward.{reason}")] if step_code else [])
        assert found.unknown == (() if until else ("child.0.permit_valid_until",))

    def test_takes_twenty_working_days_at_worst_where_there_may_be_none(self) -> None:
        found = plan(IN_FORCE | {"child": [{"name": "王一"}]}, FIRST, LAST, child=0)
        assert days(found, "child_permit") == ("2025-11-04", "2025-12-02")

    def test_is_asked_for_only_with_the_child(self) -> None:
        assert plan(IN_FORCE | {"child": [{"name": "王一"}]}, FIRST, LAST).steps == ()
