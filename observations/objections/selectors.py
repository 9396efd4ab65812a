"""The objections to the versions of a text, and where in the document that a page shows each of them stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.errors import found
from core.language.differences import Change, Run, word_differences
from core.policy import can
from observations.objections.models import ObjectionReply
from observations.texts import states_agreeing, texts_visible_to
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Objection, SummaryPassage, TextVersion
from observations.wording import Document, NumberedParagraph, document_from, paragraphs_of, parts_of
from reviews.cases.models import Review

ParagraphsOfVersions = dict[UUID, Mapping[int, NumberedParagraph]]
WHOLE = 0  # the number of what is said of a version as a whole


@dataclass(frozen=True, slots=True)
class Place:
    """Where an objection stands in a document: by which number, and what that paragraph said and says now.

    ``number`` is WHOLE for one to the whole, and None where the paragraph is not there any more.
    """

    number: int | None
    was: NumberedParagraph | None = None
    now: NumberedParagraph | None = None

    @property
    def is_gone(self) -> bool:
        return self.number is None

    @property
    def has_changed(self) -> bool:
        """Whether the paragraph says something else, or stands under another heading, or is gone."""
        return self.is_gone or (self.was is not None and self.now is not None and _all(self.was) != _all(self.now))

    @property
    def changes(self) -> Sequence[Run]:
        """Word by word, with the headings where these have changed; of one that is gone, all words are."""
        if self.was is None or not self.has_changed:
            return []
        if self.now is None:
            return [Run(Change.REMOVED, self.was.words)]
        if self.was.headings == self.now.headings:
            return word_differences(self.was.words, self.now.words)
        return word_differences("\n".join(_all(self.was)), "\n".join(_all(self.now)))


def _all(paragraph: NumberedParagraph) -> list[str]:
    return [*paragraph.headings, paragraph.words]


@dataclass(frozen=True, slots=True)
class Thread:
    """An objection on a page; ``carried_to``: the version under consideration, where that is a later one.

    ``may_resolve`` asks that the later version says something else there. ``is_left``: its State agrees no more.
    """

    objection: Objection
    place: Place
    carried_to: TextVersion | None = None
    may_reply: bool = False
    may_withdraw: bool = False
    may_resolve: bool = False
    is_left: bool = False

    @property
    def is_open(self) -> bool:
        return self.objection.ended_at is None


@dataclass(frozen=True, slots=True)
class Threads:
    """The objections to a text as a page of it shows them: at its paragraphs, and over it all that are open and have
    no paragraph there. ``own``: those that are open of the reader's State, where he or she speaks for it."""

    at: Mapping[int, list[Thread]] = field(default_factory=dict)
    over: Sequence[Thread] = ()
    own: Sequence[Thread] = ()
    open: int = 0

    @property
    def places(self) -> list[int]:
        """The numbers of the paragraphs at which some are open."""
        return sorted(number for number, found in self.at.items() if any(_counts(thread) for thread in found))


def _counts(thread: Thread) -> bool:
    return thread.is_open and not thread.is_left


def objections_of(text: AgreedText) -> QuerySet[Objection]:
    """All, with what is shown of them and of their versions, each of which is read once: it holds the whole text."""
    return _objections_to([text], TextVersion.objects.all())


def _objections_to(texts: Iterable[AgreedText], versions: QuerySet[TextVersion]) -> QuerySet[Objection]:
    """Those to any version of these texts. ``part_now``: what has the words of the part by now, where it was merged."""
    merged = SummaryPassage.objects.filter(pk=OuterRef("part")).values("merged_into")
    related = ("state_party", "focal_point", "ended_by", "resolved_in")
    rows = Objection.objects.filter(version__agreed_text__in=texts).select_related(*related)
    rows = rows.defer("resolved_in__document", "resolved_in__rendered")
    replies = ObjectionReply.objects.select_related("state_party", "focal_point")
    rows = rows.annotate(part_now=Coalesce(Subquery(merged), "part", output_field=UUIDField()))
    return rows.prefetch_related(Prefetch("version", versions.defer("rendered")), Prefetch("replies", replies))


def objections_visible_to(user: User, review: Review) -> QuerySet[Objection]:
    """The same of all texts of a review that the reader may read, the first first."""
    versions = TextVersion.objects.select_related("agreed_text__instrument")
    return _objections_to(texts_visible_to(user, review), versions).order_by("created_at", "paragraph")


def open_objections_of(text: AgreedText, state: Any = None) -> QuerySet[Objection]:
    """Those of the States that agree on the text, or of one of them, that have not ended."""
    rows = objections_of(text).filter(ended_at=None)
    return rows.filter(state_party__in=states_agreeing(text.review, text.instrument_id) if state is None else [state])


def get_objection(text: AgreedText, key: UUID) -> Objection:
    """The caller has obtained the text for its reader. Raises Http404 where it has no such objection."""
    row = found(found_for_policy(objections_of(text).filter(pk=key).first))
    row.version.agreed_text = text
    return row


def place_of(
    objection: Objection, paragraphs: Mapping[int, NumberedParagraph], earlier: ParagraphsOfVersions | None = None
) -> Place:
    """Where it stands among the paragraphs of a document, found again by what they are; fixed words by the number.
    One to a passage that was merged stands where its words are.

    ``earlier`` keeps those of the versions that were objected to, for the next one.
    """
    if objection.paragraph == WHOLE:
        return Place(WHOLE)
    earlier = {} if earlier is None else earlier
    if objection.version_id not in earlier:
        earlier[objection.version_id] = paragraphs_of(document_from(objection.version.document))
    was = earlier[objection.version_id].get(objection.paragraph)
    part = objection.part_now  # type: ignore[attr-defined]  # by the selectors above
    numbers = (number for number, each in paragraphs.items() if part and each.part == part)
    number = next(numbers, None) if part else objection.paragraph
    now = paragraphs.get(number) if number else None
    if now is None or now.part != part:
        return Place(None, was)
    return Place(number, was, now)


def may_be_resolved(objection: Objection, place: Place, version: TextVersion | None) -> bool:
    """Whether a later version is under consideration that says something else there."""
    if version is None or version.number <= objection.version.number:
        return False
    return version.sha256 != objection.version.sha256 if place.number == WHOLE else place.has_changed


def thread_of(user: User, text: AgreedText, objection: Objection, document: Document) -> Thread:
    """One of them on a page of its own, in the document under consideration."""
    version = text.versions.filter(cancelled_at=None).first()
    paragraphs = paragraphs_of(document, parts_of(text, document))
    return _thread(user, text, objection, version, place_of(objection, paragraphs))


def threads_on(
    user: User, text: AgreedText, document: Document, version: TextVersion | None, own: StateParty | None
) -> Threads:
    """``document`` is the version that stands, or else what lies on the table. One query where there is none."""
    objections = list(objections_of(text))
    if not objections:
        return Threads()
    paragraphs = paragraphs_of(document, parts_of(text, document))
    at: dict[int, list[Thread]] = {}
    over: list[Thread] = []
    earlier: ParagraphsOfVersions = {}
    for objection in objections:
        thread = _thread(user, text, objection, version, place_of(objection, paragraphs, earlier))
        if thread.place.number:
            at.setdefault(thread.place.number, []).append(thread)
        elif _counts(thread):
            over.append(thread)
    still = [thread for each in (over, *at.values()) for thread in each if _counts(thread)]
    mine = [thread for thread in still if own is not None and thread.objection.state_party_id == own.pk]
    return Threads(at, over, mine, len(still))


def _thread(
    user: User,
    text: AgreedText,
    objection: Objection,
    version: TextVersion | None,
    place: Place,
) -> Thread:
    objection.version.agreed_text = text  # so that the policy looks up nothing
    may_end = can(user, TextAction.END_OBJECTION, objection)
    is_carried = objection.ended_at is None and version is not None and version.number > objection.version.number
    return Thread(
        objection,
        place,
        carried_to=version if is_carried else None,
        may_reply=can(user, TextAction.REPLY_TO_OBJECTION, objection),
        may_withdraw=may_end,
        may_resolve=may_end and may_be_resolved(objection, place, version),
        is_left=objection.state_party_id not in states_agreeing(text.review, text.instrument_id),
    )
