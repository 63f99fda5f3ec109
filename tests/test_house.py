"""The house itself: which room may know which, what is packed, what must never stand in a file."""

import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from models.workspace import open_workspace

ROOT = Path(__file__).parent.parent
PACKAGES = ("engine", "models", "tui")
HEAVY = ("textual", "sqlmodel", "sqlalchemy", "alembic", "pypinyin", "holidays", "cryptography")


def written_files() -> Iterator[Path]:
    """Every file that people wrote, caches and the virtual environment left out."""
    top = [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".coverage")]
    rooms = [ROOT / name for name in (*PACKAGES, "tests", "docs", "pins", ".ci")]
    inside = [path for room in rooms for path in room.rglob("*") if path.is_file()]
    for path in (*top, *inside):
        if "__pycache__" not in path.parts and not re.search(r"\.(pyc|db|db-\w+|html)$", path.name):
            yield path


def where(pattern: str, paths: Iterable[Path]) -> list[str]:
    """The places, as file:line, where a pattern stands."""
    sought = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if sought.search(line)
    ]


def loaded_by(program: str, *arguments: str, sought: tuple[str, ...] = HEAVY) -> set[str]:
    """The heavy packages that a fresh interpreter has loaded once the program has run."""
    ask = f"{program}\nimport json, sys\nprint('\\n' + json.dumps([m for m in {sought!r} if m in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", ask, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


START = """
import os
from tui.app import DabiaoApp
from tui.commands.session import Session
from tui.commands.workspace import show
DabiaoApp.run = lambda app: None
session = Session("zh", False, os.environ, None, False, None)
show(session, session.target)
"""
COMMAND = "import sys\nfrom tui.cli import main\nassert main(sys.argv[1:]) == 0"


class TestWhoMayKnowWhom:
    def test_every_import_contract_is_kept(self) -> None:
        lint = Path(sys.executable).parent / "lint-imports"
        done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout

    def test_the_engine_brings_neither_database_nor_screen(self) -> None:
        assert loaded_by("import engine.assessment, engine.document, engine.fields, engine.report") == set()

    def test_scoring_a_file_loads_neither_database_nor_screen(self, examples: Path) -> None:
        assert loaded_by(COMMAND, "score", "--json", str(examples / "01-age-and-degree.toml")) == set()

    def test_planning_for_a_file_loads_neither_database_nor_screen(self, examples: Path) -> None:
        assert loaded_by(COMMAND, "plan", "--json", str(examples / "04-title-without-base.toml")) == set()

    def test_listing_cases_loads_neither_the_orm_nor_the_screen(self, examples: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tui.cli", "import", str(examples / "01-age-and-degree.toml")], cwd=ROOT, check=False
        )
        assert done.returncode == 0
        assert loaded_by(COMMAND, "list", "--json") == set()

    def test_the_screens_stand_before_rules_and_orm_are_loaded(self) -> None:
        assert loaded_by("import tui.app") == {"textual"}

    def test_a_workspace_that_is_there_is_shown_before_facts_and_orm_are_loaded(self, tmp_path: Path) -> None:
        open_workspace(tmp_path / "workspace.db").close()
        assert loaded_by(START, sought=("pydantic", *HEAVY)) == {"textual"}

    def test_who_watches_over_a_session_loads_neither_the_database_nor_the_screens(self) -> None:
        assert (
            loaded_by("import tui.cli, tui.over_ssh, tui.guarding, tui.commands.ssh, tui.commands.workspace") == set()
        )


class TestWhatIsPacked:
    def test_the_wheel_holds_all_that_the_program_reads_and_no_more(self, tmp_path: Path) -> None:
        (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
        with ZipFile(wheel) as packed:
            inside = {name for name in packed.namelist() if ".dist-info/" not in name}
            (entries,) = [name for name in packed.namelist() if name.endswith("entry_points.txt")]
            commands = packed.read(entries).decode()
        ours = {str(path.relative_to(ROOT)) for path in written_files()}
        assert inside == {name for name in ours if name.startswith(tuple(f"{p}/" for p in PACKAGES))} | {"screens.css"}
        assert {name for name in inside if name.endswith(".toml")} >= {
            "engine/policies/shanghai.toml",
            *(f"{room}/{language}.toml" for room in ("engine/words", "tui/text") for language in ("zh", "en")),
        }
        assert "dabiao = tui.cli:main" in commands

    def test_every_dependency_is_pinned_with_its_hashes(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        asked = {
            "run": [*project["dependencies"], *project["optional-dependencies"]["build"]],
            "test": [need for needs in project["optional-dependencies"].values() for need in needs],
        }
        for name, needs in asked.items():
            pins = re.split(r"\n(?=\S)", (ROOT / "pins" / f"{name}.txt").read_text("utf-8"))
            pinned = {pin.split("==")[0] for pin in pins}
            assert {re.split(r"[<>=\[ ]", need)[0] for need in needs} <= pinned
            assert [pin for pin in pins if "--hash=sha256:" not in pin] == []

    def test_what_runs_is_what_is_tested(self) -> None:
        run, test = (
            dict(re.findall(r"^(\S+?)==(\S+)", (ROOT / "pins" / name).read_text("utf-8"), re.MULTILINE))
            for name in ("run.txt", "test.txt")
        )
        assert run.items() <= test.items()


class TestWhatStandsInTheFiles:
    def test_no_file_names_a_place_on_somebodys_machine(self) -> None:
        assert where(r"(?<![\w.\-/:])/(?:home|root|Users|work)/", written_files()) == []

    def test_no_pin_names_a_host(self) -> None:
        assert where(r"://|--(extra-)?index-url|--find-links", (ROOT / "pins").glob("*.txt")) == []

    def test_tests_are_no_package(self) -> None:
        assert list((ROOT / "tests").rglob("__init__.py")) == []

    def test_test_files_have_distinct_names(self) -> None:
        names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
        assert [name for name, times in names.items() if times > 1] == []

    def test_looks_stand_in_the_style_sheet_alone(self) -> None:
        assert where(r"\b(DEFAULT_)?CSS\s*[:=]|\.styles\.", (ROOT / "tui").rglob("*.py")) == []

    def test_nothing_is_promised_to_a_client(self) -> None:
        assert where("保证", (path for path in written_files() if path.parent.name in ("words", "text"))) == []

    def test_every_link_between_pages_leads_somewhere(self) -> None:
        pages = [path for path in written_files() if path.suffix == ".md"]
        links = [
            (page, link) for page in pages for link in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text("utf-8"))
        ]
        assert links
        assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []

    def test_every_page_that_a_file_names_is_there(self) -> None:
        sources = [path for path in written_files() if path.suffix in (".py", ".toml", ".md", ".css")]
        named = {page for path in sources for page in re.findall(r"\bdocs/[\w-]+\.md", path.read_text("utf-8"))}
        assert [page for page in sorted(named) if not (ROOT / page).exists()] == []

    def test_every_page_is_in_the_index(self) -> None:
        index = (ROOT / "docs" / "README.md").read_text("utf-8")
        pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
        assert [page for page in sorted(pages) if f"({page})" not in index] == []


LEFT_OUT = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no time")
def test_skipped(): pass

@pytest.mark.xfail(reason="known")
def test_known_to_fail(): assert False
"""
WHOLE_FILE_LEFT_OUT = "import pytest\npytest.skip('no tool', allow_module_level=True)"


class TestNothingIsLeftOut:
    """What pytest says at its end about tests that did not run, at home and where a change is judged."""

    @pytest.fixture
    def last_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
        def run(content: str, **env: str) -> str:
            (tmp_path / "test_some.py").write_text(content)
            for name in ("CI", "DABIAO_NO_SKIP"):
                monkeypatch.delenv(name, raising=False)
            for name, value in env.items():
                monkeypatch.setenv(name, value)
            options = ["-p", "conftest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "-c", "/dev/null"]
            done = subprocess.run(
                [sys.executable, "-m", "pytest", *options, str(tmp_path)],
                cwd=ROOT / "tests",
                capture_output=True,
                text=True,
                check=False,
            )
            return done.stdout.splitlines()[-1]

        return run

    def test_at_home_a_test_may_be_skipped(self, last_line: Callable[..., str]) -> None:
        assert "1 passed, 1 skipped, 1 xfailed" in last_line(LEFT_OUT)

    def test_where_a_change_is_judged_it_counts_as_a_failure(self, last_line: Callable[..., str]) -> None:
        assert "1 failed, 1 passed, 1 error" in last_line(LEFT_OUT, CI="true")

    def test_so_does_a_whole_file(self, last_line: Callable[..., str]) -> None:
        assert "1 error" in last_line(WHOLE_FILE_LEFT_OUT, DABIAO_NO_SKIP="1")
