"""What a mechanism needs before its first review can be opened, in the order in which it is filled.

Each part says in a sentence what is missing, and where it is done.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.people import open_staff_session
from accounts.people.enums import AccountAction, SecretariatRole
from accounts.people.models import User
from core.enums import WorkState
from core.policy import explain
from lots.draws.enums import DrawAction
from lots.draws.models import DrawRule
from observations.texts.enums import TextKind
from observations.texts.models import BlueprintText, ObservationHeading
from portal.mechanisms.checking.rules import NEEDED_LIMITS
from portal.mechanisms.selectors import copied_note
from questionnaires.definitions import published_versions
from questionnaires.editing import drafts
from questionnaires.editing.enums import EditingAction
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.programme.enums import LIMIT_WORDS, StepKind
from reviews.programme.models import Adherence, ClusterArticle, Mechanism, PhasePeriod


@dataclass(frozen=True, slots=True)
class PartStanding:
    """``url``: where it is done; empty as long as it rests on another part. ``needs``: the act that this takes, which
    the table of permissions decides on.
    """

    is_done: bool
    words: str
    url: str
    action: str | Promise = ""
    needs: TextChoices = AccountAction.MAINTAIN_REFERENCE_DATA

    @property
    def work_state(self) -> WorkState:
        return WorkState.DONE if self.is_done else WorkState.NOT_BEGUN


@dataclass(frozen=True, slots=True)
class ContentPart:
    key: str
    title: str | Promise
    standing: PartStanding


@dataclass(frozen=True, slots=True)
class Contents:
    parts: list[ContentPart]

    @property
    def missing(self) -> list[ContentPart]:
        return [part for part in self.parts if not part.standing.is_done]

    @property
    def next(self) -> ContentPart | None:
        """The first that is missing."""
        return next(iter(self.missing), None)

    def has(self, key: str) -> bool:
        """Whether the part of this key is done."""
        return all(part.key != key for part in self.missing)

    @property
    def is_whole(self) -> bool:
        return self.next is None


@dataclass(frozen=True, slots=True)
class PartForReader:
    """``is_open``: the reader may fill it; ``takes_session``: may, once a staff session is begun."""

    part: ContentPart
    is_open: bool
    takes_session: bool


def parts_for(user: User, contents: Contents) -> list[PartForReader]:
    """In their order, each with what the policy says of the act that it needs."""
    is_administrator = user.secretariat_role == SecretariatRole.ADMINISTRATOR
    may_begin = is_administrator and open_staff_session(user) is None
    may = {needs: bool(explain(user, needs)) for needs in {part.standing.needs for part in contents.parts}}
    shown = []
    for part in contents.parts:
        url, needs = part.standing.url, part.standing.needs
        takes_session = may_begin and needs == AccountAction.MAINTAIN_REFERENCE_DATA
        shown.append(PartForReader(part, bool(url) and may[needs], bool(url) and takes_session))
    return shown


def contents_of(mechanism: Mechanism) -> Contents:
    """A constant number of queries."""
    return Contents([ContentPart(key, title, look(mechanism)) for key, title, look in _PARTS])


def _rows(name: str, mechanism: Mechanism) -> str:
    """The page of the reference data that adds such a row, and leads back to the mechanism."""
    back = reverse("portal:mechanism-contents", args=[mechanism.slug])
    return f"{reverse(f'admin:{name}_add')}?{urlencode({'mechanism': mechanism.pk, 'back': back})}"


def _list(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


def _names(rows: Any, words: str) -> str:
    return words % {"names": ", ".join(str(row) for row in rows)}


def _instruments(mechanism: Mechanism) -> PartStanding:
    number = mechanism.instruments.count()
    words = ngettext("%(number)d instrument", "%(number)d instruments", number) % {"number": number}
    url = _rows("reviews_instrument", mechanism)
    return PartStanding(number > 0, words if number else _("There is no instrument yet."), url, _("Add an instrument"))


def _articles(mechanism: Mechanism) -> PartStanding:
    without = list(mechanism.instruments.filter(articles=None))
    url = reverse("portal:mechanism-articles", args=[mechanism.slug])
    if not mechanism.instruments.exists():
        return PartStanding(False, _("After the instruments."), "")
    words = _names(without, _("Without articles: %(names)s.")) if without else ""
    return PartStanding(not without, words, url, _("Add articles"))


def _clusters(mechanism: Mechanism) -> PartStanding:
    number = mechanism.clusters.count()
    url = _rows("reviews_cluster", mechanism)
    words = ngettext("%(number)d cluster", "%(number)d clusters", number) % {"number": number}
    return PartStanding(number > 0, words if number else _("There is no cluster yet."), url, _("Add a cluster"))


def _cluster_articles(mechanism: Mechanism) -> PartStanding:
    """Each cluster that a phase reviews, or where there is no phase yet each, holds an article."""
    if not mechanism.clusters.exists():
        return PartStanding(False, _("After the clusters."), "")
    held = ClusterArticle.objects.filter(cluster__mechanism=mechanism).values("cluster")
    without = list(mechanism.clusters.exclude(pk__in=held))
    url = reverse("portal:mechanism-articles", args=[mechanism.slug])
    words = _names(without, _("Without articles: %(names)s.")) if without else ""
    return PartStanding(not without, words, url, _("Choose the articles of a cluster"))


def _phases(mechanism: Mechanism) -> PartStanding:
    if not mechanism.clusters.exists():
        return PartStanding(False, _("After the clusters."), "")
    number = mechanism.phases.count()
    url = _rows("reviews_phase", mechanism)
    words = ngettext("%(number)d phase", "%(number)d phases", number) % {"number": number}
    return PartStanding(number > 0, words if number else _("There is no phase yet."), url, _("Add a phase"))


def _groups(mechanism: Mechanism) -> PartStanding:
    number = mechanism.review_groups.count()
    url = _rows("reviews_reviewgroup", mechanism)
    words = ngettext("%(number)d group", "%(number)d groups", number) % {"number": number}
    return PartStanding(number > 0, words if number else _("There is no group yet."), url, _("Add a group"))


def _dates(mechanism: Mechanism) -> PartStanding:
    phases = mechanism.phases.count()
    if not phases:
        return PartStanding(False, _("After the phases."), "")
    missing = phases * mechanism.review_groups.count() - PhasePeriod.objects.filter(phase__mechanism=mechanism).count()
    words = ngettext(
        "%(number)d phase of a group has no dates.", "%(number)d phases of groups have no dates.", missing
    ) % {"number": missing}
    url = reverse("reviews:programme-change", args=[mechanism.slug])
    if has_passed_unused(mechanism):
        return PartStanding(False, _("The first day is past, and no review has begun."), url, _("Change the dates"))
    return PartStanding(first_day_of(mechanism) is not None, words if missing else "", url, _("Give the dates"))


def first_day_of(mechanism: Mechanism) -> dt.date | None:
    """On which the first reviews begin; None without dates."""
    periods = PhasePeriod.objects.filter(phase__mechanism=mechanism).order_by("period__startswith")
    first = periods.values_list("period", flat=True).first()
    return first.lower if first else None


def has_passed_unused(mechanism: Mechanism) -> bool:
    """Whether the reviews would be late on the day on which they are opened."""
    day = first_day_of(mechanism)
    return day is not None and day < timezone.localdate() and not Review.objects.filter(mechanism=mechanism).exists()


def _steps(mechanism: Mechanism) -> PartStanding:
    has_text = mechanism.steps.filter(kind=StepKind.AGREED_TEXT).exists()
    is_planned = mechanism.plan_versions.exclude(published_at=None).exists()
    number = mechanism.steps.count()
    words = ngettext("%(number)d step", "%(number)d steps", number) % {"number": number}
    if not has_text:
        words = _("There is no step in which a text is agreed.")
    elif not is_planned:
        words = _("No plan of the steps is published.")
    url = reverse("reviews:plan-list", args=[mechanism.slug]) if has_text else _list("reviews_step")
    needs = ReviewAction.VIEW_PLANS if has_text else AccountAction.MAINTAIN_REFERENCE_DATA
    return PartStanding(has_text and is_planned, words, url, _("See the steps and their plan"), needs)


def _limits(mechanism: Mechanism) -> PartStanding:
    there = set(mechanism.limits.values_list("key", flat=True))
    missing = [LIMIT_WORDS[key] for key in NEEDED_LIMITS if key not in there]
    words = _names(missing, _("Missing: %(names)s.")) if missing else ""
    return PartStanding(not missing, words, _list("reviews_limit"), _("See the limits"))


def _draw_rules(mechanism: Mechanism) -> PartStanding:
    number = DrawRule.objects.filter(mechanism=mechanism).count()
    words = ngettext("%(number)d rule", "%(number)d rules", number) % {"number": number}
    return PartStanding(number > 0, words if number else "", _list("lots_drawrule"), _("See the rules of the draw"))


def _words(mechanism: Mechanism) -> PartStanding:
    headings = ObservationHeading.objects.filter(mechanism=mechanism).exists()
    texts = BlueprintText.objects.filter(mechanism=mechanism, kind=TextKind.LIST_OF_OBSERVATIONS)
    copied = copied_note(mechanism)
    unread = bool(copied) and texts.filter(evidence_note=copied).exists()
    words = _("Some were taken over from another mechanism: read them before the first list is made.") if unread else ""
    if not headings:
        words = _("There is no heading of observations yet.")
    url = _list("observations_blueprinttext") if headings else _list("observations_observationheading")
    return PartStanding(headings and texts.exists(), words, url, _("Read the headings and fixed words"))


def _questionnaires(mechanism: Mechanism) -> PartStanding:
    if not mechanism.clusters.exists():
        return PartStanding(False, _("After the clusters."), "")
    published = set(
        published_versions().filter(questionnaire__mechanism=mechanism).values_list("questionnaire__cluster", flat=True)
    )
    without = [cluster for cluster in mechanism.clusters.all() if cluster.pk not in published]
    url = reverse("questionnaires:editor-home", args=[mechanism.slug])
    words = _names(without, _("Without a questionnaire: %(names)s.")) if without else ""
    if without and drafts().filter(cluster__in=without).exists():
        words = " ".join([words, _("A draft waits to be published by another member.")])
    return PartStanding(not without, words, url, _("Write the questionnaires"), EditingAction.EDIT)


def _parties(mechanism: Mechanism) -> PartStanding:
    first = mechanism.instruments.order_by("order", "slug").first()  # as the draw takes it
    if first is None:
        return PartStanding(False, _("After the instruments."), "")
    joined = Adherence.objects.filter(instrument=first)
    number = joined.filter(state_party__is_fictional=False).count() or joined.count()  # in an example all are fictional
    words = ngettext("%(number)d State party", "%(number)d States parties", number) % {"number": number}
    url = reverse("portal:mechanism-parties", args=[mechanism.slug])
    return PartStanding(number > 1, words if number else "", url, _("Note who has joined"))


def _review(mechanism: Mechanism) -> PartStanding:
    is_open = Review.objects.filter(mechanism=mechanism).exists()
    url = reverse("lots:draw-list", args=[mechanism.slug])
    words = "" if is_open else _("By drawing lots, or one review alone on the page of the reviews.")
    return PartStanding(is_open, words, url, _("Draw the lots"), DrawAction.PREPARE)


_PARTS: tuple[tuple[str, str | Promise, Callable[[Mechanism], PartStanding]], ...] = (
    ("instruments", gettext_lazy("Instruments"), _instruments),
    ("articles", gettext_lazy("Articles of the instruments"), _articles),
    ("clusters", gettext_lazy("Clusters"), _clusters),
    ("cluster_articles", gettext_lazy("Articles of the clusters"), _cluster_articles),
    ("parties", gettext_lazy("Who has joined"), _parties),
    ("phases", gettext_lazy("Phases"), _phases),
    ("groups", gettext_lazy("Review groups"), _groups),
    ("dates", gettext_lazy("Dates of the programme"), _dates),
    ("steps", gettext_lazy("Steps and their plan"), _steps),
    ("limits", gettext_lazy("Limits"), _limits),
    ("draw_rules", gettext_lazy("Rules of the draw"), _draw_rules),
    ("words", gettext_lazy("Headings and fixed words of the documents"), _words),
    ("questionnaires", gettext_lazy("Questionnaires"), _questionnaires),
    ("review", gettext_lazy("First review"), _review),
)
