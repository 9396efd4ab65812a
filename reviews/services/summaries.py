"""Summaries: drawn from the agreed observations, then shortened by the reviewing States."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core import audit
from core.policy import require
from core.text import clean_markdown
from reviews.enums import TextAction, TextKind
from reviews.models import AgreedText, Observation, SummaryPassage
from reviews.selectors.texts import observations_on_table
from reviews.services.proposals import lock_text, note_edit
from reviews.services.revisions import check_base

_MAXIMUM = 20_000  # characters


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
        for order, group in enumerate(_groups(observations_on_table(agreed_list)), start=1):
            passage = SummaryPassage.objects.create(
                agreed_text=summary,
                heading=group[0].heading,
                order=order,
                text="\n\n".join(observation.text for observation in group),
            )
            passage.articles.set(group[0].articles.all())
            passage.observations.set(group)
    return summary


def _groups(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Observations on the same articles under the same heading, by articles and then in the order of the headings."""
    groups: dict[tuple[tuple[int, ...], int], list[Observation]] = {}
    for observation in observations:
        articles = tuple(sorted(article.number for article in observation.articles.all()))
        groups.setdefault((articles, observation.heading.order), []).append(observation)
    return [groups[key] for key in sorted(groups)]


@transaction.atomic
def edit_passage(*, actor: User, passage: SummaryPassage, text: str, base: int) -> SummaryPassage:
    """Change a passage; an empty one is left out. That cancels a proposed version and its clearances.

    Raises ConflictError when a colleague saved since revision ``base``.
    """
    summary = lock_text(passage.agreed_text)
    require(actor, TextAction.EDIT_SUMMARY, summary)
    locked = SummaryPassage.objects.select_for_update(of=("self",)).get(pk=passage.pk)
    text = clean_markdown(text.strip(), maximum=_MAXIMUM)
    if check_base(locked, text, base):
        locked.text, locked.saved_by = text, actor
        locked.revision += 1
        locked.save()
        audit.record(actor, "reviews.summary.saved", summary, after={"passage": locked.order})
        note_edit(actor, summary)
    return locked
