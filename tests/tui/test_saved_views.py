"""Views: filter lines with a name and a key, a consultant's own."""

import pytest
from desks import DAY

from models.query import parse
from tui.saved_views import MOST_KEPT, SavedView, free_keys, kept, named, of_line, put, read
from tui.text import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_of_the_start_are_in_words_that_can_be_read_and_each_has_a_key(language: str) -> None:
    views = read(None, language)
    assert [view.key for view in views] == list("123456")
    assert all(view.name and parse(view.line, DAY, "ana") for view in views)


def test_in_both_languages_they_find_the_same_cases() -> None:
    zh, en = ([parse(view.line, DAY, "ana") for view in read(None, language)] for language in LANGUAGES)
    assert zh == en


def test_what_is_kept_is_there_again_and_rubbish_is_none() -> None:
    views = [SavedView("b", "浦东", '区:"浦东 新区" 排序:-分')]
    assert read(kept(views), "zh") == views
    assert read("[]", "zh") == []
    for rubbish in ("", "{", "[[1]]", "[3]", "null"):
        assert len(read(rubbish, "zh")) == 6


def test_a_key_before_the_name_is_its_key_else_the_first_that_is_free() -> None:
    views = read(None, "zh")
    assert named("b 浦东", views, "区:浦东") == SavedView("b", "浦东", "区:浦东")
    assert named("ｂ 浦东", views, "区:浦东") == SavedView("b", "浦东", "区:浦东")  # with an input method on
    assert named("浦东 客户", views, "区:浦东") == SavedView("7", "浦东 客户", "区:浦东")
    assert named("j 浦东", views, "区:浦东") == SavedView("7", "j 浦东", "区:浦东")  # j moves in the list of views
    assert named("1 浦东", views, "区:浦东") == SavedView("7", "1 浦东", "区:浦东")  # 1 is another's


def test_a_key_of_a_view_is_no_key_that_means_something_else_there() -> None:
    assert not set("jkgexuq") & set(free_keys([]))


def test_under_a_name_that_is_there_another_line_takes_its_place_and_its_key() -> None:
    views = read(None, "zh")
    again = named("逾期", views, "期限:逾期 顾问:我")
    assert again is not None and again.key == "2"
    assert [view.name for view in put(views, again)] == [view.name for view in views]
    assert put(views, again)[1].line == "期限:逾期 顾问:我"


def test_a_line_is_a_view_however_its_terms_are_spaced() -> None:
    views = read(None, "zh")
    assert of_line(views, " 期限:逾期   排序:期限 ") == views[1]
    assert of_line(views, "期限:逾期") is None
    assert of_line([SavedView("1", "空", "")], "") is None


def test_more_than_can_be_kept_is_not_kept_in_part() -> None:
    assert kept([SavedView("1", "长", "x" * MOST_KEPT)]) is None
