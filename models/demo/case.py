"""One made-up case: the whole document of a client, as far as it would be known in the status the case is in."""

from datetime import date, timedelta
from random import Random
from typing import Any

from engine.assessment import Assessment, assess
from engine.document import validate
from engine.months import Month, add_years, full_years
from engine.policy import Policy
from engine.workflow import STATUSES
from engine.workflow.points import RENEW_DUE_DAYS
from models.demo import papers
from models.demo.extras import EXTRAS, Extras
from models.demo.family import children, marital_status, spouse
from models.demo.insurance import insurance, tax
from models.demo.life import Life

Document = dict[str, Any]
_DAY = timedelta(days=1)
_EVIDENCED = (
    "education",
    "qualification",
    "insurance",
    "tax",
    "investment",
    "service",
    "talent",
    "award",
    "child",
)
# claimed, received, verified: how far the papers are, by the last status of a stretch of the work
_EVIDENCE = (
    ("simulated", (1, 0, 0)),
    ("accumulating", (10, 4, 2)),
    ("account", (4, 8, 5)),
    ("form", (1, 6, 12)),
    ("hr_review", (0, 3, 14)),
    ("closed", (0, 1, 20)),
)
_RENEWED_FROM = timedelta(days=RENEW_DUE_DAYS)
_LONGEST = {"accumulating": 700, "paused": 400, "refused": 200, "withdrawn": 200, "closed": 500, "lead": 45}
_LONGEST_OF_OTHERS = 60  # days
_FIRST_LAW = date(2013, 7, 1)
WITH_NOTICE = ("net_sign", "in_force", "renewal_due", "lapsed")


def rank(status: str) -> int:
    """How far the work is."""
    return STATUSES.index(status)


def facts(life: Life, status: str, child_ages: tuple[int, ...]) -> Document:
    """Everything about the client but the notice, before anything goes wrong and before papers are looked at."""
    rng, person, today = life.rng, life.person, life.today
    engaged = rank(status) >= rank("engaged")
    document: Document = {
        "name": person.name,
        "id_number": person.id_number,
        "sex": person.sex,
        "ethnic_group": person.ethnic_group,
        "schooling_complete": True,
        "contact": papers.contact(rng, person, today, agreed=engaged),
        "hukou": papers.hukou(rng, person),
        "permit": papers.permit(rng, life.arrived, today),
        "employment": papers.employment(rng, life.employer, life.joined, today),
        "education": life.schooling,
        "insurance": insurance(rng, life.stints, life.route.wage, life.law.wages, life.current),
    }
    if engaged:
        document["contract"] = papers.contracts(life.stints)
        document["work"] = papers.history(life.stints, life.out_of_school, person)
        document["tax"] = tax(document["insurance"], Month(life.current - 48))
        document["archive"] = papers.archive(rng, person, today, arrived=rank(status) >= rank("review"))
    if "shortage_associate" in life.route.schooling:
        document["employment"]["post_matches_major"] = True
    _family(document, life, child_ages, engaged=engaged)
    for extra in life.route.extras:
        if extra in EXTRAS:
            document |= EXTRAS[extra](Extras(rng, today, life.arrived))
    return {key: value for key, value in document.items() if value != []}


def _family(document: Document, life: Life, child_ages: tuple[int, ...], *, engaged: bool) -> None:
    rng, today = life.rng, life.today
    from_shanghai = "spouse_shanghai" in life.route.extras
    rows = children(rng, life.registry, life.person, today, child_ages)
    status = "married" if from_shanghai else marital_status(rng, full_years(life.person.born, today))
    if rows and status == "single":
        status = "married"
    document["marital_status"] = status
    if status == "married":
        eldest = min((date.fromisoformat(row["birth_date"]) for row in rows), default=None)
        document["spouse"] = spouse(rng, life.registry, life.person, today, from_shanghai=from_shanghai, eldest=eldest)
    for row in rows:
        if engaged:
            row["permit_valid_until"] = document["permit"]["valid_until"]
        if full_years(date.fromisoformat(row["birth_date"]), today) >= 16:
            # the school certifies each September for a school year
            row["study_proof_until"] = f"{today.year + (today.month >= 9)}-09-30"
    document["child"] = rows


def in_force(document: Document, life: Life, status: str, policy: Policy) -> None:
    """The notice of a case that has one, and the permit's term beside it: current, just extended, long extended."""
    rng, today = life.rng, life.today
    until = date.fromisoformat(document["permit"]["valid_until"])
    if status in {"renewal_due", "net_sign"}:
        # the permit has been extended, the points not yet
        until = today - timedelta(days=rng.randrange(2, 25))
    elif status == "lapsed":
        until = today - timedelta(days=rng.randrange(70, 300))
    elif until < today + timedelta(days=95):
        until = today + timedelta(days=rng.randrange(95, 350))
    document["permit"] |= papers.term_until(until if until >= today else add_years(until, 1))
    first = date.fromisoformat(document["permit"]["first_issued"])
    if first >= date.fromisoformat(document["permit"]["issued"]):
        first = add_years(date.fromisoformat(document["permit"]["issued"]), -1)
        document["permit"] |= {"first_issued": str(first), "collected": str(first + 6 * _DAY)}
    for child in document.get("child", []):
        child["permit_valid_until"] = document["permit"]["valid_until"]
    issued = add_years(until, -1) + timedelta(days=rng.randrange(5, 40))
    then = assess(validate(document), policy, max(issued, _FIRST_LAW)).total
    score = then if then >= 120 else max(120, assess(validate(document), policy, today).total)
    document["notice"] = papers.notice(rng, document, score, issued, until)


def look_at_papers(document: Document, life: Life, status: str) -> None:
    """Evidence row by row, as far as the work has come; what somebody has seen, and until when."""
    rng = life.rng
    odds = next(odds for until, odds in _EVIDENCE if rank(status) <= rank(until))
    rows = [row for section in _EVIDENCED for row in document.get(section, [])]
    for row in rows + [document[key] for key in ("spouse",) if key in document]:
        row.setdefault("evidence", rng.choices(("claimed", "received", "verified"), odds)[0])
    for row in document.get("insurance", []):
        if "base" in row and row["evidence"] != "claimed":
            row.setdefault("payer_matches_contract", True)
            if row["evidence"] == "verified":
                row.setdefault("tax_matches", True)
            if "to" not in row:
                seen = Month(life.current - rng.choice((1, 1, 2, 3)))
                row["seen_until"] = str(max(seen, Month.parse(row["from"])))


def claim(document: Document, result: Assessment) -> None:
    """Put forward the items that reach the threshold, the greatest first."""
    lines = sorted((ln for ln in result.lines if ln.counted and ln.points > 0), key=lambda ln: -ln.points)
    total, claims = 0, []
    for line in lines:
        if total >= result.threshold:
            break
        total += line.points
        claims.append(line.indicator)
    document["claims"] = claims


def as_spoken(document: Document, life: Life, status: str) -> Document:
    """What is known before anything has been seen: little on the telephone, after a simulation most of it."""
    rng = life.rng
    for row in document["insurance"]:
        row["approximate"] = True
    if status == "simulated":
        known = {k: v for k, v in document.items() if k not in {"id_number", "permit", "spouse", "archive", "claims"}}
        known["birth_date"] = str(life.person.born)
        known["hukou"] = {"province": life.person.province.name}
        known["employment"] = {"employer": life.employer.name, "post": document["employment"]["post"]}
        if "spouse" in document:
            known["spouse"] = {k: document["spouse"][k] for k in ("married", "shanghai_hukou")}
        known["child"] = [_spoken_child(row) for row in document.get("child", [])]
        for row in known["education"]:
            for key in ("certificate_no", "degree_no", "chsi"):
                row.pop(key, None)
        return {k: v for k, v in known.items() if v != []}
    best = document["education"][-1]
    known = {
        "name": life.person.name,
        "sex": life.person.sex,
        "contact": document["contact"],
        "hukou": {"province": life.person.province.name},
        "education": [{k: best[k] for k in ("level", "degree", "form", "graduated")}],
        "insurance": [{k: v for k, v in document["insurance"][-1].items() if k != "employer"}],
    }
    known |= {"birth_year": life.person.born.year} if rng.random() < 0.5 else {"birth_date": str(life.person.born)}
    if document.get("child"):
        known["child"] = [_spoken_child(document["child"][0])]
    return known


def since(rng: Random, document: Document, status: str, today: date) -> date:
    """The day on which a case came to its status: most of them lately, some long ago."""
    notice = document.get("notice", {})
    if status == "in_force":
        return min(date.fromisoformat(notice["issued"]), today) if "issued" in notice else today
    if status in {"renewal_due", "lapsed"} and "valid_until" in notice:
        due = date.fromisoformat(notice["valid_until"]) + (_DAY if status == "lapsed" else -_RENEWED_FROM)
        return min(due, today)
    return today - timedelta(days=round(rng.triangular(0, _LONGEST.get(status, _LONGEST_OF_OTHERS), 5)))


def _spoken_child(row: dict[str, Any]) -> dict[str, Any]:
    return {k: row[k] for k in ("birth_date", "lives_together", "entered_primary", "kindergarten") if k in row}


def barely_known(rng: Random, phone: str) -> Document:
    """Somebody who called: a nickname and a number, and hardly anything else."""
    called = rng.choice(("王姐", "小陈", "李哥", "天天妈妈", "张老师", "老周", "琪琪爸", "快递小刘", "Lily", "阿强"))
    return {"contact": {"called": called, "phone": phone}}
