"""The days of a case, its tasks and fees among them; what is put off; and the nearest one as lists keep it."""

from datetime import date

from desks import DAY, Desk

from engine.document import validate
from models import demo
from models.agenda import agenda, asking
from models.author import Author
from models.history import present
from models.query import parse
from models.reading import Reader
from models.writing import rederive

TASK = {"what": "催学位证", "due": "2026-12-01"}


def days(desk: Desk, case_id: int) -> list[tuple[str, str]]:
    stored = desk.case(case_id)
    found = agenda(present(stored), validate(stored.document), DAY)
    return [(each.code, each.day.isoformat()) for each in found]


def test_tasks_and_fees_are_days_until_they_are_done(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明"})
    ana.change(case_id, ("tasks.k3f9a", None, TASK))
    ana.change(case_id, ("fees.m4e2b", None, {"what": "尾款", "amount": 3400, "due": "2026-11-30"}))
    assert days(ana, case_id) == [("fee", "2026-11-30"), ("task", "2026-12-01")]
    ana.change(case_id, ("fees.m4e2b.received", None, "2026-11-22"), ("tasks.k3f9a.done", None, "2026-11-22"))
    assert days(ana, case_id) == []


def test_the_nearest_day_is_kept_and_goes_with_what_is_done(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明"})
    ana.change(case_id, ("tasks.k3f9a", None, TASK))
    assert (ana.case(case_id).row.deadline, ana.case(case_id).row.deadline_code) == ("2026-12-01", "task")
    ana.change(case_id, ("tasks.k3f9a.done", None, "2026-11-22"))
    assert ana.case(case_id).row.deadline is None


def test_what_is_put_off_asks_again_on_its_day(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明"})
    ana.change(case_id, ("tasks.k3f9a", None, TASK))
    ana.change(case_id, ("snoozes.p5f3c", None, {"what": "task tasks.k3f9a", "until": "2026-11-25"}))
    assert ana.case(case_id).row.deadline is None and ana.case(case_id).row.due == "2026-11-25"
    rederive(ana.workspace, date(2026, 11, 25))
    assert ana.case(case_id).row.deadline == "2026-12-01"


def test_a_closed_case_has_no_days(ana: Desk) -> None:
    case_id = ana.create({"permit": {"valid_until": "2027-05-09"}}, status="closed")
    ana.change(case_id, ("tasks.k3f9a", None, TASK))
    assert days(ana, case_id) == []


def test_of_the_demo_every_case_with_a_day_is_found_once_and_none_is_missed(ana: Desk) -> None:
    demo.build(ana.workspace, 60, demo.DEFAULT_SEED, DAY, Author("ana", "test"))
    with Reader(ana.workspace) as reader:
        kept = {row.id: row.deadline for row in reader.rows(reader.ids())}
        queue = list(reader.ids(parse("deadline:<91d sort:deadline", DAY, "ana")))
        wanted = {}
        for case_id in reader.ids():
            stored = reader.case(case_id)
            assert stored is not None
            tree = present(stored)
            found = asking(tree, agenda(tree, validate(stored.document), DAY), DAY)
            wanted[case_id] = found[0].day.isoformat() if found else None
    assert kept == wanted
    near = [case_id for case_id, day in wanted.items() if day is not None and day <= "2027-02-20"]
    assert sorted(queue) == near and len(set(queue)) == len(queue)
    assert [wanted[case_id] for case_id in queue] == sorted(str(wanted[case_id]) for case_id in queue)
