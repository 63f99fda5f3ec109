"""The messages that ask for papers: numbered, what of which, where to get it, by when, and nothing promised."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import applicants

from engine.chasing import Asked, message, to_contact
from engine.document import validate
from engine.materials import Item, checklist
from engine.policy import load
from engine.words import LANGUAGES, word

ON, BY = date(2026, 11, 22), date(2026, 11, 29)
PROMISES = ("保证", "一定能", "包过", "guarantee", "promise")


def items(*codes: str, **facts: Any) -> list[Item]:
    return [item for item in checklist(validate(facts), load(), ON).items if item.code in codes]


def asked(*codes: str, **facts: Any) -> list[Asked]:
    return [Asked(item) for item in items(*codes, **facts)]


def test_a_message_to_a_client_reads_like_one() -> None:
    said = message("王先生", asked("B05", "B12"), BY, "zh").splitlines()
    assert said == [
        "王先生您好，办积分还缺下面这些材料：",
        "1. 身份证，原件和复印件 1 份，本人自带（在有效期内）",
        "2. 档案信息：保管单位全称、地址、电话、邮编、档案号，问存档单位"
        "（档案在户籍地人才中心、学校或有保管权的单位，不能在个人手里）",
        "请在 2026-11-29 前给我，拍照先发来看也可以。有办不了的告诉我，一起想办法。",
    ]


def test_it_is_there_in_english() -> None:
    said = message("Mr Wang", asked("B05", "B12"), BY, "en").splitlines()
    assert said[1:3] == [
        "1. ID card, original and copies: 1; at hand (in its term)",
        "2. archive: holder, address, phone, number; from the archive holder"
        " (with the talent centre of the hukou place, the school or an employer that may keep it,"
        " never in private hands)",
    ]
    assert said[0].startswith("Hello Mr Wang") and said[3].startswith("Please by 2026-11-29")


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("B01", "单位介绍信，原件，单位出具（盖单位公章）"),
        ("B07", "劳动（聘用）合同，原件和复印件 1 份，单位出具（合同期一年以上，剩余两个月以上）"),
        ("B08", "营业执照或法人证书，复印件 1 份，单位出具（盖单位公章）"),
    ],
)
def test_it_says_whether_the_original_is_wanted_and_how_many_copies(code: str, wanted: str) -> None:
    assert f"1. {wanted}" in to_contact("周敏", [("王小明", asked(code))], BY, "zh").splitlines()


def test_of_two_children_it_says_whose_paper_it_is() -> None:
    first, second = items("F03", child=[{"name": "王一"}, {"name": "王二"}])
    said = message("王先生", [Asked(first, "王一"), Asked(second, "王二")], BY, "zh").splitlines()
    assert said[1].startswith("1. 王一：子女户口簿") and said[2].startswith("2. 王二：子女户口簿")


def test_rows_of_which_nothing_is_known_are_told_apart_by_their_place() -> None:
    said = message("王先生", asked("F03", child=[{}, {}]), BY, "zh").splitlines()
    assert said[1].startswith("1. 第 1 个：") and said[2].startswith("2. 第 2 个：")


def test_one_row_alone_needs_no_place() -> None:
    assert "第 1 个" not in message("王先生", asked("F03", child=[{}]), BY, "zh")


def test_what_was_brought_and_would_not_do_is_said() -> None:
    [item] = items("B05")
    assert (
        message("王先生", [Asked(item, because="照片不清楚")], BY, "zh")
        .splitlines()[1]
        .endswith("上次的不行：照片不清楚")
    )


def test_what_people_wrote_is_never_a_template() -> None:
    [item] = items("B05")
    said = message("{name}", [Asked(item, "{paper}", "{0}")], BY, "zh")
    assert said.startswith("{name}您好") and "{paper}：" in said and "不行：{0}" in said


def test_nobody_is_asked_for_what_the_authority_has() -> None:
    said = message("王先生", asked("B05", "B10", "B11"), BY, "zh")
    assert word("paper.B10", "zh") not in said and "2. 无犯罪" in said


def test_where_nothing_is_owed_nothing_is_written() -> None:
    assert message("王先生", asked("B10"), BY, "zh") == "" == to_contact("周敏", [("王小明", [])], BY, "zh")


def test_one_message_to_a_contact_has_the_papers_of_several_clients_and_of_those_alone_who_owe_any() -> None:
    clients = [("王小明", asked("B01", "B07")), ("张三", []), ("李梅", asked("B07"))]
    said = to_contact("周敏", clients, BY, "zh").splitlines()
    assert [line.split("，")[0] for line in said] == [
        "周敏您好",
        "【王小明】",
        "1. 单位介绍信",
        "2. 劳动（聘用）合同",
        "【李梅】",
        "1. 劳动（聘用）合同",
        "请在 2026-11-29 前给我",
    ]


@given(applicant=applicants(), language=st.sampled_from(LANGUAGES))
def test_every_paper_of_anybody_is_asked_for_once_with_its_place_to_get_it(applicant: Any, language: str) -> None:
    owed = [item for item in checklist(applicant, load(), ON).items if not item.system]
    said = message("王", [Asked(item) for item in owed], BY, language).splitlines()
    assert len(said) == len(owed) + 2
    for number, (item, line) in enumerate(zip(owed, said[1:-1], strict=True), 1):
        assert line.startswith(f"{number}. ")
        assert word(f"paper.{item.code}", language) in line and word(f"where.{item.where}", language) in line
    assert len({line.partition(" ")[2] for line in said[1:-1]}) == len(owed)
    assert BY.isoformat() in said[-1] and not any(promise in "\n".join(said) for promise in PROMISES)
