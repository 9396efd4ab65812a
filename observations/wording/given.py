"""What a blueprint says around the passages of a text: looked up once, and said in any language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from modeltranslation.utils import build_localized_fieldname

from accounts.states.models import StateParty
from core.language.i18n import babel_locale
from core.time.dates import unbroken_day
from dialogue.exchange import articles_under_review
from dialogue.exchange.enums import SupplementKind
from dialogue.exchange.models import SupplementaryInformation
from observations.texts import headings_of, parties_to
from observations.texts.enums import ObservationKind
from observations.texts.models import AgreedText, BlueprintText, ObservationHeading
from observations.wording.blueprint import DocumentFacts, Heading, SupplementSource
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.meetings.models import DialogueMeeting
from reviews.programme.models import Adherence, PhasePeriod


@dataclass(frozen=True, slots=True)
class Given:
    """The rows that the words around the passages come from. ``states``: the State under review first."""

    text: AgreedText
    blueprint: Sequence[BlueprintText]
    headings: Sequence[ObservationHeading]
    states: Sequence[StateParty]
    experts: Sequence[Participation]
    adherence: Adherence | None
    articles: tuple[int, ...]
    years: tuple[int, int]
    means: tuple[str, ...]
    sources: tuple[SupplementSource, ...]

    def in_active_language(self) -> tuple[dict[str, str], DocumentFacts, list[Heading]]:
        """The blueprint's texts, facts and headings; asks the database nothing."""
        headings = [Heading(ObservationKind(row.kind), row.letter, row.text, row.name) for row in self.headings]
        return {row.key: row.text for row in self.blueprint}, self._facts(), headings

    def _facts(self) -> DocumentFacts:
        text, review = self.text, self.text.review
        return DocumentFacts(
            mechanism=review.mechanism.slug,
            review=review.code,
            instrument=text.instrument.slug,
            language=text.language,
            state=self.states[0].name,
            reviewing_states=tuple(state.name for state in self.states[1:]),
            instrument_name=text.instrument.name,
            instrument_short_name=text.instrument.short_name,
            articles=self.articles,
            cluster=review.phase.cluster.number,
            phase=review.phase.number,
            years=self.years,
            act=self.adherence.kind if self.adherence else "",
            date=worded_day(self.adherence.deposited_on, text.language) if self.adherence else "",
            experts=tuple(
                (expert.user.full_name, state.name)
                for state in self.states
                for expert in self.experts
                if expert.state_party_id == state.pk
            ),
            means=self.means,
            sources=self.sources,
        )


def given_to(text: AgreedText) -> Given:
    review = text.review
    return Given(
        text=text,
        blueprint=list(BlueprintText.objects.filter(mechanism=review.mechanism_id, kind=text.kind)),
        headings=list(headings_of(review)),
        states=parties_to(text),
        experts=_experts(review),
        adherence=Adherence.objects.filter(
            state_party=review.state_under_review_id, instrument=text.instrument
        ).first(),
        articles=tuple(articles_under_review(review, text.instrument).values_list("number", flat=True)),
        years=_years(review),
        means=_means(review),
        sources=_sources(review),
    )


def is_worded_in(text: AgreedText, language: str) -> bool:
    """Whether the blueprint speaks this language; where a row of it does not, English stands in for it."""
    blueprint = BlueprintText.objects.filter(mechanism=text.review.mechanism_id, kind=text.kind)
    for rows, columns in ((blueprint, ["text"]), (headings_of(text.review), ["name", "text"])):
        names = [build_localized_fieldname(column, language) for column in columns]
        if any(not value for row in rows.values_list(*names) for value in row):
            return False
    return True


def worded_day(day: dt.date, language: str) -> str:
    return unbroken_day(day, babel_locale(language))


def _years(review: Review) -> tuple[int, int]:
    """The years of the phase for the review's group; for a review in no group, from its start to its planned end."""
    period = PhasePeriod.objects.filter(phase=review.phase_id, review_group=review.review_group_id).first()
    if period is not None:
        return period.period.lower.year, (period.period.upper - dt.timedelta(days=1)).year
    last = ReviewMilestone.objects.filter(review=review).order_by("-plan__order").first()
    last_day = last.due_on - dt.timedelta(days=1) if last else review.starts_on
    return review.starts_on.year, last_day.year


def _experts(review: Review) -> list[Participation]:
    """The governmental experts who take part, by their names."""
    rows = Participation.objects.filter(review=review, ended_at=None, role=ParticipationRole.GOVERNMENTAL_EXPERT)
    return list(rows.select_related("user").order_by("user__full_name"))


def _means(review: Review) -> tuple[str, ...]:
    used = set(DialogueMeeting.objects.filter(review=review).values_list("means", flat=True))
    order = [means for means, _label in DialogueMeeting._meta.get_field("means").choices or ()]
    return tuple(str(means) for means in order if means in used)


def _sources(review: Review) -> tuple[SupplementSource, ...]:
    """Voluntary information is outside of what is reviewed, and so no source of it."""
    sent = SupplementaryInformation.objects.filter(review=review, room=None).exclude(kind=SupplementKind.VOLUNTARY)
    sent = sent.order_by("sent_at")
    return tuple(SupplementSource(row.title, row.pages, row.link) for row in sent)
