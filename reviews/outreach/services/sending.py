"""Letters to the offices of States: owed by one act of an officer, and made and sent by a worker, each once."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.contacts.models import StateContact
from accounts.links import BETWEEN_MAILS, issue_link, renewals_asked_for
from accounts.links.enums import LinkPurpose
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import SystemActor, require
from reviews.cases.models import Review
from reviews.nominations.enums import NominationAction
from reviews.outreach.enums import LetterKind
from reviews.outreach.mails import queue_letter
from reviews.outreach.models import NominationLetter
from reviews.outreach.selectors.addressees import plan_letters
from reviews.outreach.tasks import carry_on_outreach_task
from reviews.programme.models import Mechanism

CHANGED = "changed"  # the code of the refusal where the page shows by now who would be written to
_WORKER = SystemActor("reviews.carry_on_outreach")


@transaction.atomic
def owe_letters(
    *, actor: User, mechanism: Mechanism, reviews: QuerySet[Review], chosen: Collection[str], seen: str
) -> list[NominationLetter]:
    """Owe a letter to each chosen office (keys of contacts) of the States of these reviews: all of them, or none.

    ``reviews`` are rows of a board, which are looked up anew; ``seen`` is the fingerprint of the plan that the officer
    was shown. Raises ServiceError where nobody is chosen, or where anything of it has changed: an office, what a State
    has named, or a letter of a colleague or of an earlier press.
    """
    require(actor, NominationAction.WRITE_TO_STATES)
    # Two who write at once wait for each other; the second finds the letters of the first.
    Mechanism.objects.select_for_update(no_key=True).get(pk=mechanism.pk)
    plan = plan_letters(mechanism, reviews.all())
    if plan.fingerprint != seen:
        message = _("Something has changed since this page was shown. Look at who is written to now, then press again.")
        raise ServiceError(message, code=CHANGED)
    addressees = [each for each in plan.addressees if each.key in chosen]
    if not addressees:
        raise ServiceError(_("Choose at least one office."), field="chosen")
    letters = [
        NominationLetter(
            mechanism=mechanism,
            state_party=each.contact.state_party,
            contact=each.contact,
            office=each.contact.office,
            address=each.contact.email,
            language=each.contact.language,
            written_by=actor,
            listed_by_id=each.contact.listed_by_id,
        )
        for each in addressees
    ]
    NominationLetter.objects.bulk_create(letters)
    for letter in letters:
        after = {"state": letter.state_party.iso3, "language": letter.language}
        audit.record(actor, "reviews.nominationletter.written", letter, after=after)
    transaction.on_commit(carry_on_outreach_task.delay, robust=True)
    return letters


def send_owed_letters() -> int:
    """Make link and mail of each letter that is owed; give how many. For workers alone.

    Each in a transaction of its own, under its lock: twice, in two workers, or after a kill, each is made once.
    """
    count = 0
    while _send_oldest():
        count += 1
    return count


@transaction.atomic
def _send_oldest() -> bool:
    owed = NominationLetter.objects.filter(link=None, is_dropped=False)
    oldest = owed.order_by("created_at").values("pk", "contact").first()
    if oldest is None:
        return False
    # The contact first, as who changes it or takes it out, and ends its links: either finds what the other has done.
    contact = StateContact.objects.select_for_update().filter(pk=oldest["contact"]).first()
    rows = owed.select_for_update(of=("self",)).select_related("mechanism", "state_party", "written_by")
    letter = rows.filter(pk=oldest["pk"]).first()
    if letter is None:
        return True  # another worker has made it meanwhile
    if contact is None or contact.email != letter.address:
        letter.is_dropped = True
        letter.save(update_fields=["is_dropped", "updated_at"])
        return True
    letter.link = issue_link(
        purpose=LinkPurpose.NOMINATION,
        about=letter.mechanism.slug,
        state=letter.state_party,
        address=letter.address,
        language=letter.language,
        issued_by=letter.written_by,
    )
    letter.notification = queue_letter(letter, letter.link)
    letter.save(update_fields=["link", "notification", "updated_at"])
    return True


@transaction.atomic
def renew_links() -> int:
    """Owe another letter to each holder of a link that has run out who asks for one; give how many. For workers."""
    locked = Mechanism.objects.select_for_update(no_key=True).order_by("pk")  # as who writes by hand
    mechanisms = {each.slug: each for each in locked}
    count = 0
    for link in renewals_asked_for(LinkPurpose.NOMINATION):
        contact = StateContact.objects.filter(state_party=link.state_party, email=link.address).first()
        if contact is None or link.about not in mechanisms:
            continue
        own = NominationLetter.objects.filter(mechanism=mechanisms[link.about], contact=contact, is_dropped=False)
        if own.filter(created_at__gt=timezone.now() - BETWEEN_MAILS).exists():
            continue  # one is on its way
        letter = NominationLetter.objects.create(
            mechanism=mechanisms[link.about],
            state_party=link.state_party,
            contact=contact,
            kind=LetterKind.RENEWED,
            office=contact.office,
            address=link.address,
            language=contact.language,
            written_by=link.issued_by,
            listed_by_id=contact.listed_by_id,
        )
        audit.record(_WORKER, "reviews.nominationletter.renewed", letter, after={"state": link.state_party.iso3})
        count += 1
    return count
