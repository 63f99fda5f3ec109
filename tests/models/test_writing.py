"""Changes go in whole or not at all, beside other people's, with what is derived and the journal entry."""

import json
from datetime import date

import pytest
from desks import Desk

from engine.document import Invalid
from engine.words import LANGUAGES, say
from models.paths import new_id
from models.reading import Reader
from models.transaction import transaction
from models.workspace import WorkspaceError
from models.writing import Author, Change, Conflict, NewCase, Refused, change, create, create_many, rederive

WANG = {"name": "王小明", "id_number": "340104199003074516", "contact": {"phone": "13800000000"}}
SCHOOLED = {"name": "李梅", "education": [{"level": "bachelor", "degree": "bachelor", "graduated": "2012-07-01"}]}


def found(desk: Desk, key: str) -> list[int]:
    rows = desk.workspace.connection.execute("SELECT case_id FROM search_key WHERE key = ? ORDER BY 1", (key,))
    return [case_id for (case_id,) in rows]


# --- a new case


def test_a_new_case_is_there_with_what_is_derived_from_it(ana: Desk) -> None:
    case = ana.case(ana.create(SCHOOLED | {"birth_date": "1990-03-07"}, consultant="ana", tags=["重点"], status="form"))
    assert (case.status, case.consultant, case.tags) == ("form", "ana", ("重点",))
    assert (case.row.name, case.row.score, case.revision) == ("李梅", 120, 1)


def test_a_new_case_is_found_by_its_search_keys(ana: Desk) -> None:
    case_id = ana.create(WANG)
    assert found(ana, "wxm") == found(ana, "王小明") == found(ana, "13800000000") == [case_id]


def test_a_new_case_is_in_the_journal_whole(ana: Desk) -> None:
    case_id = ana.create(WANG, tags=["重点"])
    (entry,) = ana.entries(case_id)
    assert (entry.by, entry.origin, entry.command) == ("ana", "test", "create")
    assert entry.changes == [
        {"path": "", "before": None, "after": {"status": "lead", "tags": ["重点"], "applicant": ana.document(case_id)}}
    ]


def test_every_row_gets_an_id_of_its_own(ana: Desk) -> None:
    hr = {"employment": {"hr": [{"name": "周敏"}, {"name": "陈"}]}}
    document = ana.document(ana.create(hr | {"insurance": [{"from": "2020-01"}] * 3}))
    assert len({row["id"] for row in document["insurance"]}) == 3
    assert all(row["id"] for row in document["employment"]["hr"])


def test_an_id_that_a_row_has_stays(ana: Desk) -> None:
    assert ana.document(ana.create({"award": [{"id": "k3f9"}]}))["award"] == [{"id": "k3f9"}]


def test_an_id_made_is_never_taken_for_a_place() -> None:
    assert not any(new_id()[0].isdigit() for _ in range(500))


def test_a_wrong_applicant_is_not_kept_and_every_error_is_told(ana: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        ana.create({"nam": "王", "education": [{"level": "phd"}]}, status="leed", need_by="soon")
    assert {p.key for p in caught.value.problems} == {"nam", "education.0.level", "status", "need_by"}
    assert ana.count("SELECT count(*) FROM cases") == ana.count("SELECT count(*) FROM entry") == 0


def test_values_are_kept_in_their_one_spelling(ana: Desk) -> None:
    document = {"hukou": {"province": "安徽省"}, "name": " 王\u202e小明 ", "spouse": {}, "award": []}
    assert ana.document(ana.create(document)) == {"name": "王小明", "hukou": {"province": "安徽"}}


# --- a change


def test_a_change_is_kept_with_what_follows_from_it(ana: Desk) -> None:
    case_id = ana.create(SCHOOLED)
    before = ana.case(case_id).row.score
    saved = ana.set(case_id, ana.row(case_id, "education") + ".level", "associate")
    case = ana.case(case_id)
    assert case.document["education"][0]["level"] == "associate"
    assert (before, case.row.score, case.revision, saved.revision) == (90, 50, 2, 2)


def test_a_new_name_is_found_and_the_old_one_no_longer(ana: Desk) -> None:
    case_id = ana.create(WANG)
    ana.set(case_id, "applicant.name", "赵一")
    assert (found(ana, "zhaoyi"), found(ana, "wangxiaoming")) == ([case_id], [])
    assert found(ana, "13800000000") == [case_id]


def test_a_change_is_in_the_journal_field_by_field(ana: Desk) -> None:
    case_id = ana.create(WANG)
    ana.change(case_id, ("status", "lead", "form"), ("applicant.ethnic_group", None, "回族"))
    assert ana.entries(case_id)[0].changes == [
        {"path": "status", "before": "lead", "after": "form"},
        {"path": "applicant.ethnic_group", "before": None, "after": "回族"},
    ]


@pytest.mark.parametrize(
    ("path", "value", "kept"),
    [("status", "form", "form"), ("consultant", "bo", "bo"), ("need_by", "2027-12-02", "2027-12-02")],
)
def test_what_the_office_keeps_is_set_and_cleared_alike(ana: Desk, path: str, value: str, kept: str) -> None:
    case_id = ana.create({})
    ana.set(case_id, path, value)
    assert ana.tree(case_id)[path] == kept


def test_tags_are_each_there_once(ana: Desk) -> None:
    case_id = ana.create({})
    ana.set(case_id, "tags", ["中考", "重点", "中考"])
    assert ana.case(case_id).tags == ("中考", "重点")


def test_a_status_cannot_be_cleared(ana: Desk) -> None:
    case_id = ana.create({})
    with pytest.raises(Invalid) as caught:
        ana.set(case_id, "status", None)
    assert [p.key for p in caught.value.problems] == ["status"]


def test_the_first_field_of_a_group_makes_it_and_the_last_takes_it_away(ana: Desk) -> None:
    case_id = ana.create({})
    ana.set(case_id, "applicant.spouse.name", "陈静")
    assert ana.document(case_id) == {"spouse": {"name": "陈静"}}
    ana.set(case_id, "applicant.spouse.name", None)
    assert ana.document(case_id) == {}


def test_a_row_is_added_where_it_is_wanted(ana: Desk) -> None:
    case_id = ana.create({"education": [{"level": "associate"}, {"level": "master"}]})
    ana.change(case_id, ("applicant.education.mid", None, {"level": "bachelor"}, 1))
    assert [row["level"] for row in ana.document(case_id)["education"]] == ["associate", "bachelor", "master"]


def test_a_row_inside_a_group_that_is_not_there_makes_the_group(ana: Desk) -> None:
    case_id = ana.create({})
    ana.change(case_id, ("applicant.employment.hr.zhou", None, {"name": "周敏"}))
    assert ana.document(case_id) == {"employment": {"hr": [{"id": "zhou", "name": "周敏"}]}}


def test_an_empty_row_stays_until_it_is_removed(ana: Desk) -> None:
    case_id = ana.create({})
    ana.change(case_id, ("applicant.award.new", None, {}))
    assert ana.document(case_id) == {"award": [{"id": "new"}]}
    ana.change(case_id, ("applicant.award.new", {}, None))
    assert ana.document(case_id) == {}


def test_a_row_and_a_field_of_it_in_one_command_are_one_change(ana: Desk) -> None:
    case_id = ana.create({})
    ana.change(case_id, ("applicant.award.new", None, {}), ("applicant.award.new.granted", None, "2023-05-01"))
    assert [c["path"] for c in ana.entries(case_id)[0].changes] == ["applicant.award.new"]


def test_a_wrong_change_takes_the_right_ones_beside_it_along(ana: Desk) -> None:
    case_id = ana.create(WANG)
    with pytest.raises(Invalid) as caught:
        ana.change(case_id, ("status", "lead", "form"), ("applicant.birth_date", None, "1991-01-01"))
    assert [p.key for p in caught.value.problems] == ["birth_date"]
    assert (ana.case(case_id).revision, ana.case(case_id).status, len(ana.entries(case_id))) == (1, "lead", 1)


@pytest.mark.parametrize("path", ["applicant.nothing", "colour", "applicant.education.r1.nothing"])
def test_a_fact_that_does_not_exist_is_an_error(ana: Desk, path: str) -> None:
    case_id = ana.create({"education": [{"id": "r1"}]})
    with pytest.raises(Invalid) as caught:
        ana.change(case_id, (path, None, "x"))
    assert caught.value.problems[0].key.rpartition(".")[2] == path.rpartition(".")[2]


@pytest.mark.parametrize("path", ["applicant.name.first", "applicant.claims.0", "status.now"])
def test_a_path_through_a_value_is_an_error(ana: Desk, path: str) -> None:
    case_id = ana.create({"name": "王", "claims": ["age"]})
    with pytest.raises(Invalid) as caught:
        ana.change(case_id, (path, None, "age"))
    assert [say(p.reason, "zh") for p in caught.value.problems] == [f"没有 {path} 这一项"]


def test_a_case_that_is_not_there_is_refused(ana: Desk) -> None:
    with pytest.raises(Refused) as caught:
        ana.change(7, ("status", "lead", "form"))
    assert all("7" in say(caught.value.reason, language) for language in LANGUAGES)


def test_a_change_of_nothing_is_no_entry(ana: Desk) -> None:
    case_id = ana.create(WANG)
    saved = ana.change(case_id, ("applicant.name", "王小明", "王小明"))
    assert (saved.revision, saved.entry, len(ana.entries(case_id))) == (1, None, 1)


# --- two people


def test_two_who_change_different_fields_both_get_theirs(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    ana.change(case_id, ("applicant.ethnic_group", None, "回族"))
    bo.change(case_id, ("applicant.sex", None, "male"), ("status", "lead", "form"))
    document = ana.document(case_id)
    assert (document["ethnic_group"], document["sex"], ana.case(case_id).status) == ("回族", "male", "form")


def test_two_who_add_rows_both_keep_theirs(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({})
    ana.change(case_id, ("applicant.award.a", None, {}))
    bo.change(case_id, ("applicant.award.b", None, {}))
    assert [row["id"] for row in ana.document(case_id)["award"]] == ["a", "b"]


def test_the_second_at_the_same_field_is_told_who_wrote_what_and_when(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    ana.change(case_id, ("applicant.ethnic_group", None, "回族"))
    with pytest.raises(Conflict) as caught:
        bo.change(case_id, ("applicant.ethnic_group", None, "汉族"), ("status", "lead", "form"))
    (item,) = caught.value.items
    assert (item.path, item.saw, item.now, item.who) == ("applicant.ethnic_group", None, "回族", "ana")
    assert item.at == ana.entries(case_id)[0].at
    assert (ana.document(case_id)["ethnic_group"], ana.case(case_id).status) == ("回族", "lead")


def test_the_one_named_is_who_touched_that_field_not_who_came_last(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    ana.set(case_id, "applicant.name", "王一")
    bo.set(case_id, "status", "form")
    with pytest.raises(Conflict) as caught:
        bo.change(case_id, ("applicant.name", "王小明", "王二"))
    assert [item.who for item in caught.value.items] == ["ana"]


def test_two_who_want_the_same_agree(ana: Desk, bo: Desk) -> None:
    case_id = ana.create(WANG)
    ana.change(case_id, ("status", "lead", "form"))
    assert bo.change(case_id, ("status", "lead", "form")).entry is None


def test_a_field_in_a_row_that_was_removed_does_not_bring_the_row_back(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"award": [{"id": "r1", "level": "provincial"}]})
    ana.change(case_id, ("applicant.award.r1", {"level": "provincial"}, None))
    with pytest.raises(Conflict) as caught:
        bo.change(case_id, ("applicant.award.r1.granted", None, "2023-05-01"))
    assert [item.who for item in caught.value.items] == ["ana"]


def test_a_row_that_was_changed_is_not_removed_unseen(ana: Desk, bo: Desk) -> None:
    case_id = ana.create({"award": [{"id": "r1", "level": "provincial"}]})
    ana.change(case_id, ("applicant.award.r1.granted", None, "2023-05-01"))
    with pytest.raises(Conflict):
        bo.change(case_id, ("applicant.award.r1", {"level": "provincial"}, None))


# --- evidence


def test_a_verified_row_that_changes_is_received_again_and_that_is_said(ana: Desk) -> None:
    case_id = ana.create({"education": [{"id": "r1", "level": "bachelor", "evidence": "verified"}]})
    saved = ana.set(case_id, "applicant.education.r1.level", "master")
    assert ana.document(case_id)["education"][0]["evidence"] == "received"
    assert [say(notice, "zh") for notice in saved.notices] == ["学历学位 有改动，原来“已核”的这一条改回“已收到”"]
    assert {c["path"] for c in ana.entries(case_id)[0].changes} == {
        "applicant.education.r1.level",
        "applicant.education.r1.evidence",
    }


def test_the_verified_spouse_too(ana: Desk) -> None:
    case_id = ana.create({"spouse": {"shanghai_hukou": True, "evidence": "verified"}})
    ana.set(case_id, "applicant.spouse.married", "2016-10-01")
    assert ana.document(case_id)["spouse"]["evidence"] == "received"


def test_a_verified_row_given_anew_with_other_facts_too(ana: Desk) -> None:
    case_id = ana.create({"award": [{"id": "r1", "level": "provincial", "evidence": "verified"}]})
    ana.set(case_id, "applicant.award.r1", {"level": "municipal_general", "evidence": "verified"})
    assert ana.document(case_id)["award"][0]["evidence"] == "received"


@pytest.mark.parametrize("evidence", ["claimed", "received", "rejected"])
def test_other_evidence_stays_as_it_is(ana: Desk, evidence: str) -> None:
    case_id = ana.create({"award": [{"id": "r1", "evidence": evidence}]})
    assert ana.set(case_id, "applicant.award.r1.level", "provincial").notices == ()
    assert ana.document(case_id)["award"][0]["evidence"] == evidence


def test_a_change_that_speaks_of_the_evidence_itself_is_taken_at_its_word(ana: Desk) -> None:
    case_id = ana.create({"award": [{"id": "r1", "evidence": "verified"}]})
    ana.change(
        case_id,
        ("applicant.award.r1.level", None, "provincial"),
        ("applicant.award.r1.evidence", "verified", "verified"),
    )
    assert ana.document(case_id)["award"][0]["evidence"] == "verified"


def test_only_the_changed_row_loses_its_proof(ana: Desk) -> None:
    case_id = ana.create({"award": [{"id": "r1", "evidence": "verified"}, {"id": "r2", "evidence": "verified"}]})
    ana.set(case_id, "applicant.award.r2.level", "provincial")
    assert [row["evidence"] for row in ana.document(case_id)["award"]] == ["verified", "received"]


def test_a_verified_row_may_be_added(ana: Desk) -> None:
    case_id = ana.create({})
    assert ana.change(case_id, ("applicant.award.r1", None, {"evidence": "verified"})).notices == ()
    assert ana.document(case_id)["award"][0]["evidence"] == "verified"


# --- who


def test_names_are_cleaned_and_bounded(ana: Desk) -> None:
    author = Author("  a\x1b[2Jn\u202ea " + "x" * 500, "desk\n10.0.0.1")
    case_id = create(ana.workspace, {}, by=author, today=ana.today)
    entry = ana.entries(case_id)[0]
    assert (entry.by[:6], len(entry.by), entry.origin) == ("a[2Jna", 64, "desk 10.0.0.1")


def test_nobody_writes_nothing(ana: Desk) -> None:
    with pytest.raises(Refused):
        create(ana.workspace, {}, by=Author("\u200b "), today=ana.today)


# --- many at once, and a new day


def test_many_cases_go_in_by_chunks_of_one_batch(ana: Desk) -> None:
    cases = (NewCase({"name": f"客户{n}"}, tags=["导入"]) for n in range(1100))
    chunks = list(create_many(ana.workspace, cases, by=ana.author, today=ana.today))
    assert [len(chunk) for chunk in chunks] == [500, 500, 100]
    assert ana.count("SELECT count(*) FROM cases WHERE tags = ?", '["导入"]') == 1100
    assert ana.count("SELECT count(DISTINCT batch) FROM entry WHERE command = 'import'") == 1
    assert ana.document(chunks[1][7]) == {"name": "客户507"}
    assert found(ana, "客户507") == [chunks[1][7]]


def test_a_chunk_with_a_wrong_case_is_left_out_whole(ana: Desk) -> None:
    cases = [NewCase({"name": "一"}), NewCase({"nam": "二"})]
    with pytest.raises(Invalid):
        list(create_many(ana.workspace, cases, by=ana.author, today=ana.today))
    assert ana.count("SELECT count(*) FROM cases") == 0


def test_a_new_day_derives_anew_what_is_stale_and_leaves_the_rest(ana: Desk) -> None:
    ids = [ana.create(SCHOOLED | {"birth_date": "1982-11-23"}) for _ in range(3)]
    before = ana.case(ids[0])
    tomorrow = date(2026, 11, 23)  # the birthday: at 44 the age earns 29
    fresh = create(ana.workspace, {}, by=ana.author, today=tomorrow)
    assert [rederive(ana.workspace, tomorrow, limit=2) for _ in range(3)] == [2, 1, 0]
    after = ana.case(ids[0])
    assert (before.row.score, after.row.score) == (120, 119)
    assert (after.revision, after.row.updated_at, after.document) == (1, before.row.updated_at, before.document)
    assert after.stamp == ana.case(fresh).stamp != before.stamp
    assert len(ana.entries(ids[0])) == 1


def test_deriving_anew_leaves_a_case_to_who_changes_it_meanwhile(ana: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from models import rederiving

    case_id = ana.create(WANG)
    derive = rederiving.derive

    def slowly(*args: object) -> object:
        ana.set(case_id, "applicant.name", "赵一")
        return derive(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(rederiving, "derive", slowly)
    rederive(ana.workspace, date(2027, 11, 23))
    assert (ana.case(case_id).row.name, found(ana, "wangxiaoming")) == ("赵一", [])


def test_a_document_that_today_is_wrong_is_unknown_not_zero(ana: Desk) -> None:

    case_id = ana.create(SCHOOLED | {"birth_date": "1982-11-23"})
    with transaction(ana.workspace) as session:
        session.connection().exec_driver_sql("UPDATE document SET document = ?", (json.dumps({"once": "valid"}),))
    tomorrow = date(2026, 11, 23)
    assert [rederive(ana.workspace, tomorrow), rederive(ana.workspace, tomorrow)] == [1, 0]
    assert ana.case(case_id).row.score is None


def test_readers_see_a_change_whole(ana: Desk) -> None:
    case_id = ana.create(WANG)
    with Reader(ana.workspace) as reader:
        version = reader.data_version()
        change(ana.workspace, case_id, [Change("status", "lead", "form")], by=ana.author, today=ana.today)
        assert reader.data_version() != version


# --- the disk


def test_on_a_full_disk_a_change_is_refused_and_the_rest_stays(ana: Desk) -> None:
    case_id = ana.create(WANG)
    pages = ana.count("PRAGMA page_count")
    with transaction(ana.workspace) as session:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(WorkspaceError) as caught:
        ana.create({"work": [{"unit": "单位" * 200, "place": "安徽"}] * 100})
    assert caught.value.reason.code == "workspace.disk_full"
    with transaction(ana.workspace) as session:  # room again
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
    ana.set(case_id, "status", "form")
    assert (ana.case(case_id).status, ana.count("SELECT count(*) FROM cases")) == ("form", 1)


def test_a_file_taken_away_is_a_sentence_not_a_new_file(ana: Desk) -> None:
    ana.workspace.close()
    ana.workspace.path.unlink()
    with pytest.raises(WorkspaceError):
        ana.create(WANG)
    assert not ana.workspace.path.exists()
