"""What holds for every line that somebody may type, on every valid applicant."""

import json
import re
from datetime import date

from assessing import POLICY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import Document, documents

from engine.document import dump, problems, validate
from engine.facts import Applicant
from engine.lever_phrases import names
from engine.words import LANGUAGES
from models.paths import give_ids
from models.what_if import carried_out
from models.what_if_line import by_id, by_place, pieces
from tui.text import say

ON = date(2026, 11, 22)
LEVERS = [name for lever in POLICY.planning.levers for language in LANGUAGES for name in names(lever, language)]
MONTHS = ["", "2027-01", " from 2013-07", " 从2028.3", " 2031年6月起", " by 2199-12", " 2012-01", " from", " 27"]
FACTS = [
    *("education.0.degree=bachelor", "education.1.level=", "education.0=", "education=", "education=3", "education"),
    *('education+={"level": "bachelor", "graduated": "2020-07-01"}', 'education+={"id": ".a"}', "education.x=1"),
    *("insurance.0.to=2026-01", "insurance.0.base=30000", "insurance.0.from=2030-01", "insurance=", "insurance-=x"),
    *(
        "birth_date＝1999-01-01",
        "employment=",
        'employment.hr+={"name": "a;b"}',
        'name="a;b"',
        "claims+=age",
        "claims=",
    ),
    *("notice=3", "notice.members+=a,b", "spouse={}", 'spouse={"x": 1}', "applicant=", "applicant.=1", "status=lead"),
]
SAID = st.one_of(
    st.sampled_from(FACTS),
    st.builds(str.__add__, st.sampled_from(LEVERS), st.sampled_from(MONTHS)),
    st.sampled_from(FACTS),
    st.text(st.sampled_from('"=;；.{}＝“ \x00x年base20从'), max_size=8),
)
lines = st.lists(SAID, min_size=1, max_size=5).map("; ".join)
some = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def facts(applicant: Applicant) -> str:
    """All that is known, rows without their ids: those that are added get new ones."""
    return re.sub(r'"id": "\w+"', "", json.dumps(dump(applicant)))


@some
@given(documents(), lines)
def test_what_cannot_be_taken_is_told_and_the_rest_leads_to_valid_facts(document: Document, line: str) -> None:
    found = carried_out(validate(document), line, POLICY, ON)
    assert [piece.text for piece in found.pieces] == pieces(line)
    for piece in found.pieces:
        taken = piece.pulled is not None or piece.assigned is not None
        assert taken is (piece.wrong is None)
        for reason in (piece.wrong, piece.minding):
            assert reason is None or all(say(reason, language) for language in LANGUAGES)
    assert problems(dump(found.applicant)) == []


@some
@given(documents(), lines)
def test_a_line_that_names_rows_by_their_ids_says_the_same_and_is_shown_as_it_was(
    document: Document, line: str
) -> None:
    tree = {"applicant": dump(validate(document))}
    give_ids(tree)
    applicant = validate(tree["applicant"])
    kept = by_id(line, tree, POLICY)
    typed, stored = (carried_out(applicant, text, POLICY, ON) for text in (line, kept))
    assert [piece.wrong is None for piece in stored.pieces] == [piece.wrong is None for piece in typed.pieces]
    assert facts(stored.applicant) == facts(typed.applicant)
    assert by_id(by_place(kept, tree, POLICY), tree, POLICY) == kept
