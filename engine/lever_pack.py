"""Levers as a pack has them: what a client can do about the score, how long it usually takes, what it costs, how sure.

Months are whole months, money whole yuan. What each kind does to an applicant stands in `engine.levers`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.basis import Note, note_of
from engine.reason import Reason

SURE = ("low", "medium", "high")
"""How sure it is that a lever comes off, from the least."""

CERTAIN = "certain"
"""How sure it is that time passes."""

SCHOOLS = ("high_school", "secondary_vocational", "associate", "bachelor", "master", "doctor")
"""Stages of schooling in their order; the first two are alike."""

STUDIES = {
    ("associate", "none"): "associate",
    ("bachelor", "none"): "bachelor",
    ("bachelor", "bachelor"): "bachelor_degree",
    ("master", "master"): "master",
    ("doctor", "doctor"): "doctor",
}
"""What schooling leads to, by level and degree: the figure of `education` it earns, and its word."""

QUALIFICATIONS = (
    *("title.junior", "title.intermediate", "title.senior"),
    *("skill.5", "skill.4", "skill.3", "skill.2", "skill.1"),
)
"""Titles and skills, each from the lowest up; the figures they earn."""

MULTIPLES = ("title.base_tenths", "band_08.tenths", "band_1.tenths", "band_2.tenths", "band_3.tenths")
"""The figures that hold a multiple of the reference wage."""

AREAS = ("suburb", "lingang")
"""Areas one must live in."""

WORK = "work"
"""In `Qualify.after`: months of work, whoever the employer was."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lever:
    """What all levers have.

    `cost` is what it costs once, from and to; `grade` (`engine.policy_pack.GRADES`) how good the source of its figures
    is, `note` what is to be known about it.
    """

    id: str
    sure: str
    cost: tuple[int, int]
    grade: str
    note: Note
    # the section of the applicant it changes, and the line it is pulled for
    section: ClassVar[str]

    @property
    def indicator(self) -> str:
        """The line it is pulled for."""
        raise NotImplementedError

    @property
    def alone(self) -> bool:
        """Whether a plan has at most one of its kind."""
        return False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pay(Lever):
    """Going on paying social insurance at the base there is."""

    section: ClassVar[str] = "insurance"

    @property
    def indicator(self) -> str:
        return "insurance_years"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Base(Lever):
    """The contribution base at a multiple of the reference wage.

    `figure` is the figure of the policy that holds the multiple (`band_2.tenths`, `title.base_tenths`); `rise` what a
    month costs, from and to, in thousandths of what the base goes up.
    """

    figure: str
    rise: tuple[int, int]
    section: ClassVar[str] = "insurance"

    @property
    def indicator(self) -> str:
        return "title" if self.figure.startswith("title.") else "contribution_base"

    @property
    def alone(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Study(Lever):
    """Schooling beside work, up to a level and a degree.

    `months` is how long the course takes after each stage it may follow; `starts` are the months of the year in which
    it begins.
    """

    level: str
    degree: str
    months: Mapping[str, int]
    starts: tuple[int, ...]
    section: ClassVar[str] = "education"

    @property
    def indicator(self) -> str:
        return "education"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Qualify(Lever):
    """A title or a skill's grade, passed after `months` of preparing.

    `qualification` is the figure it earns (`title.senior`, `skill.3`). It may be passed so many months after one of
    `after`: a stage of schooling, another qualification, `WORK`; by those with at least the `schooling`, where one is
    named.
    """

    qualification: str
    months: int
    after: Mapping[str, int]
    schooling: str | None = None
    section: ClassVar[str] = "qualification"

    @property
    def indicator(self) -> str:
        return "title"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Move(Lever):
    """Working and living in an area (`suburb`, `lingang`), once home and work are found in `months`."""

    area: str
    months: int
    section: ClassVar[str] = "service"

    @property
    def indicator(self) -> str:
        return "suburb"

    @property
    def alone(self) -> bool:
        return True


KINDS: Mapping[str, type[Lever]] = {"pay": Pay, "base": Base, "study": Study, "qualify": Qualify, "move": Move}


@dataclass(frozen=True, slots=True, eq=False)
class Shunned:
    """A way that is praised and not offered, with the line it is said to move; the words tell the risk."""

    id: str
    indicator: str
    grade: str

    @property
    def reason(self) -> Reason:
        """Why it is not offered."""
        return Reason(f"plan.shunned.{self.id}", {})


@dataclass(frozen=True, slots=True, eq=False)
class Planning:
    """What a pack says about plans: how many years ahead they look, the levers in their order, the ways shunned."""

    years: int
    levers: tuple[Lever, ...]
    shunned: tuple[Shunned, ...]

    def lever(self, lever_id: str) -> Lever | None:
        """The lever of this id; None where there is none."""
        return next((lever for lever in self.levers if lever.id == lever_id), None)


def planning_of(pack: Mapping[str, Any]) -> Planning:
    """What a pack that has passed the lint says about plans."""
    bases = pack["basis"]
    return Planning(
        pack["planning"]["years"],
        tuple(_lever(row, bases[row["basis"]]) for row in pack["levers"]),
        tuple(Shunned(row["id"], row["indicator"], bases[row["basis"]]["grade"]) for row in pack["shunned"]),
    )


def _lever(row: Mapping[str, Any], basis: Mapping[str, Any]) -> Lever:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    kind = KINDS[fields.pop("kind")]
    del fields["basis"]
    return kind(grade=basis["grade"], note=note_of(basis), **fields)
