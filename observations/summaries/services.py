"""Summaries: drawn from the agreed observations, then shortened by the reviewing States."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_markdown
from core.policy import require
from observations.summaries.models import PassageRevision
from observations.texts import lock_text, observations_on_table
from observations.texts.enums import TextAction, TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading, PassageDraft, SummaryPassage
from observations.versions import note_edit, shown_of_text
from reviews.capacities import require_capacity
from reviews.drafts import Shown, require_base, require_seen, require_shown, rewrite, shown_in_room
from reviews.programme.models import Article

MAXIMUM = 20_000  # characters of a passage


def open_summary(agreed_list: AgreedText) -> AgreedText:
    """Make the summary of a list that was just agreed: a passage for each set of articles and heading.

    Each passage begins as the observations it draws on (resolution 10/1, annex II, blueprint for the summary).
    """
    summary, is_new = AgreedText.objects.get_or_create(
        review=agreed_list.review,
        instrument=agreed_list.instrument,
        kind=TextKind.SUMMARY,
        defaults={"language": agreed_list.language},
    )
    if is_new:
        draw_passages(summary, agreed_list)
    return summary


def draw_passages(summary: AgreedText, agreed_list: AgreedText) -> None:
    """Begin the passages as the observations of the list; the caller knows that nobody has written any."""
    drawn = [
        PassageInput(group[0].heading, group[0].articles.all(), "\n\n".join(row.text for row in group), group)
        for group in _groups(observations_on_table(agreed_list))
    ]
    put_passages(summary, drawn)


@dataclass(frozen=True, slots=True)
class PassageInput:
    heading: ObservationHeading
    articles: Iterable[Article]
    text: str
    observations: Sequence[Observation]


def put_passages(summary: AgreedText, passages: Sequence[PassageInput]) -> None:
    """These passages in their order, in place of those that are there; what is left of them is emptied."""
    if summary.placed:
        summary.placed = []
        summary.save(update_fields=["placed", "updated_at"])
    there = {row.order: row for row in summary.passages.all()}
    saved = []
    for order, given in enumerate(passages, start=1):
        row = there.pop(order, None) or SummaryPassage(agreed_text=summary, order=order, revision=0)
        row.heading, row.text, row.revision, row.merged_into = given.heading, given.text, row.revision + 1, None
        row.save()
        row.articles.set(given.articles)
        row.observations.set(given.observations)
        saved.append(row)
    for row in there.values():
        row.text, row.revision, row.merged_into = "", row.revision + 1, None
        row.save()
        row.observations.clear()
        saved.append(row)
    PassageRevision.objects.bulk_create(
        PassageRevision(passage=row, number=row.revision, text=row.text) for row in saved
    )


def _groups(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Observations on the same articles under the same heading, by articles and then in the order of the headings."""
    groups: dict[tuple[tuple[int, ...], int], list[Observation]] = {}
    for observation in observations:
        articles = tuple(sorted(article.number for article in observation.articles.all()))
        groups.setdefault((articles, observation.heading.order), []).append(observation)
    return [groups[key] for key in sorted(groups)]


@transaction.atomic
def edit_passage(*, actor: User, passage: SummaryPassage, text: str, base: int, shown: Shown) -> SummaryPassage:
    """Change a passage on the table; an empty one is left out. That cancels a proposed version and its clearances.

    Raises ConflictError when a colleague saved since revision ``base``, and when others would read it, or another
    version be cancelled, than was ``shown``.
    """
    summary = lock_text(passage.agreed_text)
    require(actor, TextAction.EDIT_SUMMARY, summary)
    return _write(actor, summary, _lock(passage), text, base, shown)


@transaction.atomic
def draft_passage(*, actor: User, passage: SummaryPassage, text: str, base: int, copied: int, shown: Shown) -> None:
    """Save what the actor's State would have a passage say, in the State's room; the passage stays as it is.

    ``base`` is the revision of the State's draft that the writer saw, 0 for none, and ``copied`` that of the passage,
    which a new draft remembers. Raises ConflictError when a colleague saved since, or others would read it than was
    ``shown``.
    """
    summary = lock_text(passage.agreed_text)
    require(actor, TextAction.DRAFT_PASSAGE, summary)
    state_party_id = require_capacity(actor, summary.review).state_party_id
    locked, text = _lock(passage), clean_markdown(text.strip(), maximum=MAXIMUM)
    draft = PassageDraft.objects.select_for_update().filter(passage=locked, state_party=state_party_id).first()
    require_shown(shown, shown_in_room(summary.review, state_party_id), draft, base=base)
    if draft is None:
        require_base(draft, base)
        draft = PassageDraft.objects.create(
            review=summary.review,
            room_id=state_party_id,
            language=summary.language,
            passage=locked,
            state_party_id=state_party_id,
            text=text,
            copied_revision=min(copied, locked.revision),
            written_by=actor,
        )
        audit.record(actor, "reviews.passage.drafted", draft, after={"passage": locked.order})
    elif rewrite(draft, text, base, written_by=actor):
        draft.save()


@transaction.atomic
def lay_passage(*, actor: User, draft: PassageDraft, base: int, replaces: int, shown: Shown) -> SummaryPassage:
    """Put the draft of the actor's State in the place of the passage's text; the draft is gone then.

    ``base`` and ``replaces`` are the revisions of draft and passage that the focal point was shown. Raises
    ServiceError and ConflictError where something else stands by now.
    """
    summary = lock_text(draft.passage.agreed_text)
    require(actor, TextAction.EDIT_SUMMARY, summary)
    locked = _lock_draft(actor, draft)
    require_seen(locked.revision, base)
    passage = _lock(locked.passage)
    require_seen(passage.revision, replaces)
    _write(actor, summary, passage, locked.text, replaces, shown)
    locked.delete()
    return passage


@transaction.atomic
def discard_passage(*, actor: User, draft: PassageDraft, base: int) -> None:
    """Throw the draft of the actor's State away. Raises ServiceError where it is not revision ``base`` any more."""
    summary = lock_text(draft.passage.agreed_text)
    require(actor, TextAction.DRAFT_PASSAGE, summary)
    locked = _lock_draft(actor, draft)
    require_seen(locked.revision, base)
    audit.record(actor, "reviews.passage.discarded", locked, after={"passage": locked.passage.order})
    locked.delete()


def _lock(passage: SummaryPassage) -> SummaryPassage:
    """After its summary."""
    return SummaryPassage.objects.select_for_update(of=("self",)).get(pk=passage.pk)


def _lock_draft(actor: User, draft: PassageDraft) -> PassageDraft:
    """That of the actor's State and no other, though the reviewing States may share their room."""
    own = PassageDraft.objects.filter(state_party=require_capacity(actor, draft.review).state_party_id)
    locked = own.select_for_update(of=("self",)).select_related("passage").filter(pk=draft.pk).first()
    if locked is None:
        raise ServiceError(_("This draft is not there any more."))
    return locked


def write_words(actor: User, summary: AgreedText, passage: SummaryPassage, text: str) -> None:
    """Save a passage, checked and locked by the caller, in the actor's name, and keep what it says.

    One that was merged stands by itself then.
    """
    passage.text, passage.saved_by = text, actor
    passage.saved_for_id = require_capacity(actor, summary.review).state_party_id
    passage.revision += 1
    passage.merged_into = None
    passage.save()
    PassageRevision.objects.create(
        passage=passage,
        number=passage.revision,
        text=passage.text,
        saved_by=actor,
        saved_for_id=passage.saved_for_id,
    )


def _write(
    actor: User, summary: AgreedText, passage: SummaryPassage, text: str, base: int, shown: Shown
) -> SummaryPassage:
    text = clean_markdown(text.strip(), maximum=MAXIMUM)
    if passage.text != text:
        require_shown(shown, shown_of_text(summary), passage, base=base)
        require_base(passage, base)
        write_words(actor, summary, passage, text)
        audit.record(actor, "reviews.summary.saved", summary, after={"passage": passage.order})
        note_edit(actor, summary)
    return passage
