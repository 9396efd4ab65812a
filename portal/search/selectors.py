"""What a text is found in. Each kind asks the selector that its own page asks, so nobody finds what no page shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from accounts.states import sorted_by_name, states_named
from core.policy import can
from core.web.navigation import parts_for
from observations import publications
from questionnaires import sharing
from questionnaires.definitions import index_of, published_versions
from reviews.lists import matching
from reviews.states import focal_points, participations_named, people_by_state
from reviews.states.enums import StateAction
from reviews.visibility import reviews_visible_to

MOST = 10  # of a kind; whoever looks for more narrows the words
SHORTEST = 2  # letters


@dataclass(frozen=True, slots=True)
class Hit:
    """``language``: of an official text, or "" for words of the page and names."""

    label: str | Promise
    url: str
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class HitsOfKind:
    """The hits of a kind, at most ``MOST``; ``has_more``: there are others."""

    kind: str | Promise
    hits: list[Hit]
    has_more: bool


def found_for(user: User, text: str) -> list[HitsOfKind]:
    """By kind, what contains the text; no kind without a hit. A constant number of queries."""
    kinds = {
        _("Reviews"): reviews_named(user, text),
        _("States"): states_found(text),
        _("Focal points"): _focal_points(user, text),
        _("Questionnaires"): _sections(text),
        _("Published documents"): _documents(user, text),
        _("Answers that States have opened"): _opened_answers(user, text),
        _("Pages"): pages_named(user, text),
    }
    found = [first_of(kind, hits) for kind, hits in kinds.items()]
    return [each for each in found if each.hits]


def first_of(kind: str | Promise, hits: Iterable[Hit]) -> HitsOfKind:
    shown = list(islice(hits, MOST + 1))
    return HitsOfKind(kind, shown[:MOST], len(shown) > MOST)


def reviews_named(user: User, text: str) -> Iterator[Hit]:
    reviews = matching(reviews_visible_to(user), text).select_related("mechanism", "state_under_review")
    for review in reviews.order_by("code")[: MOST + 1]:
        url = reverse("portal:review-detail", args=[review.mechanism.slug, review.code])
        yield Hit(str(review.state_under_review), url, review.code)


def states_found(text: str) -> Iterator[Hit]:
    for state in sorted_by_name(states_named(text)):
        yield Hit(state.name, reverse("reviews:state-detail", args=[state.iso3]), state.iso3)


def _may_see_directory(user: User) -> bool:
    return bool(can(user, StateAction.VIEW_DIRECTORY))


def _focal_points(user: User, text: str) -> Iterator[Hit]:
    if not _may_see_directory(user):
        return
    for entry in people_by_state(participations_named(focal_points(), text)):
        url = reverse("reviews:directory", query={"q": entry.state.name})
        for person in entry.people:
            yield Hit(person.full_name, url, entry.state.name)


def _sections(text: str) -> Iterator[Hit]:
    """Sections of the published questionnaires by their heading; these are in memory."""
    wanted = text.casefold()
    for version in published_versions():
        definition = index_of(version.pk).definition
        page = reverse("questionnaires:questionnaire-detail", args=[version.questionnaire.slug])
        for part in definition.parts:
            for section in part.sections:
                if wanted in section.heading.casefold():
                    url = f"{page}#s-{part.instrument}-{section.slug}"
                    yield Hit(section.heading, url, part.title, definition.language)


def _documents(user: User, text: str) -> Iterator[Hit]:
    """Lists and summaries that hold the words: what is public, and what is open to the States of which the user is."""
    rows = publications.holding_words(publications.open_to(user), text).defer("version__document", "version__rendered")
    for row in rows[: MOST + 1]:
        agreed = row.agreed_text
        review, instrument = agreed.review, agreed.instrument
        address = [review.mechanism.slug, review.code, instrument.slug, agreed.kind]
        label = f"{agreed.get_kind_display()}, {review.state_under_review}"
        yield Hit(label, reverse("observations:publication-detail", args=address), instrument.short_name)


def _opened_answers(user: User, text: str) -> Iterator[Hit]:
    """The same of answers."""
    for row in sharing.holding_words(sharing.open_to(user), text).defer("document", "rendered")[: MOST + 1]:
        address = [row.review.mechanism.slug, row.review.code, row.audience]
        label = str(row.review.state_under_review)
        yield Hit(label, reverse("questionnaires:shared-answers", args=address), str(row.get_audience_display()))


def pages_named(user: Any, text: str) -> Iterator[Hit]:
    own = [
        (_("Your profile"), reverse("accounts:profile")),
        (_("Your calendar"), reverse("reviews:calendar-feed-list")),
        (_("Your reminders"), reverse("portal:reminders")),
        (_("Sign-in and security"), reverse("mfa_index")),
    ]
    # The directory is a part for everybody, and its page says to some why it is not for them.
    parts = [(part, url) for part, url in parts_for(user, "") if part.icon != "directory" or _may_see_directory(user)]
    pages = [*((part.label, url) for part, url in parts), *own]
    for label, url in pages:
        if text.casefold() in str(label).casefold():
            yield Hit(label, url)
