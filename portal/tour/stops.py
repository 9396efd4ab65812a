"""Which pages have a tour, and what it says: a few stops, each of which points to a landmark of the page.

A page marks its landmarks in its template, ``data-stop="next-act"``; of several of a name the first that is visible
counts. A stop without a landmark is left out, so that one tour serves whoever may see less.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User


class Tour(StrEnum):
    """The tours, by the words under which a person's account keeps that they were left."""

    WORK = "work"
    REVIEW = "review"
    SECTION = "section"
    DESK = "desk"
    DESK_SECTION = "desk-section"
    COCKPIT = "cockpit"


@dataclass(frozen=True, slots=True)
class Stop:
    """``landmark``: what the page calls the place to which the stop points."""

    landmark: str
    title: str | Promise
    text: str | Promise


@dataclass(frozen=True, slots=True)
class TourOfPage:
    """``is_left``: whether the reader has left it; the menu then offers it again."""

    tour: Tour
    stops: tuple[Stop, ...]
    is_left: bool


PAGES = {
    "portal:dashboard": Tour.WORK,
    "portal:review-detail": Tour.REVIEW,
    "questionnaires:section-detail": Tour.SECTION,
    "portal:desk": Tour.DESK,
    "portal:desk-section": Tour.DESK_SECTION,
    "portal:cockpit": Tour.COCKPIT,
}
STOPS: dict[Tour, tuple[Stop, ...]] = {
    Tour.WORK: (
        Stop(
            "mine",
            _("Yours to do"),
            _("What waits for you in all your reviews, the most urgent first; its button leads to the place of work."),
        ),
        Stop("show", _("What is shown"), _("Choose what is yours, what you wait for from others, or all of it.")),
        Stop(
            "find",
            _("Find a place"),
            _("Lists the pages and acts to which you may go from here. Ctrl-K opens it anywhere."),
        ),
        Stop(
            "person",
            _("Your menu"),
            _("Your profile, calendar and reminders, and how you sign in. A tour is begun again here too."),
        ),
    ),
    Tour.REVIEW: (
        Stop(
            "next-act", _("The next act"), _("What is due, from whom and by when. If it is yours, its button is here.")
        ),
        Stop(
            "steps", _("The steps"), _("The way of the review from its beginning to its end, and where it stands now.")
        ),
        Stop(
            "parts",
            _("The pages of the review"),
            _("In the order of the journey. A number says how much waits for you there."),
        ),
        Stop(
            "timeline",
            _("The timeline"),
            _("All dates of the review. They are indicative: nothing closes when one has passed."),
        ),
    ),
    Tour.SECTION: (
        Stop(
            "saved",
            _("Saved while you write"),
            _("There is no need to press a button: this line says whether all that you wrote is saved."),
        ),
        Stop(
            "open", _("What is open"), _("How many questions have an answer, and the way to the first that has none.")
        ),
        Stop("sections", _("The sections"), _("Sections are answered in any order; each says how far it is.")),
        Stop(
            "notes",
            _("History and margin notes"),
            _("Below a question: its earlier answers, and what your own people say to one another about it."),
        ),
    ),
    Tour.DESK: (
        Stop(
            "feedback",
            _("Your State’s feedback"),
            _("What all of you write becomes one feedback, which your focal point sends."),
        ),
        Stop("split", _("Split the work"), _("Take sections, or see who of your State is on which.")),
        Stop(
            "section",
            _("A section"),
            _("Opens the answers, with the laws cited, and what you write beside them. The numbers say what is there."),
        ),
    ),
    Tour.DESK_SECTION: (
        Stop("jump", _("From article to article"), _("All articles and sections that were answered.")),
        Stop(
            "questions",
            _("Which questions"),
            _("Show only those that you have not read, have marked, or have to look at."),
        ),
        Stop("marks", _("Your marks"), _("They stay with the people of your State; no other State sees them.")),
        Stop(
            "tools",
            _("What you write"),
            _("Feedback, a request for clarification, an observation or a private note; each is saved here."),
        ),
    ),
    Tour.COCKPIT: (
        Stop(
            "views",
            _("The pages of the cockpit"),
            _("What needs you today, all reviews over time and as a table, and who is waited for."),
        ),
        Stop("whose", _("Whose reviews"), _("Those in your charge, or all of the mechanism.")),
        Stop(
            "needs", _("What reviews need"), _("How many need what; each number leads to the reviews that it counts.")
        ),
        Stop(
            "files",
            _("Files to take along"),
            _("What you see as a spreadsheet or a document, and the progress report."),
        ),
    ),
}


def tour_at(person: User, page: str) -> TourOfPage | None:
    """The tour of the page with this name of its address; None where it has none."""
    tour = PAGES.get(page) if settings.SHOWS_TOURS else None
    return TourOfPage(tour, STOPS[tour], tour in person.tours_left) if tour else None
