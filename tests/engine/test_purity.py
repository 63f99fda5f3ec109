"""The engine is pure: no clock, no surroundings, no database, no guess swallowed by a broad `except`."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import engine

HOUSE = Path(engine.__file__).parent
MODULES = sorted(HOUSE.rglob("*.py"))

# What a pure module may need of the standard library; `datetime` for dates, never for the clock (see below)
ALLOWED = {
    "__future__",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "importlib",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "string",
    "tomli",
    "types",
    "typing",
    "unicodedata",
}
KNOWN = {"engine", "holidays", "pydantic", "pydantic_core", "stdnum", "annotated_types"}
CLOCKS = {"today", "now", "utcnow", "fromtimestamp"}
TOO_BROAD = {"Exception", "BaseException"}


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if not node.level else "engine"


def named(node: ast.expr | None) -> set[str]:
    """The names in an `except` clause."""
    if node is None:
        return {"everything"}
    parts = [part for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)]
    return {part.id if isinstance(part, ast.Name) else part.attr for part in parts}


def test_there_is_something_to_look_at() -> None:
    assert {"assessment.py", "document.py", "insurance.py"} <= {module.name for module in MODULES}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(HOUSE)))
def test_it_imports_nothing_with_a_world_behind_it(module: Path) -> None:
    assert set(imported(module)) <= ALLOWED | KNOWN


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(HOUSE)))
def test_it_asks_no_clock_and_opens_no_file_by_name(module: Path) -> None:
    """Packs and words are read as the package's own resources."""
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    methods = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    functions = {call.id for call in calls if isinstance(call, ast.Name)}
    assert methods & CLOCKS == set()
    assert functions & {"open", "eval", "exec", "input", "print", "__import__", "compile"} == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(HOUSE)))
def test_it_catches_only_what_it_names(module: Path) -> None:
    handlers = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ExceptHandler)]
    assert [handler.lineno for handler in handlers if named(handler.type) & (TOO_BROAD | {"everything"})] == []


def test_an_assessment_brings_in_no_database_and_no_screen() -> None:
    """In a Python of its own: what is loaded once an applicant has been assessed and reported."""
    script = """
import sys
from datetime import date
from engine.assessment import assess
from engine.document import parse
from engine.policy import load
from engine.report import report
report(assess(parse('birth_date = 1990-03-07', 'toml'), load(), date(2026, 11, 22)), 'zh')
print(*sorted({name.partition('.')[0] for name in sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {"textual", "sqlmodel", "sqlalchemy", "sqlcipher3", "sqlite3", "alembic", "pypinyin", "platformdirs"}
    assert heavy & set(done.stdout.split()) == set()


def test_the_same_facts_give_the_same_answer_whenever_asked() -> None:
    """Time zone, locale, day and language of the surroundings turned over: word for word the same."""
    script = """
import json
from datetime import date
from engine.assessment import assess
from engine.document import parse
from engine.policy import load
from engine.report import report
facts = '''
birth_date = 1990-03-07
[[insurance]]
from = "2020-01"
base = 12000
[[service]]
kind = "suburb"
from = 2015-01-01
'''
print(json.dumps(report(assess(parse(facts, 'toml'), load(), date(2026, 11, 22)), 'zh')))
"""
    here = {"PATH": "/usr/bin:/bin"}
    elsewhere = here | {
        "TZ": "America/Los_Angeles",
        "LANG": "en_US.UTF-8",
        "DABIAO_TODAY": "2031-01-01",
        "PYTHONHASHSEED": "7",
    }
    answers = {
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env).stdout
        for env in (here, elsewhere)
    }
    assert len(answers) == 1
