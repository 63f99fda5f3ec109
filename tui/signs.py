"""Signs as people and input methods type them, made plain."""

import unicodedata

from engine import cleaning


def clean(text: str) -> str:
    """Text as it may be kept: `engine.cleaning.clean`, full-width letters and digits (an input method's) as
    plain ones, one space between words. Punctuation stays as typed."""
    plain = "".join(chr(ord(sign) - 0xFEE0) if _is_full_width(sign) else sign for sign in cleaning.clean(text))
    return " ".join(plain.split())


def _is_full_width(sign: str) -> bool:
    return "０" <= sign <= "９" or "Ａ" <= sign <= "Ｚ" or "ａ" <= sign <= "ｚ"


def fold(text: str) -> str:
    """For comparing: full-width signs as plain ones, small letters, no spaces."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return folded.replace(" ", "").replace("。", ".").replace("、", "/").replace("—", "-")
