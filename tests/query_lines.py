"""Lines of the query language that can be read, of every key, sign and kind of value, in either language; and an office
of cases that are found by them."""

from random import Random
from typing import Any

from hypothesis import strategies as st

from engine.words import LANGUAGES, word
from models.query_terms import KEYS, NAMED_VALUES, NO_NONE, VALUE_WORDS

Lines = st.SearchStrategy[str]

SPANS = (
    "{0}",
    "={0}",
    ">={0}",
    ">{0}",
    "<={0}",
    "<{0}",
    "{0}..",
    "..{0}",
    "{0}..{1}",
    "《{0}",
    "》={0}",
    "≥{0}",
    "≤{0}",
)
NUMBERS = ("0", "60", "119", "120", "200")
YEARS = ("2026", "2027", "2028", "2030")
MULTIPLES = ("0.8x", "1x", "1.05倍", "2X", "3x")
DAYS = ("2026-11-01", "2026-11-22", "2026-12", "2027年3月1日", "2027", "2028-01")
AHEAD = ("-30d", "0d", "7天", "60d", "400d")
EMPLOYERS = ("上海某某科技有限公司", "某某信息", "Ann & Co. 100%", "人力_资源")
DISTRICTS = ("浦东新区", "徐汇区")
TAGS = ("重点", "中考", "重 点", "me", "a,b")
CONSULTANTS = ("ana", "bea", "陈静")
PEOPLE = ("张三", "张小三", "李静", "王小明", "欧阳修")
NOTES = ("已报价 6800，周四回", "催学位证", '说 "下周"', "100%")
RISKS = ('[["block", "permit_type"]]', '[["high", "cv_gap"], ["low", "lease_ending"]]', '[["high", "permit_expiring"]]')
OWED = ('["U01"]', '["B04", "B07d"]', '["B12"]')


def _spanned(*atoms: tuple[str, ...]) -> Lines:
    """Signs before and between values of one kind; those of a span in their order."""

    def of(kind: tuple[str, ...]) -> Lines:
        places = st.lists(st.integers(0, len(kind) - 1), min_size=2, max_size=2).map(sorted)
        return st.builds(lambda sign, two: sign.format(*(kind[place] for place in two)), st.sampled_from(SPANS), places)

    return st.one_of(map(of, atoms))


def _named(table: str, names: tuple[str, ...]) -> Lines:
    """A name of a catalogue's table: its id, or its word in either language."""
    said = [*names] + [word(f"{table}.{name}", language) for name in names for language in LANGUAGES]
    return st.sampled_from([f'"{each}"' if " " in each else each for each in said if "," not in each])


def _texts(*texts: str) -> Lines:
    """Any piece of the texts, in quotes where it has to be, and sometimes where not."""

    def piece(text: str, start: int, length: int, quoted: bool) -> str:
        found = text[start % len(text) :][: length + 1].strip() or text
        found = found.replace('"', "")
        needs = any(sign in found for sign in " ,，-－") or not found
        return f'"{found or "x"}"' if quoted or needs else found

    return st.builds(piece, st.sampled_from(texts), st.integers(0, 20), st.integers(0, 20), st.booleans())


def _whole(*texts: str) -> Lines:
    return st.sampled_from([f'"{text}"' for text in texts] + [text for text in texts if not set(text) & set(" ,")])


_DAYS = _spanned(DAYS, AHEAD)
VALUES: dict[str, Lines] = {
    **dict.fromkeys(("score", "proven", "gap"), _spanned(NUMBERS)),
    **dict.fromkeys(("permit", "points", "renewal", "need", "drop", "deadline", "chased", "updated"), _DAYS),
    **dict.fromkeys(("exam", "primary", "junior", "zhongkao", "gaokao"), _spanned(YEARS)),
    "base": _spanned(NUMBERS, MULTIPLES),
    **{key: _named(table, names) for key, (table, names) in NAMED_VALUES.items()},
    "owed": st.sampled_from(("学位", "u01", "B07d", "证")),
    "risk": st.sampled_from(("block", "退件", "high", "low", "居住证", "cv_gap")),
    "note": _texts(*NOTES),
    "fee": _named("query.value", ("due",)),
    "consultant": _whole(*CONSULTANTS),
    "draft": _whole(*CONSULTANTS),
    "employer": _texts(*EMPLOYERS),
    "district": _texts(*DISTRICTS),
    "tag": _whole(*TAGS),
}
"""What may stand behind each key, besides the words that stand for something."""


def _of(key: str) -> Lines:
    """A term of a key, in either language, of one value or several."""
    words = (*VALUE_WORDS.get(key, ()), *(() if key in NO_NONE else ("none",)))
    value = VALUES[key] if not words else VALUES[key] | _named("query.value", words)
    if key == "sort":
        value = st.builds(str.__add__, st.sampled_from(("", "-", "－")), value.filter(lambda said: said[0] != '"'))
    said = st.sampled_from([name for language in LANGUAGES if " " not in (name := word(f"query.key.{key}", language))])
    colon, comma = st.sampled_from(":："), st.sampled_from(",，")
    values = st.lists(value, min_size=1, max_size=2)
    sign = st.just("") if key == "sort" else st.sampled_from(("", "", "-", "－"))
    return st.builds(
        lambda sign, name, colon, comma, values: f"{sign}{name}{colon}{comma.join(values)}",
        *(sign, said | st.just(key), colon, comma, values),
    )


WORDS: Lines = st.builds(
    lambda sign, words: sign + ",".join(words),
    st.sampled_from(("", "-")),
    st.lists(
        _texts(*PEOPLE, "zhangsan", "zs", "13800000001", "00001", "0000002", "填报中", "form"), min_size=1, max_size=2
    ),
)
TERMS: Lines = st.one_of(*map(_of, sorted(KEYS)), WORDS)
LINES: Lines = st.lists(TERMS, min_size=1, max_size=4).map(" ".join)


def office(cases: int = 90, seed: int = 1) -> list[dict[str, Any]]:
    """Cases with anything in any column, and much of it alike in many, for `stored.store`."""
    chance = Random(seed)

    def some(*values: Any) -> Any:
        return chance.choice((None, *values))

    days = ("2026-10-30", "2026-11-20", "2026-11-22", "2026-12-05", "2027-03-01", "2028-01-01")
    made = []
    for number in range(1, cases + 1):
        name, employer, district = chance.choice(PEOPLE), some(*EMPLOYERS), some(*DISTRICTS)
        phone = f"1380000000{number % 10}"
        employment = {key: said for key, said in (("employer", employer), ("district", district)) if said}
        columns = {key: some(*days) for key in ("permit_until", "points_until", "renewal", "need_by", "drops_on")}
        columns |= {key: some(*days[:3]) for key in ("deadline", "chased", "fee_due")}
        made.append(
            columns
            | {
                "id": number,
                "document": {"name": name, "contact": {"phone": phone}, "employment": employment},
                "status": chance.choice(("form", "lead", "lead", "closed", "in_force")),
                "score": some(0, 60, 119, 120, 200),
                "proven": some(0, 60, 120),
                "kind": some("new", "renew"),
                "waiting_on": some("client", "hr"),
                "consultant": some(*CONSULTANTS),
                "tags": chance.sample(TAGS, chance.randrange(3)),
                "base": some(60, 120, 12500),
                "base_multiple": some(80, 100, 105),
                "risks": some(*RISKS),
                "owed": some(*OWED),
                "exams": some('[[2027, 2, "a"]]', '[[2028, 0, "a"], [2030, 3, "b"]]', '[[2026, 1, "c"]]'),
                "notes": chance.sample(NOTES, chance.randrange(2)),
                "updated_at": f"{chance.choice(days)}T0{number % 7}:00:00.000Z",
            }
        )
    return made
