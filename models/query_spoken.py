"""A line of the query language in the words of either language: keys and the names of values, all else as typed."""

from engine.words import word
from models.query import Typed, terms
from models.query_terms import KEYS, NAMED_VALUES, NO_NONE, VALUE_WORDS
from models.query_values import Value
from models.query_words import QueryError, labels, spelled


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
    down = "-" if key == "sort" and value.plain.startswith("-") else ""
    tables = [NAMED_VALUES[key]] if key in NAMED_VALUES else []
    if not value.quoted:  # in quotes a word stands for nothing but itself
        tables.append(("query.value", (*VALUE_WORDS.get(key, ()), *(() if key in NO_NONE else ("none",)))))
    for table, names in tables:
        found = labels(table, names).get(spelled(value.plain.removeprefix(down)))
        if found is not None:
            # in English ids are words, and short
            said = word(f"{table}.{found}", language) if language == "zh" else found
            return f"{down}{found if ' ' in said else said}"
    return _as_typed(value)


def _as_typed(value: Value) -> str:
    return f'"{value.typed}"' if value.quoted else value.typed
