"""A text on which the States agreed elsewhere, laid on the shared table with its observations; a worker's work."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.rendering import render_all
from core.language.text import clean_markdown
from core.time.dates import day_of, moment_on
from observations.clearance import correct_day, move_on
from observations.summaries import PassageInput, draw_passages, open_summary, put_passages
from observations.texts import headings_of, lock_text, observations_on_table, steps_of_texts, text_of
from observations.texts.enums import ObservationKind, TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, ObservationHeading, TextVersion
from observations.versions import cancel, standing_version, version_facts
from observations.wording import Document, Passage, word_count_of
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import Review
from reviews.programme.enums import StepKind
from reviews.programme.models import Article, Instrument


def receive_brought_text(
    *,
    actor: User,
    text: AgreedText,
    document: Document,
    passages: Sequence[Passage],
    piece: BroughtPiece,
    agreed_on: dt.date,
) -> TextVersion:
    """Lay the rows of a text on the table, and freeze the document that was agreed.

    Nobody has cleared it here: the version carries ``piece``, that of the State under review; each other State that
    agrees has one of the same file. With the last text of its kind the review moves on. Nothing is published. The
    caller has asked the policy, holds the review and has found nothing in the way. Raises ServiceError where the text
    was agreed here.
    """
    locked = lock_text(text)
    before = _give_way(locked)
    locked.language = document.language
    locked.save(update_fields=["language", "updated_at"])
    if locked.kind == TextKind.SUMMARY:
        _write_passages(locked, passages)
    else:
        _write_observations(locked, passages, piece)
    data, last = document.as_json(), locked.versions.order_by("-number").first()
    version = TextVersion.objects.create(
        agreed_text=locked,
        number=last.number + 1 if last else 1,
        document=data,
        rendered=render_all(block.text for block in document.blocks if block.is_written),
        sha256=document_hash(data),
        words=word_count_of(document),
        brought_piece=piece,
    )
    locked.status, locked.agreed_at = TextStatus.AGREED, moment_on(agreed_on)
    locked.save(update_fields=["status", "agreed_at", "updated_at"])
    audit.record(
        actor, "reviews.text.brought_in", locked, after={**version_facts(version), "file_sha256": piece.sha256}
    )
    _open_next(locked)
    if before is not None:
        correct_day(locked, before, _last_day(locked))
    move_on(actor, locked, _last_day(locked))
    return version


def find_or_make_text(review: Review, instrument: Instrument, kind: TextKind, language: str) -> AgreedText:
    """The row of a text; a summary is made here where the review did not come to agree on it in the portal."""
    text, _is_new = AgreedText.objects.get_or_create(
        review=review, instrument=instrument, kind=kind, defaults={"language": language}
    )
    text.review, text.instrument = review, instrument
    return text


def _give_way(text: AgreedText) -> dt.date | None:
    """What was brought in before, and a State objects to, is cancelled; what it said stays in its file.

    Gives the day on which the last text of its kind was agreed with that one; None where there was none.
    """
    version, day = standing_version(text), None
    if version is not None:
        if version.brought_piece is None:
            raise ServiceError(_("The States agree on this text in the portal: nothing is brought in over that."))
        day = _last_day(text)
        text.status = TextStatus.DRAFTING
        text.save(update_fields=["status", "updated_at"])  # while the version stands: the database asks for its word
        cancel(text, version)
    now, rows = timezone.now(), Observation.objects.filter(agreed_text=text, room=None, withdrawn_at=None)
    rows.update(withdrawn_at=now, updated_at=now)
    return day


def _write_observations(text: AgreedText, passages: Sequence[Passage], piece: BroughtPiece) -> None:
    headings, articles = _headings(text), _articles(text)
    last = Observation.objects.filter(agreed_text=text).aggregate(last=Max("number"))["last"] or 0
    for number, passage in enumerate(passages, start=last + 1):
        row = Observation.objects.create(
            review=text.review,
            agreed_text=text,
            room=None,
            brought_piece=piece,
            language=text.language,
            heading=headings[passage.heading],
            text=clean_markdown(passage.text),
            question_codes=list(passage.grounds),
            tabled_revision=1,
            number=number,
        )
        row.articles.set([articles[number] for number in passage.articles])


def _write_passages(text: AgreedText, passages: Sequence[Passage]) -> None:
    """Each with the observations of the list on the same articles and below the same heading."""
    headings, articles = _headings(text), _articles(text)
    behind: dict[tuple[str, tuple[int, ...]], list[Observation]] = {}
    agreed_list = text_of(text.review, text.instrument, TextKind.LIST_OF_OBSERVATIONS)
    for row in observations_on_table(agreed_list) if agreed_list else ():
        numbers = tuple(sorted(article.number for article in row.articles.all()))
        behind.setdefault((row.heading.kind, numbers), []).append(row)
    given = [
        PassageInput(
            headings[each.heading],
            [articles[number] for number in each.articles],
            clean_markdown(each.text),
            behind.get((each.heading, each.articles), ()),
        )
        for each in passages
    ]
    put_passages(text, given)


def _headings(text: AgreedText) -> dict[ObservationKind, ObservationHeading]:
    return {ObservationKind(row.kind): row for row in headings_of(text.review)}


def _articles(text: AgreedText) -> dict[int, Article]:
    return {row.number: row for row in Article.objects.filter(instrument=text.instrument)}


def _open_next(text: AgreedText) -> None:
    """The summary of a list, where the States still agree on texts in the portal: drawn anew from the list."""
    if text.kind == TextKind.SUMMARY or TextKind.SUMMARY not in steps_of_texts(text.review):
        return
    if text.review.step.kind != StepKind.AGREED_TEXT:
        return
    summary = text_of(text.review, text.instrument, TextKind.SUMMARY)
    if summary is None:
        open_summary(text)
    elif summary.status == TextStatus.DRAFTING:
        draw_passages(summary, text)


def _last_day(text: AgreedText) -> dt.date:
    """On which the last text of its kind was agreed; that of one that was brought in is a mere day."""
    rows = AgreedText.objects.filter(review=text.review, kind=text.kind, status=TextStatus.AGREED)
    standing = TextVersion.objects.filter(agreed_text__in=rows, cancelled_at=None)
    return max(
        day_of(at) if piece else timezone.localdate(at)
        for at, piece in standing.values_list("agreed_text__agreed_at", "brought_piece")
        if at is not None
    )
