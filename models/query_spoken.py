"""A line of the query language in the words of either language: keys and the names of values, all else as typed."""

from engine.words import word
from models.query import Typed, terms
from models.query_terms import KEYS, NAMED_VALUES
from models.query_values import Value
from models.query_words import WORDS, QueryError, labels, spelled


def spoken(line: str, language: str) -> str:
    """The line in a language, signs plain and blanks single: parsed it is the same query. One that cannot be read is
    given back as it is."""
    try:
        return " ".join(_term(term, language) for term in terms(line))
    except QueryError:
        return line


def _term(term: Typed, language: str) -> str:
    sign = "-" if term.negated else ""
    name = None if term.key is None else labels("query.key", tuple(KEYS)).get(spelled(term.key[0]))
    if term.key is None or name is None:
        return f"{sign}{term.key[0] + ':' if term.key else ''}{','.join(map(_as_typed, term.values))}"
    values = ",".join(_value(name, value, language) for value in term.values)
    return f"{sign}{word(f'query.key.{name}', language)}:{values}"


def _value(key: str, value: Value, language: str) -> str:
    table, names = NAMED_VALUES.get(key, ("query.value", WORDS))
    down = "-" if key == "sort" and value.plain.startswith("-") else ""
    typed = spelled(value.plain.removeprefix(down))
    found = labels(table, names).get(typed)
    if found is None and not value.quoted:
        table, found = "query.value", labels("query.value", WORDS).get(typed)
    if found is None or (value.quoted and table == "query.value"):
        return _as_typed(value)
    said = word(f"{table}.{found}", language) if language == "zh" else found  # in English ids are words, and short
    return f"{down}{found if ' ' in said else said}"


def _as_typed(value: Value) -> str:
    return f'"{value.typed}"' if value.quoted else value.typed
