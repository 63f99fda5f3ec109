"""The query language: what a line finds, what it refuses, and that nothing typed becomes SQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from querying import ANY_TEXT, PIECES, query, refused
from stored import store

from engine.words import LANGUAGES, say, word
from engine.workflow import STATUSES
from models.query import MANY, MOST_VALUES, QueryError
from models.query_terms import KEYS
from models.query_words import nearest
from models.reading import Reader
from models.workspace import open_workspace

ZHANG: dict[str, Any] = {
    "id": 1,
    "status": "form",
    "consultant": "ana",
    "score": 120,
    "proven": 90,
    "permit_until": "2026-12-10",
    "renewal": "2026-12-10",
    "need_by": "2027-12-02",
    "updated_at": "2026-11-21T16:00:00.000Z",  # midnight in Shanghai: the 22nd
    "tags": ["重点"],
    "document": {
        "name": "张三",
        "id_number": "340104199003074516",
        "contact": {"phone": "13800001234"},
        "employment": {"employer": "上海某某科技有限公司", "district": "浦东新区"},
    },
}
LI: dict[str, Any] = {
    "id": 2,
    "status": "hr_review",
    "consultant": "bob",
    "score": 100,
    "proven": 100,
    "permit_until": "2027-01-20",
    "points_until": "2027-03-15",
    "renewal": "2027-03-15",
    "updated_at": "2026-11-15T15:59:59.999Z",  # the last moment of the 15th in Shanghai
    "tags": ["重点", "中考"],
    "document": {"name": "李梅", "employment": {"employer": "100%_稳妥\\公司", "district": "徐汇区"}},
}
WANG: dict[str, Any] = {
    "id": 3,
    "status": "accumulating",
    "consultant": "Ana Li",
    "score": 60,
    "proven": 0,
    "permit_until": "2026-11-21",
    "renewal": "2026-11-21",
    "updated_at": "2026-10-01T00:00:00.000Z",
    "document": {"name": "王小明", "employment": {"employer": "ＡＢＣ公司"}},
}
UNKNOWN: dict[str, Any] = {
    "id": 4,
    "status": "closed",
    "updated_at": "2025-01-01T00:00:00.000Z",
    "tags": ['O\'Neil "x"'],
    "document": {"contact": {"called": "李女士"}},
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """张三 (1), 李梅 (2), 王小明 (3), and a 李女士 (4) of whom nothing else is known."""
    workspace = open_workspace(Path(tmp_path_factory.mktemp("query")) / "workspace.db")
    store(workspace, ZHANG, LI, WANG, UNKNOWN)
    with Reader(workspace) as opened:
        yield opened
    workspace.close()


class TestWhatALineFinds:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("", [1, 2, 3, 4]),
            ("   ", [1, 2, 3, 4]),
            # status: by id, by either name, by several
            ("status:form", [1]),
            ("status:form,hr_review", [1, 2]),
            ("状态:填报中", [1]),
            ("status:填报中", [1]),
            ("状态:form", [1]),
            ("Status:FORM", [1]),
            ('status:"Filling in the form"', [1]),
            # numbers
            ("score:120", [1]),
            ("score:=120", [1]),
            ("score:>=100", [1, 2]),
            ("score:>100", [1]),
            ("score:<100", [3]),
            ("score:<=100", [2, 3]),
            ("score:≥100", [1, 2]),
            ("分:60..100", [2, 3]),
            ("score:100..", [1, 2]),
            ("score:..60", [3]),
            ("proven:<100", [1, 3]),
            ("已核:100", [2]),
            # the gap is what the score lacks of 120
            ("gap:1..20", [2]),
            ("差:<=20", [1, 2]),
            ("gap:0", [1]),
            ("gap:>20", [3]),
            ("gap:>=0", [1, 2, 3]),
            ("gap:<0", []),
            # days ahead: 30 days from 22 November is 22 December, 29 are the last that are fewer
            ("permit:<30d", [1, 3]),
            ("permit:0d..30d", [1]),
            ("permit:<18d", [3]),
            ("permit:<=18d", [1, 3]),
            ("permit:18d", [1]),
            ("permit:<0d", [3]),
            ("居住证至:<30天", [1, 3]),
            ("points:<120d", [2]),
            ("积分至:>120d", []),
            # days, months, years of the calendar
            ("renewal:2026-12-10", [1]),
            ("renewal:2026-12", [1]),
            ("renewal:2026-12..2027-03", [1, 2]),
            ("renewal:2026-12-11..2027-03-14", []),
            ("renewal:2026-12-10..2027-03-15", [1, 2]),
            ("续办:2027", [2]),
            ("renewal:2026年12月", [1]),
            ("renewal:2026/12/10", [1]),
            ("renewal:<2026-12", [3]),
            ("renewal:<=2026-12", [1, 3]),
            ("renewal:>2026-12", [2]),
            ("renewal:>=2026-12", [1, 2]),
            ("renewal:none", [4]),
            ("need:2027", [1]),
            ("最晚要用:无", [2, 3, 4]),
            # days back: the 15th is seven days ago
            ("updated:<7d", [1]),
            ("updated:<=7d", [1, 2]),
            ("updated:7d", [2]),
            ("updated:>7d", [3, 4]),
            ("更新:0d..7d", [1, 2]),
            ("更新:7d..0d", None),
            ("updated:2026-11-15", [2]),
            ("updated:2026-11-22", [1]),
            ("updated:2026-10..2026-11", [1, 2, 3]),
            # who
            ("consultant:me", [1]),
            ("顾问:我", [1]),
            ("consultant:bob", [2]),
            ("consultant:BOB", [2]),
            ('consultant:"Ana Li"', [3]),
            ("consultant:none", [4]),
            ("consultant:me,bob", [1, 2]),
            # where, anywhere in the name
            ("employer:某某", [1]),
            ("单位:科技", [1]),
            ("employer:公司", [1, 2, 3]),
            ("employer:ＡＢＣ", [3]),
            ("employer:无", [4]),
            ("district:浦东", [1]),
            ("区:徐汇,浦东", [1, 2]),
            # tags, whole
            ("tag:重点", [1, 2]),
            ("标签:中考", [2]),
            ("tag:重", []),
            ("tag:none", [3]),
            # joined
            ("tag:重点 score:<120", [2]),
            ("status:form status:hr_review", []),
            ("-status:form", [2, 3, 4]),
            ("-status:form,hr_review", [3, 4]),
            ("-score:>=100", [3, 4]),
            ("-tag:重点 -consultant:none", [3]),
            # words
            ("张三", [1]),
            ("zs", [1]),
            ("zhangsan", [1]),
            ("三", [1]),
            ("1234", [1]),
            ("138", [1]),
            ("4516", [1]),
            # as many of the last figures as anybody reads out, from four on
            ("01234", [1]),
            ("001234", [1]),
            ("0001234", [1]),
            ("80000 1234", []),
            ('"8000 01234"', [1]),
            ("74516", [1]),
            ("074516", [1]),
            ("03074516", [1]),
            ("９１２３４", []),
            ("91234", []),
            ("9001234", []),
            ("-01234", [2, 3, 4]),
            ("01234 score:>=0", [1]),
            ("01234,李", [1, 2, 4]),
            ("某某科技", [1]),
            ("李", [2, 4]),
            ("li", [2, 4]),
            ("-li", [1, 3]),
            ("zs,lm", [1, 2]),
            ("wang ming", [3]),
            ('"王 小明"', [3]),
            ("lns status:closed", [4]),
            # a word that is a status finds that too
            ("填报中", [1]),
            ("填报", [1]),
            ("form", [1]),
            ("-填报中", [2, 3, 4]),
            ('"填报中"', []),
            ("填", []),
            ("单位审", [2]),
        ],
    )
    def test_finds(self, reader: Reader, line: str, found: list[int] | None) -> None:
        if found is None:
            assert refused(line).reason.code == "query.backwards"
        else:
            assert list(reader.ids(query(line))) == found

    @pytest.mark.parametrize("status", STATUSES)
    def test_a_status_is_meant_by_each_of_its_names(self, status: str) -> None:
        for language in LANGUAGES:
            assert query(f'status:"{word(f"status.{status}", language)}"') == query(f"status:{status}")

    @pytest.mark.parametrize("status", STATUSES)
    def test_a_status_is_found_by_its_chinese_name_and_its_id_alone(self, status: str) -> None:
        assert status in query(word(f"status.{status}", "zh")).parameters
        assert status in query(status).parameters


class TestOrder:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("sort:score", [3, 2, 1, 4]),
            ("sort:-score", [1, 2, 3, 4]),
            ("排序:-分", [1, 2, 3, 4]),
            ("sort:gap", [1, 2, 3, 4]),
            ("sort:-gap", [3, 2, 1, 4]),
            ("sort:renewal", [3, 1, 2, 4]),
            ("sort:-renewal", [2, 1, 3, 4]),
            ("sort:status", [3, 1, 2, 4]),
            ("sort:-status", [4, 2, 1, 3]),
            ("sort:-updated", [1, 2, 3, 4]),
            ("sort:points", [2, 1, 3, 4]),
            ("sort:points,-score", [2, 1, 3, 4]),
            ("sort:points sort:score", [2, 3, 1, 4]),
            ("score:>=100 sort:score", [2, 1]),
        ],
    )
    def test_is_as_asked_with_the_unknown_last_and_the_id_between_equals(
        self, reader: Reader, line: str, found: list[int]
    ) -> None:
        assert list(reader.ids(query(line))) == found


class TestTheTwoLanguagesAndTheInputMethod:
    @pytest.mark.parametrize("key", sorted(KEYS))
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_key_has_a_word_in_each_language_that_means_the_same(self, key: str, language: str) -> None:
        values = {"status": "form", "score": "1", "proven": "1", "gap": "1", "sort": "score", "kind": "renew"}
        values |= {"waiting": "hr", "fee": "due", "owed": "E01", "risk": "high"}
        value = values.get(key, "2027")
        assert query(f"{word(f'query.key.{key}', language)}:{value}") == query(f"{key}:{value}")

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("状态：填报中，单位审核", "status:form,hr_review"),
            ("分：》＝１２０", "score:>=120"),
            ("分：《120", "score:<120"),
            ("分：１。。２０", "score:1..20"),
            ("－标签：重点", "-tag:重点"),
            ("单位：“上海 某某”", 'employer:"上海 某某"'),
            ("状态：填报中　分：120", "status:form score:120"),
            ("ｚｓ", "zs"),
            ("排序：－分", "sort:-score"),
            ("状态：填报中、单位审核", "status:form,hr_review"),
        ],
    )
    def test_full_width_signs_are_the_plain_ones(self, typed: str, meant: str) -> None:
        assert query(typed) == query(meant)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("line", "code", "place"),
        [
            ("status:", "no_value", (0, 7)),
            ("张三 状态：", "no_value", (3, 6)),
            ("status:form,", "no_value", (0, 12)),
            ("status:,form", "no_value", (0, 7)),
            ("status: form", "no_value", (0, 7)),
            ('status:""', "no_value", (0, 9)),
            ('"', "quote", (0, 1)),
            ('张三 "李', "quote", (3, 5)),
            ('ab"c"', "quote", (2, 5)),
            ('"ab"c', "quote", (0, 4)),
            ("-", "no_word", (0, 1)),
            (",", "no_word", (0, 1)),
            ("a,", "no_word", (0, 2)),
            ("···", "no_letters", (0, 3)),
            ("score:abc", "number", (6, 9)),
            ("score:>", "number", (6, 7)),
            ("score:1.5", "number", (6, 9)),
            ("score:<30d", "number", (6, 10)),
            ("score:..", "number", (6, 8)),
            ("score:20..1", "backwards", (6, 11)),
            ("renewal:soon", "day", (8, 12)),
            ("renewal:2027-13", "day", (8, 15)),
            ("renewal:2027-02-29", "day", (8, 18)),
            ("renewal:0000", "day", (8, 12)),
            ("renewal:9999", "day", (8, 12)),
            ("renewal:2027-03..2027-01", "backwards", (8, 24)),
            ("exam:27", "year", (5, 7)),
            ("中考:明年", "year", (3, 5)),
            ("risk:zzz", "risk", (5, 8)),
            ("owed:zzz", "paper", (5, 8)),
            ("-sort:score", "sort_not", (0, 11)),
            ("zs \ud800", "unfit", (3, 4)),
            ("a\x00b", "unfit", (1, 2)),
        ],
    )
    def test_names_the_reason_and_the_place(self, line: str, code: str, place: tuple[int, int]) -> None:
        error = refused(line)
        assert (error.reason.code, error.start, error.end) == (f"query.{code}", *place)

    @pytest.mark.parametrize(
        ("line", "near", "place"),
        [
            ("stat:form", "status", (0, 4)),
            ("状太:填报中", "状态", (0, 2)),
            ("居住证：2027", "居住证至", (0, 3)),
            ("张三 renewl:<30d", "renewal", (3, 9)),
            ("status:frm", "form", (7, 10)),
            ("status:form,hr_reveiw", "hr_review", (12, 21)),
            ("状态:填报", "填报中", (3, 5)),
            ("sort:scor", "score", (5, 9)),
            ("sort:-scor", "score", (5, 10)),
            # a word that may stand in the place of a day
            ("deadline:overdu", "overdue", (9, 15)),
            ("期限：逾", "逾期", (3, 4)),
            ("renewal:non", "none", (8, 11)),
            ("中考:non", "none", (3, 6)),
        ],
    )
    def test_a_wrong_key_or_value_is_told_the_nearest_right_one(
        self, line: str, near: str, place: tuple[int, int]
    ) -> None:
        error = refused(line)
        assert error.reason.values["near"] == near
        assert (error.start, error.end) == place
        assert all(near in say(error.reason, language) for language in LANGUAGES)

    @pytest.mark.parametrize(
        ("line", "near"),
        [
            ("risk:permit_expirin", "permit_expiring"),
            ("风险:居住证倒期", "居住证到期"),
            ("risk:hgh", "high"),
            ("欠:居住正", "上海市居住证"),
            ("欠:学魏证", "学位证"),
            ("欠:身分证", "身份证"),
            ("owed:diplma", "diploma"),
            ("owed:b99", "B09"),
        ],
    )
    def test_of_a_wrong_risk_or_paper_the_nearest_piece_of_a_name_is_told_which_can_be_read(
        self, line: str, near: str
    ) -> None:
        error = refused(line)
        assert error.reason.values["near"] == near
        assert query(f"{line.partition(':')[0]}:{near}")
        assert all(near in say(error.reason, language) for language in LANGUAGES)

    def test_of_two_that_are_as_near_the_earlier_is_told(self) -> None:
        assert nearest("form", ["farm", "forn", "firm"]) == "farm"
        assert nearest("form", ["xyz"]) is None

    def test_where_nothing_is_near_all_that_is_known_is_told(self) -> None:
        assert "居住证至" in say(refused("zzzzz:1").reason, "zh")
        assert "填报中" in say(refused("status:zzzzz").reason, "zh")
        assert "标签" not in say(refused("sort:zzzzz").reason, "zh")

    def test_a_paste_of_too_many_words(self, reader: Reader) -> None:
        assert list(reader.ids(query("-nobody " * MOST_VALUES))) == [1, 2, 3, 4]
        assert refused("-nobody " * (MOST_VALUES + 1)).reason.code == "query.too_long"


class TestNothingTypedBecomesSql:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("employer:%", [2]),
            ("employer:_", [2]),
            ("employer:\\", [2]),
            ("employer:100%_", [2]),
            ("employer:'", []),
            ('tag:"O\'Neil"', []),
            ("tag:'", []),
            ("consultant:'or'1'='1", []),
            ('consultant:"x\') OR 1 --"', []),
            ("x');DROP", []),
            ("%", None),
            ("%张", [1]),
        ],
    )
    def test_signs_of_sql_are_signs(self, reader: Reader, line: str, found: list[int] | None) -> None:
        if found is None:
            assert refused(line).reason.code == "query.no_letters"
        else:
            assert list(reader.ids(query(line))) == found

    @ANY_TEXT
    @given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
    def test_any_line_is_read_or_refused_with_a_reason_and_what_is_read_runs(self, reader: Reader, line: str) -> None:
        try:
            asked = query(line)
        except QueryError as error:
            assert 0 <= error.start < error.end <= len(line)
            assert all(say(error.reason, language) for language in LANGUAGES)
        else:
            assert reader.count(asked) == len(reader.ids(asked))
            for size in (0, MANY):
                looked = asked.for_a_look(lambda look, most, size=size: (size, look))
                assert list(reader.ids(looked)) == list(reader.ids(asked))

    @ANY_TEXT
    @given(st.text(min_size=1).filter(lambda text: '"' not in text and "\x00" not in text))
    def test_whatever_stands_in_quotes_is_looked_for_as_it_is(self, text: str) -> None:
        try:
            asked = query(f'tag:"{text}"')
        except QueryError as error:
            assert not text.strip() or error.reason.code in ("query.quote", "query.unfit")
        else:
            assert text in asked.parameters
            assert asked.where in (query('tag:"x"').where, query('tag:"X"').where)  # one spelling, or folded as well
