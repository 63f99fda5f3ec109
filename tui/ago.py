"""How long ago something was, as people say it."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.today import local
from tui.text import text

_MINUTE, _HOUR, _DAY, _WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def since(at: str, now: str) -> timedelta:
    """The time between two stored moments; none where a clock went back."""
    return max(datetime.fromisoformat(now) - datetime.fromisoformat(at), timedelta())


def ago(at: str, now: str, language: str) -> str:
    """A stored moment as seen from another: minutes, hours or days ago, and from a week on the day."""
    gone = since(at, now)
    if gone < _MINUTE:
        return text("ago.now", language)
    for key, unit, end in (("minutes", _MINUTE, _HOUR), ("hours", _HOUR, _DAY), ("days", _DAY, _WEEK)):
        if gone < end:
            return text(f"ago.{key}", language, count=gone // unit)
    return text("ago.on", language, day=local(at)[:10])
