"""A backup that is unfit, and a backup in the place of a workspace that is damaged or gone."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import keepers
import pytest
from desks import Desk
from restored import (
    BO,
    a_directory,
    a_text,
    anothers_database,
    closed,
    cut_off,
    is_sound,
    nobody,
    not_there,
    nothing,
    of_a_newer_program,
    only_a_header,
    put_back,
    refusal,
    torn,
    without_tables,
)

from engine.words import LANGUAGES, say
from models import anchor, verifying
from models.chain import Head
from models.examining import read_only
from models.restoring import restore
from models.standing import Standing
from models.workspace import Target, open_workspace

EARLIER = Path(__file__).parents[1] / "workspaces" / "0001.db"
UNFIT: dict[str, tuple[Callable[[Path, bytes], None], str]] = {
    "a text": (a_text, "not_database"),
    "nothing": (nothing, "empty"),
    "not there": (not_there, "absent"),
    "a directory": (a_directory, "directory"),
    "another's database": (anothers_database, "foreign"),
    "of a newer program": (of_a_newer_program, "newer"),
    "cut off": (cut_off, "corrupt"),
    "only a header": (only_a_header, "corrupt"),
    "torn": (torn, "corrupt"),
    "without tables": (without_tables, "corrupt"),
}


class TestWhatCannotBeRestored:
    @pytest.mark.parametrize("what", UNFIT)
    def test_is_refused_and_nothing_is_changed(self, backed_up: Desk, file: Path, what: str) -> None:
        unfit, code = UNFIT[what]
        bad = file.with_stem("bad")
        unfit(bad, file.read_bytes())
        before = backed_up.case(1)
        there = set(backed_up.workspace.path.parent.iterdir())
        error = refusal(backed_up.workspace.path, bad)
        assert error.reason.code == "restore.unfit"
        assert error.reason.values["why"].code == f"backup.{code}"
        assert all(str(bad) in say(error.reason, language) for language in LANGUAGES)
        assert backed_up.case(1) == before
        assert set(backed_up.workspace.path.parent.iterdir()) == there

    @pytest.mark.parametrize("ending", ["", "-wal", "-anchor"])
    def test_the_workspace_itself_is_none(self, backed_up: Desk, ending: str) -> None:
        path = backed_up.workspace.path
        error = refusal(path, path.with_name(path.name + ending))
        assert error.reason.values["why"].code == "backup.itself"

    def test_on_a_full_disk_nothing_is_changed(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        there = set(backed_up.workspace.path.parent.iterdir())
        path = backed_up.workspace.path
        done = keepers.start("without_room", 70_000, "--db", path, "restore", "--yes", file)
        _, err = done.communicate()
        assert done.returncode == 2, err
        assert "Traceback" not in err
        assert backed_up.case(1).status == "paused"
        assert set(path.parent.iterdir()) == there
        assert is_sound(path)


class TestWhatIsThereIsDamaged:
    """Nobody can say what would be lost, so somebody is asked; what is there is kept as it is."""

    @pytest.mark.parametrize("damage", [cut_off, only_a_header, torn, without_tables], ids=lambda made: made.__name__)
    def test_it_is_replaced_once_somebody_is_sure(
        self, backed_up: Desk, file: Path, damage: Callable[[Path, bytes], None]
    ) -> None:
        path = closed(backed_up)
        damage(path, path.read_bytes())
        asked: list[Standing] = []

        def sure(standing: Standing) -> bool:
            asked.append(standing)
            return True

        done = put_back(backed_up, file, sure)
        assert is_sound(path)
        with closing(open_workspace(path)) as opened:
            assert Desk(opened, "ana").case(1).status == "form"
        assert done.kept is not None and done.kept.exists()
        assert anchor.read(done.kept) == Head(3, anchor_hash(file))
        if damage in (cut_off, only_a_header):
            assert [standing.how for standing in asked] == ["unreadable"]

    def test_what_cannot_be_opened_is_kept_to_the_byte(self, backed_up: Desk, file: Path) -> None:
        path = closed(backed_up)
        cut_off(path, path.read_bytes())
        before = path.read_bytes()
        kept = put_back(backed_up, file).kept
        assert kept is not None and kept.read_bytes() == before

    def test_a_page_that_is_torn_is_kept_as_it_is_torn(self, backed_up: Desk, file: Path) -> None:
        path = closed(backed_up)
        torn(path, path.read_bytes())
        before = path.read_bytes()
        kept = put_back(backed_up, file).kept
        assert kept is not None and kept.read_bytes()[8192:16384] == before[8192:16384]

    def test_its_anchor_tells_how_much_more_it_had(self, backed_up: Desk, file: Path) -> None:
        for status in ("paused", "engaged"):
            backed_up.set(1, "status", status)
        path = closed(backed_up)
        cut_off(path, path.read_bytes())
        asked: list[Standing] = []
        done = restore(Target(path), file, by=BO, sure=lambda standing: bool(asked.append(standing)))
        assert done is None
        assert asked == [Standing("unreadable", 2)]

    @pytest.mark.parametrize("place", [0, 17, 68], ids=["the magic", "the page size", "our mark"])
    def test_a_header_that_rotted_is_known_as_ours_by_the_anchor(self, backed_up: Desk, file: Path, place: int) -> None:
        path = closed(backed_up)
        content = bytearray(path.read_bytes())
        content[place] ^= 0xFF
        path.write_bytes(content)
        put_back(backed_up, file)
        assert is_sound(path)

    def test_somebody_elses_file_is_not_replaced(self, backed_up: Desk, file: Path, tmp_path: Path) -> None:
        for make_one in (a_text, anothers_database, a_directory):
            path = tmp_path / make_one.__name__
            make_one(path, b"")
            refusal(path, file)
        assert (tmp_path / "a_text").read_text() == "姓名,电话\n"

    def test_a_workspace_of_a_newer_program_is_not_replaced(self, backed_up: Desk, file: Path) -> None:
        path = closed(backed_up)
        of_a_newer_program(path, path.read_bytes())
        assert refusal(path, file).reason.code == "workspace.newer"

    def test_the_new_file_is_for_the_same_people(self, backed_up: Desk, file: Path) -> None:
        path = closed(backed_up)
        path.chmod(0o660)
        cut_off(path, path.read_bytes())
        put_back(backed_up, file)
        assert path.stat().st_mode & 0o777 == 0o660


def anchor_hash(file: Path) -> str:
    with closing(read_only(file)) as connection:
        return verifying.head(connection).hash


class TestWhatIsThereIsGone:
    def test_a_backup_that_has_all_of_it_is_restored_unasked(self, backed_up: Desk, file: Path) -> None:
        path = closed(backed_up)
        path.unlink()
        done = put_back(backed_up, file, nobody)
        assert is_sound(path)
        assert done.kept == path.with_name(done.kept.name if done.kept else "") and anchor.read(path) is not None

    def test_one_that_has_less_is_asked_about(self, backed_up: Desk, file: Path) -> None:
        backed_up.set(1, "status", "paused")
        path = closed(backed_up)
        path.unlink()
        asked: list[Standing] = []
        assert restore(Target(path), file, by=BO, sure=lambda standing: bool(asked.append(standing))) is None
        assert asked == [Standing("unreadable", 1)]
        assert not path.exists()
        put_back(backed_up, file)
        assert is_sound(path)

    def test_a_log_that_was_left_behind_is_not_read_into_the_new_file(self, backed_up: Desk, file: Path) -> None:
        path = backed_up.workspace.path
        backed_up.set(1, "status", "paused")
        log = path.with_name(path.name + "-wal")
        left = log.read_bytes()
        assert left
        closed(backed_up).unlink()
        log.write_bytes(left)
        put_back(backed_up, file)
        assert is_sound(path)
        with closing(open_workspace(path)) as opened:
            assert Desk(opened, "ana").case(1).status == "form"
        assert [kept.read_bytes() for kept in path.parent.glob("*-replaced-*-wal")] == [left]

    def test_where_nothing_ever_was_it_is_made(self, backed_up: Desk, file: Path, tmp_path: Path) -> None:
        path = tmp_path / "elsewhere.db"
        done = restore(Target(path), file, by=BO, sure=nobody)
        assert done is not None and done.kept is None
        assert is_sound(path)
        assert path.stat().st_mode & 0o777 == 0o600

    def test_at_the_users_own_place_its_directory_is_made(self, backed_up: Desk, file: Path, tmp_path: Path) -> None:
        path = tmp_path / "data" / "dabiao" / "dabiao.db"
        assert restore(Target(path, is_default=True), file, by=BO, sure=nobody) is not None
        assert is_sound(path)

    def test_at_any_other_it_is_asked_for(self, backed_up: Desk, file: Path, tmp_path: Path) -> None:
        assert refusal(tmp_path / "none" / "a.db", file).reason.code == "workspace.no_directory"
