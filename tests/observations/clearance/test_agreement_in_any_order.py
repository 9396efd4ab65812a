"""Whatever is done by whomever in any order: agreed is what every State has cleared, byte for byte, and no more."""

import contextlib
import itertools
from collections.abc import Callable, Mapping

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, Phase, example, given, settings, strategies as st

from accounts.people.models import User
from core.errors import ServiceError
from core.hashes import document_hash
from core.policy import PolicyRefusedError
from observations.clearance.services import clear_version, take_back_clearance
from observations.observations.services import ObservationInput
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, TextVersion
from observations.texts.policy import states_agreeing
from observations.texts.selectors import headings_of, observations_on_table, passages_of
from observations.versions.selectors import standing_version
from reviews.cases.models import Clearance
from reviews.programme.models import Instrument
from tests import journey
from tests.at_once import (
    edit_observation,
    edit_passage,
    lay_on_table,
    object_to_version,
    propose_version,
    withdraw_observation,
)
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]

FOCAL_POINTS = ("focal_point", "same_group_focal_point", "other_group_focal_point")
OTHERS = ("expert", "contributor", "same_group_expert", "other_group_expert", "observer", "officer", "stranger")
_numbers = itertools.count()


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    """One list, agreed by all three States; another, on the Firearms Protocol, by two of them."""
    scene = cast_at("observations")
    AgreedText.objects.exclude(instrument__slug__in=["untoc", "firearms"]).delete()
    journey.write_lists(scene.review)
    reviewing_state = scene.review.reviewing_states.get(state_party=scene.other_group_state)
    reviewing_state.instruments.set(Instrument.objects.filter(slug="untoc"))
    return scene


def words() -> str:
    return f"Words {next(_numbers)}."


def clear(user: User, text: AgreedText) -> None:
    version = standing_version(text)
    clear_version(actor=user, text=text, sha256=version.sha256 if version else "")


def clear_from_an_old_page(user: User, text: AgreedText) -> None:
    old = text.versions.exclude(cancelled_at=None).order_by("number").first()
    clear_version(actor=user, text=text, sha256=old.sha256 if old else "")


def object_to(user: User, text: AgreedText) -> None:
    version = standing_version(text)
    object_to_version(actor=user, text=text, sha256=version.sha256 if version else "", reason=words())


def take_back(user: User, text: AgreedText) -> None:
    version = standing_version(text)
    take_back_clearance(actor=user, text=text, sha256=version.sha256 if version else "")


def edit(user: User, text: AgreedText) -> None:
    if text.kind == TextKind.SUMMARY:
        passage = passages_of(text)[0]
        edit_passage(actor=user, passage=passage, text=words(), base=passage.revision)
        return
    observation = observations_on_table(text)[0]
    changed = ObservationInput(headings_of(text.review)[0], list(observation.articles.all()), words())
    edit_observation(actor=user, observation=observation, given=changed, base=observation.revision)


def table(user: User, text: AgreedText) -> None:
    lay_on_table(actor=user, observation=journey.write_observation(text.review, user, text, words()))


def withdraw(user: User, text: AgreedText) -> None:
    withdraw_observation(actor=user, observation=observations_on_table(text)[0])


ACTS: Mapping[str, Callable[[User, AgreedText], object]] = {
    "propose": lambda user, text: propose_version(actor=user, text=text),
    "clear": clear,
    "clear from an old page": clear_from_an_old_page,
    "object": object_to,
    "take back": take_back,
    "edit": edit,
    "table": table,
    "withdraw": withdraw,
}
LIST, SUMMARY = TextKind.LIST_OF_OBSERVATIONS, TextKind.SUMMARY
STEPS = st.tuples(
    st.sampled_from(["propose", "propose", "clear", "clear", "clear", *ACTS]),
    st.sampled_from([*FOCAL_POINTS * 3, *OTHERS]),
    st.sampled_from([("firearms", LIST), ("firearms", LIST), ("firearms", SUMMARY), ("untoc", LIST)]),
)
_TO_THE_END = [
    (act, name, ("firearms", kind))
    for kind in (LIST, SUMMARY)
    for act, name in (
        ("propose", "same_group_focal_point"),
        ("clear", "other_group_focal_point"),
        ("clear", "focal_point"),
        ("edit", "same_group_focal_point"),
        ("withdraw", "same_group_focal_point"),
    )
]


def attempt(scene: Cast, act: str, name: str, instrument: str, kind: TextKind) -> None:
    """Do it as far as the policy and the service let the person."""
    refusals = (PolicyRefusedError, Http404, ServiceError, IndexError)  # nothing left to edit
    with contextlib.suppress(*refusals, AgreedText.DoesNotExist), transaction.atomic():
        text = AgreedText.objects.get(review=scene.review, instrument__slug=instrument, kind=kind)
        ACTS[act](scene.people[name], text)


def check(text: AgreedText) -> None:
    version, cleared = standing_version(text), Clearance.objects.filter(document_id=text.pk, taken_back_at=None)
    for row in cleared:
        assert row.sha256 == TextVersion.objects.get(agreed_text=text, number=row.version).sha256
    by = set()
    if version is not None:
        assert version.sha256 == document_hash(version.document)
        by = set(cleared.filter(version=version.number).values_list("state_party_id", flat=True))
        assert by <= states_agreeing(text.review, text.instrument_id)
    assert (text.status == "agreed") == (by == states_agreeing(text.review, text.instrument_id))
    assert (text.status == "drafting") == (version is None)
    assert (text.agreed_at is None) == (text.status != "agreed")


def on_table(text: AgreedText) -> list[tuple[str, int]]:
    rows = passages_of(text) if text.kind == SUMMARY else observations_on_table(text)
    return [(row.text, row.revision) for row in rows]


@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(_TO_THE_END)
@given(st.lists(STEPS, min_size=3, max_size=15))
def test_agreed_is_what_every_state_has_cleared(
    scene: Cast, steps: list[tuple[str, str, tuple[str, TextKind]]]
) -> None:
    with transaction.atomic():
        agreed: dict[object, list[tuple[str, int]]] = {}
        for act, name, (instrument, kind) in steps:
            attempt(scene, act, name, instrument, kind)
            for text in AgreedText.objects.filter(review=scene.review).select_related("review"):
                check(text)
                if text.status == "agreed":
                    agreed.setdefault(text.pk, on_table(text))
                    assert on_table(text) == agreed[text.pk], "what is agreed is never edited"
                else:
                    assert text.pk not in agreed, "what is agreed stays agreed"
        if steps == _TO_THE_END:
            assert len(agreed) == 2, "without this the test would prove nothing"
        transaction.set_rollback(True)
