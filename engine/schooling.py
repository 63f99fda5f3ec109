"""A child's way through Shanghai's schools: five years primary, four junior, three senior. All moves on 1 September."""

from datetime import date

from engine.facts import Child

JUNIOR, SENIOR, LEAVING = 5, 9, 12
"""Years after entering primary school at which junior school, senior school and university follow."""


def school_year(on: date) -> int:
    """The year in whose September the school year of a day began."""
    return on.year - ((on.month, on.day) < (9, 1))


def begins(year: int) -> date:
    """The day on which the school year of a year begins."""
    return date(year, 9, 1)


def entry_year(born: date) -> int:
    """The year of entering primary school: that in which six is reached by 31 August (义务教育法第十一条)."""
    return born.year + 6 + ((born.month, born.day) > (8, 31))


def entered_primary(child: Child, on: date) -> int | None:
    """The year in which a child entered or will enter primary school; None where the facts do not say.

    A child said to be in kindergarten enters next September at the earliest, whenever it was born.
    """
    if child.entered_primary is not None or child.born is None:
        return child.entered_primary
    year = entry_year(child.born)
    return max(year, school_year(on) + 1) if child.kindergarten else year


def next_exam(child: Child, on: date) -> tuple[str | None, int | None]:
    """What a child comes to next, `primary`, `junior`, `zhongkao` or `gaokao`, and the year of it.

    Both are None after senior school, or where the facts say nothing; the year alone, for a child in kindergarten of
    unknown age. Until 31 August it is still that of the school year, whether its days are over or not.
    """
    entered = entered_primary(child, on)
    if entered is None:
        return ("primary", None) if child.kindergarten else (None, None)
    year = school_year(on)
    if year < entered:
        return "primary", entered
    for kind, years in (("junior", JUNIOR), ("zhongkao", SENIOR), ("gaokao", LEAVING)):
        if year < entered + years:
            return kind, entered + years
    return None, None
