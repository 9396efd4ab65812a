"""Observations: drafted by a reviewing State in its room, laid on the shared table by its focal point.

Source: resolution 10/1, annex I, paragraph 10 (c), and annex II, paragraph 6.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ConflictError, ServiceError
from core.language.text import clean_text, require_markdown
from core.policy import require
from dialogue.exchange import articles_under_review
from observations.needs import NeedInput, as_inputs, as_kept, needs_of, require_needs, write_needs
from observations.observations.links import links_for
from observations.observations.marks import mark_of_links
from observations.observations.shown import shown_of_observation
from observations.texts import lock_text
from observations.texts.enums import ObservationKind, TextAction, TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading, ObservationRevision
from observations.versions import note_edit, shown_of_text
from questionnaires.submissions import latest_submission
from reviews.capacities import require_capacity
from reviews.cases import language_of
from reviews.cases.models import Review
from reviews.drafts import Shown, require_base, require_seen, require_shown, shown_in_room
from reviews.programme import check_question_code
from reviews.programme.models import Article

_MAXIMUM = 10_000  # characters
_MAXIMUM_QUESTIONS = 30
_MAXIMUM_LINKS = 30
_MAXIMUM_REASON = 2_000


@dataclass(frozen=True, slots=True)
class ObservationInput:
    """What a person writes: one heading, the articles it is about (at least one), and codes of questions.

    ``needs`` of technical assistance, and ``links``; None leaves those that stand, as a form does that shows none.
    ``links_stood``: a mark of the links that the writer was shown (None where no page was between).
    """

    heading: ObservationHeading
    articles: Sequence[Article]
    text: str
    question_codes: Sequence[str] = ()
    needs: Sequence[NeedInput] | None = None
    links: Sequence[str] | None = None
    links_stood: str | None = None


def open_lists(review: Review) -> None:
    """Make a list for every instrument that has articles under review and a State that reviews it."""
    covered = review.instruments.filter(reviewing_states__review=review, articles__reviews=review).distinct()
    for instrument in covered:
        AgreedText.objects.get_or_create(
            review=review,
            instrument=instrument,
            kind=TextKind.LIST_OF_OBSERVATIONS,
            defaults={"language": language_of(review)},
        )


@transaction.atomic
def draft_observation(*, actor: User, text: AgreedText, given: ObservationInput, shown: Shown) -> Observation:
    """Draft an observation in the room of the actor's State.

    Raises ServiceError with the field: no text, no article, an article or heading that is not of this list; and
    ConflictError where others would read it than was ``shown``.
    """
    locked = lock_text(text)
    require(actor, TextAction.DRAFT_OBSERVATION, locked)
    observation = _draft(actor, locked, shown)
    _write(actor, observation, given)
    return observation


@transaction.atomic
def copy_observation(
    *, actor: User, source: Observation, given: ObservationInput, base: int, shown: Shown
) -> Observation:
    """Draft another wording of what lies on the table, in the room of the actor's State; ``source`` stays as it is.

    ``base`` is the revision of ``source`` that the writer saw, which the draft remembers. Raises like
    ``draft_observation``, and ServiceError where ``source`` has been withdrawn.
    """
    locked = locked_observation(source)
    require(actor, TextAction.COPY_OBSERVATION, locked)
    observation = _draft(actor, locked.agreed_text, shown)
    observation.copied_from, observation.copied_revision = locked, min(base, locked.revision)
    observation.links = list(locked.links)
    _write(actor, observation, given if given.needs is not None else replace(given, needs=_standing(locked, given)))
    return observation


@transaction.atomic
def edit_observation(
    *, actor: User, observation: Observation, given: ObservationInput, base: int, shown: Shown
) -> Observation:
    """Change an observation. On the shared table that cancels a proposed version and its clearances.

    Links alone are no part of what is cleared: where nothing else differs, no revision is made and nothing cancelled.
    Raises ConflictError when a colleague saved since revision ``base`` or has changed the links, and when others would
    read it, or another version be cancelled, than was ``shown``.
    """
    locked = locked_observation(observation)
    require(actor, TextAction.EDIT_OBSERVATION, locked)
    is_unchanged = (
        locked.text == _text(given)
        and locked.heading_id == given.heading.pk
        and set(locked.articles.all()) == set(given.articles)
        and set(locked.question_codes) == set(given.question_codes)
        and (given.needs is None or as_kept(_needs(locked, given)) == as_kept(as_inputs(needs_of(locked))))
    )
    is_linked_so = given.links is None or set(locked.links) == set(_links(actor, locked, given))
    if is_unchanged and is_linked_so:
        return locked
    require_shown(shown, shown_of_observation(locked), locked, base=base)
    require_base(locked, base)
    _require_links_shown(actor, locked, given)
    if is_unchanged:
        _link(actor, locked, given)
    else:
        _write(actor, locked, given)
        if locked.room_id is None:
            note_edit(actor, locked.agreed_text)
    return locked


@transaction.atomic
def lay_on_table(
    *, actor: User, observation: Observation, base: int, shown: Shown, replaces: int | None = None
) -> Observation:
    """Move an observation from the State's room to the shared table, where it belongs to the list.

    ``base`` and ``shown``: the revision that the focal point saw, and who reads it on the table with the version that
    this cancels. ``replaces``: the revision that he or she saw of what it was copied from, which is withdrawn in its
    favour; None to lay it beside that. Raises ServiceError and ConflictError where something else stands by now, and
    PolicyRefusedError where the actor may not withdraw what it was copied from.
    """
    locked = locked_observation(observation)
    require(actor, TextAction.TABLE_OBSERVATION, locked)
    require_seen(locked.revision, base)
    require_shown(shown, shown_of_text(locked.agreed_text), locked, base=base)
    source = _withdraw_in_favour(actor, locked, replaces) if replaces is not None else None
    lay(actor, locked)
    if source is not None:
        _take_the_place(locked, source)
    note_edit(actor, locked.agreed_text)
    return locked


def lay(actor: User, observation: Observation) -> None:
    """The move itself; the caller has locked, asked and checked, and notes the edit of the list.

    Its number is the next one of the list, and of no other one again. It comes with the table and not with the draft:
    a gap would tell how many drafts lie in rooms.
    """
    rows = Observation.objects.filter(agreed_text=observation.agreed_text)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    observation.room, observation.tabled_revision, observation.number = None, observation.revision, last + 1
    observation.save(update_fields=["room", "tabled_revision", "number", "updated_at"])
    audit.record(actor, "reviews.observation.tabled", observation, after={"revision": observation.revision})


def _take_the_place(observation: Observation, source: Observation) -> None:
    """By hand, where the list has an order by hand."""
    text = observation.agreed_text
    if source.pk in text.placed:
        text.placed[text.placed.index(source.pk)] = observation.pk
        text.save(update_fields=["placed", "updated_at"])


@transaction.atomic
def withdraw_observation(*, actor: User, observation: Observation, base: int, shown: Shown, reason: str = "") -> None:
    """Take an observation out of the list or out of the drafts; its history stays.

    ``reason``: why, for those who read it; needed on the shared table. Raises ServiceError (``reason``) without one,
    and where it is not revision ``base`` any more, and ConflictError where it lies elsewhere, or another version would
    be cancelled, than was ``shown``.
    """
    locked = locked_observation(observation)
    require(actor, TextAction.WITHDRAW_OBSERVATION, locked)
    require_seen(locked.revision, base)
    require_shown(shown, shown_of_observation(locked), locked, base=base)
    locked.withdrawal_reason = clean_text(reason, maximum=_MAXIMUM_REASON, field="reason").strip()
    if locked.room_id is None and not locked.withdrawal_reason:
        raise ServiceError(_("Say why it is withdrawn: the other States read it."), field="reason")
    _withdraw(actor, locked)
    if locked.room_id is None:
        note_edit(actor, locked.agreed_text)


def _draft(actor: User, text: AgreedText, shown: Shown) -> Observation:
    """A new row in the room of the actor's State, not stored yet; ``text`` is locked."""
    state_party_id = require_capacity(actor, text.review).state_party_id
    require_shown(shown, shown_in_room(text.review, state_party_id))
    return Observation(
        review=text.review,
        agreed_text=text,
        room_id=state_party_id,
        state_party_id=state_party_id,
        language=text.language,
        revision=0,
    )


def _withdraw_in_favour(actor: User, observation: Observation, revision: int) -> Observation:
    """Take what ``observation`` was copied from off the table."""
    if observation.copied_from is None:
        raise ServiceError(_("This was not copied from an observation on the table."))
    source = locked_observation(observation.copied_from)
    require(actor, TextAction.WITHDRAW_OBSERVATION, source)
    require_seen(source.revision, revision)
    _withdraw(actor, source)
    return source


def _withdraw(actor: User, observation: Observation) -> None:
    observation.withdrawn_at = timezone.now()
    observation.save(update_fields=["withdrawn_at", "withdrawal_reason", "updated_at"])
    audit.record(actor, "reviews.observation.withdrawn", observation, after={"revision": observation.revision})


def _text(given: ObservationInput) -> str:
    return require_markdown(given.text, _("Write the observation."), maximum=_MAXIMUM)


def _links(actor: User, observation: Observation, given: ObservationInput) -> list[str]:
    """As given, among what the actor may read; those that he or she does not see stay as they are.

    Raises ServiceError (``links``) where one leads to nothing that was sent to all States of the review.
    """
    if given.links is None:
        return observation.links
    offered = _offered(actor, observation)
    chosen = list(dict.fromkeys(given.links))
    if set(chosen) - {*offered, *observation.links}:
        raise ServiceError(_("Choose among what is listed; something of it was taken back meanwhile."), field="links")
    if len(chosen) > _MAXIMUM_LINKS:
        raise ServiceError(_("At most %(most)s links.") % {"most": _MAXIMUM_LINKS}, field="links")
    return [*chosen, *(link for link in observation.links if link not in offered and link not in chosen)]


def _offered(actor: User, observation: Observation) -> Set[str]:
    return links_for(actor, observation.review, latest_submission(observation.review)).keys()


def _require_links_shown(actor: User, observation: Observation, given: ObservationInput) -> None:
    """Links alone make no revision, so that ``base`` says nothing of them. Raises ConflictError where others stand."""
    if given.links is None or given.links_stood is None:
        return
    if mark_of_links(_offered(actor, observation) & set(observation.links)) != given.links_stood:
        raise ConflictError(
            _("Nothing was saved: what this page showed beside the text has changed since you opened it."),
            current=observation.text,
            revision=observation.revision,
            is_text_changed=False,
        )


def _link(actor: User, observation: Observation, given: ObservationInput) -> None:
    observation.links = _links(actor, observation, given)
    observation.save(update_fields=["links", "updated_at"])
    audit.record(actor, "reviews.observation.linked", observation, after={"revision": observation.revision})


def _standing(observation: Observation, given: ObservationInput) -> list[NeedInput]:
    """The needs that stand, as far as they go with what is given: none below another heading."""
    if given.heading.kind != ObservationKind.ASSISTANCE_NEED:
        return []
    articles = {article.number for article in given.articles}
    needs = as_inputs(needs_of(observation))
    return [replace(need, articles=tuple(number for number in need.articles if number in articles)) for need in needs]


def _needs(observation: Observation, given: ObservationInput) -> list[NeedInput]:
    return require_needs(
        _standing(observation, given) if given.needs is None else given.needs,
        heading=given.heading,
        instrument=observation.agreed_text.instrument,
        articles=[article.number for article in given.articles],
    )


def _write(actor: User, observation: Observation, given: ObservationInput) -> None:
    review, instrument = observation.review, observation.agreed_text.instrument
    if given.heading.mechanism_id != review.mechanism_id:
        raise ServiceError(_("Choose one of the headings."), field="heading")
    if not given.articles:
        raise ServiceError(_("Choose at least one article."), field="articles")
    if set(given.articles) - set(articles_under_review(review, instrument)):
        raise ServiceError(_("Choose among the articles under review."), field="articles")
    codes = [check_question_code(code, field="question_codes") for code in dict.fromkeys(given.question_codes)]
    if len(codes) > _MAXIMUM_QUESTIONS:
        message = _("An observation may rest on at most %(maximum)s questions.") % {"maximum": _MAXIMUM_QUESTIONS}
        raise ServiceError(message, field="question_codes")
    observation.heading, observation.text, observation.question_codes = given.heading, _text(given), codes
    needs = _needs(observation, given)
    observation.links = _links(actor, observation, given)
    observation.revision += 1
    observation.save()
    observation.articles.set(given.articles)
    write_needs(observation, needs)
    ObservationRevision.objects.create(
        observation=observation,
        number=observation.revision,
        heading=given.heading,
        article_numbers=sorted(article.number for article in given.articles),
        text=observation.text,
        needs=as_kept(needs),
        saved_by=actor,
        saved_for_id=require_capacity(actor, review).state_party_id,
    )
    audit.record(actor, "reviews.observation.saved", observation, after={"revision": observation.revision})


def locked_observation(observation: Observation) -> Observation:
    """The list first, as every service does, then the observation. Raises ServiceError where it was withdrawn."""
    text = lock_text(observation.agreed_text)
    locked = (
        Observation.objects.select_for_update(of=("self",))
        .select_related("heading")
        .filter(pk=observation.pk, withdrawn_at=None)
        .first()
    )
    if locked is None:
        raise ServiceError(_("This observation has been withdrawn."))
    locked.agreed_text, locked.review = text, text.review
    return locked
