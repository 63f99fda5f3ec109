"""The words of the rules, in Chinese and English: reasons, facts, indicators, statuses, errors.

The catalogues `zh.toml` and `en.toml` have the same keys; a template names its values in braces. Nothing else in
the engine knows a language.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from engine.reason import Reason

LANGUAGES = ("zh", "en")


def flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Dotted keys of a nested catalogue; `_` names the table itself (`fact.education._` is `fact.education`)."""
    for key, value in table.items():
        path = prefix.rstrip(".") if key == "_" else prefix + key
        if isinstance(value, Mapping):
            yield from flatten(value, path + ".")
        else:
            yield path, str(value)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All words of one language by dotted key."""
    text = files("engine").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return dict(flatten(tomli.loads(text)))


def keys(language: str) -> set[str]:
    """The keys a catalogue has."""
    return set(catalogue(language))


def word(key: str, language: str, /, **values: object) -> str:
    """The word for a key, its template filled. `KeyError` where the catalogue has no such key."""
    template = catalogue(language)[key]
    return template.format(**values) if values else template


def say(reason: Reason, language: str) -> str:
    """A reason as one sentence.

    A value that is itself a `Reason` is said first; a value given under a name ending in `_word` is a key that is
    looked up; a list is joined as the language joins.
    """
    return word(f"reason.{reason.code}", language, **spoken(reason, language))


def spoken(reason: Reason, language: str) -> dict[str, object]:
    """The values of a reason as a sentence holds them."""
    return {name: _spoken(name, value, language) for name, value in reason.values.items()}


def _spoken(name: str, value: object, language: str) -> object:
    if isinstance(value, Reason):
        return say(value, language)
    if name.endswith("_word") and isinstance(value, str):
        return word(value, language)
    if isinstance(value, list | tuple):
        return word("list.and", language).join(str(_spoken(name, item, language)) for item in value)
    return value
