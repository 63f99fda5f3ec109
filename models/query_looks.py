"""How a condition on the table `cases` is looked up: by which index few cases are gathered, how many are walked past.

`main.` are all cases, whosever one sees: what is found there is held against the view that shows one's own
(`models.access`), and few as they are that is sooner done than looking through all of one's own.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

NOTES = "CASE WHEN json_valid(office) THEN office ->> '$.notes' END"
"""The lines of the log, in the words of their index (`models.tables`)."""


class Look(NamedTuple):
    """Ways to say a condition for a short look at the first cases, with the parameters they have.

    `sought` gathers the cases from an index, for what few cases are; `walked` looks at each case in the order asked
    for, for what many are. `among` are the rows of the index, a few of which are counted to know which it is (with
    `of_values` the values of the column that fit, whose cases are counted); without them it is always walked. Where
    an index of `column` has the order asked for, `in_order` walks by that one.
    """

    sought: str
    walked: str
    among: str
    parameters: tuple[str | int, ...]
    column: str = ""
    in_order: str = ""
    of_values: bool = False

    def walked_in(self, order: str) -> str:
        """How each case is looked at in an order: by its own index, where that has it."""
        return self.in_order if self.in_order and order in (self.column, *ORDERS.get(self.column, ())) else self.walked

    def of(self, values: Sequence[str | int]) -> "Look":
        """The same, once all the values that fit are known: they are not looked for a second time."""
        sought = gathered(f"{self.column} IN (SELECT value FROM json_each(?))")
        return self._replace(sought=sought, parameters=(json.dumps(values),))


ORDERS = {
    "stage": ("id", "renewal"),
    "consultant": ("id", "renewal", "deadline", "updated_at"),
    "kind": ("id", "renewal"),
    "waiting_on": ("id", "deadline"),
}
"""What the cases of one value of a column are kept in the order of, by indexes of both."""


class Condition(NamedTuple):
    """A condition in SQL and its parameters, how to `look` at the first cases quickly, and what it is when taken away,
    where an index serves that too."""

    sql: str
    parameters: tuple[str | int, ...] = ()
    look: Look | None = None
    opposite: str = ""


def gathered(condition: str) -> str:
    """The cases of an index that few cases are in, whatever order is asked for; of all of them, whosever one sees."""
    return f"id IN (SELECT id FROM main.cases WHERE {condition})"


def indexed(column: str, sql: str, parameters: tuple[str | int, ...] = (), opposite: str = "") -> Condition:
    """A condition on a column that has an index."""
    walked = sql.replace(column, f"+{column}")  # not by that index, whose order is not the one asked for
    look = Look(gathered(sql), walked, f"main.cases WHERE {sql}", parameters, column, f"likely({sql})")
    return Condition(sql, parameters, look, opposite)


def listed(rows: str, parameters: tuple[str | int, ...]) -> Condition:
    """A condition on the rows of another table that are about a case."""
    look = Look(
        f"id IN (SELECT case_id FROM main.{rows})",
        f"EXISTS (SELECT 1 FROM {rows} AND case_id = cases.id)",
        f"main.{rows}",
        parameters,
    )
    return Condition(f"id IN (SELECT case_id FROM {rows})", parameters, look)


def either(first: Condition, second: Condition) -> Condition:
    """Cases that are the one or the other; both are looked up."""
    if first.look is None or second.look is None:
        raise ValueError("a condition that is not looked up")
    one, other = first.look, second.look
    look = Look(
        f"{one.sought} OR {other.sought}",
        f"{one.walked} OR {other.walked}",
        f"(SELECT 1 FROM {one.among} UNION ALL SELECT 1 FROM {other.among})",
        one.parameters + other.parameters,
    )
    return Condition(f"{first.sql} OR {second.sql}", look.parameters, look)


def nothing(column: str, empty: str = "{} IS NULL", filled: str = "{} IS NOT NULL") -> Condition:
    """Nothing is there; and something, where that is taken away."""
    return indexed(column, empty.format(column), opposite=filled.format(column))
