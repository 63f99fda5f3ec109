"""What every policy pack must have: the figures and parameters that the rules read, the grades, the shape of a row."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

GRADES = ("OT", "OC", "SEC", "GK")
"""Official text read on an official site; official wording quoted elsewhere; a statement by others; no source found."""


def _names(groups: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{group}.{key}" for group, keys in groups.items() for key in keys.split())


FIGURES = (
    "threshold",
    *_names(
        {
            "age": "youngest oldest cap least least_from step",
            "education": "associate bachelor bachelor_degree master doctor",
            "title": "senior intermediate junior base_months base_window base_tenths",
            "skill": "1 2 3 4 5",
            "insurance_years": "per_year",
            "band_08": "points months window tenths",
            "band_1": "points months window tenths",
            "band_2": "points months window tenths",
            "band_3": "points months window tenths",
            "shortage_specialty": "points",
            "investment": "tax_unit jobs_unit per_unit cap years",
            "talent": "entrepreneur intermediary",
            "public_service": "per_year from_years",
            "suburb": "per_year cap from_years",
            "lingang": "from_years",
            "fresh_graduate": "points until_month until_day",
            "award": "municipal_special municipal_general provincial",
            "spouse": "per_year cap",
            "false_materials": "points years",
            "detention": "points years",
            "sentence": "points years",
            "eligible": "months window",
        }
    ),
)
"""Every figure the rules read. Points; yuan (`tax_unit`); months, years; tenths of the 1x reference wage."""

_UNITS = {
    "age": "youngest oldest least_from",
    "yuan": "tax_unit reference average upper lower",
    "people": "jobs_unit",
    "months": "base_months base_window months window",
    "years": "years from_years",
    "times": "base_tenths tenths",
    "month": "until_month",
    "day": "until_day",
}
_UNIT_OF = {key: unit for unit, keys in _UNITS.items() for key in keys.split()}

PARAMETERS = {
    "window.ends": ("month_before", "same_month"),
    "band.higher_counts": ("yes", "no"),
    "band.compare_with": ("own_month", "latest_month"),
    "service.counts_back": ("yes", "no"),
}
"""What the law leaves open, and the answers the rules know."""

ROW_KEYS = ("from", "to", "basis")


def unit_of(figure: str) -> str:
    """What a figure or wage is counted in, by its name: `points` where its last part is none of the others'. `times`:
    the value is in tenths."""
    return _UNIT_OF.get(figure.rpartition(".")[2], "points")


class FigureRow(NamedTuple):
    """One figure in one row of a pack: its name, the row's place (`figures.band_1#2`), the row, its value there."""

    name: str
    where: str
    row: Mapping[str, Any]
    value: Any


def figure_rows(figures: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[FigureRow]:
    """The rows of `[figures]` taken apart: a row of a group dates each figure it names; `value` is the group itself."""
    for group, rows in figures.items():
        for number, row in enumerate(rows, start=1):
            for key, value in row.items():
                if key not in ROW_KEYS:
                    name = group if key == "value" else f"{group}.{key}"
                    yield FigureRow(name, f"figures.{group}#{number}", row, value)
