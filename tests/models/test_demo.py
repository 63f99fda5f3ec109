"""The demo data: believable, the same from the same seed, with everything in it that the program has to deal with."""

import json
import os
import signal
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import pairwise
from multiprocessing import active_children
from threading import Event, Thread
from typing import Any

import pytest
from soundness import flaws
from sqlcipher3 import dbapi2
from stdnum.cn import ric, uscc

from engine.assessment import assess
from engine.document import dump, problems, validate
from engine.indicators import INDICATORS
from engine.months import Month, full_years
from engine.policy import load
from engine.workflow import STATUSES
from models import demo
from models.author import Author
from models.connection import pragma
from models.demo import CONSULTANTS, DemoCase, applicants, copies
from models.demo.insurance import limits
from models.demo.others import Whole, from_a_process, others
from models.deriving import derive
from models.history import present
from models.query import parse
from models.reading import Reader
from models.workspace import Workspace, open_workspace

TODAY = date(2026, 11, 22)
REGIONS = {
    "安徽": "34",
    "江苏": "32",
    "河南": "41",
    "江西": "36",
    "湖北": "42",
    "四川": "51",
    "湖南": "43",
    "山东": "37",
    "浙江": "33",
    "福建": "35",
    "陕西": "61",
    "黑龙江": "23",
    "山西": "14",
    "贵州": "52",
}


@pytest.fixture(scope="module")
def cases() -> list[DemoCase]:
    return list(applicants(200, 120, TODAY))


@pytest.mark.parametrize(("seed", "today"), [(120, TODAY), (1, date(2024, 2, 29)), (2, date(2027, 7, 1))])
def test_every_document_is_one_the_model_takes_as_it_is(seed: int, today: date) -> None:
    for case in applicants(200, seed, today):
        assert problems(case.document) == []
        assert dump(validate(case.document)) == case.document


def test_the_same_seed_and_day_give_the_same_cases() -> None:
    assert list(applicants(60, 7, TODAY)) == list(applicants(60, 7, TODAY))


def test_another_seed_gives_other_people() -> None:
    names = [{case.document.get("name") for case in applicants(40, seed, TODAY)} for seed in (1, 2)]
    assert len(names[0] & names[1]) < 10


def test_fewer_are_the_first_of_more(cases: list[DemoCase]) -> None:
    assert list(applicants(23, 120, TODAY)) == cases[:23]


def test_one_case_alone_and_more_than_a_block_can_be_had() -> None:
    assert len(list(applicants(1, 120, TODAY))) == 1
    assert len(list(applicants(405, 120, TODAY))) == 405


def test_no_person_comes_twice() -> None:
    known = [case.document["id_number"] for case in applicants(600, 120, TODAY) if "id_number" in case.document]
    assert len(known) == len(set(known)) > 500


def test_an_id_number_is_right_and_of_the_province_of_the_hukou(cases: list[DemoCase]) -> None:
    for document in (case.document for case in cases if "id_number" in case.document):
        number = document["id_number"]
        # ric.validate knows which county had the code in the year of birth
        assert ric.validate(number) == number
        assert number[:2] == REGIONS[document["hukou"]["province"]]
        assert number[:2] != "31"


def test_the_numbers_of_spouses_children_and_contacts_are_right_too(cases: list[DemoCase]) -> None:
    for document in (case.document for case in cases):
        others = [document.get("spouse", {}), *document.get("child", []), *document.get("employment", {}).get("hr", [])]
        for number in (person["id_number"] for person in others if "id_number" in person):
            assert ric.validate(number) == number


def test_only_a_spouse_with_shanghai_hukou_may_be_born_there(cases: list[DemoCase]) -> None:
    spouses = [case.document["spouse"] for case in cases if "id_number" in case.document.get("spouse", {})]
    natives = [spouse for spouse in spouses if spouse["id_number"].startswith("31")]
    assert natives
    assert all(spouse["shanghai_hukou"] for spouse in natives)


def test_bases_are_inside_the_limits_of_their_year_but_for_the_marked_mistakes(cases: list[DemoCase]) -> None:
    wages = load().law(TODAY).wages
    seen = 0
    for case in cases:
        for row in case.document.get("insurance", []):
            if "base" in row:
                last = Month.parse(row["to"]) if "to" in row else Month.of(TODAY)
                lower, upper = limits(wages, Month.parse(row["from"]), last)
                seen += 1
                assert lower <= row["base"] <= upper or "待复核" in case.tags, (case.tags, row)
    assert seen > 1000


def test_a_base_moves_in_july_or_with_the_employer(cases: list[DemoCase]) -> None:
    moves: Counter[str] = Counter()
    for document in (case.document for case in cases):
        rows = sorted((row for row in document.get("insurance", []) if "base" in row), key=lambda row: row["from"])
        for before, after in pairwise(rows):
            if before["base"] != after["base"] and before.get("employer") == after.get("employer"):
                moves[after["from"][5:]] += 1
    # the rest are those whose wage was cut in the year
    assert moves["07"] > 0.97 * moves.total()


def test_bases_are_at_the_floor_at_round_wages_and_at_the_ceiling(cases: list[DemoCase]) -> None:
    wages = load().law(TODAY).wages
    lower, upper = limits(wages, Month.parse("2025-07"), Month.parse("2026-06"))
    bases = Counter(
        "floor" if row["base"] == lower else "ceiling" if row["base"] == upper else "round"
        for case in cases
        for row in case.document.get("insurance", [])
        if "base" in row
        and row["from"] <= "2025-07" <= row.get("to", "9999-12")
        and (row["base"] in {lower, upper} or row["base"] % 500 == 0)
    )
    assert min(bases[kind] for kind in ("floor", "round", "ceiling")) >= 5


def test_schooling_begins_in_september_and_ends_in_june(cases: list[DemoCase]) -> None:
    records = [row for case in cases for row in case.document.get("education", [])]
    assert {row["enrolled"][5:] for row in records if "enrolled" in row} == {"09-01"}
    assert {row["graduated"][5:] for row in records} == {"06-30", "07-01"}


def test_employers_have_from_one_to_forty_cases_and_one_or_two_contacts(cases: list[DemoCase]) -> None:
    employments = [case.document["employment"] for case in cases if "uscc" in case.document.get("employment", {})]
    sizes = Counter(job["uscc"] for job in employments)
    assert min(sizes.values()) == 1
    assert max(sizes.values()) == 40
    assert {len(job["hr"]) for job in employments} == {1, 2}
    assert all(uscc.is_valid(code) for code in sizes)


def test_the_cases_of_an_employer_agree_about_it(cases: list[DemoCase]) -> None:
    facts: dict[str, set[str]] = defaultdict(set)
    shared = ("employer", "kind", "district", "registered_in_shanghai", "points_account", "hr")
    for job in (case.document.get("employment", {}) for case in cases):
        if "uscc" in job:
            facts[job["uscc"]].add(str([job[key] for key in shared]))
    assert all(len(said) == 1 for said in facts.values())


@pytest.mark.parametrize(("seed", "today"), [(120, TODAY), (5, date(2025, 1, 3)), (9, date(2028, 8, 31))])
def test_hr_review_and_later_have_the_points_but_for_the_marked_mistakes(seed: int, today: date) -> None:
    late = STATUSES[STATUSES.index("hr_review") :]
    short = [
        case
        for case in applicants(200, seed, today)
        if case.status in late and not assess(validate(case.document), load(), today).reached
    ]
    assert 1 <= len(short) <= 5
    assert all("待复核" in case.tags for case in short)


def test_every_status_is_there(cases: list[DemoCase]) -> None:
    assert {case.status for case in cases} == set(STATUSES)


@pytest.mark.parametrize(("seed", "today"), [(120, TODAY), (5, date(2025, 1, 3)), (9, date(2028, 8, 31))])
def test_every_indicator_earns_or_costs_somewhere_and_there_is_a_veto(seed: int, today: date) -> None:
    seen: set[str] = set()
    vetoes = 0
    for case in applicants(200, seed, today):
        result = assess(validate(case.document), load(), today)
        seen |= {line.indicator for line in result.lines if line.counted and line.points}
        vetoes += bool(result.vetoes)
    assert seen == set(INDICATORS)
    assert 1 <= vetoes <= 2


def test_offences_are_rare(cases: list[DemoCase]) -> None:
    assert 4 <= sum("offence" in case.document for case in cases) <= 12


def test_some_are_a_nickname_and_a_number_and_nothing_else(cases: list[DemoCase]) -> None:
    messy = [case for case in cases if set(case.document) == {"contact"}]
    assert 2 <= len(messy) <= 8
    assert all(set(case.document["contact"]) == {"called", "phone"} for case in messy)


def test_evidence_is_mixed(cases: list[DemoCase]) -> None:
    seen = Counter(row.get("evidence", "claimed") for case in cases for row in case.document.get("education", []))
    assert min(seen[state] for state in ("claimed", "received", "verified")) > 20


def test_the_cases_are_spread_over_the_consultants(cases: list[DemoCase]) -> None:
    shares = Counter(case.consultant for case in cases)
    assert set(shares) == set(CONSULTANTS)
    assert min(shares.values()) >= 20


def test_points_in_force_end_later_and_lapsed_ones_ended_earlier(cases: list[DemoCase]) -> None:
    ends: dict[str, list[date]] = defaultdict(list)
    for case in cases:
        if "notice" in case.document:
            ends[case.status].append(date.fromisoformat(case.document["notice"]["valid_until"]))
            assert case.document["notice"]["score"] >= 120
    counts = Counter(case.status for case in cases)
    assert all(len(ends[status]) == counts[status] for status in ("in_force", "renewal_due", "lapsed"))
    assert min(ends["in_force"]) >= TODAY
    assert all(abs((day - TODAY).days) <= 45 for day in ends["renewal_due"])
    assert max(ends["lapsed"]) < TODAY


def test_children_of_school_age_are_at_school_since_they_were_six(cases: list[DemoCase]) -> None:
    children = [row for case in cases for row in case.document.get("child", [])]
    assert len(children) > 100
    for row in children:
        born = date.fromisoformat(row["birth_date"])
        if "entered_primary" in row:
            assert full_years(born, date(row["entered_primary"], 8, 31)) == 6
        else:
            assert full_years(born, TODAY) <= 6


def test_need_by_is_a_coming_school_day(cases: list[DemoCase]) -> None:
    days = [case.need_by for case in cases if case.need_by]
    assert len(days) > 60
    assert all(day > str(TODAY) for day in days)
    assert {day[5:] for day in days} == {"04-14", "12-02", "10-14"}


def test_every_case_tells_since_when_it_is_so_far(cases: list[DemoCase]) -> None:
    days = [(TODAY - date.fromisoformat(case.since)).days for case in cases]
    assert min(days) >= 0 and len(set(days)) > 30
    in_force = [case for case in cases if case.status == "in_force" and "issued" in case.document.get("notice", {})]
    issued = [min(case.document["notice"]["issued"], str(TODAY)) for case in in_force]
    assert issued and [case.since for case in in_force] == issued


class TestCopies:
    """Of very many cases some lives are made and scored, and others live them under other names."""

    @pytest.fixture(scope="class")
    def told(self) -> list[tuple[int, float]]:
        """What was told while they were made."""
        return []

    @pytest.fixture(scope="class", params=[10, 1000], ids=["from a process", "here"])
    def many(
        self,
        request: pytest.FixtureRequest,
        tmp_path_factory: pytest.TempPathFactory,
        told: list[tuple[int, float]],
    ) -> Iterator[Workspace]:
        """A hundred and twenty cases of forty lives."""
        workspace = open_workspace(tmp_path_factory.mktemp("many") / "many.db", kind="demo")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(demo, "WHOLE", 50)
            patch.setattr(demo, "LIVES", 40)
            patch.setattr(copies, "APART", request.param)
            told.clear()
            ana = Author("ana", "test")
            assert demo.build(workspace, 120, 120, TODAY, ana, lambda *now: told.append(now)) == 120
        yield workspace
        workspace.close()

    def test_all_of_it_is_sound_to_the_last_entry(self, many: Workspace) -> None:
        assert flaws(many) == []

    def test_it_is_kept_safe_from_now_on_and_open_to_whoever_built_it(self, many: Workspace) -> None:
        assert pragma(many.connection, "journal_mode") == "wal"
        assert many.connection.execute("SELECT count(*) FROM cases").fetchone()[0] == 120
        assert not many.path.with_name(f"{many.path.name}-journal").exists()

    def test_what_is_derived_is_what_a_count_gives(self, many: Workspace) -> None:
        with Reader(many) as reader:
            stored = [reader.case(case_id) for case_id in range(1, 121)]
        for case in stored:
            assert case is not None
            derived = derive(case.document, case.status, load(), TODAY, present(case))
            assert (derived.score, derived.proven, derived.name) == (case.row.score, case.row.proven, case.row.name)
            assert derived.since == case.row.since and case.row.since is not None

    def test_the_share_of_the_work_rises_to_the_whole_and_the_number_of_cases_with_it(
        self, many: Workspace, told: list[tuple[int, float]]
    ) -> None:
        assert told == sorted(told)
        assert told[0][1] > 0
        assert [told[-1]] == [(done, share) for done, share in told if share >= 1] == [(120, 1)]

    def test_nobody_is_there_twice(self, many: Workspace) -> None:
        with Reader(many) as reader:
            stored = [reader.case(case_id) for case_id in range(1, 121)]
        documents = [case.document for case in stored if case is not None]
        for what in ("id_number", "phone"):
            found = [d.get(what) or (d.get("contact") or {}).get(what) for d in documents]
            known = [one for one in found if one]
            assert len(set(known)) == len(known)

    def test_they_are_found_by_their_own_names_and_numbers(self, many: Workspace) -> None:
        with Reader(many) as reader:
            case = reader.case(100)
            assert case is not None
            for typed in (case.document["name"], case.document["id_number"], case.document["contact"]["phone"]):
                assert 100 in reader.ids(parse(typed, TODAY, "ana"))

    def test_a_copy_has_an_employer_of_its_own_round_with_a_right_code(self, many: Workspace) -> None:
        with Reader(many) as reader:
            first, second = reader.case(1), reader.case(41)
        assert first is not None and second is not None
        codes = [case.document["employment"]["uscc"] for case in (first, second)]
        assert codes[0] != codes[1] and all(uscc.is_valid(code) for code in codes)


def whole(document: dict[str, Any]) -> Whole:
    return Whole(json.dumps(document, ensure_ascii=False), "[", "]")


def test_a_new_name_that_another_one_had_is_left_as_it_is(cases: list[DemoCase]) -> None:
    document = next(case.document for case in cases if {"name", "id_number"} <= set(case.document.get("spouse", {})))

    def lived() -> Any:
        [other] = others([whole(document)], 1, 7)
        return json.loads(other.document)

    name = lived()["name"]
    document = {**document, "spouse": {**document["spouse"], "name": name}}
    assert lived()["name"] == name != lived()["spouse"]["name"]


def test_a_statement_that_takes_long_is_ended_by_ctrl_c() -> None:
    begun, ended = Event(), Event()

    def interrupt() -> None:
        begun.wait()
        os.kill(os.getpid(), signal.SIGINT)

    with closing(dbapi2.connect(":memory:")) as connection:
        connection.create_function("begun", 0, lambda: begun.set() or 0)
        connection.create_function("ended", 1, lambda last: ended.set())
        Thread(target=interrupt).start()
        numbers = "n(i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n WHERE i < 20000000)"
        with pytest.raises(KeyboardInterrupt), copies.stoppable(connection):
            connection.execute(f"WITH RECURSIVE {numbers} SELECT ended(max(i)) FROM n").fetchone()
    assert not ended.is_set()


def test_a_process_of_its_own_makes_the_same_people(cases: list[DemoCase]) -> None:
    wholes = [whole(case.document) for case in cases[:30]]
    assert list(from_a_process(wholes, 90, 7)) == list(others(wholes, 90, 7))


def test_whoever_needs_no_more_of_them_ends_the_process(cases: list[DemoCase]) -> None:
    made = from_a_process([whole(cases[0].document)], 1_000_000, 7)
    next(made)
    [maker] = active_children()
    made.close()
    assert not maker.is_alive()
