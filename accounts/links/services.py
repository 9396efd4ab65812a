"""A link of a State is issued, used, renewed by its holder, and ended.

Issued by workers alone, which the database sees to: no page makes a link to an address that it names.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from accounts.links.tokens import hash_of, token_of
from accounts.people import account_rule
from accounts.people.enums import AccountRuleKey
from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import at_the_door

# However many links of an office have run out, and however often their holders ask: none so soon after any link was
# sent to it, and one that was asked for once in this time.
BETWEEN_MAILS = dt.timedelta(minutes=10)
BETWEEN_RENEWALS = dt.timedelta(days=1)
_NOTED_EVERY = dt.timedelta(minutes=5)


def issue_link(
    *, purpose: LinkPurpose, about: str, state: StateParty, address: str, language: str, issued_by: User
) -> StateLink:
    """Make a link for an office of a State; its secret is made when the mail leaves (``tokens.token_of``)."""
    key = uuid.uuid4()
    return StateLink.objects.create(
        pk=key,
        purpose=purpose,
        about=about,
        state_party=state,
        address=address,
        language=language,
        sha256=hash_of(token_of(key)),
        issued_by=issued_by,
        expires_at=timezone.now() + account_rule(AccountRuleKey.MISSION_LINK),
    )


def note_use(link: StateLink) -> None:
    """Keep when the link was last used, to five minutes."""
    now = timezone.now()
    if link.last_used_at is None or now - link.last_used_at > _NOTED_EVERY:
        with at_the_door():
            StateLink.objects.filter(pk=link.pk).update(last_used_at=now)


def ask_for_renewal(link: StateLink) -> None:
    """Owe the holder of a link that has run out another one. Nothing where it was ended, or one is on its way.

    The caller says the same whatever comes of it.
    """
    now = timezone.now()
    if link.ended_at is not None or not link.has_run_out:
        return
    with at_the_door():
        if not _of_office(link).filter(_too_soon(now) | Q(renewal_asked_at__gt=now - BETWEEN_MAILS)).exists():
            waiting = StateLink.objects.filter(pk=link.pk, ended_at=None, expires_at__lte=now)
            waiting.update(renewal_asked_at=now)


@transaction.atomic
def renewals_asked_for(purpose: LinkPurpose) -> list[StateLink]:
    """Links whose holders wait for another one, held by the caller's transaction and noted as renewed; for workers.

    An address gets one, however many of its links have run out; none where a link that was ended bore it last, or
    where the office was sent one too recently: what was asked is let go then. Two callers wait for each other before.
    """
    asked = StateLink.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        purpose=purpose, ended_at=None, renewal_asked_at__isnull=False
    )
    rows = [
        row
        for row in asked.select_related("state_party", "issued_by").order_by("created_at")
        if row.renewed_at is None or (row.renewal_asked_at and row.renewed_at < row.renewal_asked_at)
    ]
    now, chosen = timezone.now(), {}
    for row in rows:
        place = row.state_party_id, row.about, row.address
        if place not in chosen and _of_office(row).filter(_too_soon(now)).exists():
            row.renewal_asked_at = None
            row.save(update_fields=["renewal_asked_at", "updated_at"])
            continue
        row.renewed_at = now
        row.save(update_fields=["renewed_at", "updated_at"])
        chosen[place] = row
    return list(chosen.values())


def _of_office(link: StateLink) -> QuerySet[StateLink]:
    return StateLink.objects.filter(
        purpose=link.purpose, about=link.about, state_party=link.state_party_id, address=link.address
    )


def _too_soon(now: dt.datetime) -> Q:
    return Q(created_at__gt=now - BETWEEN_MAILS) | Q(renewed_at__gt=now - BETWEEN_RENEWALS)


def end_links(state: StateParty, addresses: Iterable[str]) -> int:
    """End what was sent to these addresses of a State, which are its office's no more; give how many were open."""
    open_ones = StateLink.objects.filter(state_party=state, address__in=list(addresses), ended_at=None)
    return open_ones.update(ended_at=timezone.now(), updated_at=timezone.now())
