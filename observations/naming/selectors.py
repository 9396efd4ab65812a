"""Who is named in a version, and whether all of them have agreed to it."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from core.database.identity import looking_past_rooms
from observations.naming.models import NamingAnswer
from observations.texts import states_agreeing
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText, TextVersion
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation


def named_in(version: TextVersion) -> QuerySet[Participation]:
    """The experts whom a version names: of the States that agree, those who took part when it was proposed."""
    text, at = version.agreed_text, version.created_at
    rows = Participation.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at),
        review=text.review_id,
        role=ParticipationRole.GOVERNMENTAL_EXPERT,
        state_party__in=states_agreeing(text.review, text.instrument_id),
        created_at__lte=at,
    )
    return rows.select_related("user", "state_party", "naming_answer").order_by("state_party__name", "user__full_name")


def all_let_name(version: TextVersion) -> bool:
    """Whether there are such experts, and each of them has agreed: the wording names all or none."""
    answers = [_answer(each) for each in named_in(version)]
    return bool(answers) and all(answers)


def has_refused_since(version: TextVersion, since: dt.datetime) -> bool:
    """Whether one of them has said no after a moment, whatever was said before; asked past the rooms."""
    with looking_past_rooms():
        keys = list(named_in(version).values_list("pk", flat=True))
        return NamingAnswer.objects.filter(participation__in=keys, agrees=False, answered_at__gt=since).exists()


def answer_of(participation_id: Any) -> NamingAnswer | None:
    return NamingAnswer.objects.filter(participation=participation_id).first()


def asked_in(participations: Collection[Any]) -> set[Any]:
    """Of these experts those who have said nothing, where a text of their review is agreed; one query."""
    agreed = AgreedText.objects.filter(status=TextStatus.AGREED).values("review")
    rows = Participation.objects.filter(pk__in=participations, naming_answer=None, review__in=agreed)
    return set(rows.values_list("pk", flat=True))


def _answer(expert: Participation) -> bool:
    answer: NamingAnswer | None = getattr(expert, "naming_answer", None)
    return answer is not None and answer.agrees
