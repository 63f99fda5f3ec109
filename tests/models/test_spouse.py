"""Two cases of one marriage know each other by an ID number that stands in either of them."""

from desks import Desk

from models.reading import Reader

HERS, HIS = "340104198803074528", "340104199003074516"


def look(desk: Desk, case_id: int) -> int | None:
    with Reader(desk.workspace) as reader:
        stored = reader.case(case_id)
        assert stored is not None
        found = reader.spouse(case_id, stored.document)
    return None if found is None else found.id


def test_the_spouse_is_the_case_whose_number_is_named(ana: Desk) -> None:
    hers = ana.create({"id_number": HERS})
    his = ana.create({"id_number": HIS, "spouse": {"id_number": HERS}})
    assert look(ana, his) == hers


def test_it_is_also_the_case_that_names_this_one(ana: Desk) -> None:
    hers = ana.create({"id_number": HERS})
    his = ana.create({"id_number": HIS, "spouse": {"id_number": HERS}})
    assert look(ana, hers) == his


def test_whoever_names_another_spouse_is_not_taken_for_one_that_names_this_case(ana: Desk) -> None:
    hers = ana.create({"id_number": HERS, "spouse": {"id_number": "34010419950707451X"}})
    ana.create({"id_number": HIS, "spouse": {"id_number": HERS}})
    assert look(ana, hers) is None


def test_it_is_nobody_where_no_number_is_known(ana: Desk) -> None:
    case_id = ana.create({"name": "王小明", "spouse": {"name": "李梅"}})
    ana.create({"name": "李梅", "spouse": {"name": "王小明"}})
    assert look(ana, case_id) is None


def test_it_is_not_the_case_itself(ana: Desk) -> None:
    assert look(ana, ana.create({"id_number": HIS})) is None
