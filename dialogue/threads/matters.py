"""What a thread may be about, how that is called on a page, and where it is read.

An address and a form name a matter by its ``key``: the code of a question, the State whose feedback it is, the key of
an observation, a digest in place of a law's name, which no log may hold; "-" where there is one such in a review.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core import context
from core.language.i18n import in_own_order, isolated
from dialogue.clarifications import law_key, laws_to_ask_about
from dialogue.desk import QuestionPlace, anchor_of
from dialogue.exchange import feedback_visible_to
from dialogue.joint import author_words
from dialogue.threads.enums import OF_THE_WHOLE, ThreadSubject
from questionnaires.definitions import index_of
from questionnaires.submissions import latest_submission
from reviews.cases.models import Review
from reviews.programme import question_number

NO_KEY = "-"
_KEYS = "keys of former matters"  # under which words ``core.context`` keeps them
# Of these the matter is found by a feature above: by key, those that the reader may read, with title and address.
Found = Mapping[str, tuple[str, str]]
FindMatters = Callable[[User, Review, Collection[str]], Found]
_ABOVE: dict[str, FindMatters] = {}
# By the key of a matter those in whose place it stands by now.
FindFormer = Callable[[Review], Mapping[str, Collection[str]]]
_FORMER: dict[str, FindFormer] = {}


@dataclass(frozen=True, slots=True)
class Matter:
    """``name``: as a thread keeps it (``DialogueMessage.matter``); ``url``: where it is read."""

    subject: ThreadSubject
    name: str
    title: str
    url: str

    @property
    def key(self) -> str:
        return key_of(self.subject, self.name)


def register_matters(subject: ThreadSubject, find: FindMatters, former: FindFormer) -> None:
    """``find`` gives those of a review, by their keys, that a reader may read; ``former`` in whose place each stands.

    Called from declarations.
    """
    _ABOVE[subject], _FORMER[subject] = find, former


def keys_at(review: Review, subject: str, key: str) -> set[str]:
    """The key of a matter, and those of what it stands in place of, on which threads may have been begun before.

    One query a page, for subjects in which one takes the place of another.
    """
    find = _FORMER.get(subject)
    if find is None:
        return {key}
    former: Mapping[str, Collection[str]] = context.looked_up((_KEYS, subject, review.pk), lambda: find(review))
    return {key, *former.get(key, ())}


def key_of(subject: str, name: str) -> str:
    """What stands for a matter in an address."""
    return (law_key(name) if subject == ThreadSubject.LAW else name) or NO_KEY


def find_matter(user: User, review: Review, subject: str, key: str) -> Matter | None:
    """What a thread is to be begun on; None where there is no such, or the reader may not read it."""
    if subject not in ThreadSubject.values:
        return None
    kind = ThreadSubject(subject)
    if (name := _NAMED[kind](user, review, key)) is None:
        return None
    return matters_of(user, review, [(kind, name)])[kind, name]


def _question(user: User, review: Review, key: str) -> str | None:
    submission = latest_submission(review)
    return key if submission is not None and key in index_of(submission.response.version_id).items else None


def _feedback(user: User, review: Review, key: str) -> str | None:
    sent = feedback_visible_to(user, review).filter(room=None, state_party__iso3=key)
    return key if sent.exists() else None


def _law(user: User, review: Review, key: str) -> str | None:
    return next((name for name in laws_to_ask_about(user, review) if law_key(name) == key), None)


def _above(user: User, review: Review, key: str) -> str | None:
    find = _ABOVE.get(ThreadSubject.OBSERVATION)
    return key if find is not None and key in find(user, review, [key]) else None


def _whole(user: User, review: Review, key: str) -> str | None:
    return "" if key == NO_KEY else None


_NAMED: Mapping[ThreadSubject, Callable[[User, Review, str], str | None]] = {
    ThreadSubject.QUESTION: _question,
    ThreadSubject.FEEDBACK: _feedback,
    ThreadSubject.LAW: _law,
    ThreadSubject.OBSERVATION: _above,
    **dict.fromkeys(OF_THE_WHOLE, _whole),
}


def matters_of(user: User, review: Review, named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Matter]:
    """By subject and name, in words; a query for the States, and one for each kind that is found above."""
    wanted: dict[str, set[str]] = {}
    for subject, name in named:
        wanted.setdefault(subject, set()).add(name)
    address = [review.mechanism.slug, review.code]
    found: dict[tuple[str, str], Matter] = {}
    for subject, names in wanted.items():
        kind = ThreadSubject(subject)
        described = _described(user, review, kind, names, address)
        for name in names:
            title, url = described.get(name, (str(kind.label), ""))
            found[subject, name] = Matter(kind, name, title, url)
    return found


def _described(user: User, review: Review, kind: ThreadSubject, names: Collection[str], address: list[str]) -> Found:
    if kind in _ABOVE:
        return _ABOVE[kind](user, review, names)
    if kind == ThreadSubject.QUESTION:
        words, urls = _("Question %(number)s"), _on_desk(review, names, address)
        return {name: (words % {"number": in_own_order(question_number(name))}, urls[name]) for name in names}
    if kind == ThreadSubject.FEEDBACK:
        words = _("Written feedback of %(state)s")
        return {
            code: (words % {"state": isolated(who)}, reverse("dialogue:feedback-detail", args=[*address, code]))
            for code, who in _authors(user, review, names).items()
        }
    pages: dict[ThreadSubject, str] = {ThreadSubject.REVIEW: "portal:review-detail"}
    url = reverse(pages.get(kind, "dialogue:preparation"), args=address)
    return {name: (name or str(kind.label), url) for name in names}


def _on_desk(review: Review, codes: Collection[str], address: list[str]) -> dict[str, str]:
    """Where each question stands; the desk itself for one that the newest version of the questionnaire has not."""
    submission = latest_submission(review)
    sections = index_of(submission.response.version_id).section_of if submission is not None else {}
    found = dict.fromkeys(codes, reverse("portal:desk", args=address))
    for code in sections.keys() & found.keys():
        place = QuestionPlace(sections[code].part.instrument, code)
        url = reverse("portal:desk-section", args=[*address, *sections[code].address])
        found[code] = f"{url}#{anchor_of(place)}"
    return found


def _authors(user: User, review: Review, codes: Collection[str]) -> dict[str, str]:
    """Whose feedback it is that stands under the code of a State; joint feedback is of all that have sent it."""
    found = {row.iso3: str(row) for row in StateParty.objects.filter(iso3__in=codes)}
    if review.feedback_is_joint:
        rows = feedback_visible_to(user, review).filter(room=None, state_party__iso3__in=codes)
        found.update((row.state_party.iso3, author_words(row)) for row in rows)
    return found


def matter_of(user: User, review: Review, first: Any) -> Matter:
    """Of the message that a thread began with."""
    return matters_of(user, review, [(first.subject, first.matter)])[first.subject, first.matter]
