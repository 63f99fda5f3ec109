"""docs/policy.md says what the pack says: its two tables are the pack's rows, in the pack's order."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from re import findall
from typing import Any

import pytest

from engine.policy_pack import ROW_KEYS

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"


@pytest.fixture
def pack() -> dict[str, Any]:
    return tomllib.loads(files("engine").joinpath("policies", "shanghai.toml").read_text(encoding="utf-8"))


def table(heading: str) -> list[str]:
    """The rows of the table under a heading of the page, without its head."""
    part = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("|")][2:]


def figures(pack: dict[str, Any]) -> Iterator[str]:
    for group, rows in pack["figures"].items():
        for row in rows:
            basis = pack["basis"][row["basis"]]
            sources = "; ".join(pack["sources"][source] for source in basis["source"])
            values = ", ".join(f"{key} {value}" for key, value in row.items() if key not in ROW_KEYS)
            days = f"{row['from']} to {row['to']}" if "to" in row else f"{row['from']} on"
            yield f"| {group} | {values} | {days} | {basis['article']} | {basis['grade']} | {sources} |"


def wages(pack: dict[str, Any]) -> Iterator[str]:
    for reference, paid in zip(pack["wages"]["reference"], pack["wages"]["contribution"], strict=True):
        basis, average = pack["basis"][reference["basis"]], pack["basis"][paid["basis"]]
        sources = "; ".join(pack["sources"][source] for source in basis["source"])
        doubtful = ", doubtful" if reference.get("doubtful") else ""
        computed = [name for name in ("upper", "lower") if paid.get(f"{name}_basis") == "computed"]
        upper, lower = (f"{paid[name]}{'*' if name in computed else ''}" for name in ("upper", "lower"))
        yield (
            f"| {reference['from']} to {reference['to']} | {paid['average']} | {average['grade']} | {upper} | {lower} "
            f"| {reference['value']} | {basis['grade']}{doubtful} | {basis['article']}: {sources} |"
        )


def levers(pack: dict[str, Any]) -> Iterator[str]:
    for row in pack["levers"]:
        low, high = row["cost"]
        cost = f"{low} to {high}"
        if "rise" in row:
            cost += f", {row['rise'][0]} to {row['rise'][1]} ‰ of the rise a month"
        yield f"| {row['id']} | {leads_to(row)} | {takes(row)} | {cost} | {row['sure']} | {grade(pack, row)} |"


def leads_to(row: dict[str, Any]) -> str:
    if row["kind"] == "study":
        return f"{row['level']}, degree {row['degree']}"
    return row.get("figure") or row.get("qualification") or row.get("area") or "insurance goes on"


def takes(row: dict[str, Any]) -> str:
    months = row.get("months", "")
    if isinstance(months, dict):
        return ", ".join(f"{number} after {stage}" for stage, number in months.items())
    after = ", ".join(f"{number} after {what}" for what, number in row.get("after", {}).items())
    return f"{months}; may be passed {after}" if after else str(months)


def grade(pack: dict[str, Any], row: dict[str, Any]) -> str:
    found: str = pack["basis"][row["basis"]]["grade"]
    return found


def test_the_page_has_the_figures_of_the_pack(pack: dict[str, Any]) -> None:
    assert table("The figures") == list(figures(pack))


def test_the_page_has_the_wages_of_the_pack(pack: dict[str, Any]) -> None:
    assert table("The wages") == list(wages(pack))


def test_the_page_has_the_questions_of_the_pack(pack: dict[str, Any]) -> None:
    told = " ".join(table("What is open"))
    assert set(findall(r'`parameters\."([a-z._]+)"`', told)) == pack["parameters"].keys()
    assert set(findall(r"`basis\.(\w+)`", told)) == {name for name, basis in pack["basis"].items() if basis.get("open")}


def test_the_page_has_the_levers_of_the_pack(pack: dict[str, Any]) -> None:
    assert table("The levers")[-len(pack["levers"]) :] == list(levers(pack))
