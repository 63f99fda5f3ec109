"""How much is read of anything that came from outside: a file, a stream, a pasted line. What goes beyond is another
thing by mistake, or was made to do harm: it is refused with a sentence, soon, before it takes memory or time.

Real applicants stay far below: a month of insurance to a row for fifty years is 600 rows and some 100 kB.
"""

import re
from typing import Literal

FILE_BYTES = 1_000_000  # an applicant, the office's settings
SMALL_BYTES = 4096  # what the program keeps beside a workspace: the lock, the anchor
SECONDS = 30.0  # for all of a file or stream to come
DEPTH = 16  # groups within groups; the facts go four deep
KEYS = 200  # in one group; the facts have 29
MONTHLY_ROWS = 600  # of what may have a row a month: insurance, tax
ROWS = 100  # of all else that repeats
DIGITS = 40  # of one number
TOLD = 100  # mistakes of one file that are told one by one; of the rest only how many they are

_JSON = re.compile(r'"(?:[^"\\]++|\\.)*+"?|(?P<opens>[\[{])|(?P<closes>[\]}])', re.DOTALL)
_TOML = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?'
    r"|'''(?:[^']++|'(?!''))*+(?:''')?"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    r"|(?P<opens>[\[{])|(?P<closes>[\]}])|(?P<within>\.)|(?P<next>[=,\n])",
    re.DOTALL,
)


def too_deep(text: str, form: Literal["toml", "json"]) -> bool:
    """Whether groups lie too deep within groups, by the signs alone: a parser of TOML takes memory in the square of
    the depth, one of JSON a place on the stack for each."""
    depth = dots = 0
    for found in (_TOML if form == "toml" else _JSON).finditer(text):
        match found.lastgroup:
            case "opens":
                depth += 1
                dots = 0
            case "closes":
                depth -= 1
            case "within":
                dots += 1
            case "next":
                dots = 0
        if depth > DEPTH or dots > DEPTH:
            return True
    return False
