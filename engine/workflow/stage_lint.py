"""What is wrong with a pack of stages; nothing for a good one. Each fault names the place and what to do."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, get_args

from engine.application import KINDS, Outcome, Where
from engine.durations import UNITS
from engine.pack_lint import (
    GROUNDS,
    NOTE,
    Complaint,
    Pack,
    Shape,
    bases_faults,
    complaint,
    grounds_faults,
    shape_faults,
    sources_faults,
    wrong_type,
)
from engine.workflow import STATUSES
from engine.workflow.points import DERIVED

WAITING_ON = ("client", "hr", "us", "counter", "archive")
"""Who can be waited for: 客户 人事 我方 受理点 存档单位."""
GUARDS = (
    "score",
    "employer_active",
    "employer_fit",
    "permit_valid",
    "permit_data",
    "permit_signed",
    "paying",
    "of_kind",
    "paper_day",
    "checked",
    "returned_at",
    "not_handed_in",
    "notice_there",
)
"""The kinds of condition there are; what each looks at is code (`engine.workflow.guards`)."""
ASKS = (
    "kind",
    "district",
    "receipt",
    "where",
    "reasons",
    "text",
    "read_by",
    "answer_by",
    "papers",
    "because",
    "number",
    "issued",
    "valid_until",
    "score",
    "employer",
    "members",
)
TASKS = ("register_employer", "look_up_result", "hand_in", "answer_return", "collect_notice", "check_notice")
LIMITS = ("lease_check_days", "auto_signing_first_days")

_SECTIONS: Shape = {
    "sources": dict,
    "basis": dict,
    "durations": dict,
    "limits": dict,
    "stages": dict,
    "guards": list,
}
_DURATION: Shape = {"unit": str, "amount": int, "article": str, **GROUNDS}
_LIMIT: Shape = {"value": int, "article": str, **GROUNDS}
_STAGE: Shape = {"basis": str}
_STAGE_MORE: Shape = {
    "waiting_on": str,
    "application": bool,
    "forward": list,
    "back": list,
    "aside": list,
    "resumes": str,
    "outcome": str,
    "asks": list,
    "asks_perhaps": list,
    "takes": str,
    "legal": str,
    "task": str,
}
_GUARD: Shape = {"kind": str, "into": list, "basis": str}
_GUARD_MORE: Shape = {"from": list, "only": list, "kinds": list, "where": list}
_NEEDS = {"of_kind": "kinds", "returned_at": "where"}


def lint(pack: Pack, known_durations: Collection[str]) -> list[Complaint]:
    """All complaints about a pack; `known_durations` are the names of those kept elsewhere."""
    faults = list(shape_faults(pack, "", _SECTIONS)) or [
        *sources_faults(pack["sources"]),
        *bases_faults(pack["basis"], pack["sources"]),
        *_figures(pack, "durations", _DURATION),
        *shape_faults(pack["limits"], "limits", dict.fromkeys(LIMITS, dict)),
        *_figures(pack, "limits", _LIMIT),
        *shape_faults(pack["stages"], "stages", dict.fromkeys(STATUSES, dict)),
        *_stages(pack, {*known_durations, *pack["durations"], "archive"}),
        *_guards(pack),
    ]
    return faults or list(_unreached(pack["stages"]))


def _figures(pack: Pack, section: str, shape: Shape) -> Iterator[Complaint]:
    for name, entry in pack[section].items():
        where = f"{section}.{name}"
        if faults := list(shape_faults(entry, where, shape, NOTE)):
            yield from faults
            continue
        yield from grounds_faults(entry, where, pack["sources"])
        if "unit" in entry:
            yield from _one_of([entry["unit"]], f"{where}.unit", UNITS)
        if (number := entry.get("amount", entry.get("value"))) < 0:
            yield complaint("process.not_growing", where, numbers=[number])


def _stages(pack: Pack, durations: Collection[str]) -> Iterator[Complaint]:
    for code, entry in pack["stages"].items():
        where = f"stages.{code}"
        if type(entry) is not dict:
            continue  # said by the shape of the section
        if faults := list(shape_faults(entry, where, _STAGE, _STAGE_MORE)):
            yield from faults
            continue
        chosen: dict[str, Collection[str]] = {
            "basis": pack["basis"].keys(),
            "waiting_on": WAITING_ON,
            "resumes": ("forward", "back"),
            "outcome": get_args(Outcome),
            "takes": durations,
            "legal": durations,
            "task": TASKS,
        }
        for key, choices in chosen.items():
            if key in entry:
                yield from _one_of([entry[key]], f"{where}.{key}", choices)
        typed = [status for status in STATUSES if status not in DERIVED[1:]]
        for way in ("forward", "back", "aside"):
            yield from _one_of(entry.get(way, ()), f"{where}.{way}", typed)
        for key in ("asks", "asks_perhaps"):
            yield from _one_of(entry.get(key, ()), f"{where}.{key}", ASKS)


def _guards(pack: Pack) -> Iterator[Complaint]:
    for number, entry in enumerate(pack["guards"], start=1):
        where = f"guards#{number}"
        if faults := list(shape_faults(entry, where, _GUARD, _GUARD_MORE)):
            yield from faults
            continue
        yield from _one_of([entry["kind"]], f"{where}.kind", GUARDS)
        yield from _one_of([entry["basis"]], f"{where}.basis", pack["basis"].keys())
        for key, choices in {"into": STATUSES, "from": STATUSES, "only": KINDS, "kinds": KINDS}.items():
            yield from _one_of(entry.get(key, ()), f"{where}.{key}", choices)
        yield from _one_of(entry.get("where", ()), f"{where}.where", get_args(Where))
        needed = _NEEDS.get(entry["kind"])
        if needed is not None and not entry.get(needed):
            yield complaint("missing", f"{where}.{needed}")
        for key in _NEEDS.values():
            if key in entry and key != needed:
                yield complaint("unknown_key", f"{where}.{key}", known=[*_GUARD, "from", "only"])


def _one_of(values: Iterable[Any], where: str, known: Collection[str]) -> Iterator[Complaint]:
    for value in values:
        if type(value) is not str:
            yield wrong_type(where, str)
        elif value not in known:
            yield complaint("unknown_value", where, value=value, known=list(known))


def _unreached(stages: Mapping[str, Any]) -> Iterator[Complaint]:
    """A stage that no way leads to from the first one; those that follow from the points need none."""
    reached, found = set(DERIVED[1:]), [STATUSES[0]]
    while found:
        code = found.pop()
        if code not in reached:
            reached.add(code)
            found += [to for way in ("forward", "back", "aside") for to in stages[code].get(way, ())]
    for code in STATUSES:
        if code not in reached:
            yield complaint("stages.unreached", f"stages.{code}")
