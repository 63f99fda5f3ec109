"""Each condition of a stage, just closed and just open; what is not known closes it and says so."""

from typing import Any

import pytest
from casesteps import IN_FORCE, READY, checked, day, filing, offered, option, standing, take, why

from engine.words import LANGUAGES, say
from engine.workflow.stages import refusal

ON = "2026-11-26"


class TestTheScore:
    """insurance_years: 11 years of insurance are 33 points, bachelor 90, age 30, base at 1x 50."""

    def test_at_the_standard_a_contract_may_follow(self) -> None:
        assert why(standing("simulated"), "engaged", ON) is None

    def test_below_it_stays_closed_and_says_how_far(self) -> None:
        short = standing("simulated", insurance=[], education=[{"level": "associate", "graduated": "2012-07-01"}])
        assert option(short, "engaged", ON).closed is not None
        assert why(short, "engaged", ON) == "score"
        assert option(short, "engaged", ON).closed.values == {"total": 80, "threshold": 120}

    def test_exactly_120_is_enough(self) -> None:
        """30 for age and 90 for the degree, nothing else."""
        assert why(standing("simulated", insurance=[]), "engaged", ON) is None

    def test_what_is_open_comes_before_what_is_closed(self) -> None:
        assert offered(standing("simulated"), ON)[:2] == ["engaged", "accumulating"]
        assert offered(standing("simulated", education=[]), ON)[0] == "accumulating"

    def test_a_veto_closes_whatever_the_score(self) -> None:
        offender = standing("simulated", offence=[{"kind": "serious_crime", "date": "2020-01-01"}])
        assert why(offender, "engaged", ON) == "veto"

    def test_a_determination_below_is_no_approval(self) -> None:
        assert why(filing("review", "2026-10-01"), "approved", ON) is None
        short = filing("review", "2026-10-01", READY | {"education": []})
        assert why(short, "approved", ON) == "score"

    def test_before_there_was_a_law_nothing_can_be_counted(self) -> None:
        assert option(standing("simulated"), "engaged", "2013-06-30").closed.code == "pack.no_law"


class TestTheEmployer:
    @pytest.mark.parametrize("account", ["unknown", "unregistered", "registered", "locked", "not_eligible"])
    def test_only_an_active_account_can_make_a_personal_one(self, account: str) -> None:
        case = standing("engaged", employment={"points_account": account})
        assert why(case, "account", ON) == f"employer.{account}"

    def test_an_active_one_can(self) -> None:
        assert why(standing("engaged"), "account", ON) is None

    def test_nothing_known_of_the_account_is_said(self) -> None:
        case = standing("engaged", employment={"points_account": None})
        reason = option(case, "account", ON).closed
        assert reason is not None and reason.code == "workflow.guard.employer.unknown"
        assert "不知道" in say(reason, "zh")

    @pytest.mark.parametrize(
        ("employment", "code"),
        [
            (None, "employer.none"),
            ({"registered_in_shanghai": False}, "employer.elsewhere"),
            ({"kind": "liaison_office"}, "employer.unfit"),
            ({"kind": "sole_trader"}, "employer.unfit"),
        ],
    )
    def test_an_employer_that_cannot_apply_need_not_register(self, employment: Any, code: str) -> None:
        assert why(standing("engaged", employment=employment), "employer_setup", ON) == code


class TestThePermit:
    @pytest.mark.parametrize(
        ("permit", "code"),
        [
            (None, "permit.none"),
            ({"kind": "temporary"}, "permit.kind"),
            ({"valid_until": None}, "permit.unknown"),
            ({"valid_until": "2026-11-25"}, "permit.lapsed"),
            ({"valid_until": "2026-11-26"}, None),
            ({"issued": "2026-11-27"}, "permit.not_yet"),
            ({"issued": "2026-11-26"}, None),
        ],
    )
    def test_it_must_be_a_permit_in_its_term(self, permit: Any, code: str | None) -> None:
        assert why(standing("engaged", permit=permit), "account", ON) == code

    @pytest.mark.parametrize(
        ("collected", "on", "code"),
        [
            ("2026-11-23", "2026-11-25", "collected.early"),  # Monday; Tuesday, Wednesday, Thursday
            ("2026-11-23", "2026-11-26", None),
            ("2026-11-20", "2026-11-24", "collected.early"),  # Friday, over a weekend
            ("2026-11-20", "2026-11-25", None),
            # 2026: the Spring Festival is off from 15 to 23 February, and Saturday the 14th and the 28th are worked
            ("2026-02-12", "2026-02-23", "collected.early"),  # Friday 13, Saturday 14, then Tuesday 24
            ("2026-02-12", "2026-02-24", None),
            ("2026-02-26", "2026-03-01", "collected.early"),  # Friday 27, Saturday 28, then Monday 2 March
            ("2026-02-26", "2026-03-02", None),
        ],
    )
    def test_three_working_days_after_it_was_collected(self, collected: str, on: str, code: str | None) -> None:
        case = standing("engaged", permit={"collected": collected, "issued": None})
        assert why(case, "account", on) == code

    def test_a_day_that_nobody_knows_is_not_taken_as_long_ago(self) -> None:
        assert why(standing("engaged", permit={"collected": None}), "account", ON) == "collected.unknown"

    def test_who_has_held_points_is_in_the_system(self) -> None:
        assert why(standing("in_force", IN_FORCE, permit={"collected": None}), "account", ON) is None


class TestTheInsurance:
    def test_the_month_of_application_must_be_paid(self) -> None:
        stopped = READY | {"insurance": [{"from": "2015-07", "to": "2026-10", "base": 12500}]}
        assert why(filing("hr_review", "2026-11-20"), "submitted", ON) is None
        assert why(filing("hr_review", "2026-11-20", stopped), "submitted", ON) == "paying"

    def test_nothing_known_of_it_is_said(self) -> None:
        assert why(filing("hr_review", "2026-11-20", READY | {"insurance": []}), "submitted", ON) == "insurance_unknown"


class TestNetSign:
    def test_only_a_renewal_ends_without_papers(self) -> None:
        assert why(filing("submitted", "2026-11-20", kind="renew"), "net_sign", ON) is None
        assert why(filing("submitted", "2026-11-20"), "net_sign", ON) == "of_kind"

    def test_of_what_is_open_it_comes_first_for_a_renewal(self) -> None:
        assert offered(filing("submitted", "2026-11-20", kind="renew"), ON)[:2] == ["net_sign", "paper_due"]
        assert offered(filing("submitted", "2026-11-20"), ON)[0] == "paper_due"


class TestThePapers:
    @pytest.mark.parametrize(
        ("prompted", "on", "code"),
        [
            ("2026-11-24", "2026-11-25", "paper_day.early"),
            ("2026-11-24", "2026-11-26", None),
            ("2026-09-30", "2026-10-08", "paper_day.early"),  # the National Day's week is off until 7 October
            ("2026-09-30", "2026-10-09", None),
            ("2026-02-12", "2026-02-13", "paper_day.early"),
            ("2026-02-12", "2026-02-14", None),  # a Saturday that is worked
        ],
    )
    def test_two_working_days_after_the_prompt(self, prompted: str, on: str, code: str | None) -> None:
        document = READY | {"permit": {"valid_until": "2027-01-09"}}
        assert why(filing("paper_due", prompted, document), "accepted", on) == code

    def test_after_a_return_at_the_counter_there_is_no_prompt(self) -> None:
        case = take(filing("paper_due", "2026-11-18"), "returned", "2026-11-24", reasons=["paper_missing"])
        case = take(case, "paper_due", "2026-11-25")
        assert why(case, "accepted", "2026-11-25") is None

    def test_without_a_step_nobody_knows_when_they_are_due(self) -> None:
        assert why(filing("paper_due", "2026-11-01")._replace(steps=[]), "accepted", ON) == "paper_day.unknown"

    def test_a_receipt_is_asked_for_and_wanted(self) -> None:
        case = filing("paper_due", "2026-11-20")
        assert "receipt" in option(case, "accepted", ON).needs
        refused = refusal(case, "accepted", day(ON), told={})
        assert refused is not None and refused.code == "workflow.untold"
        assert refusal(case, "accepted", day(ON), told={"receipt": "浦 123"}) is None


class TestTheChecks:
    def test_both_must_be_done(self) -> None:
        waiting = filing("verifying", "2026-11-01")
        reason = option(waiting, "review", ON).closed
        assert reason is not None and reason.values["lacking_word"] == ["check.degree", "check.archive"]
        assert why(checked(waiting, ON), "review", ON) is None

    def test_one_that_is_done_tomorrow_is_not_done(self) -> None:
        assert why(checked(filing("verifying", "2026-11-01"), "2026-11-27"), "review", ON) == "checks.lacking"

    def test_education_that_is_not_put_forward_is_not_verified(self) -> None:
        case = filing("verifying", "2026-11-01", READY | {"claims": ["age", "title"]}, archive_checked="2026-11-20")
        assert why(case, "review", ON) is None
        used = filing("verifying", "2026-11-01", READY | {"claims": ["education"]}, archive_checked="2026-11-20")
        assert why(used, "review", ON) == "checks.lacking"

    def test_a_renewal_is_not_verified_again(self) -> None:
        assert why(filing("accepted", "2026-11-01", kind="renew"), "review", ON) is None


class TestReturnsAndWithdrawals:
    @pytest.mark.parametrize(
        ("where", "open_"),
        [
            ("online", {"form", "hr_review"}),
            ("counter", {"form", "hr_review", "paper_due"}),
            ("review", {"form", "hr_review", "paper_due", "verifying", "review"}),
        ],
    )
    def test_the_way_on_depends_on_where_it_was_returned(self, where: str, open_: set[str]) -> None:
        returned = {"id": "r1", "on": "2026-11-20", "where": where}
        case = filing("returned", "2026-11-20", returns=[returned], degree_checked=ON, archive_checked=ON)
        assert {to for to in offered(case, ON) if why(case, to, ON) is None} == open_

    @pytest.mark.parametrize("status", ["account", "form", "hr_review", "submitted", "net_sign", "paper_due"])
    def test_until_the_papers_are_in_it_can_be_withdrawn(self, status: Any) -> None:
        assert why(filing(status, "2026-11-20"), "withdrawn", ON) is None

    @pytest.mark.parametrize("status", ["accepted", "verifying", "review"])
    def test_after_that_it_cannot(self, status: Any) -> None:
        assert why(filing(status, "2026-11-20"), "withdrawn", ON) == "handed_in"

    def test_returned_in_review_the_papers_are_still_in(self) -> None:
        case = take(filing("review", "2026-11-01"), "returned", "2026-11-20", reasons=["cv"])
        assert why(case, "withdrawn", ON) == "handed_in"

        assert why(case._replace(steps=[]), "withdrawn", ON) == "handed_in"

    def test_an_acceptance_noted_by_mistake_was_none(self) -> None:
        case = take(filing("accepted", "2026-11-20"), "paper_due", "2026-11-24", "还没交")
        assert why(case, "withdrawn", ON) is None

    def test_returned_online_nothing_was_handed_in(self) -> None:
        case = take(filing("submitted", "2026-11-01"), "returned", "2026-11-20", reasons=["form"])
        assert why(case, "withdrawn", ON) is None


class TestRenewals:
    @pytest.mark.parametrize(
        ("permit", "code"),
        [
            ({}, "signed.not_yet"),
            ({"valid_until": "2028-05-09", "issued": "2027-04-20"}, "signed.early"),  # Tuesday: Thursday the 22nd
            ({"valid_until": "2028-05-09", "issued": "2027-04-19"}, None),
            ({"valid_until": "2028-05-09", "issued": None}, None),
            ({"valid_until": None}, "permit.unknown"),
        ],
    )
    def test_the_button_comes_after_the_signing(self, permit: Any, code: str | None) -> None:
        case = standing("in_force", IN_FORCE, permit=permit)  # 45 days before its end it is a renewal that is due
        assert why(case, "hr_review", "2027-04-21") == code

    def test_long_before_that_a_change_needs_no_signing(self) -> None:
        assert why(standing("in_force", IN_FORCE), "form", ON) is None

    def test_points_in_force_take_a_notice(self) -> None:
        assert why(standing("lead"), "in_force", ON) == "notice.none"
        assert why(standing("lead", IN_FORCE), "in_force", ON) is None
        assert why(standing("lead", IN_FORCE, notice={"valid_until": None}), "in_force", ON) == "notice.unknown"


class TestOverriding:
    def test_a_closed_stage_is_refused_with_its_reason_in_both_languages(self) -> None:
        refused = refusal(standing("engaged", permit=None), "account", day(ON))
        assert refused is not None and refused.code == "workflow.closed"
        assert all(say(refused, language) for language in LANGUAGES)

    def test_what_is_closed_says_where_the_condition_was_read(self) -> None:
        basis = option(standing("engaged", permit={"collected": None}), "account", ON).basis
        assert basis is not None and "3 个工作日" in basis.article
        assert basis.source and basis.grade == "OC"
        assert option(standing("engaged"), "account", ON).basis is None

    def test_who_says_why_may_enter_it(self) -> None:
        assert refusal(standing("engaged", permit=None), "account", day(ON), "证在路上") is None

    def test_blanks_are_no_reason(self) -> None:
        assert refusal(standing("engaged", permit=None), "account", day(ON), "  ") is not None
