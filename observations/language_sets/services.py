"""In which languages a version is agreed: proposed by a State, agreed once all have cleared the same proposal.

A version that moves takes its languages along with it: of the next one nothing is agreed before it is proposed again.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.hashes import document_hash
from core.models.names import audit_name_of
from core.policy import require
from observations.language_sets.enums import LanguageSetAction
from observations.language_sets.models import LanguageSet
from observations.language_sets.selectors import agreement_on, languages_for, languages_of
from observations.texts import lock_text
from observations.texts.models import AgreedText
from observations.versions import standing_version, tell_parties, version_facts
from reviews.capacities import forget_capacities, record_clearance, require_capacity
from reviews.cases.enums import News
from reviews.cases.models import Review
from reviews.opening import TeamChange
from reviews.visibility import remember_covering

Follow = Callable[[Actor, AgreedText], None]
_FOLLOW: list[Follow] = []


def follows_set(follow: Follow) -> None:
    """Register what comes after a set has been agreed by all; called from declarations of a feature above."""
    _FOLLOW.append(follow)


@transaction.atomic
def propose_languages(
    *, actor: User, text: AgreedText, languages: Collection[str], sha256: str, base: str = ""
) -> LanguageSet:
    """Propose for the actor's State in which languages the standing version is agreed; the State clears it with that.

    ``sha256`` is that of the version, and ``base`` that of the set agreed or proposed last (empty for none), which the
    person was shown. No language at all gives up a set that was agreed. Raises OutdatedError where either is another
    one by now, and ServiceError (``languages``) for a language that is none of the text's, none at all where there was
    no set, and what stands already.
    """
    text = lock_text(text)
    forget_capacities(actor)
    require(actor, LanguageSetAction.PROPOSE, text)
    version, known = standing_version(text), languages_of(text, standing_version(text))
    latest = known.latest
    if version is None or version.sha256 != sha256 or (latest.sha256 if latest else "") != base:
        raise OutdatedError(_("Something else was proposed in the meantime. Look at it, and choose again."), now="")
    chosen = [code for code, _name in languages_for(text) if code in languages]
    if len(chosen) != len(set(languages)):
        raise ServiceError(_("Choose languages from the list."), field="languages")
    if not chosen and latest is None:
        raise ServiceError(_("Choose at least one language."), field="languages")
    if latest is not None and chosen == latest.languages:
        raise ServiceError(_("These languages are proposed or agreed already."), field="languages")
    if known.proposed is not None:
        _replace(known.proposed)
    row = LanguageSet(
        review=text.review,
        language=text.language,
        version=version,
        languages=chosen,
        proposed_by=actor,
        proposed_for_id=require_capacity(actor, text.review).state_party_id,
    )
    row.sha256 = document_hash(row.content)
    row.save()
    audit.record(actor, "observations.language_set.proposed", text, after=_facts(row))
    _agree_for_state(actor, text, row)
    return row


@transaction.atomic
def agree_to_languages(*, actor: User, text: AgreedText, sha256: str) -> LanguageSet:
    """Agree for the actor's State to the proposed languages with this hash, which the person was shown.

    With the last State they are agreed. Raises OutdatedError where others are proposed by now.
    """
    text = lock_text(text)
    forget_capacities(actor)
    require(actor, LanguageSetAction.AGREE, text)
    row = languages_of(text, standing_version(text)).proposed
    if row is None or row.sha256 != sha256:
        message = _("Other languages are proposed by now. Look at them, and agree again.")
        raise OutdatedError(message, now=row.sha256 if row else "")
    audit.record(actor, "observations.language_set.agreed_to", text, after=_facts(row))
    _agree_for_state(actor, text, row)
    return row


def _agree_for_state(actor: User, text: AgreedText, row: LanguageSet) -> None:
    record_clearance(
        focal_point=actor,
        review=text.review,
        document_type=audit_name_of(LanguageSet),
        document_id=row.pk,
        version=row.version.number,
        sha256=row.sha256,
    )
    key = f"languages:{row.pk}:{require_capacity(actor, text.review).state_party_id}"
    tell_parties(text, News.SOMETHING_NEW, row.version, but=actor, key=key)
    _settle(actor, text, row)


def _settle(actor: Actor, text: AgreedText, row: LanguageSet) -> None:
    """Where no word is missing any more, they are agreed, and take the place of those that were."""
    if not agreement_on(text, row).is_agreed:
        return
    before = languages_of(text, row.version).agreed
    if before is not None:
        _replace(before)
    row.agreed_at = timezone.now()
    row.save(update_fields=["agreed_at", "updated_at"])
    audit.record(actor, "observations.language_set.agreed", text, after=_facts(row))
    for follow in _FOLLOW:
        follow(actor, text)


def _replace(row: LanguageSet) -> None:
    row.replaced_at = timezone.now()
    row.save(update_fields=["replaced_at", "updated_at"])


def follow_team(actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: what only a State that has left had not agreed to is agreed."""
    remember_covering([review])
    rows = LanguageSet.objects.filter(review=review, agreed_at=None, replaced_at=None, version__cancelled_at=None)
    for row in rows.select_related("version__agreed_text__instrument"):
        text = row.version.agreed_text
        text.review = review
        _settle(actor, text, row)


def _facts(row: LanguageSet) -> dict[str, Any]:
    return {**version_facts(row.version), "languages": row.languages, "languages_sha256": row.sha256}
