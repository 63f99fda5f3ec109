"""The commands run in this process, each as a shell would: arguments in, exit code and two streams out."""

import io
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main


@dataclass(frozen=True)
class Ran:
    """A command that has run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        (line,) = self.out.splitlines()
        return json.loads(line)


Command = Callable[..., Ran]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `dabiao` with these arguments; `given` is what standard input holds."""

    def run(*arguments: str | int | Path, given: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        streams = capsys.readouterr()
        return Ran(code, streams.out, streams.err)

    return run


@pytest.fixture
def office(blank_file: Path) -> Path:
    """An empty workspace at `$DABIAO_DB`."""
    path = Path(os.environ["DABIAO_DB"])
    shutil.copy(blank_file, path)
    return path


@pytest.fixture
def applicant(tmp_path: Path) -> Callable[..., Path]:
    """Writes an applicant file."""

    def write(file: str, /, **facts: Any) -> Path:
        path = tmp_path / file
        path.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
        return path

    return write
