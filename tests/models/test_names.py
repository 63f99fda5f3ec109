"""Under which texts a case is found."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.names import LONGEST_KEY, fold, keys, phone_digits, readings, search_text

ID_NUMBER = "340104199003074516"


def finds(typed: str, document: dict[str, object]) -> bool:
    """Whether one of the document's keys begins with what is typed."""
    return any(key.startswith(search_text(typed)) for key in keys(document))


class TestName:
    @pytest.mark.parametrize("typed", ["张", "张小", "张小三", "小三", "三"])
    def test_is_found_from_any_of_its_characters_on(self, typed: str) -> None:
        assert finds(typed, {"name": "张小三"})

    @pytest.mark.parametrize("typed", ["z", "zhang", "zhangxiaosan", "xiaosan", "san", "ZhangXiao"])
    def test_is_found_by_pinyin(self, typed: str) -> None:
        assert finds(typed, {"name": "张小三"})

    @pytest.mark.parametrize("typed", ["zx", "zxs", "xs", "ZXS"])
    def test_is_found_by_initials(self, typed: str) -> None:
        assert finds(typed, {"name": "张小三"})

    @pytest.mark.parametrize("typed", ["张三", "zhangsan", "zs", "hang", "小张"])
    def test_is_not_found_by_what_it_does_not_hold_in_one_piece(self, typed: str) -> None:
        assert not finds(typed, {"name": "张小三"})

    @pytest.mark.parametrize(
        ("name", "surname"),
        [
            ("单雄信", "shan"),
            ("曾国藩", "zeng"),
            ("解晓东", "xie"),
            ("查良镛", "zha"),
            ("仇英", "qiu"),
            ("翟天临", "zhai"),
        ],
    )
    def test_is_found_by_the_reading_of_its_surname(self, name: str, surname: str) -> None:
        assert finds(surname + "".join(readings(name[1:])), {"name": name})

    def test_is_found_by_the_common_reading_of_its_surname_too(self) -> None:
        assert readings("单雄信") == {"danxiongxin", "shanxiongxin"}

    def test_with_a_surname_of_two_characters_is_read_as_such(self) -> None:
        assert readings("单于琼") == {"chanyuqiong"}

    @pytest.mark.parametrize("typed", ["lv", "lü", "lyu", "lu", "lvfei", "lf"])
    def test_with_an_umlaut_is_found_however_that_is_typed(self, typed: str) -> None:
        assert finds(typed, {"name": "吕飞"})

    @pytest.mark.parametrize("typed", ["阿依古丽买买提", "阿依古丽·买买提", "买买提", "maimaiti", "mmt"])
    def test_with_a_dot_is_found_with_and_without_it(self, typed: str) -> None:
        assert finds(typed, {"name": "阿依古丽·买买提"})

    @pytest.mark.parametrize("typed", ["maria", "gonzalez", "González", "MARIA GONZ", "ｍａｒｉａ"])
    def test_in_latin_letters_is_found_by_its_words_without_case_and_accents(self, typed: str) -> None:
        assert finds(typed, {"name": "María González"})

    def test_in_latin_letters_is_not_found_from_the_middle_of_a_word(self) -> None:
        assert not finds("onzalez", {"name": "María González"})

    def test_of_a_rare_character_without_a_reading_is_found_by_the_character(self) -> None:
        assert finds("𠮷", {"name": "𠮷田"})

    @pytest.mark.parametrize("typed", ["李女士", "李女", "linvshi", "lns"])
    def test_of_daily_life_is_found_from_its_beginning(self, typed: str) -> None:
        assert finds(typed, {"contact": {"called": "李女士"}})

    def test_of_daily_life_is_not_found_by_its_title(self) -> None:
        assert not finds("女士", {"contact": {"called": "李女士"}})


class TestNumbers:
    @pytest.mark.parametrize("typed", ["13800001234", "138", "138-0000", "+86 138 0000", "00001234", "001234", "1234"])
    def test_a_phone_is_found_from_its_beginning_and_by_its_tail(self, typed: str) -> None:
        assert finds(typed, {"contact": {"phone": "138-0000-1234"}})

    def test_a_phone_is_not_found_by_a_middle_that_nobody_asks_for(self) -> None:
        assert not finds("8000012", {"contact": {"phone": "13800001234"}})

    def test_a_phone_kept_with_its_country_is_the_same_phone(self) -> None:
        assert phone_digits("+86 138 0000 1234") == phone_digits("13800001234") == "13800001234"

    @pytest.mark.parametrize("typed", [ID_NUMBER, "340104", "19900307", "4516", "074516"])
    def test_an_id_number_is_found_whole_by_its_birthday_and_by_its_tail(self, typed: str) -> None:
        assert finds(typed, {"id_number": ID_NUMBER})

    def test_the_check_letter_may_be_small(self) -> None:
        assert finds("001x", {"id_number": "11010519491231002X"}) is False
        assert finds("002x", {"id_number": "11010519491231002X"})


class TestEmployer:
    @pytest.mark.parametrize("typed", ["上海某某", "某某科技", "科技有限"])
    def test_is_found_past_the_place_it_begins_with(self, typed: str) -> None:
        assert finds(typed, {"employment": {"employer": "上海某某科技有限公司"}})

    def test_is_not_found_by_what_every_company_is_called(self) -> None:
        assert not finds("有限公司", {"employment": {"employer": "上海某某科技有限公司"}})


class TestKeys:
    def test_of_nothing_known_are_none(self) -> None:
        assert keys({}) == frozenset()

    def test_of_a_usual_case_are_about_twenty(self) -> None:
        document = {
            "name": "王小明",
            "id_number": ID_NUMBER,
            "contact": {"phone": "13800001234"},
            "employment": {"employer": "上海某某科技有限公司"},
        }
        assert 15 <= len(keys(document)) <= 25

    @example("0\u0339:\u0334")  # marks that come together once the sign between them is left out
    @given(st.text())
    def test_are_short_folded_and_never_empty(self, name: str) -> None:
        for key in keys({"name": name, "contact": {"called": name, "phone": name}, "employment": {"employer": name}}):
            assert 0 < len(key) <= LONGEST_KEY
            assert fold(key) == key
            assert unicodedata.is_normalized("NFC", key)

    @given(st.text())
    def test_hold_the_whole_name_as_it_would_be_typed(self, name: str) -> None:
        assert not search_text(name) or finds(name, {"name": name})

    @given(st.text())
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)
