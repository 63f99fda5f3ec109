"""The ways to points that clients come with: how old, what schooling, how long insured, at what base, what else."""

from dataclasses import dataclass
from typing import Literal

Wage = Literal["floor", "round", "eight", "one", "two", "ceiling", "one_yuan_short"]


@dataclass(frozen=True, slots=True)
class Route:
    """One way. `schooling` names stages of `models.demo.schooling`, `extras` of `models.demo.extras`.

    `years` are those of insurance in Shanghai, from and below; `wage` is the pattern of the bases.
    """

    name: str
    ages: tuple[int, int]
    schooling: tuple[str, ...]
    years: tuple[int, int]
    wage: Wage
    extras: tuple[str, ...] = ()


_HIGH = "high_school"
_TRADE = "secondary_vocational"

# from 120 points on, as a rule
STRONG = (
    Route("degree", (27, 44), (_HIGH, "bachelor"), (1, 11), "round"),
    Route("degree_at_average", (33, 44), (_HIGH, "bachelor"), (6, 13), "one"),
    Route("master", (27, 40), (_HIGH, "bachelor", "master"), (1, 9), "one"),
    Route("overseas_master", (27, 37), (_HIGH, "bachelor", "overseas_master"), (1, 7), "round"),
    Route("doctor", (32, 46), (_HIGH, "bachelor", "master", "doctor"), (1, 8), "two"),
    Route("fresh_master", (25, 27), (_HIGH, "bachelor", "fresh_master"), (0, 1), "round"),
    Route("associate_at_average", (32, 44), (_HIGH, "associate"), (7, 14), "one"),
    Route("associate_long_years", (37, 44), (_HIGH, "associate"), (14, 15), "round", ("spouse_shanghai",)),
    Route("upgraded_at_average", (33, 44), (_HIGH, "associate", "adult_bachelor"), (5, 12), "one"),
    Route("upgraded_with_degree", (33, 44), (_HIGH, "associate", "adult_bachelor_degree"), (5, 12), "round"),
    Route("engineer", (31, 50), (_HIGH, "associate"), (5, 13), "one", ("title_intermediate",)),
    Route("senior_engineer", (42, 57), (_HIGH, "bachelor"), (9, 15), "two", ("title_senior",)),
    Route("technician", (33, 48), (_TRADE,), (7, 14), "one", ("skill_2",)),
    Route("senior_technician", (38, 52), (_TRADE,), (9, 15), "one", ("skill_1",)),
    Route("skilled_at_average", (34, 44), (_TRADE,), (6, 13), "one", ("skill_3",)),
    Route("high_wage", (34, 48), (_HIGH,), (6, 12), "two"),
    Route("ceiling", (35, 50), (_HIGH, "associate"), (5, 13), "ceiling"),
    Route("own_company", (36, 52), (_HIGH, "associate"), (7, 14), "floor", ("investment_tax", "title_junior")),
    Route("own_restaurants", (38, 46), (_TRADE,), (6, 12), "floor", ("investment_jobs", "spouse_shanghai")),
    Route("founder", (30, 43), (_HIGH, "bachelor_plain"), (3, 9), "round", ("talent_entrepreneur",)),
    Route("intermediary", (33, 45), (_HIGH, "bachelor"), (4, 10), "round", ("talent_intermediary",)),
    Route("sanitation", (43, 49), (_TRADE,), (12, 15), "floor", ("sanitation", "spouse_shanghai")),
    Route("new_area", (34, 43), (_HIGH, "associate"), (7, 12), "one", ("lingang",)),
    Route("outskirts", (36, 44), (_HIGH, "bachelor_plain"), (9, 14), "eight", ("suburb",)),
    Route("model_worker", (38, 52), (_TRADE,), (9, 15), "one", ("award_provincial",)),
    Route("commended", (34, 44), (_HIGH, "bachelor_plain"), (7, 13), "round", ("award_municipal",)),
    Route("shortage", (31, 43), (_HIGH, "shortage_associate"), (5, 10), "eight"),
    Route("married_in", (33, 43), (_HIGH, "associate"), (5, 11), "eight", ("spouse_shanghai",)),
)
# under 120 points, as a rule
WEAK = (
    Route("associate_floor", (27, 44), (_HIGH, "associate"), (1, 10), "floor"),
    Route("associate_round", (26, 40), (_HIGH, "associate"), (1, 4), "round"),
    Route("associate_eight", (28, 42), (_HIGH, "associate"), (3, 5), "eight"),
    Route("vocational", (28, 48), (_TRADE,), (2, 12), "floor"),
    Route("vocational_skilled", (27, 43), (_TRADE,), (2, 9), "floor", ("skill_4",)),
    Route("apprentice", (24, 32), (_TRADE,), (1, 5), "floor", ("skill_5",)),
    Route("getting_old", (46, 58), (_HIGH, "associate"), (3, 12), "floor"),
    Route("bachelor_without_degree", (28, 43), (_HIGH, "bachelor_plain"), (1, 8), "floor"),
    Route("upgrading", (29, 42), (_HIGH, "associate", "adult_bachelor"), (2, 9), "floor"),
    Route("junior_title", (29, 42), (_HIGH, "associate"), (3, 8), "floor", ("title_junior",)),
    Route("engineer_at_floor", (31, 44), (_HIGH, "associate"), (4, 11), "floor", ("title_intermediate",)),
    Route("average_for_now", (28, 40), (_HIGH,), (4, 9), "one"),
)
# what somebody has counted wrongly and filed all the same
MISTAKEN = (
    Route("one_yuan_short", (33, 41), (_HIGH, "associate"), (4, 5), "one_yuan_short"),
    Route("forty_four_taken_for_thirty", (44, 45), (_HIGH, "bachelor"), (0, 1), "round"),
    Route("education_and_skill_added", (33, 42), (_HIGH, "bachelor_plain"), (4, 9), "floor", ("skill_3",)),
)
BY_NAME = {route.name: route for route in (*STRONG, *WEAK, *MISTAKEN)}
