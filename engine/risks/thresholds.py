"""From how many days on something is a risk: `engine/process/risks.toml`, each a setting of the office."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import tomli


class Thresholds(NamedTuple):
    """Days before the day on which something ends; years of age; months."""

    permit_days: int
    lease_days: int
    contract_days: int
    contract_years: int
    points_days: int
    child_permit_days: int
    study_proof_days: int
    study_proof_age: int
    cv_gap_days: int
    cv_gap_long_days: int
    graduations_months: int
    recent_months: int
    base_ahead_years: int
    zero_filed_months: int
    tax_tolerance_percent: int


@cache
def load() -> Thresholds:
    """The defaults."""
    text = files("engine").joinpath("process", "risks.toml").read_text(encoding="utf-8")
    return Thresholds(**{name: row["value"] for name, row in tomli.loads(text)["thresholds"].items()})


@cache
def districts() -> dict[str, str]:
    """The districts of Shanghai by the six figures with which a credit code names them (GB/T 2260)."""
    text = files("engine").joinpath("process", "risks.toml").read_text(encoding="utf-8")
    return {str(code): str(name) for code, name in tomli.loads(text)["districts"].items()}
