"""Cases, what is derived of them, search keys and drafts under the doctor's eyes; and what is made anew."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, Desk
from doctoring import codes, found, look, settle, tamper, untouched

from models import demo
from models.author import Author
from models.deriving import RULES
from models.doctor.rebuilding import in_the_way, rebuild
from models.drafts import save_draft
from models.journal import Line, record
from models.rederiving import rederive
from models.tables import CASES
from models.today import moment
from models.transaction import transaction
from models.workspace import open_workspace

WANG = {
    "name": "王小明",
    "id_number": "340104199003074516",
    "contact": {"phone": "13800000000", "called": "小王"},
    "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}],
    "permit": {"valid_until": "2027-05-09"},
}


@pytest.fixture
def path(ana: Desk) -> Path:
    """A workspace with two cases, one of them changed, and one that was undone."""
    first = ana.create(WANG, consultant="ana", tags=["中考"], need_by="2027-12-02")
    ana.create({"name": "李梅"})
    ana.create({"name": "撤销"})
    ana.undo()
    ana.set(first, "status", "form")
    ana.set(first, "applicant.contact.phone", "13900000000")
    settle(ana.workspace.path)
    return ana.workspace.path


def edited(path: Path, before: str, after: str) -> None:
    """Changes a document past the program."""
    tamper(path, f"UPDATE document SET document = replace(document, '{before}', '{after}') WHERE case_id = 1")


class TestCasesAgainstTheJournal:
    def test_cases_of_every_kind_are_what_the_journal_leads_to(self, ana: Desk) -> None:
        demo.build(ana.workspace, 200, demo.DEFAULT_SEED, DAY, Author("ana"))
        assert codes(ana.workspace.path) == {}

    def test_so_are_those_that_were_undone_and_done_again(self, ana: Desk, path: Path) -> None:
        ana.undo()
        ana.undo()
        ana.redo()
        gone = ana.create({"name": "丙"})
        ana.undo()
        ana.redo()
        ana.set(gone, "status", "form")
        assert codes(path) == {}

    def test_so_is_one_that_came_back_after_the_clock_was_set_back(
        self, ana: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = ana.create({"name": "丙"})
        for module in ("writing", "undoing"):
            monkeypatch.setattr(f"models.{module}.moment", lambda: "2020-01-01T00:00:00.000Z")
        ana.undo()
        ana.redo()
        ana.set(first, "status", "form")
        assert {code for code in codes(path) if code.startswith("cases.")} == set()

    def test_so_are_those_of_a_batch_that_was_taken_back(self, ana: Desk) -> None:
        demo.build(ana.workspace, 20, demo.DEFAULT_SEED, DAY, Author("ana"))
        ana.undo()
        ana.redo()
        assert codes(ana.workspace.path) == {}

    def test_a_document_changed_past_the_program_is_told(self, path: Path) -> None:
        edited(path, "13900000000", "13900000001")
        assert codes(path)["cases.differs"] == "fault"

    def test_which_case_and_which_field_is_told_and_not_the_value(self, path: Path) -> None:
        edited(path, "13900000000", "13900000001")
        assert found(path, "cases.differs").details["first"] == [{"case": 1, "fields": ["applicant.contact"]}]

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("status", "'lead'"),
            ("consultant", "'bo'"),
            ("tags", "'[\"高考\"]'"),
            ("tags", "'[ \"中考\"]'"),
            ("need_by", "NULL"),
            ("revision", "revision + 1"),
            ("revision", "revision - 1"),
            ("created_at", "'2020-01-01T00:00:00.000Z'"),
            ("updated_at", "'2020-01-01T00:00:00.000Z'"),
        ],
    )
    def test_so_is_what_the_office_keeps(self, path: Path, column: str, value: str) -> None:
        tamper(path, f"UPDATE cases SET {column} = {value} WHERE id = 1")
        assert found(path, "cases.differs").details["first"] == [{"case": 1, "fields": [column]}]

    @pytest.mark.parametrize(
        ("before", "after"), [('"name":"王小明"', '"name": "王小明"'), ("}]", ""), ("2012-07-01", "2012-07-02")]
    )
    def test_the_document_is_held_to_the_letter(self, path: Path, before: str, after: str) -> None:
        edited(path, before, after)
        assert codes(path)["cases.differs"] == "fault"

    def test_a_name_of_a_field_that_there_is_not_is_not_repeated(self, path: Path) -> None:
        edited(path, '{"name"', '{"王小明":1,"name"')
        assert "王小明" not in str(look(path))

    def test_a_case_without_entries_is_told(self, path: Path) -> None:
        tamper(path, "UPDATE cases SET id = 99 WHERE id = 2", "UPDATE document SET case_id = 99 WHERE case_id = 2")
        assert found(path, "cases.no_entries").details["first"] == [99]

    def test_a_case_that_is_gone_is_told(self, path: Path) -> None:
        tamper(path, "PRAGMA foreign_keys=ON", "DELETE FROM cases WHERE id = 2")
        assert found(path, "cases.gone").details["first"] == [2]

    def test_a_case_that_was_undone_and_is_still_there_is_told(self, path: Path) -> None:
        others = ", ".join(column.name for column in CASES.columns if column.name != "id")
        tamper(
            path,
            f"INSERT INTO cases SELECT 3, {others} FROM cases WHERE id = 2",
            "INSERT INTO document (case_id, document) VALUES (3, '{}')",
        )
        assert found(path, "cases.taken_away").details["first"] == [3]

    def test_a_case_without_a_document_is_told(self, path: Path) -> None:
        tamper(path, "DELETE FROM document WHERE case_id = 2")
        assert found(path, "cases.no_document").details["first"] == [2]

    def test_a_document_without_a_case_is_told(self, path: Path) -> None:
        tamper(path, "INSERT INTO document (case_id, document) VALUES (77, '{}')")
        assert found(path, "integrity.orphans").details["first"] == ["document 77"]

    @pytest.mark.parametrize(
        "changes",
        [
            "'['",
            "'{}'",
            "'[1]'",
            '\'[{"path": ""}]\'',
            '\'[{"path": "", "before": null, "after": [1]}]\'',
            '\'[{"path": "", "before": null, "after": {}}]\'',
            '\'[{"path": "applicant.education.x1.level", "before": null, "after": 1}]\'',
            '\'[{"path": "status", "before": null, "after": 1, "position": "a"}]\'',
            "x'ff'",
            "7",
        ],
    )
    def test_entries_that_lead_nowhere_are_told(self, path: Path, changes: str) -> None:
        tamper(path, f"UPDATE entry SET changes = {changes} WHERE id = 2")
        assert codes(path)["cases.unfollowable"] == "fault"

    def test_of_many_the_first_are_told_and_how_many(self, ana: Desk) -> None:
        demo.build(ana.workspace, 30, demo.DEFAULT_SEED, DAY, Author("ana"))
        settle(ana.workspace.path)
        tamper(ana.workspace.path, "UPDATE cases SET consultant = 'eve'")
        details = found(ana.workspace.path, "cases.differs").details
        assert (details["count"], len(details["first"])) == (30, 20)


class TestNumbers:
    def test_numbers_given_before_somebody_went_back_to_a_backup_stay_given(self, ana: Desk, path: Path) -> None:
        with transaction(ana.workspace) as session:
            record(session, [Line(None, [])], at=moment(), by=ana.author, command="restore")
        settle(path)
        tamper(path, "UPDATE sqlite_sequence SET seq = 9 WHERE name = 'cases'")
        assert codes(path) == {}

    @pytest.mark.parametrize(("table", "given"), [("cases", 2), ("cases", 9), ("entry", 5)])
    def test_a_counter_that_is_not_where_it_should_be_is_told(self, path: Path, table: str, given: int) -> None:
        tamper(path, f"UPDATE sqlite_sequence SET seq = {given} WHERE name = '{table}'")
        assert codes(path) == {f"numbers.{table}": "fault"}

    def test_so_is_one_that_is_gone(self, path: Path) -> None:
        tamper(path, "DELETE FROM sqlite_sequence")
        assert {"numbers.cases", "numbers.entry"} <= codes(path).keys()


class TestDerived:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("score", "999"),
            ("score", "NULL"),
            ("proven", "1"),
            ("reached", "1 - reached"),
            ("eligible", "1 - eligible"),
            ("provisional", "1 - provisional"),
            ("points", "'valid'"),
            ("name", "'王'"),
            ("called", "NULL"),
            ("permit_until", "'2028-01-01'"),
            ("points_until", "'2028-01-01'"),
            ("renewal", "NULL"),
            ("employer", "'某某'"),
            ("district", "'浦东新区'"),
        ],
    )
    def test_a_column_that_was_changed_is_told(self, path: Path, column: str, value: str) -> None:
        tamper(path, f"UPDATE cases SET {column} = {value} WHERE id = 1")
        assert found(path, "derived.differs").details["first"] == [{"case": 1, "fields": [column]}]

    def test_rows_of_another_day_wait_and_are_no_fault(self, path: Path) -> None:
        assert codes(path, DAY + timedelta(days=400)) == {"derived.waiting": "note"}

    def test_so_do_rows_of_earlier_rules(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in ("deriving", "doctor.derived"):
            monkeypatch.setattr(f"models.{module}.RULES", RULES + 1)
        assert codes(path) == {"derived.waiting": "note"}

    def test_while_they_wait_they_say_what_the_facts_say(self, path: Path) -> None:
        tamper(path, "UPDATE cases SET name = '王' WHERE id = 1")
        assert codes(path, DAY + timedelta(days=1))["derived.differs"] == "fault"

    def test_and_what_was_answered(self, path: Path) -> None:
        tamper(path, "UPDATE cases SET score = 999 WHERE id = 1")
        assert codes(path, DAY + timedelta(days=1))["derived.differs"] == "fault"

    @pytest.mark.parametrize(
        "stamp",
        [
            "",
            "x",
            "4/shanghai@1/2023",
            "x/shanghai@1/2023/2026-11-22",
            "0/shanghai@1/2023/2026-11-22",
            "5/shanghai@1/2023/2026-11-22",
            "4/beijing@1/2023/2026-11-22",
            "4/shanghai@1/2033/2026-11-22",
            "4/shanghai@1/2023/2026-11-32",
            "4/shanghai@1/2023/2026-11-20",
            "4/shanghai@1/2023/9999-11-22",
        ],
    )
    def test_a_stamp_that_cannot_be_is_told(self, path: Path, stamp: str) -> None:
        tamper(path, f"UPDATE cases SET stamp = '{stamp}' WHERE id = 1")
        assert codes(path)["derived.stamp"] == "fault"

    def test_rows_of_a_new_day_are_right(self, ana: Desk, path: Path) -> None:
        rederive(ana.workspace, DAY + timedelta(days=1))
        assert codes(path, DAY + timedelta(days=1)) == {}

    def test_a_document_that_is_no_applicant_is_told(self, path: Path) -> None:
        edited(path, "bachelor", "bachelro")
        assert found(path, "derived.invalid").severity == "warning"

    def test_what_is_wrong_in_it_is_told_by_its_field(self, path: Path) -> None:
        edited(path, '"name"', '"王小明":1,"name"')
        assert "王小明" not in str(look(path))


class TestSearchKeys:
    def test_a_key_that_is_missing_is_told(self, path: Path) -> None:
        tamper(path, "DELETE FROM search_key WHERE key = 'wangxiaoming'")
        assert found(path, "search_keys.differ").details["first"] == [1]

    def test_so_is_one_too_many(self, path: Path) -> None:
        tamper(path, "INSERT INTO search_key VALUES ('zhangsan', 2)")
        assert found(path, "search_keys.differ").details["first"] == [2]

    def test_so_is_one_of_no_case(self, path: Path) -> None:
        tamper(path, "INSERT INTO search_key VALUES ('zhangsan', 77)")
        assert codes(path)["integrity.orphans"] == "fault"


class TestChildExams:
    def test_the_list_is_right(self, ana: Desk, path: Path) -> None:
        ana.create({"child": [{"entered_primary": 2018}, {"entered_primary": 2022}]})
        assert found(path, "child_exams.ok").details == {"count": 2}

    @pytest.mark.parametrize(
        "change",
        [
            "DELETE FROM child_exam",
            "UPDATE child_exam SET year = 2031",
            "INSERT INTO child_exam VALUES (2027, 2, 1, 'abc')",
        ],
    )
    def test_a_row_that_is_not_what_its_case_says_is_told_and_made_anew(
        self, ana: Desk, path: Path, change: str
    ) -> None:
        ana.create({"child": [{"entered_primary": 2018}]})
        tamper(path, change)
        assert codes(path)["child_exams.differ"] == "fault"
        rebuild(ana.workspace, DAY)
        assert codes(path) == {}

    def test_one_of_no_case_is_told_and_taken_away(self, ana: Desk, path: Path) -> None:
        tamper(path, "INSERT INTO child_exam VALUES (2027, 2, 77, 'abc')")
        assert found(path, "child_exams.differ").details["first"] == [77]
        rebuild(ana.workspace, DAY)
        assert codes(path) == {}


class TestDrafts:
    def test_one_of_a_case_is_right(self, ana: Desk, path: Path) -> None:
        save_draft(ana.workspace, 1, "ana", "applicant.permit.issued", "2026-1")
        assert found(path, "drafts.ok").details == {"count": 1}

    def test_one_of_a_case_that_is_gone_is_told(self, ana: Desk, path: Path) -> None:
        save_draft(ana.workspace, 3, "ana", "applicant.permit.issued", "2026-1")
        assert codes(path) == {"drafts.gone": "note"}


class TestNothingPersonal:
    def test_whatever_is_wrong_no_name_number_or_value_is_told(self, path: Path) -> None:
        tamper(
            path,
            "UPDATE document SET document = replace(document, '王小明', '王大明')",
            "UPDATE cases SET name = '王中明', called = '老王', employer = '某某'",
            "UPDATE entry SET note = '王小明' WHERE id = 2",
            "DELETE FROM search_key",
        )
        said = str(look(path))
        assert [word for word in ("王", "小明", "13800000", "1390000", "340104", "某某", "李梅") if word in said] == []


class TestRebuilding:
    @pytest.fixture
    def wrong(self, path: Path) -> Path:
        tamper(
            path,
            "UPDATE cases SET score = 999, reached = 1 WHERE id = 1",
            "UPDATE cases SET stamp = 'x' WHERE id = 2",
            "DELETE FROM search_key WHERE case_id = 1",
            "DROP INDEX ix_cases_score",
        )
        return path

    def rebuilt(self, path: Path) -> tuple[int, int]:
        with closing(open_workspace(path)) as workspace:
            return tuple(rebuild(workspace, DAY))

    def test_what_is_derived_is_right_afterwards(self, wrong: Path) -> None:
        self.rebuilt(wrong)
        assert codes(wrong) == {}

    def test_how_many_is_told(self, wrong: Path) -> None:
        assert self.rebuilt(wrong) == (2, 1)

    def test_where_search_keys_alone_are_wrong_they_are_made_anew(self, path: Path) -> None:
        tamper(path, "DELETE FROM search_key")
        assert self.rebuilt(path) == (2, 0)
        assert codes(path) == {}

    def test_a_trigger_that_was_dropped_is_there_again(self, path: Path) -> None:
        with closing(open_workspace(path)) as workspace, closing(workspace.connect()) as connection:
            connection.execute("PRAGMA query_only=OFF")
            connection.execute("DROP TRIGGER entry_is_not_changed")
        self.rebuilt(path)
        assert codes(path) == {}

    def test_neither_documents_nor_journal_are_touched(self, ana: Desk, wrong: Path) -> None:
        def kept() -> list[Any]:
            rows = [list(ana.workspace.connection.execute(f"SELECT * FROM {t}")) for t in ("document", "entry")]
            rows.append(list(ana.workspace.connection.execute("SELECT id, revision, updated_at FROM cases")))
            return rows

        before = kept()
        self.rebuilt(wrong)
        assert kept() == before

    def test_where_nothing_differs_nothing_is_written(self, ana: Desk, path: Path) -> None:
        before = ana.workspace.connection.execute("PRAGMA data_version").fetchone()
        assert self.rebuilt(path) == (0, 0)
        assert ana.workspace.connection.execute("PRAGMA data_version").fetchone() == before

    def test_rows_that_wait_for_a_new_day_are_left_to_it(self, path: Path) -> None:
        with closing(open_workspace(path)) as workspace:
            assert rebuild(workspace, DAY + timedelta(days=1)).cases == 0

    @pytest.mark.parametrize("statement", ["UPDATE alembic_version SET version_num = '0001'", "DROP TABLE preference"])
    def test_a_file_of_another_making_is_in_the_way(self, path: Path, statement: str) -> None:
        tamper(path, statement)
        assert in_the_way(look(path))

    def test_more_than_one_portion_is_made_anew(self, ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        demo.build(ana.workspace, 30, demo.DEFAULT_SEED, DAY, Author("ana"))
        path = ana.workspace.path
        settle(path)
        tamper(path, "UPDATE cases SET score = 999", "DELETE FROM search_key")
        for module in ("rebuilding.LIMIT", "opening.CHUNK"):
            monkeypatch.setattr(f"models.doctor.{module}", 7)
        assert self.rebuilt(path) == (30, 0)
        assert codes(path) == {}


def test_a_portion_at_a_time_all_cases_are_looked_at(ana: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.doctor.opening.CHUNK", 1)
    with untouched(path.parent):
        assert found(path, "cases.ok").details == {"count": 2}
