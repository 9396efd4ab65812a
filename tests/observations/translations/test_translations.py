"""Translations of texts: ordered by a State, written by somebody who sees nothing else, confirmed by the States."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ConflictError, OutdatedError, ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from observations.texts.models import AgreedText, BlueprintText
from observations.translations.models import TranslationOrder
from observations.translations.segments import text_of
from observations.translations.selectors import (
    hash_of_translation,
    own_orders,
    progress_of,
    rows_of_text,
    segments_beside,
)
from observations.translations.services import (
    confirm_translation,
    draft_by_machine,
    end_order,
    hand_in,
    save_translation,
)
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Clearance, Participation
from reviews.rooms.services import set_own_room
from tests.factories.accounts import UserFactory
from tests.observations.clearance.texts import change, propose
from tests.observations.translations.conftest import STANDS
from tests.observations.translations.orders import TRANSLATOR, confirmed, now, ordered, translator, written
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import Cast, fresh, register

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]


def key_of(order: TranslationOrder, source: str = STANDS) -> str:
    return next(each.segment.key for each in segments_beside(order) if each.segment.source == source)


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(recipient=user, template="reviews/news").order_by("created_at")
    return [each.context["sentence"] for each in rows]


def test_what_the_blueprint_words_in_the_language_is_there_from_the_beginning(cast: Cast, text: AgreedText) -> None:
    order = ordered(cast.focal_point, text)
    done, total = progress_of(order)
    assert 0 < done < total
    missing = [each.segment.source for each in segments_beside(order) if not each.text]
    assert STANDS in missing
    assert next(each.text for each in segments_beside(order) if each.segment.kind == "title") != order.document["title"]
    assert order.word_count == order.version.words > 10
    assert "is ordered from you" in told(translator())[0]


def test_where_the_blueprint_does_not_speak_the_language_all_is_to_be_translated(cast: Cast, text: AgreedText) -> None:
    BlueprintText.objects.filter(mechanism=cast.review.mechanism_id, key="title").update(text_fr="")
    assert progress_of(ordered(cast.focal_point, text))[0] == 0
    assert progress_of(ordered(cast.focal_point, text, "es"))[0] > 0


def test_who_may_order_and_from_whom(cast: Cast, text: AgreedText) -> None:
    for person in (cast.expert, cast.officer, cast.observer, cast.same_group_expert):
        with pytest.raises(PolicyRefusedError):
            ordered(person, text)
    for email, words in (
        (cast.officer.email, "belongs to the secretariat"),
        (cast.same_group_expert.email, "for another State"),
    ):
        with pytest.raises(ServiceError, match=words) as refused:
            ordered(cast.focal_point, text, email=email)
        assert refused.value.field == "email"
    with pytest.raises(ServiceError, match="from the list"):
        ordered(cast.focal_point, text, "en")
    ordered(cast.focal_point, text)
    with pytest.raises(ServiceError, match="ordered this version in this language already"):
        ordered(cast.focal_point, text)
    ordered(cast.same_group_focal_point, text)  # each State for itself


def test_somebody_new_is_invited(cast: Cast, text: AgreedText) -> None:
    order = ordered(cast.focal_point, text, email="new@translators.example")
    assert (order.translator.status, order.translator.email) == ("invited", "new@translators.example")


def test_of_two_who_write_at_once_nobody_loses_a_word(cast: Cast, text: AgreedText) -> None:
    order, person = ordered(cast.focal_point, text), translator()
    key = key_of(order)
    save_translation(actor=person, order=order, texts={key: "L’État devrait."}, base=1)
    with pytest.raises(ConflictError) as conflict:
        save_translation(actor=cast.focal_point, order=order, texts={key: "Autre chose."}, base=1)
    assert conflict.value.revision == 2
    assert text_of(now(order).words, key) == "L’État devrait."
    with pytest.raises(ServiceError) as refused:
        save_translation(actor=person, order=order, texts={key: "a\u202eb"}, base=2)
    assert refused.value.field == key
    for stranger in (cast.expert, cast.same_group_focal_point, cast.officer, cast.stranger):
        with pytest.raises((PolicyRefusedError, Http404)):
            save_translation(actor=stranger, order=order, texts={key: "x"}, base=2)


def test_who_takes_over_is_told_that_it_is_handed_in(cast: Cast, text: AgreedText) -> None:
    order, person = written(ordered(cast.focal_point, text), translator()), translator()
    Participation.objects.filter(review=cast.review, user=cast.focal_point).update(ended_at=timezone.now())
    successor = UserFactory()
    register(cast.review, successor, cast.state, ParticipationRole.FOCAL_POINT)
    hand_in(actor=person, order=order, base=order.revision)
    assert "was handed in" in told(successor)[-1]
    assert not [each for each in told(cast.focal_point) if "was handed in" in each]


def test_it_is_handed_in_whole_and_confirmed_by_exactly_these_words(cast: Cast, text: AgreedText) -> None:
    order, person = ordered(cast.focal_point, text), translator()
    with pytest.raises(ServiceError, match="no translation yet"):
        hand_in(actor=person, order=order, base=1)
    order = written(order, person)
    order = now(hand_in(actor=person, order=order, base=order.revision))
    assert order.status == "handed_in"
    assert "was handed in" in told(cast.focal_point)[-1]
    sha256 = hash_of_translation(order)
    save_translation(actor=person, order=order, texts={key_of(order): "Une fois encore."}, base=order.revision)
    with pytest.raises(OutdatedError, match="changed in the meantime"):
        confirm_translation(actor=cast.focal_point, order=order, sha256=sha256)
    order = confirmed(order, cast.focal_point)
    assert (order.status, order.room_id, own_orders(person)) == ("confirmed", None, [])
    with pytest.raises(PolicyRefusedError, match="Your State has confirmed"):
        confirmed(order, cast.focal_point)
    confirmed(order, cast.same_group_focal_point)
    given = Clearance.objects.filter(document_id=order.pk)
    assert {(row.sha256, row.state_party) for row in given} == {
        (order.confirmed_sha256, cast.state),
        (order.confirmed_sha256, cast.same_group_state),
    }
    with pytest.raises(PolicyRefusedError, match="ended"):
        save_translation(actor=cast.focal_point, order=order, texts={key_of(order): "x"}, base=order.revision)


def test_when_the_original_moves_a_new_order_goes_on_from_the_old(cast: Cast, text: AgreedText) -> None:
    order, person = ordered(cast.focal_point, text), translator()
    order = written(order, person)
    change(cast, f"{STANDS} And more.")
    propose(cast, text)
    assert "is being changed" in told(person)[-1]
    with pytest.raises(PolicyRefusedError, match="that stands"):
        hand_in(actor=person, order=order, base=order.revision)
    with pytest.raises(PolicyRefusedError, match="that stands"):
        confirmed(order, cast.focal_point)
    again = ordered(cast.focal_point, AgreedText.objects.get(pk=text.pk))
    assert [each.pk for each in own_orders(person)] == [again.pk]
    open_now = [each for each in segments_beside(again) if not each.text]
    assert [(each.segment.source, each.was_source) for each in open_now] == [(f"{STANDS} And more.", STANDS)]
    assert open_now[0].was_text == f"« {STANDS} »"


def test_a_new_wording_of_the_blueprint_comes_beside_what_was(cast: Cast, text: AgreedText) -> None:
    order = ordered(cast.focal_point, text)
    rows = BlueprintText.objects.filter(mechanism=cast.review.mechanism_id, kind=text.kind, key="paragraph_6")
    rows.update(text_en="Here they are.", text_fr="Les voici.")
    change(cast, f"{STANDS} And more.")
    propose(cast, text)
    again = ordered(cast.focal_point, AgreedText.objects.get(pk=text.pk))
    row = next(each for each in segments_beside(again) if each.segment.source == "Here they are.")
    assert (row.text, row.origin) == ("Les voici.", "blueprint")
    assert row.was_source in {each.segment.source for each in segments_beside(order)}


def test_what_another_state_has_confirmed_ends_no_running_order(cast: Cast, text: AgreedText) -> None:
    own = ordered(cast.focal_point, text)
    confirmed(written(ordered(cast.same_group_focal_point, text), translator()), cast.same_group_focal_point)
    with pytest.raises(ServiceError, match="ordered this version in this language already"):
        ordered(cast.focal_point, text)
    assert now(own).ended_at is None
    own = written(own, cast.focal_point)
    end_order(actor=cast.focal_point, order=own)
    assert ordered(cast.focal_point, text).words == own.words, "it goes on from the own one"


def test_a_machine_drafts_what_is_missing_and_a_person_reads_each(cast: Cast, text: AgreedText, settings: Any) -> None:
    order, person = ordered(cast.focal_point, text), translator()
    with pytest.raises(ServiceError, match="has no machine"):
        draft_by_machine(actor=person, order=order)
    settings.TRANSLATION_DRAFTS = f"{__name__}.upper"
    order = now(draft_by_machine(actor=person, order=order))
    assert (order.status, text_of(order.words, key_of(order))) == ("machine", STANDS.upper())
    with pytest.raises(ServiceError, match="that nobody has read"):
        hand_in(actor=person, order=order, base=order.revision)
    texts = {each.segment.key: each.text for each in segments_beside(order)}
    save_translation(actor=person, order=order, texts=texts, base=order.revision, read=set(texts))
    order = now(order)
    assert hand_in(actor=person, order=order, base=order.revision).status == "handed_in"


def test_a_machine_that_has_nothing_to_draft_undoes_no_hand_in(cast: Cast, text: AgreedText, settings: Any) -> None:
    settings.TRANSLATION_DRAFTS = f"{__name__}.upper"
    order, person = written(ordered(cast.focal_point, text), translator()), translator()
    order = now(hand_in(actor=person, order=order, base=order.revision))
    with pytest.raises(ServiceError, match="Nothing is missing"):
        draft_by_machine(actor=person, order=order)
    assert now(order).status == "handed_in"


def upper(texts: list[str], source: str, target: str) -> list[str]:
    return [each.upper() for each in texts]


def test_one_act_closes_it_to_the_translator(cast: Cast, text: AgreedText, login_as: Callable[[User], Client]) -> None:
    order, person = ordered(cast.focal_point, text), translator()
    client = login_as(person)
    address = f"/en/translations/{order.pk}/"
    assert (client.get(address).status_code, person.email) == (200, TRANSLATOR)
    with pytest.raises(Http404):
        end_order(actor=cast.same_group_focal_point, order=order)
    end_order(actor=cast.focal_point, order=order)
    assert [client.get(address + page).status_code for page in ("", "file/", "file/in/", "hand-in/")] == [404] * 4
    assert "closed to you" in told(person)[-1]


def test_a_common_room_opens_no_translation_of_another_state(
    cast: Cast, text: AgreedText, login_as: Callable[[User], Client]
) -> None:
    order = ordered(cast.same_group_focal_point, text)
    for person in (cast.same_group_focal_point, cast.other_group_focal_point):
        set_own_room(actor=person, review=cast.review, shared=True)
        fresh(cast)
    assert cast.review.reviewers_share_room
    text = AgreedText.objects.get(pk=text.pk)
    for person, seen in ((cast.same_group_expert, 1), (cast.other_group_expert, 0), (cast.other_group_focal_point, 0)):
        assert len(rows_of_text(person, text)) == seen
        assert login_as(person).get(f"/en/translations/{order.pk}/").status_code == (200 if seen else 404)
        with plain_role(), identified_as(person):
            assert not HAS_TWO_ROLES or TranslationOrder.objects.count() == seen


def test_who_becomes_another_states_person_or_of_the_secretariat_translates_no_more(
    cast: Cast, text: AgreedText, login_as: Callable[[User], Client]
) -> None:
    order, person = ordered(cast.focal_point, text), translator()
    address = f"/en/translations/{order.pk}/"
    assert login_as(person).get(address).status_code == 200
    row = register(cast.review, person, cast.same_group_state, ParticipationRole.GOVERNMENTAL_EXPERT)
    assert login_as(person).get(address).status_code == 404
    with plain_role(), identified_as(person):
        assert not HAS_TWO_ROLES or own_orders(person) == []
    row.delete()
    User.objects.filter(pk=person.pk).update(secretariat_role="officer")
    assert login_as(person).get(address).status_code == 404
