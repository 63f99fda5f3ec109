"""What may be wanted of many cases at once, said of each as it is (`models.bulk.Ask`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.facts import Applicant
from engine.materials.pack import Supplier
from engine.policy import Policy, load
from engine.workflow import Status
from models.bulk import Ask
from models.change import Change
from models.papers import COLLECTING, asked_on, chased, outstanding
from models.paths import Tree, new_id
from models.refusals import refused
from models.reopening import reopened
from models.staging import advanced, standing_of


def to_stage(to: Status, told: Mapping[str, Any], today: date, policy: Policy | None = None) -> Ask:
    """In another stage, on the conditions of a single case."""

    def ask(tree: Tree, applicant: Applicant) -> list[Change]:
        if tree["status"] == to:
            return []
        steps = advanced(tree, applicant, to, told, today=today, policy=policy)
        return [*steps, *(reopened(tree, applicant, told, today, policy) if to == "returned" else ())]

    return ask


def to_consultant(name: str | None) -> Ask:
    """With another consultant; None: with nobody."""

    def ask(tree: Tree, _: Applicant) -> list[Change]:
        return [Change("consultant", tree.get("consultant"), name)]

    return ask


def tagged(tag: str) -> Ask:
    """With a tag."""

    def ask(tree: Tree, _: Applicant) -> list[Change]:
        tags = list(tree.get("tags") or ())
        return [] if tag in tags else [Change("tags", tags or None, [*tags, tag])]

    return ask


def untagged(tag: str) -> Ask:
    """Without a tag."""

    def ask(tree: Tree, _: Applicant) -> list[Change]:
        tags = list(tree.get("tags") or ())
        return [Change("tags", tags, [each for each in tags if each != tag] or None)] if tag in tags else []

    return ask


def with_task(what: str, due: date) -> Ask:
    """With something to be done by a day, by whose case it is; once, where it stands there already."""

    def ask(tree: Tree, _: Applicant) -> list[Change]:
        task = {"what": what, "due": due.isoformat()}
        if any(task == {key: row.get(key) for key in task} and "done" not in row for row in tree.get("tasks", ())):
            return []
        return [Change(f"tasks.{new_id()}", None, task)]

    return ask


def asked_for_papers(today: date, policy: Policy | None = None, supplier: Supplier | None = None) -> Ask:
    """With its papers asked for, of whoever brings them or of the client or the contact alone; once a day."""
    rules = policy or load()

    def ask(tree: Tree, applicant: Applicant) -> list[Change]:
        if standing_of(tree, applicant).status not in COLLECTING:
            raise refused("collects_none")
        every = outstanding(tree, applicant, rules, today)
        owed = [paper for paper in every if supplier in (None, paper.item.supplier)]
        if not owed:
            raise refused("owes_nothing")
        return chased([paper for paper in owed if not asked_on(paper, today)], today)

    return ask
