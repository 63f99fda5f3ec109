"""A public key as it is handed over: the one line it may be, and all that it may not."""

import base64
import subprocess
from pathlib import Path

import pytest
from staff import made_key

from models.login_keys import LONGEST, NotAKey, read_key

GOOD = made_key()


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_what_ssh_keygen_makes_is_read_with_its_own_fingerprint(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "ann@laptop", "-f", file], check=True)
    public = file.with_name("key.pub")
    shown = subprocess.run(["ssh-keygen", "-l", "-f", public], capture_output=True, text=True, check=True).stdout
    found = read_key(public.read_bytes())
    assert found.fingerprint == shown.split()[1]
    assert f"{found.type} {found.key} {found.comment}" == public.read_text().strip()


def test_notes_and_blank_lines_around_it_are_passed_over() -> None:
    assert read_key(f"\ufeff# laptop\r\n\r\n  {GOOD.line}\r\n".encode()).fingerprint == GOOD.fingerprint


def test_its_comment_is_one_clean_line() -> None:
    made = made_key(comment="a\x1b[2J\u202eb")
    assert read_key(made.line.encode()).comment == "a[2Jb"


KIND, KEY, _ = GOOD.line.split(" ", 2)
WRONG = {
    "lines": ["", "# nothing", f"{GOOD.line}\n{GOOD.line}", f"{GOOD.line}\x0b{GOOD.line}"],
    "type": [
        f'command="sh" {GOOD.line}',
        f"no-pty {GOOD.line}",
        f"ssh-dss {KEY}",
        f"cert-authority {GOOD.line}",
        KEY,
        f'environment="A=b",{GOOD.line}',
    ],
    "base64": [
        KIND,
        f"{KIND} ",
        f"{KIND} {KEY[:-5]}",
        f"{KIND} {KEY}=",
        f"{KIND} !{KEY[1:]}",
        f"{KIND} {KEY[:-1]}\u200b",
    ],
    "not_its_type": [f"ssh-rsa {KEY}", f"ecdsa-sha2-nistp256 {KEY}", f"{KIND} {base64.b64encode(bytes(4)).decode()}"],
    "private": ["-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----"],
    "too_long": [GOOD.line + "a" * LONGEST],
}


@pytest.mark.parametrize(("code", "given"), [(code, given) for code, all_ in WRONG.items() for given in all_])
def test_what_is_none_says_why(code: str, given: str) -> None:
    with pytest.raises(NotAKey) as wrong:
        read_key(given.encode())
    assert wrong.value.reason.code == f"login_key.{code}"


def test_what_is_no_text_is_none() -> None:
    with pytest.raises(NotAKey) as wrong:
        read_key(b"\xff\xfe\x00")
    assert wrong.value.reason.code == "login_key.not_text"


def test_a_short_rsa_key_is_too_weak(tmp_path: Path) -> None:
    number = b"\x00" + b"\x80" + bytes(127)  # 1024 bits
    parts = (b"ssh-rsa", b"\x01\x00\x01", number)
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    with pytest.raises(NotAKey) as wrong:
        read_key(b"ssh-rsa " + base64.b64encode(blob))
    assert (wrong.value.reason.code, wrong.value.reason.values["bits"]) == ("login_key.short", 1024)
