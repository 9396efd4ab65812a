"""Lists of observations and summaries: what a reader may find of them, and what lies on the shared table."""

from collections.abc import Iterable

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy

from accounts.people.models import User
from accounts.states.models import StateParty
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, ObservationHeading, Publication, SummaryPassage
from observations.texts.policy import states_agreeing
from reviews.audiences.enums import SharingAudience
from reviews.cases.models import Review
from reviews.drafts import get_piece, readable
from reviews.programme.enums import StepKind
from reviews.programme.models import Instrument, Step
from reviews.visibility import states_taking_part

# Observations on which the States have agreed.
ON_AGREED_LIST = Q(
    room=None,
    withdrawn_at=None,
    agreed_text__kind=TextKind.LIST_OF_OBSERVATIONS,
    agreed_text__status=TextStatus.AGREED,
)
OF_REVIEW = ("review__mechanism", "review__step", "review__state_under_review", "review__phase__cluster", "instrument")


def texts_visible_to(user: User, review: Review, kind: TextKind | None = None) -> QuerySet[AgreedText]:
    """The texts of a review with ``is_public``; lists first, in the order of the instruments."""
    texts = with_publicity(readable(AgreedText.objects.all(), user, review))
    return texts.filter(kind=kind) if kind else texts


def with_publicity(texts: QuerySet[AgreedText]) -> QuerySet[AgreedText]:
    """With ``is_public``; lists first, in the order of the instruments."""
    published = Publication.objects.filter(agreed_text=OuterRef("pk"), audience=SharingAudience.PUBLIC, ended_at=None)
    texts = texts.select_related("instrument").annotate(is_public=Exists(published))
    return texts.order_by("kind", "instrument__order")


def get_text_for(user: User, review: Review, instrument: str, kind: str) -> AgreedText:
    """Raises Http404 where there is none."""
    return get_piece(
        AgreedText.objects.select_related(*OF_REVIEW), user, review, instrument__slug=instrument, kind=kind
    )


def text_of(review: Review, instrument: Instrument, kind: TextKind) -> AgreedText | None:
    return AgreedText.objects.filter(review=review, instrument=instrument, kind=kind).first()


def observations_on_table(text: AgreedText) -> QuerySet[Observation]:
    """What the list consists of."""
    return in_order_of_headings(Observation.objects.filter(agreed_text=text, room=None, withdrawn_at=None))


def placed_by_hand(path: str = "") -> OrderBy:
    """Orders observations as their list places them by hand, the others last; ``path`` leads to the observation.

    Passages are placed by their summary in the same way.
    """
    place = Func(
        F(f"{path}agreed_text__placed"), F(f"{path}pk"), function="array_position", output_field=IntegerField()
    )
    return place.asc(nulls_last=True)


def in_order_of_headings(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """Below each heading as they were placed by hand, and then by their age."""
    return (
        rows.select_related("heading", "state_party", "room", "copied_from__state_party", "brought_piece")
        .prefetch_related("articles")
        .order_by("heading__order", placed_by_hand(), "created_at")
    )


def headings_of(review: Review) -> QuerySet[ObservationHeading]:
    return ObservationHeading.objects.filter(mechanism=review.mechanism_id).order_by("order")


def passages_of(text: AgreedText) -> QuerySet[SummaryPassage]:
    """As they were placed by hand, and then by their numbers; the document keeps articles and headings together."""
    rows = text.passages.select_related("heading", "saved_by", "saved_for", "merged_into")
    return rows.prefetch_related("articles").order_by(placed_by_hand(), "order")


def observations_left_out(summary: AgreedText) -> QuerySet[Observation]:
    """The agreed observations on which no passage draws that says anything, in the order of their list."""
    agreed_list = text_of(summary.review, summary.instrument, TextKind.LIST_OF_OBSERVATIONS)
    if agreed_list is None:
        return Observation.objects.none()
    saying = SummaryPassage.objects.filter(agreed_text=summary).exclude(text="")
    return observations_on_table(agreed_list).exclude(passages__in=saying)


def steps_of_texts(review: Review) -> dict[TextKind, Step]:
    """The kinds of texts on which the reviews of its mechanism agree, with their steps, in that order."""
    steps = Step.objects.filter(mechanism=review.mechanism_id, kind=StepKind.AGREED_TEXT).order_by("order")
    return dict(zip(TextKind, steps, strict=False))


def parties_to(text: AgreedText, states: Iterable[StateParty] | None = None) -> list[StateParty]:
    """The States that agree on the text, the State under review first; ``states``: all of the review, where known."""
    keys = states_agreeing(text.review, text.instrument_id)
    return [state for state in states or states_taking_part(text.review) if state.pk in keys]
