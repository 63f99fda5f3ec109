"""`dabiao user hand-over`: cases of one consultant to another, all or those a query finds; the brief is printed."""

from __future__ import annotations

import argparse

from models.people import active_people
from models.query import QueryError, parse
from models.reading import Reader
from models.refusals import refused
from models.workspace import Workspace
from tui.brief_words import brief
from tui.commands.session import DONE, WRONG, Failed, Session


def run(session: Session, workspace: Workspace, arguments: argparse.Namespace) -> int:
    """Hands them over as one batch, which one undo takes back."""
    from models.bulk import carry_out
    from models.wishes import to_consultant

    giver, taker, line = arguments.giver, arguments.taker, " ".join(arguments.query)
    there = active_people(workspace.connection)
    if taker not in there:
        raise Failed(session.say(refused("no_person", who=taker, names=there).reason))
    try:
        query = parse(line, session.today, session.author.name)
    except QueryError as error:
        raise Failed(session.say(error.reason)) from None
    with Reader(workspace) as reader:
        ids = [row.id for row in reader.rows(reader.ids(query)) if row.consultant == giver]
        cases = [case for case in map(reader.case, ids) if case is not None]
    if not cases or giver == taker:
        raise Failed(session.text("user.nothing_to_hand_over", who=giver))
    lines = brief(cases, taker, giver, session.today, session.policy, session.language)
    done = carry_out(workspace, ids, to_consultant(taker), by=session.author, today=session.today, command="hand_over")
    for case_id, reason in done.refused.items():
        session.tell(f"{case_id}: {session.say(reason)}")
    if done.failed is not None:
        session.tell(session.say(done.failed))
    if session.as_json:
        session.document({"handed_over": done.changed, "to": taker, "brief": "\n".join(lines)})
    elif done.changed:
        for each in lines:
            session.out(each)
    session.tell(session.text("user.handed_over", count=len(done.changed), giver=giver, taker=taker))
    return WRONG if done.failed is not None or done.refused else DONE
