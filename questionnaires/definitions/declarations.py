"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.reference_site import reference_site
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.models import Questionnaire, QuestionnaireVersion
from reviews.programme import place_in_mechanism
from reviews.programme.models import Article, Cluster, Instrument, Mechanism

VERBS = {
    "questionnaires.version.published": _("published a version of a questionnaire"),
    "questionnaires.version.mapped": _("said where an item goes in the next version of a questionnaire"),
}


_FROZEN = _("A published questionnaire rests on this, and its checksum is over it: it stays as it is.")


def declare() -> None:
    _hold_what_is_hashed()
    audit.register_verbs(VERBS)
    audit.register(
        QuestionnaireVersion,
        lambda actor, verb, version: place_in_mechanism(actor, version.questionnaire.mechanism),
    )
    audit.register(Questionnaire, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))


def _hold_what_is_hashed() -> None:
    """A version is put together anew from these rows, and would not be what was hashed if they changed."""
    published = QuestionnaireVersion.objects.exclude(status=VersionStatus.DRAFT)

    def is_in(path: str) -> Callable[[Any], bool]:
        return lambda row: published.filter(**{path: row}).exists()

    hold = reference_site.hold
    hold(Mechanism, ("slug",), is_in("questionnaire__mechanism"), _FROZEN)
    hold(Cluster, ("mechanism", "roman"), is_in("questionnaire__cluster"), _FROZEN)
    hold(Instrument, ("slug",), is_in("parts__instrument"), _FROZEN)
    hold(Article, ("instrument", "number"), is_in("parts__sections__articles"), _FROZEN)
