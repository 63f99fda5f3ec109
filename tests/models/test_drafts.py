"""What was typed and could not be committed yet is kept for whoever typed it, until it can be."""

from desks import Desk

from models.reading import Reader
from models.writing import clear_draft, save_draft, set_preference

PATH = "applicant.birth_date"


def drafts(desk: Desk, case_id: int) -> dict[str, str]:
    with Reader(desk.workspace) as reader:
        return {draft.path: draft.text for draft in reader.drafts(case_id, desk.name)}


def test_a_draft_is_kept_as_it_was_typed_last(ana: Desk) -> None:
    case_id = ana.create({})
    save_draft(ana.workspace, case_id, "ana", PATH, "1990-0")
    save_draft(ana.workspace, case_id, "ana", PATH, "1990-02-31")
    assert drafts(ana, case_id) == {PATH: "1990-02-31"}


def test_drafts_are_ones_own(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({})
    save_draft(ana.workspace, case_id, "ana", PATH, "19")
    assert drafts(bo, case_id) == {}


def test_a_draft_is_no_edit(ana: Desk) -> None:
    case_id = ana.create({})
    save_draft(ana.workspace, case_id, "ana", PATH, "1990")
    assert (ana.case(case_id).revision, len(ana.entries(case_id))) == (1, 1)


def test_a_draft_is_forgotten_when_it_is_dropped(ana: Desk) -> None:
    case_id = ana.create({})
    save_draft(ana.workspace, case_id, "ana", PATH, "19")
    clear_draft(ana.workspace, case_id, "ana", PATH)
    assert drafts(ana, case_id) == {}


def test_a_commit_ends_the_drafts_of_its_fields_alone(ana: Desk) -> None:
    case_id = ana.create({})
    save_draft(ana.workspace, case_id, "ana", PATH, "1990-03-07")
    save_draft(ana.workspace, case_id, "ana", "applicant.sex", "?")
    ana.change(case_id, (PATH, None, "1990-03-07"))
    assert drafts(ana, case_id) == {"applicant.sex": "?"}


def test_a_commit_that_changes_nothing_ends_the_draft_too(ana: Desk) -> None:
    case_id = ana.create({"name": "王"})
    save_draft(ana.workspace, case_id, "ana", "applicant.name", "王")
    ana.change(case_id, ("applicant.name", "王", "王"))
    assert drafts(ana, case_id) == {}


def test_a_creation_taken_back_and_done_again_has_its_drafts(ana: Desk) -> None:
    case_id = ana.create({})
    save_draft(ana.workspace, case_id, "ana", PATH, "19")
    ana.undo()
    ana.redo()
    assert drafts(ana, case_id) == {PATH: "19"}


def test_what_is_typed_is_cleaned_of_what_a_terminal_would_obey(ana: Desk) -> None:
    case_id = ana.create({})
    save_draft(ana.workspace, case_id, "ana", PATH, "19\x1b[2J90\u202e" + "9" * 5000)
    text = drafts(ana, case_id)[PATH]
    assert (text[:7], len(text)) == ("19[2J90", 2000)


def test_a_preference_is_kept_as_it_was_set_last(ana: Desk, bo: Desk) -> None:
    set_preference(ana.workspace, "ana", "language", "zh")
    set_preference(ana.workspace, "ana", "language", "en")
    with Reader(ana.workspace) as reader:
        assert (reader.preference("ana", "language"), reader.preference("bo", "language")) == ("en", None)
