"""Who reads what a State drafts at home: its answers, what its ministries propose, and its laws."""

from collections.abc import Callable
from typing import Any

from accounts.people.models import User
from core.policy import can
from questionnaires.definitions.enums import ResponseAction
from questionnaires.laws.enums import LawAction
from questionnaires.laws.models import Law, LawFile
from questionnaires.margin.models import MarginNote
from questionnaires.responses.models import Answer, ResponseSubmission
from questionnaires.responses.policy import may_read_whole_draft
from reviews.cases.models import Review

Reads = Callable[[Any, User], bool]


def of_answer(row: Answer, user: User) -> bool:
    """A contributor reads an official answer by leave alone, which nobody has given in a scene."""
    return may_read_whole_draft(user, row.response)


def of_drafters_and_of(owner: str) -> Reads:
    """Those who draft for the State, and the contributor whose it is, while it is his or hers."""

    def reads(row: Any, user: User) -> bool:
        for name in filter(None, owner.split(".")):
            row = getattr(row, name)
        if may_read_whole_draft(user, row.response):
            return True
        own = row.participation
        return own.user_id == user.pk and own.ended_at is None and can(user, ResponseAction.VIEW_DRAFT, row.response)

    return reads


def of_law(row: Law, user: User) -> bool:
    return any(
        can(user, LawAction.VIEW, review) for review in Review.objects.filter(state_under_review=row.state_party)
    )


def of_law_file(row: LawFile, user: User) -> bool:
    """The people of its State, and whoever reads sent answers that cite the law."""
    sent = ResponseSubmission.objects.filter(document__laws__contains=[{"entry": str(row.law_id)}])
    return of_law(row.law, user) or any(can(user, ResponseAction.VIEW_SUBMISSION, each) for each in sent)


def of_thread(row: MarginNote, user: User) -> bool:
    """Those who read the whole draft, and the contributor to whom it is addressed, while he or she takes part."""
    thread = row.thread
    if may_read_whole_draft(user, thread.response):
        return True
    to = thread.participation
    return to is not None and to.user_id == user.pk and can(user, ResponseAction.VIEW_DRAFT, thread.response)
