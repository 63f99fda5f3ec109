"""The query language: what a line finds, what it refuses, and that nothing typed becomes SQL."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desks import Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stored import store

from engine.words import LANGUAGES, say, word
from engine.workflow import STATUSES
from models.query import MOST_VALUES, Query, QueryError, parse
from models.query_spoken import spoken
from models.query_terms import KEYS
from models.reading import COMMON, Reader
from models.workspace import Workspace, open_workspace

TODAY = date(2026, 11, 22)
ANY_TEXT = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

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


def query(text: str, me: str = "ana") -> Query:
    """The query of a line, asked by ana on 2026-11-22."""
    return parse(text, TODAY, me)


def refused(text: str) -> QueryError:
    """Why a line is refused."""
    with pytest.raises(QueryError) as found:
        query(text)
    return found.value


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
        ],
    )
    def test_a_wrong_key_or_value_is_told_the_nearest_right_one(
        self, line: str, near: str, place: tuple[int, int]
    ) -> None:
        error = refused(line)
        assert error.reason.values["near"] == near
        assert (error.start, error.end) == place
        assert all(near in say(error.reason, language) for language in LANGUAGES)

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

    WORDS = """
        状态 分 续办 form 填报中 填报 me 我 无 张 zs 1234 重点 é 😀 ( ) %
        : ： , ， - － " “ ” ' .. 。。 < 《 >= ≥ = _ \\ + 、
        30d 7天 0d 99999d -99999d 2027-03 2027-03-01 2027 0000 120 -1
    """
    PIECES = (*KEYS, *WORDS.split(), " ", "　", "\x00", "\ud800")
    LINES = [
        f" {line} "
        for line in """
            状态：填报中，单位审核 | status:form,in_force | -卡在:人事,无 | kind:renew | 类型:换单位,续办 | 期限:逾期
            deadline:overdue,<7d | 顾问:我 | consultant:"me" | 标签:"重 点",中考 | 费用:应收 | 排序:-分,续办
            sort:-waiting | base:<1.05x | 基数：1倍。。2倍 | risk:block | 风险:居住证 | 张
            tag:me | 单位:我,逾期 | employer:none
        """.replace("\n", "|").split("|")
        if line.strip()
    ]

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
            for is_common in (True, False):
                assert list(reader.ids(asked.for_a_look(lambda _, said=is_common: said))) == list(reader.ids(asked))

    @ANY_TEXT
    @given((st.lists(st.sampled_from(LINES)) | st.lists(st.sampled_from((*PIECES, *LINES)))).map("".join))
    def test_said_in_either_language_a_line_is_the_same_query(self, line: str) -> None:
        try:
            asked = query(line)
        except QueryError:
            assert refused(spoken(line, "zh"))
        else:
            assert query(spoken(line, "zh")) == query(spoken(line, "en")) == asked
            assert spoken(spoken(line, "en"), "zh") == spoken(line, "zh")

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


class TestAnIndexServes:
    """What is pressed all day is looked up, not searched through."""

    @staticmethod
    def plan(reader: Reader, text: str, *, common: bool = False) -> str:
        """How the first cases are looked for. No statistics are kept: it is the same at a thousand and at a million."""
        asked = query(text).for_a_look(lambda look: common)
        sql = f"EXPLAIN QUERY PLAN SELECT id FROM cases WHERE {asked.where} ORDER BY {asked.order} LIMIT 50"
        return "\n".join(row[3] for row in reader._all(sql, asked.parameters))

    @pytest.mark.parametrize(
        ("line", "index"),
        [
            ("status:form,hr_review", "ix_cases_stage_renewal (stage=?)"),
            ("renewal:<30d", "ix_cases_renewal (renewal<?)"),
            ("renewal:2027-01..2027-03", "ix_cases_renewal (renewal>? AND renewal<?)"),
            ("deadline:overdue", "ix_cases_deadline (deadline<?)"),
            ("permit:<60d", "ix_cases_permit_until (permit_until<?)"),
            ("points:<60d", "ix_cases_points_until (points_until<?)"),
            ("need:<90d", "ix_cases_need_by (need_by<?)"),
            ("score:>=120", "ix_cases_score (score>?)"),
            ("proven:<120", "ix_cases_proven (proven<?)"),
            ("gap:1..20", "ix_cases_score (score>? AND score<?)"),
            ("kind:renew", "ix_cases_kind_renewal (kind=?)"),
            ("waiting:hr", "ix_cases_waiting_on_deadline (waiting_on=?)"),
            ("owed:学位证", "ix_cases_owed (owed=?)"),
            ("chased:>7d", "ix_cases_chased (chased<?)"),
            ("exam:2027", "PRIMARY KEY (year>? AND year<?)"),
            ("zhongkao:2027", "PRIMARY KEY (year>? AND year<?)"),
            ("drop:<90d", "ix_cases_drops_on (drops_on<?)"),
            ("base:<1.05x", "ix_cases_base_multiple (base_multiple<?)"),
            ("base:>=12500", "ix_cases_base (base>?)"),
            ("fee:due", "ix_cases_fee_due (fee_due<?)"),
            ("consultant:me", "ix_cases_consultant_"),
            ("employer:某某", "ix_cases_employer (employer=?)"),
            ("district:浦东", "ix_cases_district (district=?)"),
            ("risk:block", "ix_cases_risks (risks=?)"),
            ("tag:重点", "ix_cases_tags (tags=?)"),
            ("updated:<7d", "ix_cases_updated_at (updated_at>?)"),
            ("zhangsan", "search_key USING PRIMARY KEY (key>? AND key<?)"),
        ],
    )
    def test_each_filter_of_what_few_cases_are(self, reader: Reader, line: str, index: str) -> None:
        plan = self.plan(reader, line)
        assert index in plan
        assert not re.search(r"SCAN (cases|document|search_key|child_exam)", plan)

    @pytest.mark.parametrize(
        ("line", "index"),
        [
            ("sort:renewal", "ix_cases_renewal"),
            ("sort:-updated", "ix_cases_updated_at"),
            ("sort:-score", "ix_cases_score"),
            ("sort:gap", "ix_cases_score"),
            ("sort:deadline", "ix_cases_deadline"),
            ("sort:permit", "ix_cases_permit_until"),
            ("sort:points", "ix_cases_points_until"),
            ("sort:need", "ix_cases_need_by"),
            ("sort:drop", "ix_cases_drops_on"),
            ("sort:base", "ix_cases_base"),
            ("sort:kind", "ix_cases_kind_renewal"),
            ("sort:waiting", "ix_cases_waiting_on_deadline"),
            ("sort:chased", "ix_cases_chased"),
            ("sort:employer", "ix_cases_employer"),
            ("sort:district", "ix_cases_district"),
            ("sort:proven", "ix_cases_proven"),
            ("sort:consultant", "ix_cases_consultant_"),
            ("consultant:me sort:renewal", "ix_cases_consultant_renewal"),
            ("status:form sort:renewal", "ix_cases_stage_renewal"),
            ("kind:renew sort:renewal", "ix_cases_kind_renewal"),
            ("waiting:hr sort:deadline", "ix_cases_waiting_on_deadline"),
            ("permit:<60d sort:permit", "ix_cases_permit_until"),
            ("gap:1..20 sort:-score", "ix_cases_score"),
            ("base:<1.05x sort:renewal", "ix_cases_renewal"),
        ],
    )
    def test_in_the_order_asked_for(self, reader: Reader, line: str, index: str) -> None:
        plan = self.plan(reader, line, common=True)
        assert index in plan
        assert "TEMP B-TREE FOR ORDER BY" not in plan

    def test_what_many_cases_are_is_not_gathered_first(self, workspace: Workspace) -> None:
        store(workspace, *({"id": n, "score": 120 if n > 5 else 60} for n in range(1, COMMON + 7)))
        with Reader(workspace) as reader:
            seen: list[str] = []
            reader._connection.set_trace_callback(seen.append)
            assert list(reader.first(query("score:>=120"), 2)) == [6, 7]
            assert list(reader.first(query("score:<100"), 2)) == [1, 2]
        many, few = (sql for sql in seen if sql.startswith("SELECT id FROM cases"))
        assert "IN (SELECT" not in many and "IN (SELECT" in few


def test_a_score_that_will_fall_below_the_threshold_is_found_by_its_day(workspace: Workspace) -> None:
    store(workspace, {"id": 1, "drops_on": "2026-12-31"}, {"id": 2, "drops_on": "2027-06-01"}, {"id": 3})
    with Reader(workspace) as reader:
        for line, found in [
            ("drop:<90d", [1]),
            ("掉分：《400天", [1, 2]),
            ("drop:none", [3]),
            ("sort:-drop", [2, 1, 3]),
        ]:
            assert list(reader.ids(parse(line, date(2026, 11, 22), "ana"))) == found, line


def test_cases_are_found_by_what_their_children_come_to(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "exams": '[[2027, 2, "a"]]'},
        {"id": 2, "exams": '[[2028, 2, "a"], [2029, 0, "b"]]'},
        {"id": 3},
    )
    with Reader(workspace) as reader:
        for line, found in [
            ("exam:2027", [1]),
            ("exam:2028..2029", [2]),
            ("exam:>=2027", [1, 2]),
            ("升学：2029", [2]),
            ("中考：2027,2028", [1, 2]),
            ("zhongkao:2029", []),
            ("幼升小:2029", [2]),
            ("高考:none", [1, 2, 3]),
            ("exam:none", [3]),
            ("-exam:2027", [2, 3]),
        ]:
            assert list(reader.ids(parse(line, date(2026, 11, 22), "ana"))) == found, line


def test_a_year_that_is_none_is_refused_by_its_place() -> None:
    with pytest.raises(QueryError) as error:
        query("exam:明年")
    assert (error.value.start, error.value.end) == (5, 7)


def test_cases_are_found_by_their_next_day_kind_and_whose_move_it_is(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "deadline": "2026-11-20", "kind": "renew", "waiting_on": "hr"},
        {"id": 2, "deadline": "2026-12-01", "kind": "new", "waiting_on": "client"},
        {"id": 3},
    )
    with Reader(workspace) as reader:
        for line, found in [
            ("deadline:overdue", [1]),
            ("期限:逾期", [1]),
            ("deadline:<30d", [1, 2]),
            ("deadline:none", [3]),
            ("sort:-deadline", [2, 1, 3]),
            ("kind:renew", [1]),
            ("类型:首次申请,续办", [1, 2]),
            ("waiting:hr", [1]),
            ("卡在：客户", [2]),
            ("waiting:none", [3]),
        ]:
            assert list(reader.ids(parse(line, date(2026, 11, 22), "ana"))) == found, line


def test_a_name_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(QueryError) as error:
        query("waiting:hrs")
    assert error.value.reason.code == "query.value_near" and error.value.reason.values["near"] == "hr"


def test_notes_and_fees_are_looked_through(ana: Desk) -> None:
    one, two = ana.create({"name": "王小明"}), ana.create({"name": "李梅"})
    ana.change(one, ("notes.k3f9a", None, {"on": "2026-11-20", "by": "ana", "text": "已报价 6800，周四回"}))
    ana.change(two, ("fees.m4e2b", None, {"what": "尾款", "amount": 3400, "due": "2026-11-22"}))
    with Reader(ana.workspace) as reader:
        for line, found in [
            ("note:报价", [one]),
            ("记录:6800", [one]),
            ("note:100%", []),
            ("note:none", [two]),
            ("fee:due", [two]),
            ("费用:应收", [two]),
        ]:
            assert list(reader.ids(parse(line, date(2026, 11, 22), "ana"))) == found, line


def test_a_fee_is_due_until_it_is_received(ana: Desk) -> None:
    row = {"what": "尾款", "amount": 3400, "due": "2026-11-01"}
    case_id = ana.create({"name": "王小明"})
    ana.change(case_id, ("fees.m4e2b", None, {**row, "received": "2026-11-20"}))
    ana.change(case_id, ("fees.m4e2c", None, {**row, "due": "2026-11-23"}))
    with Reader(ana.workspace) as reader:
        assert [list(reader.ids(parse("fee:due", date(2026, 11, day), "ana"))) for day in (22, 23)] == [[], [case_id]]


def test_cases_are_found_by_the_base_of_the_last_month_paid(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "base": 11396, "base_multiple": 100},
        {"id": 2, "base": 12000, "base_multiple": 105},
        {"id": 3, "base": 30000, "base_multiple": 263},
        {"id": 4},
    )
    with Reader(workspace) as reader:
        for line, found in [
            ("base:<1.05x", [1]),
            ("基数：《1.05倍", [1]),
            ("base:1x..2x", [1, 2]),
            ("base:>=2倍", [3]),
            ("base:12000", [2]),
            ("base:<20000", [1, 2]),
            ("base:none", [4]),
            ("sort:-base", [3, 2, 1, 4]),
        ]:
            assert list(reader.ids(query(line))) == found, line
    for line in ("base:1.055x", "base:x", "base:1..2x", "base:12.5"):
        assert refused(line).reason.code == "query.base", line


def test_cases_are_found_by_their_risks(workspace: Workspace) -> None:
    store(
        workspace,
        {"id": 1, "risks": '[["block", "permit_type"], ["high", "cv_gap"]]'},
        {"id": 2, "risks": '[["high", "permit_expiring"]]'},
        {"id": 3},
    )
    with Reader(workspace) as reader:
        for line, found in [
            ("risk:block", [1]),
            ("风险：退件", [1]),
            ("risk:high", [1, 2]),
            ("risk:permit_expiring", [2]),
            ("风险:居住证到期,证件", [1, 2]),
            ("risk:none", [3]),
            ("-risk:block", [2, 3]),
        ]:
            assert list(reader.ids(query(line))) == found, line
            assert list(reader.first(query(line))) == found, line
    assert refused("risk:没有").reason.code == "query.risk"


def test_the_risks_and_severities_of_the_language_are_those_of_the_rules() -> None:
    from engine.risks import RISKS, SEVERITIES
    from models import query_conditions

    assert query_conditions._names("risk") == RISKS
    assert query_conditions._names("severity") == SEVERITIES


def test_the_kinds_and_parties_of_the_language_are_those_of_the_rules() -> None:
    from engine.application import KINDS
    from engine.workflow.stage_pack import load
    from models import query_terms

    assert query_terms.KINDS == KINDS
    parties = {stage.waiting_on for stage in load().stages.values()} - {None}
    assert parties <= set(query_terms.WAITING_ON)


def test_a_line_is_told_in_the_language_that_is_spoken() -> None:
    line = "状态：填报中，积分有效 卡在:人事 -标签:重点 排序：－分"
    assert spoken(line, "en") == "status:form,in_force waiting:hr -tag:重点 sort:-score"
    assert spoken("status:form deadline:overdue", "zh") == "状态:填报中 期限:逾期"
    assert spoken("abc:1", "zh") == "abc:1"
    assert spoken("tag:me employer:due,none", "zh") == "标签:me 单位:due,无"  # what is no word of the key is a name
