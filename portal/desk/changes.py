"""What has happened at one place of the desk since its reader was there before, in words."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _, ngettext

from accounts.people.models import User
from core.language.i18n import isolated
from dialogue.desk import Desk, QuestionPlace
from dialogue.exchange.models import ClarificationRequest
from dialogue.slips import SlipAt
from dialogue.threads import threads_beside
from dialogue.threads.enums import ThreadSubject
from reviews.cases.enums import Grant


def changes_since(
    desk: Desk,
    since: dt.datetime | None,
    place: QuestionPlace,
    slip: SlipAt,
    clarifications: Iterable[ClarificationRequest],
    observations: Iterable[Any],
) -> list[str]:
    """Nothing at a first visit, and nothing of what the reader did.

    What a State sends or lays on the table is an act of its focal point.
    """
    if since is None:
        return []
    capacity = desk.capacity
    own_acts = capacity.state_party_id if capacity is not None and capacity.has(Grant.CLEAR) else None
    found = [*_of_answer(desk, since, place.question), *_of_colleagues(desk.user, since, desk, place, slip)]
    for remark in desk.feedback.remarks.get(place, ()):
        if remark.written_at is not None and remark.written_at > since and remark.state_party.pk != own_acts:
            found.append(_("feedback of %(state)s") % {"state": isolated(remark.author)})
    for request in clarifications:
        found += _of_request(desk.user, since, request, own_acts)
    if place.question:
        found += _of_threads(desk, place.question)
    for observation in observations:
        found += _of_observation(desk.user, since, observation, own_acts)
    return list(dict.fromkeys(found))


def _of_answer(desk: Desk, since: dt.datetime, code: str) -> Iterator[str]:
    change = desk.history.changes.get(code)
    if change is not None and change.sent_at > since:
        yield _("the answer, in version %(number)s") % {"number": change.number}
    sent = {version.number: version.sent_at for version in desk.history.versions}
    for each in desk.history.beside.get(code, ()) if code else ():
        if each.number in sent and sent[each.number] > since:
            yield _("what was sent beside the answer, in version %(number)s") % {"number": each.number}


def _of_colleagues(user: User, since: dt.datetime, desk: Desk, place: QuestionPlace, slip: SlipAt) -> Iterator[str]:
    draft = desk.feedback.drafts.get(place)
    if draft is not None and draft.updated_at > since and draft.saved_by_id != user.pk:
        yield _("your State’s feedback by %(person)s") % {"person": isolated(draft.saved_by.full_name)}
    row = slip.row
    if row is not None and row.saved_by and row.saved_at and row.saved_at > since and row.saved_by != user:
        yield _("the note by %(person)s") % {"person": isolated(row.saved_by.full_name)}


def _of_request(user: User, since: dt.datetime, request: Any, own_acts: Any) -> Iterator[str]:
    state = {"state": isolated(str(request.state_party))}
    if request.room_id is not None:
        if request.updated_at > since and request.written_by_id != user.pk:
            yield _("a request drafted by %(person)s") % {"person": isolated(request.written_by.full_name)}
    elif request.asked_at and request.asked_at > since and request.state_party_id != own_acts:
        yield _("a request of %(state)s") % state
    if request.closed_at and request.closed_at > since and request.state_party_id != own_acts:
        yield _("a request that %(state)s closed") % state
    if any(answer.sent_at and answer.sent_at > since for answer in request.shown_answers):
        yield _("the answer to a request of %(state)s") % state


def _of_threads(desk: Desk, question: str) -> Iterator[str]:
    """What the reader has not opened yet, whenever it was released."""
    if number := sum(each.new for each in threads_beside(desk.user, desk.review, ThreadSubject.QUESTION, question)):
        yield ngettext("%(number)s message", "%(number)s messages", number) % {"number": number}


def _of_observation(user: User, since: dt.datetime, observation: Any, own_acts: Any) -> Iterator[str]:
    """Saved; or laid on the table as it was saved before, which no save tells of."""
    if observation.saved_at and observation.saved_at > since and observation.saver_key != user.pk:
        yield _("an observation by %(person)s") % {"person": isolated(observation.saver)}
        return
    is_laid = observation.room_id is None and observation.tabled_revision == observation.revision
    state = observation.state_party_id  # None for one that was brought in, which nobody laid here
    if is_laid and state is not None and state != own_acts and observation.updated_at > since:
        yield _("an observation that %(state)s laid on the table") % {"state": isolated(str(observation.state_party))}
