"""What a summary is made of, by hand: passages merged, agreed observations left out and put back, the order.

Words come and go with their observation as long as a passage holds them as the observation says them; what people have
shortened stays, for people to change (docs/adr/0097). What changes the document cancels a proposed version.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.text import clean_markdown
from core.policy import require
from observations.summaries.selectors import passages_with_sources, places_of, token_of
from observations.summaries.services import MAXIMUM, write_words
from observations.texts import lock_text, observations_left_out
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Observation, SummaryPassage
from observations.versions import note_edit, shown_of_text
from reviews.drafts import Shown, require_shown
from reviews.programme.models import Article

_BETWEEN = "\n\n"  # paragraphs of Markdown
Rows = Mapping[UUID, SummaryPassage]


@transaction.atomic
def merge_passages(*, actor: User, passage: SummaryPassage, into: SummaryPassage, seen: str, shown: Shown) -> None:
    """Put the words of a passage behind those of another under the same heading; observations and articles join.
    An empty one is none to merge into: observations may lie there whose words are gone.

    The one that is left is empty and says where its words are; its number stays, with what was drafted, suggested or
    objected there. ``seen``: what the summary was made of on the page (``token_of``). Raises OutdatedError where that
    is another by now, ServiceError (``into``) where the two cannot be one, ConflictError where another version would be
    cancelled than was ``shown``.
    """
    summary, rows = _begin(actor, passage.agreed_text, seen, shown)
    source, target = rows[passage.pk], rows[into.pk]
    if source == target or source.heading_id != target.heading_id or not target.text:
        raise ServiceError(_("Choose another passage under the same heading."), field="into")
    if not source.text:
        raise ServiceError(_("This passage is empty: there is nothing to merge."))
    behind = [*target.observations.all(), *source.observations.all()]
    articles = {*target.articles.all(), *source.articles.all()}
    text = clean_markdown(_joined(target.text, source.text), maximum=MAXIMUM, field="into")
    _write(actor, summary, source, "", (), source.articles.all())
    _write(actor, summary, target, text, list(dict.fromkeys(behind)), articles)
    # Those that were merged into it before have their words there now as well.
    SummaryPassage.objects.filter(merged_into=source).update(merged_into=target)
    source.merged_into = target
    source.save(update_fields=["merged_into", "updated_at"])
    audit.record(actor, "reviews.summary.merged", summary, after={"passage": source.order, "into": target.order})
    note_edit(actor, summary)


@transaction.atomic
def leave_out(*, actor: User, passage: SummaryPassage, observation: Observation, seen: str, shown: Shown) -> bool:
    """Take an observation out of what a passage draws on; its words go where they stand as it says them.

    Its articles go with its words, but for those of what is left. Where they stay, no version is cancelled. Gives
    whether they went. Raises like ``merge_passages``.
    """
    summary, rows = _begin(actor, passage.agreed_text, seen, shown)
    row = rows[passage.pk]
    behind = [each for each in row.observations.all() if each != observation]
    if len(behind) == len(row.observations.all()):
        raise OutdatedError(_("This passage does not draw on the observation."))
    text = _without(row.text, observation.text, [each.text for each in behind])
    went = text != row.text
    if went:
        articles = set(row.articles.all())
        articles = (articles - set(observation.articles.all())) | _articles_of(behind) or articles
        _write(actor, summary, row, clean_markdown(text, maximum=MAXIMUM), behind, articles)
        note_edit(actor, summary)
    else:
        row.observations.remove(observation)  # nothing that States clear
    facts = {"passage": row.order, "observation": observation.number}
    audit.record(actor, "reviews.summary.observation_left_out", summary, after=facts)
    return went


@transaction.atomic
def put_in(*, actor: User, observation: Observation, passage: SummaryPassage, seen: str, shown: Shown) -> None:
    """Have a passage draw on an agreed observation that is left out: its words come behind those of the passage.

    An empty passage begins anew with it. Raises like ``merge_passages``.
    """
    summary, rows = _begin(actor, passage.agreed_text, seen, shown)
    row = rows[passage.pk]
    if observation not in observations_left_out(summary):
        raise OutdatedError(_("This observation is not left out of the summary."))
    if row.heading_id != observation.heading_id:
        raise ServiceError(_("Choose a passage under the heading of the observation."), field="into")
    behind = [*row.observations.all(), observation] if row.text else [observation]
    text = clean_markdown(_joined(row.text, observation.text), maximum=MAXIMUM, field="into")
    for other in rows.values():
        if not other.text:
            other.observations.remove(observation)
    articles = _articles_of([observation]) | (set(row.articles.all()) if row.text else set())
    _write(actor, summary, row, text, behind, articles)
    facts = {"passage": row.order, "observation": observation.number}
    audit.record(actor, "reviews.summary.observation_put_in", summary, after=facts)
    note_edit(actor, summary)


@transaction.atomic
def place_passage(*, actor: User, passage: SummaryPassage, place: int, seen: str, shown: Shown) -> None:
    """Set a passage at a place, from 1, among those under its heading and on its articles.

    All else the blueprint orders. Raises like ``merge_passages``, and ServiceError (``place``) where there is no such
    place.
    """
    summary, rows = _begin(actor, passage.agreed_text, seen, shown)
    group = next((each for each in places_of(rows.values()) if passage in each), [])
    if not 1 <= place <= len(group):
        raise ServiceError(_("Type a place from 1 to %(number)d.") % {"number": len(group)}, field="place")
    if group.index(passage) == place - 1:
        return
    moved = [each for each in group if each != passage]
    moved.insert(place - 1, passage)
    in_turn = iter(moved)
    summary.placed = [next(in_turn).pk if row in group else row.pk for row in rows.values()]
    summary.save(update_fields=["placed", "updated_at"])
    audit.record(actor, "reviews.summary.passage_placed", summary, after={"passage": passage.order, "place": place})
    note_edit(actor, summary)


def _begin(actor: User, text: AgreedText, seen: str, shown: Shown) -> tuple[AgreedText, Rows]:
    """The summary and its passages in their order; who holds the summary holds them, for every write asks for it."""
    summary = lock_text(text)
    require(actor, TextAction.EDIT_SUMMARY, summary)
    rows = {row.pk: row for row in passages_with_sources(summary)}
    if token_of(rows.values()) != seen:
        message = _("The summary has changed since you opened this page. Below is how it stands now.")
        raise OutdatedError(message, now=token_of(rows.values()))
    require_shown(shown, shown_of_text(summary))
    return summary, rows


def _write(
    actor: User,
    summary: AgreedText,
    row: SummaryPassage,
    text: str,
    observations: Sequence[Observation],
    articles: Iterable[Article],
) -> None:
    write_words(actor, summary, row, text)
    row.observations.set(observations)
    row.articles.set(articles)


def _articles_of(observations: Iterable[Observation]) -> set[Article]:
    return {article for each in observations for article in each.articles.all()}


def _joined(first: str, second: str) -> str:
    return _BETWEEN.join(filter(None, (first, second)))


def _without(text: str, words: str, others: Iterable[str]) -> str:
    """``text`` without these words, where they stand in it as paragraphs of their own; otherwise as it is.

    Where one of the ``others`` that stand there says them too, among its own, they are not these.
    """
    framed, part = _framed(text), _framed(words)
    free = framed
    for other in others:
        if part in _framed(other):
            free = free.replace(_framed(other), _framed("\0" * len(other)), 1)
    at = free.find(part)
    return text if at < 0 else (framed[:at] + _BETWEEN + framed[at + len(part) :]).strip("\n")


def _framed(text: str) -> str:
    return f"{_BETWEEN}{text}{_BETWEEN}"
