"""The internal threads of the reader's own State; nobody else finds one."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, F, Prefetch, QuerySet

from accounts.people.models import User
from core.database.identity import found_for_policy
from core.errors import found
from core.language.searching import SearchPassage, words_found
from dialogue.asides.models import Aside, AsideNote
from dialogue.threads import Matter, keys_at
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.discussion import colleagues_of
from reviews.drafts import in_own_room

_WRITERS = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT)


def asides_of(user: User, review: Review) -> QuerySet[Aside]:
    """Those of the reader's own State, whoever shares its room, the open ones first, with their notes; two queries."""
    notes = AsideNote.objects.select_related("written_by", "mentioned").order_by("created_at")
    rows = in_own_room(Aside.objects.select_related("resolved_by"), user, review)
    open_first = F("resolved_at").asc(nulls_first=True)
    return rows.prefetch_related(Prefetch("notes", notes)).order_by(open_first, "created_at")


def asides_about(user: User, review: Review, matter: Matter) -> list[Aside]:
    """Those on a matter, and on what it stands in place of."""
    names = keys_at(review, matter.subject, matter.name)  # where one takes the place of another, names are keys
    return list(asides_of(user, review).filter(subject=matter.subject, matter__in=names))


def get_aside(user: User, review: Review, pk: UUID) -> Aside:
    """Raises Http404 for one of another State."""
    row = found(found_for_policy(asides_of(user, review).filter(pk=pk).first))
    row.review = review
    return row


def notes_found(user: User, review: Review, text: str) -> list[tuple[Aside, str]]:
    """Internal threads in whose notes the words of ``text`` stand, each with what stands around them first."""
    asides = list(asides_of(user, review))
    notes = [SearchPassage((row.pk, note.pk), note.language, note.text) for row in asides for note in row.notes.all()]
    around: dict[UUID, str] = {}
    for (aside, _note), words in words_found(notes, text).items():
        around.setdefault(aside, words)
    return [(row, around[row.pk]) for row in asides if row.pk in around]


def mentionable(user: User, review: Review) -> list[User]:
    """Whom a note may mention: the colleagues who write for the State, by name."""
    return colleagues_of(user, review, _WRITERS)


def unseen_asides(user: User, reviews: Iterable[UUID]) -> Mapping[UUID, int]:
    """By review, how many internal notes mention the reader that he or she has not looked at; one query."""
    rows = AsideNote.objects.filter(mentioned=user, seen_at=None, review__in=list(reviews))
    return dict(rows.order_by().values_list("review").annotate(number=Count("pk")))
