"""Whoever opens a form and whatever the others do before it is saved: its words reach nobody whom it did not name.

Two or three people open forms, save them later, and meanwhile lay on the table, send, propose, clear, object, withdraw
and share rooms. What each form promised is noted by looking, and not by asking the code that is tested.
"""

import contextlib
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, Phase, example, given, settings, strategies as st

from accounts.people.models import User
from core.errors import ConflictError, ServiceError
from core.policy import PolicyRefusedError
from dialogue.clarifications import services as clarification_services
from dialogue.clarifications.services import draft_clarification, edit_clarification
from dialogue.exchange.models import ClarificationRequest
from observations.clearance.services import clear_version
from observations.observations import services as observation_services
from observations.observations.services import (
    ObservationInput,
    draft_observation,
    edit_observation,
    lay_on_table,
    withdraw_observation,
)
from observations.observations.shown import shown_of_observation
from observations.summaries import services as summaries
from observations.summaries.services import edit_passage
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, SummaryPassage
from observations.texts.selectors import headings_of
from observations.versions.selectors import standing_version
from observations.versions.shown import shown_of_text
from reviews.cases.models import Clearance, Review
from reviews.drafts.selectors import readable
from reviews.drafts.shown import Shown
from reviews.drafts.situations import shown_in_room, shown_of
from reviews.programme.models import Instrument
from tests import journey
from tests.at_once import copy_observation, object_to_version, propose_version, send_clarification
from tests.utils import Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]

# One of each State looks whether the words of a form are there for it.
OF_STATE = {"XVE": "focal_point", "XLE": "same_group_focal_point", "XAL": "other_group_focal_point"}
FOCAL_POINTS = tuple(OF_STATE.values())
WRITERS = ("same_group_focal_point", "same_group_expert", "other_group_focal_point", "other_group_expert")
REFUSALS = (PolicyRefusedError, Http404, ServiceError, IndexError)  # nothing there to write on
_numbers = itertools.count()


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    """A list with an observation of each reviewing State on the table, and a summary whose list is agreed."""
    scene = cast_at("observations")
    AgreedText.objects.exclude(instrument__slug__in=["untoc", "firearms"]).delete()
    journey.write_lists(scene.review)
    text = the_list(scene.review)
    observation = journey.write_observation(scene.review, person(scene, "same_group_expert"), text, "Of Lestovia.")
    shown = shown_of_text(text)
    lay_on_table(actor=person(scene, "same_group_focal_point"), observation=observation, base=1, shown=shown)
    journey.agree_on(AgreedText.objects.get(review=scene.review, instrument__slug="firearms"))
    return scene


def person(scene: Cast, name: str) -> User:
    """Anew, without memory of earlier capacities and rooms."""
    return User.objects.get(pk=scene.people[name].pk)


def the_list(review: Review) -> AgreedText:
    return AgreedText.objects.select_related("review").get(
        review=review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS
    )


def the_summary(review: Review) -> AgreedText:
    return AgreedText.objects.select_related("review").get(review=review, kind=TextKind.SUMMARY)


StandingVersions = Mapping[Any, tuple[Any, frozenset[Any]]]


def standing_versions(review: Review) -> StandingVersions:
    """For each text the version that stands and the States that have cleared it."""
    found = {}
    for text in AgreedText.objects.filter(review=review):
        version = standing_version(text)
        if version is not None:
            cleared = Clearance.objects.filter(document_id=text.pk, version=version.number)
            found[text.pk] = (version.pk, frozenset(cleared.values_list("state_party_id", flat=True)))
    return found


def readers_of(scene: Cast, row: Any) -> frozenset[str]:
    """The States to which a row is there now, by looking through the eyes of each."""
    row = row.agreed_text if isinstance(row, SummaryPassage) else row
    rows = type(row).objects.filter(pk=row.pk)
    review = journey.fresh(scene.review)
    return frozenset(state for state, name in OF_STATE.items() if readable(rows, person(scene, name), review).exists())


def readers_of_own_room(scene: Cast, user: User) -> frozenset[str]:
    own = scene.review.participations.get(user=user, ended_at=None).state_party.iso3
    shares = Review.objects.get(pk=scene.review.pk).reviewers_share_room
    return frozenset({"XLE", "XAL"}) if shares else frozenset({own})


@dataclass(frozen=True)
class Form:
    """What somebody has before the eyes: the text of ``row`` (None for what is new), and what was promised with it."""

    what: str
    row: Any
    base: int
    shown: Shown
    text: str
    readers: frozenset[str]
    standing_versions: StandingVersions


def open_form(scene: Cast, name: str, what: str) -> Form:
    """As a page would, for those who find what the form is about. Raises IndexError where there is nothing."""
    review, user = journey.fresh(scene.review), person(scene, name)
    own_state = scene.review.participations.get(user=user, ended_at=None).state_party_id
    if what in {"new observation", "new request"}:
        shown, readers = shown_in_room(review, own_state), readers_of_own_room(scene, user)
        return Form(what, None, 0, shown, "", readers, standing_versions(review))
    if what == "passage":
        row: Any = the_summary(review).passages.all()[0]
        shown = shown_of_text(the_summary(review))
    elif what == "request":
        row = readable(ClarificationRequest.objects.filter(state_party=own_state), user, review)[0]
        shown = shown_of(row)
    else:
        rows = readable(Observation.objects.filter(withdrawn_at=None, state_party=own_state), user, review)
        row = rows.order_by("room", "created_at")[0]  # a draft before what lies on the table
        shown = shown_of_text(row.agreed_text) if what == "lay" else shown_of_observation(row)
    readers = frozenset(OF_STATE) if what == "lay" else readers_of(scene, row)
    return Form(what, row, row.revision, shown, row.text, readers, standing_versions(review))


def save(scene: Cast, name: str, form: Form, words: str) -> Any:
    """Send the form, whatever has become of it; give the row that holds the words."""
    user, review = person(scene, name), journey.fresh(scene.review)
    text = the_list(review)
    given_words = ObservationInput(headings_of(review)[0], journey.articles_of(review), words)
    carried = {"actor": user, "base": form.base, "shown": form.shown}
    if form.what == "new observation":
        return draft_observation(actor=user, text=text, given=given_words, shown=form.shown)
    if form.what == "new request":
        question = {"instrument": Instrument.objects.get(slug="untoc"), "question_code": "I.untoc.23"}
        return draft_clarification(actor=user, review=review, text=words, shown=form.shown, **question)
    row = type(form.row).objects.get(pk=form.row.pk)
    if form.what == "passage":
        return edit_passage(passage=row, text=words, **carried)
    if form.what == "request":
        return edit_clarification(request=row, text=words, **carried)
    if form.what == "lay":
        return lay_on_table(observation=row, **carried)
    if form.what == "withdraw":
        withdraw_observation(observation=row, **carried)
        return row
    return edit_observation(observation=row, given=given_words, **carried)


FORMS = ("observation", "new observation", "request", "new request", "passage", "lay", "withdraw")


def act(scene: Cast, name: str, what: str) -> None:
    """Something that is looked at and done at once, by a colleague or by another State."""
    user, review = person(scene, name), journey.fresh(scene.review)
    if what in {"share", "part"}:
        set_common_room(review, shared=what == "share")
        return
    if what == "send":
        request = ClarificationRequest.objects.filter(review=review, status="draft")[0]
        send_clarification(actor=user, request=request)
        return
    if what == "copy":
        source = Observation.objects.filter(review=review, room=None, withdrawn_at=None, agreed_text=the_list(review))[
            0
        ]
        words = ObservationInput(headings_of(review)[0], journey.articles_of(review), f"Copy {next(_numbers)}.")
        copy_observation(actor=user, source=source, given=words)
        return
    verb, _space, kind = what.partition(" ")
    text = the_list(review) if kind == "list" else the_summary(review)
    version = standing_version(text)
    if verb == "propose":
        propose_version(actor=user, text=text)
    elif verb == "clear":
        clear_version(actor=user, text=text, sha256=version.sha256 if version else "")
    else:
        object_to_version(actor=user, text=text, sha256=version.sha256 if version else "", reason="Not so.")


_ON_TEXTS = [f"{verb} {kind}" for verb in ("propose", "clear", "object") for kind in ("list", "summary")]
ACTS = ("share", "part", "send", "copy", *_ON_TEXTS)
Step = tuple[str, str, str]
STEPS = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(WRITERS), st.sampled_from(FORMS)),
    st.tuples(st.just("save"), st.sampled_from(WRITERS), st.just("")),
    st.tuples(st.just("act"), st.sampled_from([*FOCAL_POINTS, *WRITERS]), st.sampled_from(ACTS)),
)
_FOCAL, _EXPERT, _OTHER = "same_group_focal_point", "same_group_expert", "other_group_focal_point"


def write(name: str, what: str) -> list[Step]:
    return [("open", name, what), ("save", name, "")]


# A draft is laid on the table while its writer has it open, in a second window or by the focal point.
TABLED_MEANWHILE = [
    *write(_EXPERT, "new observation"),
    ("open", _EXPERT, "observation"),
    ("open", f"{_FOCAL} 2", "observation"),
    *write(_FOCAL, "lay"),
    ("save", _EXPERT, ""),
    ("save", f"{_FOCAL} 2", ""),
]
# A version is proposed, and cleared by another State, while a form of what it holds is open; a list and a summary.
PROPOSED_MEANWHILE = [
    step
    for what, kind in (("observation", "list"), ("withdraw", "list"), ("passage", "summary"))
    for step in (
        ("open", _FOCAL, what),
        ("act", _OTHER, f"propose {kind}"),
        ("act", "focal_point", f"clear {kind}"),
        ("save", _FOCAL, ""),
        ("act", _FOCAL, f"object {kind}"),
    )
]
# The States open a common room while drafts for the own State alone are before the eyes of their writers.
SHARED_MEANWHILE = [
    ("open", _EXPERT, "new observation"),
    ("open", _OTHER, "new request"),
    ("act", _FOCAL, "share"),
    ("save", _EXPERT, ""),
    ("save", _OTHER, ""),
]
_SEEN = (TABLED_MEANWHILE, PROPOSED_MEANWHILE, SHARED_MEANWHILE)


def check_told(conflict: ConflictError) -> None:
    assert conflict.then or conflict.is_text_changed, "a conflict says what has changed"
    assert len(conflict.then) == len(conflict.now), "both situations are told"


class Story:
    """Goes through the steps and looks after each whether a promise was broken."""

    def __init__(self, scene: Cast) -> None:
        self.scene = scene
        self.forms: dict[str, Form] = {}
        self.conflicts = self.saves = 0

    def go(self, steps: list[Step]) -> None:
        for verb, name, what in steps:
            who = name.removesuffix(" 2")  # in a second window
            with contextlib.suppress(*REFUSALS):
                if verb == "open":
                    self.forms[name] = open_form(self.scene, who, what)
                elif verb == "act":
                    with transaction.atomic():
                        act(self.scene, who, what)
                elif name in self.forms:
                    self.save(who, self.forms.pop(name))

    def save(self, name: str, form: Form) -> None:
        words, before = f"Words {next(_numbers)}.", standing_versions(self.scene.review)
        stood = type(form.row).objects.get(pk=form.row.pk) if form.row is not None else None
        try:
            with transaction.atomic():
                row = save(self.scene, name, form, words)
        except ConflictError as conflict:
            check_told(conflict)
            self.conflicts += 1
            return
        self.saves += 1
        row = type(row).objects.get(pk=row.pk)
        kept = form.text if form.what in {"lay", "withdraw"} else words
        assert row.text == kept, "what was saved is there, and what is laid on the table is what was shown"
        assert stood is None or stood.text == form.text, "nothing is written over that was not shown"
        if form.what != "withdraw":
            assert readers_of(self.scene, row) <= form.readers, "nobody reads it whom the form did not name"
        for key, standing in before.items():
            if standing_versions(self.scene.review).get(key) != standing:
                assert form.standing_versions.get(key) == standing, "no version or clearance goes that was not shown"


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(TABLED_MEANWHILE)
@example(PROPOSED_MEANWHILE)
@example(SHARED_MEANWHILE)
@given(st.lists(STEPS, min_size=4, max_size=14))
def test_no_save_goes_further_than_its_form_said(scene: Cast, steps: list[Step]) -> None:
    with transaction.atomic():
        Story(scene).go(steps)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("steps", "conflicts"), [(TABLED_MEANWHILE, 1), (PROPOSED_MEANWHILE, 3), (SHARED_MEANWHILE, 2)]
)
def test_what_was_seen_ends_in_a_conflict(scene: Cast, steps: list[Step], conflicts: int) -> None:
    story = Story(scene)
    story.go(steps)
    assert story.conflicts == conflicts


@pytest.mark.parametrize("steps", _SEEN)
def test_without_the_question_the_promises_would_be_broken(
    scene: Cast, steps: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    for services in (observation_services, clarification_services, summaries):
        monkeypatch.setattr(services, "require_shown", lambda *given, **more: None)
    with pytest.raises(AssertionError, match=r"nobody reads it|no version or clearance"):
        Story(scene).go(steps)
