"""The stages of a case, in the order of the work. Their names are in `engine.words` under `status.`."""

from typing import Literal, get_args

Status = Literal[
    "lead",
    "simulated",
    "accumulating",
    "engaged",
    "employer_setup",
    "account",
    "form",
    "hr_review",
    "submitted",
    "net_sign",
    "paper_due",
    "accepted",
    "verifying",
    "review",
    "returned",
    "approved",
    "notice",
    "in_force",
    "renewal_due",
    "lapsed",
    "refused",
    "withdrawn",
    "paused",
    "closed",
]
STATUSES: tuple[Status, ...] = get_args(Status)
