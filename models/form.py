"""The official form of a stored case: for the application that is open or comes next, beside what was filed last."""

from datetime import date

from engine.application import Application, Kind, approved
from engine.facts import Applicant
from engine.form import Block, Filed, official_form
from engine.policy import Policy
from models.papers import kind_of
from models.paths import Tree
from models.staging import FILED_AT, standing_of


def form_of(tree: Tree, applicant: Applicant, policy: Policy, on: date) -> tuple[Kind, tuple[Block, ...]]:
    """The kind of application it is for, and the form. Raises `engine.policy.NoLaw`."""
    kind = kind_of(tree, applicant)
    return kind, official_form(applicant, policy, on, kind, filed_of(tree, applicant))


def filed_of(tree: Tree, applicant: Applicant) -> Filed | None:
    """The facts as filed with the application that was granted last, and the day; None where they are not kept."""
    standing = standing_of(tree, applicant)
    granted = approved(standing.applications)
    if granted is None or granted.filed is None:
        return None
    steps = [step.on for step in standing.steps if step.application == granted.id and step.stage == FILED_AT]
    return Filed(granted.filed, steps[-1] if steps else _last_day(granted))


def _last_day(granted: Application) -> date:
    return granted.closed or granted.opened
