"""Says which words are read otherwise than their characters one by one, of those that fit into a name:
`python tests/name_readings.py > models/name_readings.txt`, after another release of pypinyin.

pypinyin knows 47,000 phrases, which take 45 MiB; these few thousand are the ones that change how a name is read.
"""

import sys
from collections.abc import Iterator
from functools import cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST = 4  # characters: what a name is long


@cache
def alone(character: str) -> str:
    return str(lazy_pinyin(character, errors=str)[0])


def lines() -> Iterator[str]:
    """A phrase and its syllables a line, in the order of the phrases."""
    for phrase in sorted(PHRASES_DICT):
        syllables = [str(syllable) for syllable in lazy_pinyin(phrase, errors=str)]
        if len(phrase) <= LONGEST and syllables != [alone(character) for character in phrase]:
            yield f"{phrase} {' '.join(syllables)}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines())
