"""Letters that are sent again while a State names nobody, ever more rarely, and the weekly word to who is in charge.

By the rules of the mechanism (``nomination_letter_repeat``). What is due follows from the letters that are stored:
after a gap each office gets one, and a round that is run twice adds none.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.people import officers
from accounts.people.models import User
from core import audit
from core.mail.reports import NOT_ARRIVED
from core.policy import SystemActor
from reviews.outreach.enums import LetterKind, Stand
from reviews.outreach.mails import notify_unanswered
from reviews.outreach.models import NominationLetter
from reviews.outreach.selectors.addressees import repeat_rule, wait_after, written_offices
from reviews.outreach.selectors.board import board_of, current_phase, in_phase, of_stand, phases_with_reviews
from reviews.outreach.tasks import carry_on_outreach_task
from reviews.programme.models import Mechanism

_WORKER = SystemActor("reviews.repeat_letters")


def repeat_letters(now: dt.datetime) -> int:
    """Owe a letter to each office that was written to long enough ago and whose State has named nobody; give how many.

    For workers alone.
    """
    return sum(_repeat_in(mechanism, now) for mechanism in Mechanism.objects.all())


@transaction.atomic
def _repeat_in(mechanism: Mechanism, now: dt.datetime) -> int:
    Mechanism.objects.select_for_update(no_key=True).get(pk=mechanism.pk)  # as who writes by hand
    first, longest = repeat_rule(mechanism)
    if not first:
        return 0
    unnamed = of_stand(board_of(mechanism), Stand.UNNAMED).order_by("-created_at")
    waiting = dict(unnamed.values_list("state_under_review", "created_at"))  # of several reviews, since the first
    count = 0
    for office in written_offices(mechanism, waiting):
        last, contact = office.last, office.last.contact
        if last.notification is not None and last.notification.status in NOT_ARRIVED:
            continue  # nobody reads what is sent there; the board says so
        if contact is None or now - last.created_at < wait_after(max(1, office.number), first, longest):
            continue
        letter = NominationLetter.objects.create(
            mechanism=mechanism,
            state_party=contact.state_party,
            contact=contact,
            kind=LetterKind.REPEATED,
            office=contact.office,
            address=contact.email,
            language=contact.language,
            written_by=_on_behalf_of(last.written_by),
            listed_by_id=contact.listed_by_id,
        )
        after = {"state": contact.state_party.iso3, "number": office.number + 1}
        audit.record(_WORKER, "reviews.nominationletter.repeated", letter, after=after)
        count += 1
    if count:
        transaction.on_commit(carry_on_outreach_task.delay, robust=True)
    return count


def _on_behalf_of(writer: User) -> User:
    """Who has left the secretariat writes no more; another officer does."""
    return writer if writer.is_active else (officers().order_by("created_at").first() or writer)


def tell_of_unanswered(now: dt.datetime) -> int:
    """Tell each officer in charge, once a week, in how many of the own reviews nobody answers; give how many mails.

    Of the current phase, which is the one that the page shows where none is chosen.
    """
    year, week, _day = now.isocalendar()
    told = 0
    for mechanism in Mechanism.objects.all():
        rows = of_stand(board_of(mechanism), Stand.UNANSWERED).filter(officer__in=officers())
        if current := current_phase(phases_with_reviews(mechanism), timezone.localdate(now)):
            rows = in_phase(rows, str(current))
        counts = rows.order_by().values_list("officer").annotate(number=Count("pk"))
        people = User.objects.in_bulk([officer for officer, _number in counts])
        for officer, number in counts:
            told += notify_unanswered(people[officer], mechanism, number, key=f"{year}-{week:02d}")
    return told
