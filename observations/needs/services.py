"""The needs of an observation: checked, and saved in the place of those before, within the save of the observation."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.language.text import clean_text, one_line
from observations.needs.enums import NeedPriority, Received
from observations.needs.models import AssistanceNeed, AssistanceType
from observations.texts.enums import ObservationKind
from observations.texts.models import Observation, ObservationHeading
from reviews.programme.models import Instrument

MOST = 10  # needs of an observation
LONGEST_SOURCE, LONGEST_DESCRIPTION = 300, 2_000


@dataclass(frozen=True, slots=True)
class NeedInput:
    """What a person records of one need. ``articles``: numbers, none for all of the observation's."""

    type: AssistanceType
    articles: tuple[int, ...] = ()
    priority: str = ""
    received: str = ""
    received_from: str = ""
    description: str = ""


def require_needs(
    given: Sequence[NeedInput], *, heading: ObservationHeading, instrument: Instrument, articles: Collection[int]
) -> list[NeedInput]:
    """The needs as they are kept.

    ``articles``: numbers of those that the observation is about. Raises ServiceError, whose field is ``needs`` or
    ``need-1-articles`` and the like, counted from 1: below another heading, too many, of another instrument's list, on
    an article that the observation is not about, received from somebody and said not to be received.
    """
    if given and heading.kind != ObservationKind.ASSISTANCE_NEED:
        raise ServiceError(_("Needs are recorded below the heading of technical assistance needs."), field="needs")
    if len(given) > MOST:
        raise ServiceError(_("An observation records at most %(most)s needs.") % {"most": MOST}, field="needs")
    return [_require_need(need, f"need-{number}", instrument, articles) for number, need in enumerate(given, start=1)]


def _require_need(need: NeedInput, place: str, instrument: Instrument, articles: Collection[int]) -> NeedInput:
    if need.type.instrument_id != instrument.pk:
        raise ServiceError(_("Choose a type of this instrument."), field=f"{place}-type")
    if set(need.articles) - set(articles):
        raise ServiceError(_("Choose among the articles that the observation is about."), field=f"{place}-articles")
    if need.priority and need.priority not in NeedPriority.values:
        raise ServiceError(_("Choose one of the priorities."), field=f"{place}-priority")
    if need.received and need.received not in Received.values:
        raise ServiceError(_("Say whether it is received already."), field=f"{place}-received")
    source = _words(need.received_from, LONGEST_SOURCE, f"{place}-received_from")
    if source and need.received == Received.NO:
        message = _("It is said not to be received yet: leave out from whom, or say that it is received.")
        raise ServiceError(message, field=f"{place}-received_from")
    return NeedInput(
        type=need.type,
        articles=tuple(sorted(set(need.articles))),
        priority=need.priority,
        received=need.received or (Received.YES if source else ""),
        received_from=source,
        description=_words(need.description, LONGEST_DESCRIPTION, f"{place}-description"),
    )


def _words(text: str, maximum: int, field: str) -> str:
    """On one line: it is an item of the document."""
    return clean_text(one_line(text), maximum=maximum, field=field)


def write_needs(observation: Observation, needs: Sequence[NeedInput]) -> None:
    """In the place of those before; ``observation`` is locked, and ``require_needs`` has checked."""
    AssistanceNeed.objects.filter(observation=observation).delete()
    AssistanceNeed.objects.bulk_create(
        AssistanceNeed(
            observation=observation,
            order=order,
            type=need.type,
            article_numbers=list(need.articles),
            priority=need.priority,
            received=need.received,
            received_from=need.received_from,
            description=need.description,
        )
        for order, need in enumerate(needs, start=1)
    )


def as_inputs(needs: Iterable[AssistanceNeed]) -> list[NeedInput]:
    return [
        NeedInput(
            type=need.type,
            articles=tuple(need.article_numbers),
            priority=need.priority,
            received=need.received,
            received_from=need.received_from,
            description=need.description,
        )
        for need in needs
    ]


def as_kept(needs: Iterable[NeedInput]) -> list[Mapping[str, Any]]:
    """As a revision of the observation keeps them."""
    return [
        {
            "type": need.type.key,
            "articles": list(need.articles),
            "priority": need.priority,
            "received": need.received,
            "received_from": need.received_from,
            "description": need.description,
        }
        for need in needs
    ]
