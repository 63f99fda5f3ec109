"""One bit of the file turns over: what was kept reads as before, or the doctor reports a fault."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from desks import Desk
from doctoring import codes, contents, copied, settle, untouched
from unlocked import unlocked

from models.doctor.opening import BROKEN
from models.drafts import save_draft, set_preference
from models.today import today
from models.workspace import Kind, WorkspaceError, open_workspace

SEED = 20261122
PARTS, FLIPS = 8, 50  # 400 in all
TODAY = today({})


def fill(path: Path, day: date = TODAY, kind: Kind = "office") -> None:
    """A small workspace with something in every table."""
    workspace = open_workspace(path, kind=kind)
    ana, bo = Desk(workspace, "ana", day), Desk(workspace, "bo", day)
    facts = {
        "name": "王小明",
        "id_number": "340104199003074516",
        "contact": {"phone": "13800000000"},
        "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}],
        "insurance": [{"from": "2015-07", "base": 12500}],
        "investment": [{"company": "某某", "year": 2024, "share": 0.8}],
    }
    first = ana.create(facts, status="form", consultant="ana", tags=["中考"], need_by="2027-12-02")
    ana.create({"name": "李梅", "birth_date": "1988-03-07"})
    ana.create({"name": "撤销"})
    ana.undo()
    bo.set(first, "applicant.contact.phone", "13900000000")
    ana.set(first, "status", "engaged")
    save_draft(workspace, first, "ana", "applicant.permit.issued", "2026-1")
    set_preference(workspace, "ana", "language", "en")
    set_preference(workspace, "bo", "theme", "light")
    settle(path)
    workspace.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, closed; a demo: what is not encrypted is held against itself alone."""
    path = tmp_path_factory.mktemp("kept") / "cases.db"
    fill(path, kind="demo")
    return path


def flips(whole: bytes, part: int) -> Iterator[tuple[int, int]]:
    """Bits anywhere in the file, each as (byte, bit); half of them where something stands, for much of it is empty."""
    chance = random.Random(f"{SEED}/{part}")
    filled = [place for place, byte in enumerate(whole) if byte]
    for number in range(FLIPS):
        yield chance.choice(filled) if number % 2 else chance.randrange(len(whole)), chance.randrange(8)


def turned(whole: bytes, byte: int, bit: int) -> bytes:
    """The same bytes with one bit turned over."""
    spoilt = bytearray(whole)
    spoilt[byte] ^= 1 << bit
    return bytes(spoilt)


def faults(path: Path) -> list[str]:
    return [code for code, severity in codes(path, TODAY).items() if severity == "fault"]


def changed(path: Path, before: dict[str, list[object]]) -> bool:
    """Whether what is kept reads otherwise, or not at all."""
    try:
        return contents(path) != before
    except (*BROKEN, WorkspaceError):
        return True


@pytest.fixture
def flipped(kept: Path, tmp_path: Path) -> Callable[[int, int], Path]:
    """The workspace with one bit turned over."""
    path = tmp_path / "cases.db"
    for file in kept.parent.iterdir():
        shutil.copy(file, tmp_path / file.name)
    whole = kept.read_bytes()

    def flip(byte: int, bit: int) -> Path:
        path.write_bytes(turned(whole, byte, bit))
        return path

    return flip


def test_nothing_is_wrong_with_it_before(kept: Path) -> None:
    assert codes(kept, TODAY) == {"at_rest.plain": "note"}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_bit_that_changes_what_is_kept_goes_unnoticed(
    kept: Path, flipped: Callable[[int, int], Path], part: int
) -> None:
    before = contents(kept)
    unnoticed = [
        (byte, bit)
        for byte, bit in flips(kept.read_bytes(), part)
        if changed(flipped(byte, bit), before) and not faults(flipped(byte, bit))
    ]
    assert unnoticed == []


class TestEncrypted:
    """Of an encrypted file no bit at all turns over unnoticed, be nothing kept there any more."""

    @pytest.fixture(scope="class")
    def sealed(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        path = tmp_path_factory.mktemp("sealed") / "cases.db"
        fill(path)
        with closing(unlocked(path)) as connection:  # pages that nothing is kept in any more
            connection.execute("CREATE TABLE gone AS SELECT * FROM entry")
            connection.execute("DROP TABLE gone")
        return path

    def test_nothing_is_wrong_with_it_before(self, sealed: Path) -> None:
        assert codes(sealed, TODAY) == {}

    @pytest.mark.parametrize("part", range(PARTS // 2))
    def test_no_bit_goes_unnoticed(self, sealed: Path, tmp_path: Path, part: int) -> None:
        path = copied(sealed, tmp_path / "spoilt")
        whole, unnoticed = sealed.read_bytes(), []
        for byte, bit in flips(whole, part):
            path.write_bytes(turned(whole, byte, bit))
            if not faults(path):
                unnoticed.append((byte, bit))
        assert unnoticed == []

    @pytest.mark.parametrize("byte", [*range(16), 16, 4015, 4016, 4032, 4095])
    def test_nor_in_the_salt_and_at_the_edges_of_a_page(self, sealed: Path, tmp_path: Path, byte: int) -> None:
        path = copied(sealed, tmp_path / "spoilt")
        path.write_bytes(turned(path.read_bytes(), byte, byte % 8))
        assert faults(path)
        with pytest.raises(WorkspaceError):
            open_workspace(path)


class TestInTheLog:
    """The same in the log of a workspace that was left by a kill."""

    @pytest.fixture(scope="class")
    def killed(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        directory = tmp_path_factory.mktemp("killed")
        workspace = open_workspace(directory / "cases.db")
        ana = Desk(workspace, "ana", TODAY)
        settle(workspace.path)
        case_id = ana.create({"name": "王小明", "birth_date": "1990-03-07"})
        for status in ("form", "engaged", "paused"):
            ana.set(case_id, "status", status)
        path = copied(workspace.path, directory / "copy")
        workspace.close()
        return path

    def test_nothing_is_wrong_with_it_before(self, killed: Path) -> None:
        assert codes(killed, TODAY) == {}

    @pytest.mark.parametrize("with_index", [True, False])
    def test_no_bit_that_changes_what_is_kept_goes_unnoticed(
        self, killed: Path, tmp_path: Path, with_index: bool
    ) -> None:
        before = contents(killed)
        path = copied(killed, tmp_path / "spoilt")
        if not with_index:
            path.with_name(path.name + "-shm").unlink()
        log = path.with_name(path.name + "-wal")
        whole = log.read_bytes()
        unnoticed = []
        for byte, bit in flips(whole, PARTS):
            log.write_bytes(turned(whole, byte, bit))
            with untouched(path.parent):
                if changed(path, before) and not faults(path):
                    unnoticed.append((byte, bit))
        assert unnoticed == []
