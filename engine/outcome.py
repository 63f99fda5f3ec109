"""What one indicator says of one applicant on one day."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from engine.reason import Reason


class Where(NamedTuple):
    """A place among the facts: a fact (`birth_date`), or a field of some rows of a section ("" for the rows whole).

    Paths are spelt, and rows given as a function are looked for, only when somebody reads them: a case has hundreds of
    months and is counted at every key.
    """

    section: str
    rows: Sequence[int] | Callable[[], Iterable[int]] | None = None
    field: str = ""

    def paths(self) -> Iterable[str]:
        """The place as dotted paths, `insurance.0.tax_matches`."""
        if self.rows is None:
            return [self.section]
        tail = f".{self.field}" if self.field else ""
        rows = self.rows() if callable(self.rows) else self.rows
        return [f"{self.section}.{n}{tail}" for n in sorted(rows)]


class Outcome(NamedTuple):
    """Points with the reason for them.

    `figures` names the figures of the policy it rests on, the first being the one to cite; `facts` and `assumed` are
    places among the facts, `assumed` those of qualifiers that were left out and taken as true; `lacks` says what is
    missing to the points above these, None where there is nothing more to say.
    """

    points: int
    reason: Reason
    figures: tuple[str, ...]
    facts: tuple[Where, ...] = ()
    assumed: tuple[Where, ...] = ()
    lacks: Reason | None = None
    provisional: bool = False

    @property
    def row(self) -> int:
        """The place of the row it rests on before all others."""
        rows = self.facts[0].rows
        assert isinstance(rows, Sequence)
        return rows[0]


def assumed(section: str, row: int | None, **qualifiers: bool | None) -> tuple[Where, ...]:
    """The places of those qualifiers that were left out (None)."""
    left_out = [name for name, value in qualifiers.items() if value is None]
    if row is None:
        return tuple(Where(f"{section}.{name}") for name in left_out)
    return tuple(Where(section, (row,), name) for name in left_out)
