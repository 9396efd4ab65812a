"""A learner who objects to a text can go on: the others propose anew, and the own State clears that."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from observations.objections.models import ObjectionReply
from observations.texts.enums import ObjectionEnding, TextKind
from observations.texts.models import AgreedText, Objection
from portal.practice.facts import done_in
from portal.practice.models import Exercise
from tests.forms import send_form
from tests.portal.practice.conftest import act, begun, client_of, key_of, let_act, let_act_until, next_of, practising


def page_of(text: AgreedText, name: str, *others: object) -> str:
    kind = (text.instrument.slug, text.kind)
    return reverse(f"observations:{name}", args=["practice", text.review.code, *kind, *others])


def objecting() -> tuple[str, Exercise, Objection]:
    """The own State has objected to the list, with a reply, and it is proposed anew."""
    key, exercise = begun()
    client = client_of(key)
    with override_settings(**practising("practice")):
        let_act_until(client, "agree")
        text = AgreedText.objects.get(review=exercise.review, kind=TextKind.LIST_OF_OBSERVATIONS)
        act(client, "own-focal-point")
        send_form(client, page_of(text, "text-object"), {"reason": "We did not say that."})
        objection = Objection.objects.get()
        act(client, "first-focal-point")
        send_form(client, page_of(text, "objection-reply", objection.pk), {"text": "You did."})
        assert ObjectionReply.objects.get().text == "You did."
        let_act(client, "propose")
        assert next_of(exercise) == "agree"
    return key_of(client), exercise, objection


@pytest.fixture
def objected(practice: None, kept: tuple[str, Exercise, Objection]) -> tuple[Client, Exercise, Objection]:
    key, exercise, objection = kept
    return client_of(key), exercise, objection


pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(objecting)]


def test_by_hand(objected: tuple[Client, Exercise, Objection]) -> None:
    client, exercise, objection = objected
    act(client, "own-focal-point")
    text = objection.version.agreed_text
    assert send_form(client, page_of(text, "text-clear-resolving"), {})["Location"] == page_of(text, "text-detail")
    objection.refresh_from_db()
    assert (objection.ending, "agree" in done_in(exercise)) == (ObjectionEnding.RESOLVED, True)


def test_or_by_the_portal(objected: tuple[Client, Exercise, Objection]) -> None:
    client, exercise, objection = objected
    let_act(client, "agree")
    objection.refresh_from_db()
    assert (objection.ending, "agree" in done_in(exercise)) == (ObjectionEnding.RESOLVED, True)


def test_or_the_objection_is_withdrawn(objected: tuple[Client, Exercise, Objection]) -> None:
    client, _exercise, objection = objected
    act(client, "own-focal-point")
    send_form(client, page_of(objection.version.agreed_text, "objection-withdraw", objection.pk), {})
    objection.refresh_from_db()
    assert objection.ending == ObjectionEnding.WITHDRAWN
