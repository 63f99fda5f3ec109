"""A person who is forgotten is in no byte that is left: not in the database, its log, or what is restored later."""

import pwd
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, Desk
from restored import is_sound, put_back, tamper
from soundness import flaws
from unlocked import unlocked

from models import backups, erasure_list, fetching, migrating, verifying
from models import workspace as opening
from models.author import Author
from models.backups import make
from models.connection import connect
from models.doctor import Finding, examine
from models.drafts import save_draft, set_preference
from models.forgetting import Forgotten, forget
from models.reading import Reader
from models.rederiving import rederive
from models.refusals import Refused
from models.restoring import restore
from models.sealing import ERASED
from models.settings import Backups
from models.workspace import Target, open_workspace
from models.writing import NewCase, create_many

NAMES = ("王小明", "阿明哥", "陈静宜", "王子轩", "东南大学堂", "13876543210", "340104199003074516", "爱吃辣")
DOCUMENT = {
    "name": "王小明",
    "id_number": "340104199003074516",
    "contact": {"called": "阿明哥", "phone": "13876543210"},
    "education": [{"level": "bachelor", "school": "东南大学堂"}],
    "spouse": {"name": "陈静宜"},
    "child": [{"name": "王子轩", "birth_date": "2014-05-01"}],
}
SETTINGS = Backups()


@pytest.fixture
def blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new workspace, not encrypted."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    open_workspace(path).close()
    return path


@pytest.fixture(autouse=True)
def unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is erased is gone from the bytes themselves, as somebody sees them who has the key."""
    monkeypatch.setattr(migrating, "kept_new_key", lambda path: None)
    monkeypatch.setattr(opening, "name_of_key", lambda connection: "")
    monkeypatch.setattr(fetching, "_kind", lambda given: "demo")


@pytest.fixture
def owner(ana: Desk) -> Desk:
    return Desk(ana.workspace, pwd.getpwuid(ana.workspace.path.stat().st_uid).pw_name)


@pytest.fixture
def wang(owner: Desk) -> int:
    """A case of many entries, with notes, what-ifs, drafts, and its name in what people keep of their own."""
    other = owner.create({"name": "李雷"})
    case_id = owner.create(DOCUMENT, tags=["重点"])
    owner.set(case_id, "status", "form")
    owner.set(case_id, "applicant.name", "王小敏")
    owner.undo()
    owner.change(case_id, ("notes.k3f9a", None, {"on": "2026-11-20", "by": "ana", "text": "爱吃辣"}, 0))
    save_draft(owner.workspace, case_id, "ana", "applicant.name", "王小明明")
    set_preference(owner.workspace, "ana", "last_place", f'["王小明", {case_id}, null, ""]')
    set_preference(owner.workspace, "ana", "views", '[["1", "mine", "consultant:me"], ["2", "小明", "王小明"]]')
    owner.set(other, "status", "form")
    return case_id


def forgotten(desk: Desk, case_id: int, today: date = DAY, settings: Backups = SETTINGS) -> Forgotten:
    return forget(desk.workspace, case_id, by=desk.author, today=today, settings=settings)


def found_in(directory: Path) -> list[tuple[str, str]]:
    """Each file of a directory in whose bytes a name stands, and the name."""
    return [
        (file.name, name)
        for file in sorted(directory.rglob("*"))
        if file.is_file()
        for name in NAMES
        if name.encode() in file.read_bytes()
    ]


def seen(desk: Desk) -> list[Finding]:
    return [one for one in examine(desk.workspace.path, DAY) if one.severity == "fault"]


class TestBytes:
    def test_its_names_are_there_before(self, owner: Desk, wang: int) -> None:
        """Or the other tests would hold nothing."""
        assert {name for _, name in found_in(owner.workspace.path.parent)} >= set(NAMES[:5])

    def test_none_is_left_in_any_file(self, owner: Desk, wang: int, tmp_path: Path) -> None:
        forgotten(owner, wang)
        assert found_in(tmp_path) == []

    def test_nor_of_what_somebody_was_typing_meanwhile(self, owner: Desk, wang: int, tmp_path: Path) -> None:
        forgotten(owner, wang)
        save_draft(owner.workspace, wang, "bo", "applicant.name", "王小明")
        assert found_in(tmp_path) == [] and seen(owner) == []

    def test_nor_while_somebody_has_it_open(self, owner: Desk, wang: int, tmp_path: Path) -> None:
        with closing(open_workspace(owner.workspace.path)) as other, Reader(other) as reader:
            assert reader.case(wang) is not None
            forgotten(owner, wang)
            assert reader.case(wang) is None
            assert found_in(tmp_path) == []

    def test_the_key_was_nowhere_else(self, owner: Desk, wang: int, tmp_path: Path) -> None:
        key = owner.count("SELECT key FROM case_key WHERE case_id = ?", wang)
        assert any(key in file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
        forgotten(owner, wang)
        assert [file for file in tmp_path.rglob("*") if file.is_file() and key in file.read_bytes()] == []

    def test_what_is_sealed_cannot_be_read_without_it(self, owner: Desk, wang: int) -> None:
        raw = owner.workspace.connection.execute("SELECT changes FROM entry WHERE case_id = ?", (wang,)).fetchall()
        assert not [name for name in NAMES if name in str(raw)]


class TestWhatIsLeft:
    def test_the_workspace_is_whole(self, owner: Desk, wang: int) -> None:
        forgotten(owner, wang)
        assert flaws(owner.workspace) == []
        assert seen(owner) == []

    def test_the_chain_goes_on_over_what_is_sealed(self, owner: Desk, wang: int) -> None:
        before = verifying.head(owner.workspace.connection)
        entry = forgotten(owner, wang).entry
        assert verifying.at(owner.workspace.connection, before.last) == before
        assert entry == before.last + 1

    def test_the_journal_says_who_and_when_and_no_value(self, owner: Desk, wang: int) -> None:
        forgotten(owner, wang)
        last, *earlier = owner.entries(wang)
        assert (last.command, last.by, last.changes, last.note) == ("forget", owner.name, [], None)
        values = [change[side] for entry in earlier for change in entry.changes for side in ("before", "after")]
        assert values and all(value == ERASED for value in values)

    def test_its_number_is_not_given_again(self, owner: Desk, wang: int) -> None:
        forgotten(owner, wang)
        assert owner.create({"name": "新"}) == wang + 1

    def test_other_cases_are_as_they_were(self, owner: Desk, wang: int) -> None:
        before = owner.case(1), owner.entries(1)
        forgotten(owner, wang)
        assert (owner.case(1), owner.entries(1)) == before

    def test_of_what_people_keep_only_what_names_it_goes(self, owner: Desk, wang: int) -> None:
        forgotten(owner, wang)
        with Reader(owner.workspace) as reader:
            assert reader.preferences("ana")["views"] == '[["1", "mine", "consultant:me"]]'

    def test_it_is_told_which_other_cases_hold_its_numbers(self, owner: Desk, wang: int) -> None:
        spouse = owner.create({"name": "陈静宜", "spouse": {"id_number": DOCUMENT["id_number"]}})
        person = {"employer": "某厂", "hr": [{"name": "王", "phone": "13876543210"}]}
        colleague = owner.create({"name": "赵", "employment": person})
        assert forgotten(owner, wang).others == [spouse, colleague]


class TestUndo:
    def test_does_not_bring_it_back_and_says_so(self, owner: Desk, wang: int) -> None:
        forgotten(owner, wang)
        with pytest.raises(Refused) as refused:
            owner.undo()
        assert refused.value.reason.code == "write.erased"
        assert owner.find(wang) is None

    def test_of_an_entry_of_it_is_refused(self, owner: Desk, wang: int) -> None:
        entry = owner.entries(wang)[0].id
        forgotten(owner, wang)
        with pytest.raises(Refused) as refused:
            owner.take_back(entry)
        assert refused.value.reason.code == "write.erased"

    def test_of_what_was_done_since_goes_on(self, owner: Desk, wang: int) -> None:
        forgotten(owner, wang)
        owner.set(1, "status", "paused")
        assert owner.undo().case_id == 1

    def test_of_others_passes_over_it(self, owner: Desk, ana: Desk) -> None:
        ana.create({"name": "李雷"})
        case_id = ana.create(DOCUMENT)
        forgotten(owner, case_id)
        assert ana.undo().case_id == case_id - 1

    def test_of_a_batch_takes_the_others_back(self, owner: Desk) -> None:
        (ids,) = create_many(
            owner.workspace, [NewCase({"name": name}) for name in ("甲", "乙", "丙")], by=owner.author, today=DAY
        )
        entry = owner.entries(ids[0])[0].id
        forgotten(owner, ids[1])
        assert owner.take_back(entry).cases == 2
        assert [owner.find(case_id) for case_id in ids] == [None] * 3
        assert owner.take_back(entry).cases == 2
        assert [case_id for case_id in ids if owner.find(case_id)] == [ids[0], ids[2]]
        assert flaws(owner.workspace) == []

    def test_a_case_that_was_taken_back_is_forgotten_too(self, owner: Desk, tmp_path: Path) -> None:
        case_id = owner.create(DOCUMENT)
        owner.undo()
        forgotten(owner, case_id)
        assert found_in(tmp_path) == []
        with pytest.raises(Refused):
            owner.redo()


class TestWhoMay:
    def test_only_the_owner(self, ana: Desk, wang: int) -> None:
        with pytest.raises(Refused) as refused:
            forgotten(ana, wang)
        assert refused.value.reason.code == "write.not_owner"
        assert ana.find(wang) is not None

    def test_what_never_was_is_refused(self, owner: Desk) -> None:
        with pytest.raises(Refused) as refused:
            forgotten(owner, 77)
        assert refused.value.reason.code == "write.no_case"

    def test_where_it_cannot_be_written_nothing_is_erased(self, owner: Desk, wang: int) -> None:
        erasure_list.of_person().mkdir(parents=True)  # no file can be there
        with pytest.raises(Exception, match=r"."):
            forgotten(owner, wang)
        assert owner.find(wang) is not None
        assert erasure_list.read([erasure_list.beside(owner.workspace.path)]) == []

    def test_once_more_looks_for_remains_and_makes_no_entry(self, owner: Desk, wang: int) -> None:
        forgotten(owner, wang)
        last = verifying.head(owner.workspace.connection).last
        assert forgotten(owner, wang).entry is None
        assert verifying.head(owner.workspace.connection).last == last


class TestCopies:
    @pytest.fixture
    def erased(self, owner: Desk, wang: int, file: Path) -> Desk:
        """Erased after a backup was made."""
        make(owner.workspace.path, file)
        forgotten(owner, wang)
        return owner

    def test_an_older_backup_brings_nobody_back(self, erased: Desk, wang: int, file: Path) -> None:
        done = put_back(erased, file)
        assert done.erased == (wang,) and done.cases == 1
        assert erased.find(wang) is None
        assert found_in(erased.workspace.path.parent / "disk") != []  # the backup itself is as it was
        assert [name for name in found_in(erased.workspace.path.parent) if name[0] != file.name] == []
        assert is_sound(erased.workspace.path)
        assert [entry.command for entry in erased.entries(wang)][:1] == ["forget"]

    def test_nor_somewhere_else(self, erased: Desk, wang: int, file: Path, tmp_path: Path) -> None:
        (tmp_path / "new").mkdir()
        path = tmp_path / "new" / "other.db"
        done = restore(Target(path), file, by=Author("bo"), sure=lambda _: True)
        assert done is not None and done.erased == (wang,)
        assert found_in(path.parent) == []

    def test_nor_one_of_an_earlier_schema(self, owner: Desk, tmp_path: Path) -> None:
        earlier = Path(__file__).parents[1] / "workspaces" / "0004.db"
        path = tmp_path / "brought.db"
        path.write_bytes(earlier.read_bytes())
        with closing(open_workspace(path)) as workspace:
            there = Desk(workspace, owner.name)
            (case_id,) = [i for i in range(1, 20) if (c := there.find(i)) and c.row.name == "王小明"]
            forgotten(there, case_id)
            put_back(there, earlier)
            while rederive(workspace, DAY):
                pass
            assert there.find(case_id) is None
            assert flaws(workspace) == []

    def test_nor_a_copy_that_is_put_in_place_by_hand(self, erased: Desk, wang: int, file: Path) -> None:
        path = erased.workspace.path
        erased.workspace.close()
        for ending in ("", "-wal", "-shm", "-anchor"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.write_bytes(file.read_bytes())
        with closing(open_workspace(path)) as workspace:
            assert Desk(workspace, "ana").find(wang) is None
            assert [name for name in found_in(path.parent) if name[0] != file.name] == []

    def test_nor_a_backup_that_is_opened_itself(self, erased: Desk, wang: int, file: Path) -> None:
        with closing(open_workspace(file)) as workspace:
            assert Desk(workspace, "ana").find(wang) is None
        assert found_in(file.parent) == []

    def test_another_case_of_that_number_is_not_taken_for_it(self, erased: Desk, wang: int, tmp_path: Path) -> None:
        """The person's own list speaks of every workspace they erase in."""
        with closing(open_workspace(tmp_path / "another.db")) as workspace:
            other = Desk(workspace, erased.name)
            for name in ("甲", "乙"):
                other.create({"name": name})
        with closing(open_workspace(tmp_path / "another.db")) as workspace:
            assert Desk(workspace, "ana").case(wang).row.name == "乙"

    def test_the_lists_hold_nothing_of_anybody(self, erased: Desk, wang: int) -> None:
        for place in (erasure_list.beside(erased.workspace.path), erasure_list.of_person()):
            (line,) = place.read_text().splitlines()
            assert line.split()[0] == str(wang) and erased.name not in line
            assert stat.S_IMODE(place.stat().st_mode) == 0o600

    def test_the_list_goes_with_the_automatic_backups(self, owner: Desk, wang: int) -> None:
        backups.daily(owner.workspace, DAY, SETTINGS)
        forgotten(owner, wang)
        directory = backups.place(owner.workspace.path, SETTINGS)
        assert len(erasure_list.read([directory / erasure_list.IN_DIRECTORY])) == 1

    def test_cut_off_after_the_list_it_is_finished_by_whoever_opens(self, owner: Desk, wang: int) -> None:
        path = owner.workspace.path
        line = erasure_list.line(owner.workspace.connection, wang, "2026-11-22T03:04:05.678Z")
        assert line is not None
        erasure_list.add([erasure_list.beside(path)], [line])
        with closing(open_workspace(path)) as workspace:
            assert Desk(workspace, "ana").find(wang) is None
            assert found_in(path.parent) == []
            assert flaws(workspace) == []


class TestHowLongCopiesLive:
    def test_is_told(self, owner: Desk, wang: int) -> None:
        backups.daily(owner.workspace, DAY, SETTINGS)
        assert forgotten(owner, wang).until == DAY + timedelta(days=90)

    def test_without_any_nothing_is_told(self, owner: Desk, wang: int) -> None:
        assert forgotten(owner, wang).until is None

    def test_then_they_go(self, owner: Desk, wang: int, tmp_path: Path) -> None:
        settings = Backups(longest_days=10)
        backups.daily(owner.workspace, DAY, settings)
        until = forgotten(owner, wang, settings=settings).until
        assert until is not None
        backups.daily(owner.workspace, until, settings)
        assert {name for name, _ in found_in(tmp_path)} == {f"cases-{DAY}.db"}
        backups.daily(owner.workspace, until + timedelta(days=1), settings)
        assert found_in(tmp_path) == []

    def test_while_nobody_was_erased_they_stay(self, owner: Desk, wang: int) -> None:
        settings = Backups(longest_days=10)
        for day in (DAY, DAY + timedelta(days=300)):
            backups.daily(owner.workspace, day, settings)
        assert len(backups.automatic(owner.workspace.path, settings)) == 2

    def test_the_newest_stays_whatever_its_age(self, owner: Desk, wang: int) -> None:
        backups.daily(owner.workspace, DAY, SETTINGS)
        assert backups.expire(owner.workspace.path, SETTINGS, DAY + timedelta(days=1000)) == []

    def test_what_was_replaced_goes_too(self, owner: Desk, wang: int, file: Path) -> None:
        make(owner.workspace.path, file)
        owner.set(1, "status", "paused")
        kept = put_back(owner, file).kept
        assert kept is not None
        forgotten(owner, wang)
        backups.expire(owner.workspace.path, SETTINGS, date(2100, 1, 1))
        assert not kept.exists()


class TestDoctor:
    @pytest.fixture
    def erased(self, owner: Desk, wang: int) -> Iterator[Desk]:
        backups.daily(owner.workspace, DAY, SETTINGS)
        forgotten(owner, wang)
        yield owner

    def found(self, desk: Desk, today: date = DAY) -> dict[str, Any]:
        return {one.code: one for one in examine(desk.workspace.path, today) if one.check in ("erased", "cases")}

    def test_tells_how_many_there_were(self, erased: Desk) -> None:
        assert self.found(erased)["erased.ok"].details == {"count": 1}

    def test_tells_of_lists_that_are_gone(self, erased: Desk, wang: int) -> None:
        directory = backups.place(erased.workspace.path, SETTINGS)
        for place in erasure_list.places(erased.workspace.path, directory):
            place.unlink(missing_ok=True)
        assert self.found(erased)["erased.unlisted"].details["first"] == [wang]
        forgotten(erased, wang)
        assert "erased.ok" in self.found(erased)

    def test_tells_of_copies_that_live_too_long(self, erased: Desk) -> None:
        later = DAY + timedelta(days=91)
        file = backups.place(erased.workspace.path, SETTINGS) / f"cases-{later}.db"
        make(erased.workspace.path, file)
        assert "erased.ok" in self.found(erased, later - timedelta(days=1))
        assert self.found(erased, later)["erased.copies"].details["first"] == [f"cases-{DAY}.db"]

    def test_tells_of_a_key_that_is_lost(self, owner: Desk, wang: int) -> None:
        owner.workspace.close()
        tamper(owner.workspace.path, f"DELETE FROM case_key WHERE case_id = {wang}")
        assert self.found(owner)["cases.key_lost"].details["first"] == [wang]

    def test_tells_of_a_key_that_is_another(self, owner: Desk, wang: int) -> None:
        owner.workspace.close()
        tamper(owner.workspace.path, f"UPDATE case_key SET key = randomblob(32) WHERE case_id = {wang}")
        assert self.found(owner)["cases.unfollowable"].details["first"] == [wang]

    def test_tells_of_a_case_that_is_there_all_the_same(self, erased: Desk, wang: int) -> None:
        path = erased.workspace.path
        erased.workspace.close()
        columns = ", ".join(name for _, name, *_ in unlocked(path).execute("PRAGMA table_info(cases)"))
        others = columns.removeprefix("id, ")
        tamper(path, f"INSERT INTO cases ({columns}) SELECT {wang}, {others} FROM cases WHERE id = 1")
        assert self.found(erased)["cases.erased_and_there"].details["first"] == [wang]

    def test_tells_of_one_that_an_old_copy_brought(self, erased: Desk, wang: int, file: Path) -> None:
        with closing(connect(erased.workspace.path, writing=True)) as connection:
            connection.execute("INSERT INTO case_key (case_id, key) VALUES (?, randomblob(32))", (wang,))
        assert self.found(erased)["erased.there"].details["first"] == [wang]
