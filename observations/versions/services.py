"""The standing version of a text: what cancels it, who is told."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from observations.texts import states_agreeing
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText, TextVersion
from observations.versions.selectors import standing_version
from reviews.cases import tell
from reviews.cases.enums import News
from reviews.participation import focal_points_of

Follow = Callable[[TextVersion], None]
_FOLLOW: list[Follow] = []


def follows_cancelling(follow: Follow) -> None:
    """Register what becomes of a version that is cancelled; called from declarations of a feature above."""
    _FOLLOW.append(follow)


def note_edit(actor: User, text: AgreedText) -> None:
    """What lies on the table was changed: a version under consideration is cancelled, and all are told.

    ``text`` is locked by the caller. Raises ServiceError where it is agreed.
    """
    if text.status == TextStatus.AGREED:
        raise ServiceError(_("This text is agreed; it can no longer be changed."))
    version = standing_version(text)
    if version is not None:
        cancel(text, version)
        audit.record(actor, "reviews.text.proposal_cancelled", text, after=version_facts(version))
        tell_parties(text, News.TEXT_CANCELLED, version, but=actor)


def cancel(text: AgreedText, version: TextVersion) -> None:
    version.cancelled_at = timezone.now()
    version.save(update_fields=["cancelled_at", "updated_at"])
    text.status = TextStatus.DRAFTING
    text.save(update_fields=["status", "updated_at"])
    for follow in _FOLLOW:
        follow(version)


def version_facts(version: TextVersion) -> dict[str, object]:
    return {"version": version.number, "sha256": version.sha256}


def tell_parties(
    text: AgreedText,
    news: News,
    version: TextVersion,
    *,
    but: Actor | None = None,
    key: object = None,
    more: str | Promise = "",
) -> None:
    """Tell the focal points of the States that agree on this text; once for each ``key``, which is the version."""
    people = focal_points_of(text.review, states=states_agreeing(text.review, text.instrument_id))
    args = (text.instrument.slug, text.kind)
    page, key = "observations:text-detail", str(key or version.pk)
    tell(people, text.review, news, page=page, args=args, key=key, but=but, more=more)
