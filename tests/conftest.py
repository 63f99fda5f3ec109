"""What all tests share: a day that does not move, a workspace of their own, a terminal; and no test left out unseen."""

import gc
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from terminal import DABIAO, Terminal

EXAMPLES = Path(__file__).parent / "examples"
DAY = "2026-11-22"


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look through thousands of tests each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def key_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of all tests are: a workspace that was made once is copied, and its copies are under its key."""
    directory = tmp_path_factory.mktemp("keys")
    os.environ["DABIAO_KEYS"] = str(directory)
    return directory


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key_directory: Path) -> None:
    """Nothing of the machine's own: no workspace, language, day or colours of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("DABIAO_") and name != "DABIAO_NO_SKIP"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    monkeypatch.setenv("DABIAO_DB", str(tmp_path / "workspace.db"))
    monkeypatch.setenv("DABIAO_KEYS", str(key_directory))
    monkeypatch.setenv("DABIAO_TODAY", DAY)
    monkeypatch.setenv("DABIAO_LANG", "zh")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("DABIAO_SIGNS", "full")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for name in ("NO_COLOR", "COLORTERM", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def examples() -> Path:
    """The applicants whose right answers stand in expected.json."""
    return EXAMPLES


Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def dabiao() -> Command:
    """The command `dabiao`, run to its end: its code, standard output and standard error."""

    def run(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [*DABIAO, *map(str, arguments)]
        return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A real terminal with a shell's surroundings and nothing running in it yet."""
    with Terminal(tmp_path) as opened:
        yield opened


def nothing_left_out() -> bool:
    """Whether a skipped test counts as a failure: where a change is judged, a test that did not run proves nothing."""
    return os.environ.get("CI") == "true" or os.environ.get("DABIAO_NO_SKIP") == "1"


def _as_failure(report: Any) -> None:
    expected_to_fail = hasattr(report, "wasxfail")
    if not nothing_left_out() or not (report.skipped or expected_to_fail):
        return
    why = report.wasxfail if expected_to_fail else report.longrepr
    if expected_to_fail:
        del report.wasxfail
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: left out, and that counts as a failure here: {why}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    _as_failure(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    report = yield
    _as_failure(report)
    return report


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days of all counts of what is derived of a case that is there, from now on."""
    from models import changing

    days: list[date] = []
    count = changing.derived_from

    def counts(*given: Any) -> Any:
        days.append(given[2])
        return count(*given)

    monkeypatch.setattr(changing, "derived_from", counts)
    return days
