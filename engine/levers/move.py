"""Moving to an area to work and live there, and staying."""

from datetime import date, timedelta

from engine.facts import Applicant, Service
from engine.lever_pack import AREAS, Move
from engine.months import Month
from engine.reason import Reason


def move_from(a: Applicant, lever: Move, on: date) -> Month | Reason:
    """Next month, unless somebody works and lives there already: then time alone brings the years."""
    if a.employment is None:
        return Reason("plan.employment", {})
    for row in a.service:
        if row.kind == lever.area and row.to is None and row.lives_there is not False and row.evidence != "rejected":
            return Reason("plan.lives_there", {"area_word": f"value.service.kind.{lever.area}"})
    return Month(Month.of(on) + 1)


def moved(a: Applicant, lever: Move, start: Month) -> list[Service]:
    """The services with the one that begins there among them; nobody lives in two areas."""
    begins = Month(start + lever.months).first_day()
    there = {"kind": lever.area, "from": begins, "lives_there": True}
    return [*(_left(row, begins) for row in a.service), Service.model_validate(there)]


def _left(row: Service, day: date) -> Service:
    stays = row.kind in AREAS and row.to is None and row.lives_there is not False
    return row.model_copy(update={"to": day - timedelta(days=1)}) if stays and row.from_ and row.from_ < day else row
