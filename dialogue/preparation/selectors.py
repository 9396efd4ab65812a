"""What the reader of a review's page of preparation finds.

Source: resolution 10/1, annex I, paragraph 8. Articles, statements and publications are public; the rest lies on the
shared table, or in the room of the reader's State.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.people.models import User
from dialogue.clarifications import ClarificationRow, law_key, thread_on_legal_system
from dialogue.desk import articles_by_instrument
from dialogue.exchange import supplements_visible_to
from dialogue.exchange.enums import SupplementKind
from dialogue.exchange.models import SupplementaryInformation
from questionnaires.definitions import index_of, published_versions
from questionnaires.submissions import CitedLaw, latest_submission, laws_sent, open_submission
from reviews.adherence import statements_of
from reviews.adherence.enums import StatementKind
from reviews.adherence.models import AdherenceStatement
from reviews.bringing.models import BroughtPiece
from reviews.capacities import Capacity
from reviews.cases.models import Review
from reviews.programme.models import Article, Instrument
from reviews.reading import ReadingGroup
from reviews.reading.enums import ReadingKind
from reviews.reading.models import ReadingItem


@dataclass(frozen=True, slots=True)
class InstrumentToStudy:
    """An instrument of the review with the articles under review, its text, and what the State has said of it.

    Beside each article where what is asked about it stands in the published questionnaire; empty where nothing does.
    """

    instrument: Instrument
    articles: Sequence[tuple[Article, str]]
    texts: Sequence[ReadingItem]
    statements: Sequence[AdherenceStatement]

    @property
    def is_asked_about(self) -> bool:
        return any(address for _article, address in self.articles)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the State under review gives: laws and decisions that it offers or cites, and voluntary information.

    Beside each law stands what it is called where one asks about it (``law_key``). ``thread`` is what was asked and
    answered about its legal system; ``brought_piece`` the mark of answers that were brought in.
    """

    laws: Sequence[tuple[SupplementaryInformation, str]]
    cited: Sequence[tuple[CitedLaw, str]]
    voluntary: Sequence[SupplementaryInformation]
    thread: Sequence[ClarificationRow]
    brought_piece: BroughtPiece | None


def instruments_to_study(review: Review, groups: Sequence[ReadingGroup]) -> list[InstrumentToStudy]:
    """In the order of the instruments; four queries. ``groups`` is the reading of the review."""
    asked = questions_on_articles(review)
    articles, statements = articles_by_instrument(review), list(statements_of(review.state_under_review))
    texts = texts_in(groups)
    statements.sort(key=lambda row: row.kind != StatementKind.COMPETENCE)  # the extent of competence comes first
    return [
        InstrumentToStudy(
            instrument,
            [
                (each, asked.get((instrument.slug, str(each.number))) or asked.get((instrument.slug, ""), ""))
                for each in articles.get(instrument.slug, [])
            ],
            [item for item in texts if item.instrument_id == instrument.pk],
            [row for row in statements if row.adherence.instrument_id == instrument.pk],
        )
        for instrument in review.instruments.order_by("order")
    ]


def questions_on_articles(review: Review) -> dict[tuple[str, str], str]:
    """By instrument and number of an article, the address of the first section about it in the public questionnaire.

    Without a number, that of the part on the instrument, for an article that has no section of its own.
    """
    version = published_versions().filter(questionnaire__cluster=review.phase.cluster_id).first()
    if version is None:
        return {}
    page = reverse("questionnaires:questionnaire-detail", args=[version.questionnaire.slug])
    found: dict[tuple[str, str], str] = {}
    for part in index_of(version.pk).definition.parts:
        found[part.instrument, ""] = f"{page}#p-{part.instrument}"
        for section in part.sections:
            for number in section.articles:
                found.setdefault((part.instrument, number), f"{page}#s-{part.instrument}-{section.slug}")
    return found


def texts_in(groups: Sequence[ReadingGroup]) -> list[ReadingItem]:
    """The texts of instruments, those in the reader's language first."""
    return [item for group in groups if group.kind == ReadingKind.TEXT for item in (*group.own, *group.other)]


def offered_to(user: User, review: Review, capacity: Capacity | None, address: Sequence[str]) -> Offered:
    """The caller asks the policy whether the person reads the shared table; five queries."""
    given = supplements_visible_to(user, review, SupplementKind.LAW, SupplementKind.DECISION, SupplementKind.VOLUNTARY)
    rows, submission = list(given), latest_submission(review)
    open_submission(user, submission)
    return Offered(
        laws=[(row, law_key(row.title)) for row in rows if row.kind != SupplementKind.VOLUNTARY],
        cited=[(cited, law_key(cited.law)) for cited in laws_sent(submission)] if submission else [],
        voluntary=[row for row in rows if row.kind == SupplementKind.VOLUNTARY],
        thread=thread_on_legal_system(user, review, capacity, address),
        brought_piece=submission.brought_piece if submission else None,
    )
