"""The characters that no terminal is to be given out of anybody's text: they steer it, or hide what is read."""

from __future__ import annotations

import re

# Control (C0 without the ends of lines and tabs, delete, C1), soft hyphen, marks of direction, of nothing and of no
# width, ends of lines and paragraphs, fillers, tags, variation selectors, lone surrogates;
# tones of skin, which some terminals draw as a sign of its own beside the one they belong to.
HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)
# that stand over or under a letter
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MOST_MARKS = 3  # of them over one letter: more grow out of the line

UNSAFE = re.compile(f"[{HIDDEN}]")
TOO_MANY_MARKS = re.compile(f"([{_MARKS}]{{{_MOST_MARKS}}})[{_MARKS}]+")
