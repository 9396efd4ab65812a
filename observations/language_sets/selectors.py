"""The languages of a version: which are agreed, which are proposed, and whose word on them is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.people.models import User
from core.language.i18n import UN_LANGUAGES
from observations.language_sets.models import LanguageSet
from observations.texts import parties_to, texts_visible_to
from observations.texts.models import AgreedText, TextVersion
from reviews.agreement import Agreement, words_of
from reviews.cases.models import Clearance, Review


@dataclass(frozen=True, slots=True)
class LanguagesOfVersion:
    """``agreed``: the set that stands, ``proposed``: one on which a word is missing; ``agreement``: on the latter.

    ``before``: the set that an earlier version had, where this one has none; the text has moved on since.
    """

    agreed: LanguageSet | None = None
    proposed: LanguageSet | None = None
    agreement: Agreement[Clearance] | None = None
    before: LanguageSet | None = None

    @property
    def latest(self) -> LanguageSet | None:
        return self.proposed or self.agreed


def languages_for(text: AgreedText) -> list[tuple[str, str]]:
    """Into which a text is translated: the working languages of its review; where that has no other one, any."""
    others = [(code, str(name)) for code, name in UN_LANGUAGES if code != text.language]
    working = [each for each in others if each[0] in (text.review.working_languages or ())]
    return working or others


def languages_of(text: AgreedText, version: TextVersion | None) -> LanguagesOfVersion:
    """Of the version that stands, if any; one query where nobody has proposed any, three at most.

    The caller has obtained the text for its reader.
    """
    if version is None:
        return LanguagesOfVersion()
    rows = LanguageSet.objects.filter(version__agreed_text=text).select_related("proposed_by", "proposed_for")
    known = list(rows.filter(replaced_at=None).order_by("created_at"))
    own = [row for row in known if row.version_id == version.pk]
    agreed = next((row for row in own if row.agreed_at), None)
    proposed = next((row for row in own if row.agreed_at is None), None)
    earlier = [row for row in known if row.version_id != version.pk and row.agreed_at]
    return LanguagesOfVersion(
        agreed,
        proposed,
        agreement_on(text, proposed) if proposed else None,
        earlier[-1] if earlier and not own else None,
    )


def agreement_on(text: AgreedText, languages: LanguageSet) -> Agreement[Clearance]:
    """What the States that agree on the text say of a set."""
    given = Clearance.objects.filter(document_id=languages.pk, sha256=languages.sha256, taken_back_at=None)
    return Agreement(words_of(parties_to(text), given.select_related("state_party", "focal_point")))


def agreed_to_before(text: AgreedText, state: Any, sha256: str) -> Clearance | None:
    """What a State has said to languages of this text with that hash, whatever has become of them since."""
    sets = LanguageSet.objects.filter(version__agreed_text=text, sha256=sha256)
    rows = Clearance.objects.filter(document_id__in=sets.values("pk"), state_party=state, taken_back_at=None)
    return rows.select_related("focal_point").order_by("-cleared_at").first()


def sets_visible_to(user: User, review: Review) -> QuerySet[LanguageSet]:
    """All that were ever proposed of the texts that the reader may read, in their order."""
    rows = LanguageSet.objects.filter(version__agreed_text__in=texts_visible_to(user, review))
    return rows.select_related("version__agreed_text__instrument", "proposed_for").order_by("created_at")


def sets_waiting_in(states: Mapping[UUID, UUID]) -> QuerySet[LanguageSet]:
    """Proposed, of versions that stand, and not agreed to yet; ``states``: by the key of a review that of the State.

    The caller looks at those of texts on which the State agrees.
    """
    own = Q(pk__in=[])
    for review, state in states.items():
        own |= Q(review=review, state_party=state)
    said = Clearance.objects.filter(own, document_id=OuterRef("pk"), taken_back_at=None)
    rows = LanguageSet.objects.filter(agreed_at=None, replaced_at=None, version__cancelled_at=None)
    rows = rows.filter(review__in=[*states]).exclude(Exists(said))
    return rows.select_related("version__agreed_text__instrument")
