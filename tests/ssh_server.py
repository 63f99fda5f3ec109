"""A real sshd on loopback for tests, set up as docs/ssh.md says, and a client with keys of its own."""

import getpass
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from terminal import runs, wait_until_gone

SSHD = "/usr/sbin/sshd"
PAGE = Path(__file__).parent.parent / "docs" / "ssh.md"
KEPT_APART = Path(
    "/run/sshd"
)  # where sshd, started by root, locks away the part of it that nobody has logged in to yet


def settings_of_the_page() -> list[str]:
    """The lines for `sshd_config` as the page has them."""
    (block,) = re.findall(r"```sshd_config\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [line for line in block.splitlines() if line.strip() and not line.startswith("#")]


class Server:
    """sshd on a free port of this machine, for the account that runs the tests alone."""

    def __init__(self, directory: Path, workspace: Path) -> None:
        self.directory, self.workspace = directory, workspace
        self.account = getpass.getuser()
        self.log = directory / "sshd.log"
        self.keys: dict[str, Path] = {}
        self._running: subprocess.Popen[bytes] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self.directory.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            KEPT_APART.mkdir(mode=0o755, exist_ok=True)
        # where the key of the workspace is looked for, in a home of the test's own
        (self.directory / ".config" / "dabiao").mkdir(parents=True)
        (self.directory / ".config" / "dabiao" / "keys").symlink_to(os.environ["DABIAO_KEYS"])
        make_key(self.directory / "host")
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._running is not None
        self._running.terminate()
        self._running.wait(20)

    def settings(self) -> list[str]:
        """What the page says, for this account, this program and this workspace; and what a test needs besides."""
        program = shlex.join([sys.executable, "-I", "-m", "tui.cli"])
        asked = f"{program} ssh authorized-keys --db {self.workspace} %f"
        ours = {
            "AuthorizedKeysCommand": f"/usr/bin/env HOME={self.directory} {asked}",
            "AuthorizedKeysCommandUser": self.account,
        }
        lines = []
        for line in settings_of_the_page():
            name = line.split()[0]
            if name == "Match":
                lines.append(f"Match User {self.account}")
            elif name != "SetEnv":
                lines.append(f"{name} {ours[name]}" if name in ours else line)
        return lines

    def _start(self) -> None:
        own = [
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f"HostKey {self.directory / 'host'}",
            f"PidFile {self.directory / 'pid'}",
            "UsePAM no",
            "LogLevel DEBUG1",
            # the session is to find a home of the test's own, and today's day
            f"SetEnv HOME={self.directory} DABIAO_TODAY=2001-01-01",
        ]
        if os.geteuid() == 0:
            own.append("PermitRootLogin forced-commands-only")
        config = self.directory / "sshd_config"
        config.write_text("\n".join([*own, *self.settings()]) + "\n", encoding="utf-8")
        subprocess.run([SSHD, "-t", "-f", config], check=True)
        self._running = subprocess.Popen([SSHD, "-D", "-f", config, "-E", self.log])
        until = time.monotonic() + 20
        while not self._listens():
            assert self._running.poll() is None and time.monotonic() < until, self.log.read_text()
            time.sleep(0.02)

    def _listens(self) -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    # --- who logs in

    def client(self, key: str, *options: str) -> list[str]:
        """The words of an ssh that logs in with a key, made when it is first asked for."""
        if key not in self.keys:
            self.keys[key] = make_key(self.directory / key)
        settings = {
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "LogLevel": "ERROR",
            "BatchMode": "yes",
        }
        words = ["ssh", "-F", "/dev/null", "-i", str(self.keys[key]), "-p", str(self.port)]
        words += [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        return [*words, *options, f"{self.account}@127.0.0.1"]

    def run(
        self, key: str, *command: str, options: Sequence[str] = (), given: str = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """What comes of a command that is sent with a key."""
        return subprocess.run(
            [*self.client(key, *options), "--", *command] if command else self.client(key, *options),
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            env={**os.environ, **(env or {})},
        )

    def public(self, key: str) -> Path:
        """The public half of a key."""
        self.client(key)
        return self.keys[key].with_name(f"{key}.pub")

    def sessions(self) -> list[int]:
        """The programs that run for somebody who has logged in."""
        found = []
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if str(self.workspace).encode() in words and runs(int(process)):
                found.append(int(process))
        return found

    def wait_until_left(self) -> None:
        """Wait until nothing runs for anybody any more."""
        for process in self.sessions():
            wait_until_gone(process, 30)


def make_key(file: Path) -> Path:
    """A key, its private half in the file."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", file.name, "-f", file], check=True)
    return file
