"""The observations that a reader finds, and how one came to be what it is."""

from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.people.models import User
from observations.texts import OF_REVIEW, in_order_of_headings
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading, ObservationRevision
from reviews.capacities import capacity_of, own_state_of
from reviews.cases.models import Review
from reviews.drafts import get_piece, readable
from reviews.programme.models import Article


def observations_visible_to(user: User, text: AgreedText) -> QuerySet[Observation]:
    """On the shared table and in the reader's own room, without those withdrawn."""
    return all_observations_visible_to(user, text.review).filter(agreed_text=text)


def all_observations_visible_to(user: User, review: Review) -> QuerySet[Observation]:
    """The same for all lists of a review. With ``last_saves``: the last save of each, by whom and for which State."""
    return with_the_withdrawn(user, review).filter(withdrawn_at=None)


def with_the_withdrawn(user: User, review: Review) -> QuerySet[Observation]:
    """The same with those withdrawn: from the shared table, and from the room of the reader's own State alone.

    A draft that another State threw away keeps no common room from being opened, and so nobody else ever reads it.
    """
    saves = ObservationRevision.objects.select_related("saved_by", "saved_for").order_by("-number")[:1]
    rows = in_order_of_headings(readable(Observation.objects.filter(_told_to(user, review)), user, review))
    return rows.prefetch_related("needs__type", Prefetch("revisions", saves, to_attr="last_saves"))


def _told_to(user: User, review: Review) -> Q:
    return Q(withdrawn_at=None) | Q(room=None) | Q(room=own_state_of(user, review))


def get_observation_for(user: User, review: Review, pk: UUID, *, with_withdrawn: bool = False) -> Observation:
    """Raises Http404 for a draft in another State's room, and for one that was withdrawn but ``with_withdrawn``."""
    observations = Observation.objects.select_related(
        *(f"agreed_text__{path}" for path in OF_REVIEW), *OF_REVIEW[:-1], "heading", "state_party"
    )
    observations = observations.prefetch_related("needs__type")
    stands = _told_to(user, review) if with_withdrawn else Q(withdrawn_at=None)
    return get_piece(observations.filter(stands), user, review, pk=pk)


def source_of(observation: Observation) -> Observation | None:
    """What an observation, obtained for its reader, was copied from; None where that is not on the table any more."""
    if observation.copied_from_id is None:
        return None
    rows = Observation.objects.filter(pk=observation.copied_from_id, room=None, withdrawn_at=None)
    source = rows.select_related("heading", "state_party").first()
    if source is not None:
        source.review, source.agreed_text = observation.review, observation.agreed_text
    return source


def count_on_table(review: Review) -> dict[UUID, int]:
    """How many observations lie on the shared table, by list."""
    counted = AgreedText.objects.filter(review=review, kind=TextKind.LIST_OF_OBSERVATIONS).annotate(
        number=Count("observations", filter=Q(observations__room=None, observations__withdrawn_at=None))
    )
    return dict(counted.values_list("pk", "number"))


def unsent_observations(review: Review) -> QuerySet[Observation]:
    """The observations that lie in rooms of the reviewing States, whoever asks; not of one that has left."""
    rooms = review.reviewing_states.values("state_party")
    return Observation.objects.filter(review=review, withdrawn_at=None, room__in=rooms)


def revisions_visible_to(user: User, observation: Observation) -> QuerySet[ObservationRevision]:
    """The saves of an observation that was obtained for ``user``, the last first.

    What was written before it was laid on the shared table stays with the State that drafted it.
    """
    revisions = observation.revisions.select_related("heading", "saved_by", "saved_for").order_by("-number")
    capacity = capacity_of(user, observation.review)
    if capacity is not None and capacity.state_party_id == observation.state_party_id:
        return revisions
    return revisions.filter(number__gte=observation.tabled_revision or observation.revision)


# --- what narrows a list of observations


def on_article(rows: QuerySet[Observation], value: str) -> QuerySet[Observation]:
    """``value``: short name of the instrument and number, joined by a dash."""
    instrument, _dash, number = value.rpartition("-")
    articles = Article.objects.filter(instrument__slug=instrument, number=number if number.isdigit() else 0)
    return rows.filter(articles__in=articles)


def articles_among(rows: QuerySet[Observation]) -> list[tuple[str, str]]:
    articles = Article.objects.filter(pk__in=rows.order_by().values("articles")).select_related("instrument")
    return [
        (f"{each.instrument.slug}-{each.number}", f"{each.instrument.short_name}, {each.number}")
        for each in articles.order_by("instrument__order", "number")
    ]


def headings_among(rows: QuerySet[Observation]) -> list[tuple[str, str]]:
    keys = rows.order_by().values("heading")
    return [(row.kind, row.name) for row in ObservationHeading.objects.filter(pk__in=keys).order_by("order")]
