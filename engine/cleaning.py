"""Text as it is kept. Apart from the kinds of value, so that cleaning loads no pydantic."""

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(text: str) -> str:
    """Text as it is kept: NFC, on one line, without control, format or bidi characters, trimmed.

    Control sequences in a name would otherwise reach the terminal of everyone who lists it.
    """
    if not text.isprintable():  # seldom: the rest would look at every character of every fact
        text = "".join(" " if c.isspace() else c for c in text)
        text = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", text).strip()
