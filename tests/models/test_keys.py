"""Keys: what one is, how it is written down, and where it is kept."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.words import LANGUAGES, say
from models import key_text, keyring, keys
from models.key_text import LETTERS, WrongText, lines, read
from models.keys import Key

SECRETS = st.binary(min_size=32, max_size=32)


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of keys of this test's own."""
    monkeypatch.setenv(keyring.VARIABLE, str(tmp_path / "apart" / "keys"))
    return tmp_path / "apart" / "keys"


def wrong(text: str) -> WrongText:
    """Why a text is no key; it is said in both languages."""
    with pytest.raises(WrongText) as caught:
        read(text)
    assert all(say(caught.value.reason, language) for language in LANGUAGES)
    return caught.value


class TestNames:
    @given(SECRETS)
    def test_the_beginning_of_a_file_names_its_key(self, secret: bytes) -> None:
        key = Key.of(secret)
        assert len(key.salt) == keys.SALT
        assert keys.name_in(key.salt + b"whatever") == key.name

    def test_a_foreign_beginning_names_none(self) -> None:
        assert [keys.name_in(one) for one in (b"", b"SQLite format 3\0", bytes(16), b"Dab")] == [None] * 4

    @pytest.mark.parametrize("bit", range(4 * 8, 16 * 8))
    def test_one_bit_that_turned_over_is_noticed(self, bit: int) -> None:
        salt = bytearray(Key.of(bytes(32)).salt)
        salt[bit // 8] ^= 1 << bit % 8
        with pytest.raises(keys.DamagedSalt):
            keys.name_in(bytes(salt))

    def test_no_two_new_ones_are_alike(self) -> None:
        assert len({keys.new().secret for _ in range(50)}) == 50

    def test_the_secret_stands_in_no_error(self) -> None:
        key = Key.of(b"\x01" * 32)
        assert key.name in repr(key) and "01" * 4 not in repr(key) and "\\x01" not in repr(key)


class TestWrittenDown:
    @given(SECRETS)
    def test_what_was_written_down_is_read_again(self, secret: bytes) -> None:
        key = Key.of(secret)
        assert read("\n".join(lines(key))) == key
        assert read(key_text.as_file(key, ["whose", "这是谁的"])) == key
        assert key_text.read_file(key_text.as_file(key, [])) == key

    def test_however_it_is_typed(self) -> None:
        key = Key.of(bytes(range(32)))
        typed = "".join(lines(key)).replace("-", " ").lower().replace("0", "o").replace("1", "l")
        assert read(f"  {typed}  \n") == key

    @given(SECRETS, st.integers(0, 63), st.sampled_from(LETTERS))
    def test_one_letter_mistyped_is_found_with_its_line(self, secret: bytes, place: int, letter: str) -> None:
        text = "".join(lines(Key.of(secret))).replace("-", "")
        if text[place] == letter:
            return
        reason = wrong(text[:place] + letter + text[place + 1 :]).reason
        assert (reason.code, reason.values["line"]) == ("key.line", place // 16 + 1)

    @given(SECRETS, st.integers(0, 62))
    def test_two_that_changed_places_are_found(self, secret: bytes, place: int) -> None:
        text = "".join(lines(Key.of(secret))).replace("-", "")
        turned = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        if turned != text:
            assert wrong(turned).reason.code == "key.line"

    def test_lines_that_changed_places_are_found(self) -> None:
        one, two, *rest = lines(Key.of(bytes(range(32))))
        assert wrong("\n".join([two, one, *rest])).reason.code == "key.line"

    def test_one_that_is_missing_is_counted(self) -> None:
        assert wrong("".join(lines(Key.of(bytes(32))))[:-1]).reason.values == {"count": 63, "wanted": 64}

    def test_what_is_no_letter_is_named(self) -> None:
        assert wrong("钥匙").reason.values == {"letter": "钥"}

    def test_a_file_without_its_title_is_none(self) -> None:
        with pytest.raises(WrongText):
            key_text.read_file("\n".join(lines(Key.of(bytes(32)))))


class TestKept:
    def test_for_its_owner_alone(self, directory: Path) -> None:
        file = keyring.keep(keys.new())
        assert file.parent == directory
        assert [stat.S_IMODE(place.stat().st_mode) for place in (file, directory)] == [0o600, 0o700]

    def test_it_is_found_by_its_name(self) -> None:
        key = keys.new()
        keyring.keep(key, Path("/somewhere/案件.db"))
        assert keyring.find(key.name) == key and keyring.names() == [key.name]

    def test_it_is_found_however_long_the_path_of_its_workspace_is(self) -> None:
        key = keys.new()
        keyring.keep(key, Path("/" + "案件" * 600))
        assert keyring.find(key.name) == key

    def test_nothing_but_keys_is_left_there(self, directory: Path) -> None:
        file = keyring.keep(keys.new())
        assert list(directory.iterdir()) == [file]

    def test_keeping_it_again_changes_nothing(self) -> None:
        key = keys.new()
        file = keyring.keep(key, Path("/first"))
        before = file.read_bytes()
        keyring.keep(key, Path("/second"))
        assert file.read_bytes() == before

    def test_another_one_under_its_name_is_not_replaced(self) -> None:
        key, other = keys.new(), keys.new()
        keyring.keep(key)
        before = keyring.place(key.name).read_bytes()
        with pytest.raises(keyring.NoKey, match="key_wrong"):
            keyring.keep(Key(key.name, other.secret))
        assert keyring.place(key.name).read_bytes() == before

    def test_it_is_confirmed_once_for_all(self) -> None:
        key = keys.new()
        keyring.keep(key)
        assert not keyring.is_confirmed(key.name)
        keyring.confirm(key.name)
        keyring.confirm(key.name)
        assert keyring.is_confirmed(key.name) and keyring.names() == [key.name]

    def test_a_key_that_is_not_there_is_said_to_be_lost(self) -> None:
        with pytest.raises(keyring.NoKey, match="key_lost"):
            keyring.find("0" * 16)

    def test_where_no_directory_can_be_nothing_is_kept(self, directory: Path) -> None:
        directory.parent.write_text("in the way")
        with pytest.raises(keyring.NoKey, match="key_not_kept"):
            keyring.keep(keys.new())

    def test_without_the_variable_they_are_in_the_configuration(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(keyring.VARIABLE)
        monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere/config")
        assert keyring.directory() == Path("/nowhere/config/dabiao/keys")
