"""Who is named in a version, and whether all of them have agreed to it."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from core.errors import found
from observations.naming.models import NamingAnswer
from observations.texts import states_agreeing
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText, Publication, TextVersion
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.visibility import get_review_for

_EXPERTS = Participation.objects.filter(role=ParticipationRole.GOVERNMENTAL_EXPERT)


def experts_to_name(text: AgreedText) -> list[UUID]:
    """The keys of the experts whom a version names that is proposed now: those of the States that agree on the text."""
    states = states_agreeing(text.review, text.instrument_id)
    rows = _EXPERTS.filter(review=text.review_id, ended_at=None, state_party__in=states)
    return list(rows.order_by("user__full_name").values_list("user", flat=True))


def named_in(version: TextVersion) -> list[UUID]:
    """The keys of the people whom a version names, whoever of them has left since.

    Where the version does not say it, all who took part as experts when it was made.
    """
    if version.experts is not None:
        return version.experts
    at = version.created_at
    rows = _EXPERTS.filter(Q(ended_at=None) | Q(ended_at__gt=at), review=version.agreed_text.review_id)
    return list(rows.filter(created_at__lte=at).values_list("user", flat=True))


def all_let_name(version: TextVersion) -> bool:
    """Whether there are such experts, and each of them has agreed: the wording names all or none.

    Of one that was brought in nobody here knows whom its own words name.
    """
    if version.brought_piece_id is not None:
        return False
    named = set(named_in(version))
    agreed = NamingAnswer.objects.filter(review=version.agreed_text.review_id, user__in=named, agrees=True)
    return bool(named) and agreed.count() == len(named)


def number_gone(version: TextVersion) -> int:
    """How many of those whom it names take part in the review no more, so that no mail asks them."""
    named = set(named_in(version))
    here = Participation.objects.filter(review=version.agreed_text.review_id, user__in=named, ended_at=None)
    return len(named) - here.count()


def not_named_any_more(publications: Iterable[Publication]) -> set[UUID]:
    """Keys of those that name experts of whom one has said no since; asked past the rooms, in one query.

    One more for each version that does not say whom it names, where somebody has refused.
    """
    naming = [row for row in publications if row.names_experts]
    if not naming:
        return set()
    with looking_past_rooms():
        rows = NamingAnswer.objects.filter(
            review__in={row.agreed_text.review_id for row in naming}, refused_at__isnull=False
        )
        refused = list(rows.values_list("review", "user", "refused_at"))
        return {row.pk for row in naming if _is_refused(row, refused)}


def _is_refused(publication: Publication, refused: Collection[tuple[Any, Any, Any]]) -> bool:
    review, since = publication.agreed_text.review_id, publication.published_at
    people = {user for of, user, at in refused if of == review and at > since}
    return bool(people) and not people.isdisjoint(named_in(publication.version))


def names_shown(publication: Publication) -> bool:
    """Whether it names the experts: where the State lets it, until one of them says no after that."""
    return publication.names_experts and not not_named_any_more([publication])


def refused_since(publication: Publication) -> dt.datetime | None:
    """When somebody whom it names said no last after it was opened; None where nobody did. Asked past the rooms."""
    if not publication.names_experts:
        return None
    with looking_past_rooms():
        rows = NamingAnswer.objects.filter(review=publication.agreed_text.review_id)
        refused = list(rows.filter(refused_at__gt=publication.published_at).values_list("user", "refused_at"))
        named = {*named_in(publication.version)} if refused else set()
    return max((at for user, at in refused if user in named and at is not None), default=None)


def publications_naming(user: User, review: Review) -> list[Publication]:
    """What is open of a review beyond it and names this person now."""
    with looking_past_rooms():
        rows = Publication.objects.filter(agreed_text__review=review, names_experts=True, ended_at=None)
        rows = rows.select_related("agreed_text__instrument", "version").defer("version__document", "version__rendered")
        standing = list(rows.order_by("published_at"))
        ended = not_named_any_more(standing)
        return [row for row in standing if row.pk not in ended and user.pk in named_in(row.version)]


def answer_of(user: User, review: Review) -> NamingAnswer | None:
    return NamingAnswer.objects.filter(review=review, user=user).first()


def get_review_for_expert(user: User, mechanism: str, code: str) -> Review:
    """As ``get_review_for``, and for who was an expert of the review also after that. Raises Http404 for all others."""
    try:
        return get_review_for(user, mechanism, code)
    except Http404:
        rows = Review.objects.filter(Exists(_EXPERTS.filter(review=OuterRef("pk"), user=user)))
        return found(rows.select_related("mechanism", "step").filter(mechanism__slug=mechanism, code=code).first())


def asked_in(user: User) -> list[Review]:
    """Reviews in which the person has said nothing, and is an expert or was one who is named in what is agreed.

    One query, past the rooms: of a review whose people have left more than its code is shown to nobody.
    """
    agreed = AgreedText.objects.filter(review=OuterRef("review"), status=TextStatus.AGREED)
    versions = TextVersion.objects.filter(
        agreed_text__review=OuterRef("review"), agreed_text__status=TextStatus.AGREED, cancelled_at=None
    )
    named = versions.filter(created_at__gte=OuterRef("created_at"), created_at__lt=OuterRef("ended_at"))
    parts = _EXPERTS.filter(Q(Exists(agreed), ended_at=None) | Q(Exists(named)), user=user)
    said = NamingAnswer.objects.filter(review=OuterRef("pk"), user=user)
    rows: QuerySet[Review] = Review.objects.filter(~Exists(said), pk__in=parts.values("review"))
    with looking_past_rooms():
        return list(rows.select_related("mechanism").order_by("code"))
