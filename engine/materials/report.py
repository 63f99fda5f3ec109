"""The checklist as `dabiao materials --json` gives it: codes for programs, words in the language asked for."""

from typing import Any

from engine.materials import Checklist, Item, Way
from engine.words import say, word


def report(found: Checklist, language: str) -> dict[str, Any]:
    """The document of one applicant."""
    return {
        **_way(found.way),
        "alternatives": [_way(way) for way in found.alternatives],
        "items": [_item(item, language) for item in found.items],
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "claims": list(way.claims),
        "total": way.total,
        "papers": way.papers,
        "tax_months": way.tax_months,
        "proven": way.proven,
        "reached": way.reached,
    }


def _item(item: Item, language: str) -> dict[str, Any]:
    return {
        "code": item.code,
        "name": word(f"paper.{item.code}", language),
        "supplier": item.supplier,
        "needed_for": list(item.needed_for),
        "why": say(item.why, language),
        "original": item.original,
        "copies": item.copies,
        "where": word(f"where.{item.where}", language),
        "must": word(f"must.{item.must}", language) if item.must else None,
        "points": item.points,
        "months": item.months,
        "of": item.of,
    }
