"""How long somebody has been insured, as it is said: `七年二个月`, `2015年7月起`, `2015.7-2020.6`. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from engine.months import Month
from engine.reason import Reason
from tui.heard import NONE, NOTHING, Heard, unread
from tui.signs import fold
from tui.spoken_numbers import MOST_YEARS, N, lower, number, past

_BEFORE_A_SPELL = re.compile(
    r"^(?:我|他|她|在|上海|已经?|一共|总共|累计|合计|大概|大约|约|差不多|断断续续|连续|刚满|满|刚|从|自|[交缴]了?过?|有|about)+"
)
_NEARLY = re.compile(r"^(?:不到|快|将近|近|nearly|almost)")
_END = re.compile(r"(?:到|至|-|~|—)+((?:19|20)\d{2}|\d{2})[年./-](\d{1,2})月?$")
_UNBROKEN = re.compile(r"[,;]?(?:中间)?(?:从来?|一直|都|也)?没有?断过?[交缴]?[,;]?")
_NOT_PAID = re.compile(r"[没不](?:有|再|在)?[交缴]|never|not?(?:longer)?pa(?:id|ying)")
_STOPPED = re.compile(r"断|停|离职|辞职|失业|为止|stop|ended|until|interrupt|gap")
_A_LENGTH = re.compile(r"\d|[一两二三四五六七八九十半]个?[年月]")
_GOES_ON = re.compile(r"至今|到现在|在[缴交]|还在|起|开始|since|stillpaid")


def insured(said: str, today: date) -> Heard | Reason:
    """`七年二个月`, `86个月`, `2015年7月起`, `没交过`: months of insurance in Shanghai, up to the last one."""
    folded = _UNBROKEN.sub("", fold(said))
    not_paid = _NOT_PAID.search(folded)
    if folded in NONE or folded in ("0", "零") or (not_paid and not _A_LENGTH.search(folded)):
        return NOTHING
    if not_paid:  # so long, and not any more: when it ended was not said
        return unread(said, "insured")
    last = Month(Month.of(today) - 1)
    going = bool(_GOES_ON.search(folded))
    folded = _BEFORE_A_SPELL.sub("", folded)
    folded = re.sub(r"(\d{1,2})[/~-](\d{1,2})(?=年|个月)", _lower_figure, folded)
    if (spells := _spells(said, last, today)) is not None:
        return spells
    if spell := _spell(folded, last, today, going=going):
        first, end = spell
        still = () if going or end < last else ("paying",)
        span = {"from": str(first)} if going else {"from": str(first), "to": str(end)}
        return Heard({"insurance": [{**span, "approximate": True}]}, still)
    nearly = _NEARLY.match(folded)
    folded = re.sub(r"[多几来](?=年|个?月)", "", lower(folded[nearly.end() :] if nearly else folded))
    found = re.match(rf"(?:(?:{N}(?:年|years?)(半)?|(半)年))?零?(?:{N}(?:个?月|months?))?", folded)
    if found is None or _STOPPED.search(folded[found.end() :]):  # 五年，中间断过: how many it is was not said
        return unread(said, "insured")
    years, half, half_year, months = found.groups()
    count = (number(years) or 0) * 12 if years else 0
    count += (6 if half or half_year else 0) + ((number(months) or 0) if months else 0)
    count -= 1 if nearly else 0
    if not 0 < count <= MOST_YEARS * 12:
        return unread(said, "insured")
    span = {"from": str(Month(last - count + 1))} if going else {"from": str(Month(last - count + 1)), "to": str(last)}
    return Heard({"insurance": [{**span, "approximate": True}]}, () if going else ("paying",))


def _lower_figure(pair: re.Match[str]) -> str:
    """`5、6年`: of two figures that follow one another the lower one."""
    return pair[1] if int(pair[2]) == int(pair[1]) + 1 else pair[0]


def _spells(said: str, last: Month, today: date) -> Heard | Reason | None:
    """Several spells, each with its months: `2016.3-2020.3，2020.7至今`; None where it is not more than one."""
    joined = re.sub(r"\s*(到|至|-|~|—)\s*", r"\1", said)
    parts = [fold(part) for part in re.split(r"[,，;；、和]+|\s+(?=\d)", joined) if part.strip()]
    named = [part for part in parts if re.search(r"\d{2}[年./-]\d{1,2}", part)]
    if len(named) < 2:
        return None
    rows: list[dict[str, Any]] = []
    still: tuple[str, ...] = ()
    for part in named:
        going = bool(_GOES_ON.search(part))
        spell = _spell(_BEFORE_A_SPELL.sub("", part), last, today, going=going)
        if spell is None or not (going or _END.search(part)):  # of each it must be said when it ends
            return unread(said, "insured")
        rows.append({"from": str(spell[0]), **({} if going else {"to": str(spell[1])}), "approximate": True})
        still = () if going or spell[1] < last else ("paying",)
    return Heard({"insurance": rows}, still)


def _spell(folded: str, last: Month, today: date, *, going: bool) -> tuple[Month, Month] | None:
    """The first and the last month, where they are named: `2015年7月起`, `2015.7-2020.6`. Of a year alone since when
    it goes on its last month counts. None where none is named, or they cannot be."""
    # `15年7月` alone is a length; with its end, or with 起, it is the month it began
    until = _END.search(folded)
    short = r"|\d{2}" if going or until else ""
    since = re.match(rf"(?:since)?((?:19|20)\d{{2}}{short})(?:[年./-](\d{{1,2}}))?", folded)
    if since is None or (since[2] is None and not re.match(r"年?(?:起|开始|至今|到现在|$)", folded[since.end() :])):
        return None
    if since[2] is None and not going:
        return None
    named = [(since[1], since[2] or "12")] + ([(until[1], until[2])] if until and not going else [])
    if not all(1 <= int(month) <= 12 for _, month in named):
        return None
    months = [Month(past(year, today) * 12 + int(month) - 1) for year, month in named]
    first, end = months[0], min(months[-1], last) if len(months) > 1 else last
    return (first, Month(end)) if first <= end else None
