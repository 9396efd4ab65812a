"""A State takes back what it has cleared, until all States have cleared the same version."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client

from accounts.people.models import User
from core import context
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can, explain
from observations.clearance.selectors import versions_waiting_for
from observations.clearance.services import clear_version, take_back_clearance
from observations.texts.enums import TextAction, TextStatus
from observations.texts.models import AgreedText, TextVersion
from observations.versions import agreement_on_text, clearances_taken_back, standing_version
from observations.wording.documents import printed_status_of
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Clearance
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import object_to_version
from tests.factories.accounts import UserFactory
from tests.guards import guards_off
from tests.observations.clearance.texts import LIST, propose, shown_sha256, status_of, words_of
from tests.sharing import shared
from tests.utils import SYSTEM, Cast, register

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LoginAs = Callable[[User], Client]


@shared
def text(cast: Cast) -> AgreedText:
    """Proposed by one reviewing State; the State under review has cleared it, the other reviewing State has not."""
    journey.write_lists(cast.review)
    text = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind="list_of_observations")
    clear(cast.focal_point, text, propose(cast, text))
    return text


def clear(person: User, text: AgreedText, version: TextVersion) -> None:
    clear_version(actor=person, text=AgreedText.objects.get(pk=text.pk), sha256=version.sha256)


def standing(text: AgreedText) -> TextVersion:
    version = standing_version(text)
    assert version is not None
    return version


def take_back(person: User, text: AgreedText) -> Clearance:
    return take_back_clearance(actor=person, text=AgreedText.objects.get(pk=text.pk), sha256=standing(text).sha256)


def missing(text: AgreedText) -> set[str]:
    return {state.iso3 for state in agreement_on_text(text, standing(text)).missing}


def test_the_word_of_the_state_is_missing_again_and_the_version_stands(text: AgreedText, cast: Cast) -> None:
    before = missing(text)
    take_back(cast.focal_point, text)
    assert missing(text) - before == {cast.state.iso3}
    assert status_of(text) == TextStatus.PROPOSED
    assert standing(text).cancelled_at is None
    assert versions_waiting_for(cast.focal_point, text.review) == 1


def test_nothing_is_agreed_on_a_clearance_that_was_taken_back(text: AgreedText, cast: Cast) -> None:
    take_back(cast.focal_point, text)
    clear(cast.other_group_focal_point, text, standing(text))
    assert status_of(text) == TextStatus.PROPOSED
    with pytest.raises(DatabaseError, match="not every State"), transaction.atomic():
        AgreedText.objects.filter(pk=text.pk).update(status=TextStatus.AGREED)
    clear(cast.focal_point, text, standing(text))
    assert status_of(text) == TextStatus.AGREED


def test_a_state_that_took_it_back_objects(text: AgreedText, cast: Cast) -> None:
    standing_text = AgreedText.objects.get(pk=text.pk)
    assert not can(cast.focal_point, TextAction.OBJECT, standing_text)
    take_back(cast.focal_point, text)
    version = standing(text)
    object_to_version(actor=cast.focal_point, text=standing_text, sha256=version.sha256, reason="On second thoughts.")
    assert status_of(text) == TextStatus.DRAFTING


def test_when_all_have_cleared_nobody_takes_it_back(text: AgreedText, cast: Cast) -> None:
    clear(cast.other_group_focal_point, text, standing(text))
    with pytest.raises(PolicyRefusedError):
        take_back(cast.focal_point, text)
    with pytest.raises(DatabaseError, match="as long as the States are asked"), transaction.atomic():
        Clearance.objects.filter(state_party=cast.state, document_id=text.pk).update(
            taken_back_at=text.created_at, taken_back_by=cast.focal_point
        )


def test_a_state_that_has_not_cleared_has_nothing_to_take_back(text: AgreedText, cast: Cast) -> None:
    standing_text = AgreedText.objects.get(pk=text.pk)
    decision = explain(cast.other_group_focal_point, TextAction.TAKE_BACK, standing_text)
    assert decision.reason == "Your State has not cleared this version."
    take_back(cast.focal_point, text)
    assert not can(cast.focal_point, TextAction.TAKE_BACK, standing_text), "once"


def test_the_next_focal_point_takes_back_what_the_one_before_cleared(
    text: AgreedText, cast: Cast, login_as: LoginAs
) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    new = UserFactory(full_name="New Focal Point")
    register(cast.review, new, cast.state, ParticipationRole.FOCAL_POINT)
    login_as(new).post(f"{LIST}take-back/", {"sha256": standing(text).sha256})
    taken = clearances_taken_back(text, standing(text)).get()
    assert (taken.focal_point, taken.taken_back_by) == (cast.focal_point, new)


def test_another_version_by_now_is_refused(text: AgreedText, cast: Cast) -> None:
    with pytest.raises(ServiceError, match="has changed since"):
        take_back_clearance(actor=cast.focal_point, text=AgreedText.objects.get(pk=text.pk), sha256="0" * 64)
    assert not clearances_taken_back(text, standing(text)).exists()


def test_what_was_taken_back_stays_on_record_and_off_the_document(text: AgreedText, cast: Cast) -> None:
    Notification.objects.all().delete()
    taken = take_back(cast.focal_point, text)
    assert list(clearances_taken_back(text, standing(text))) == [taken]
    assert [row.state for row in printed_status_of(text).clearances] == [cast.same_group_state.name]
    entry = AuditEntry.objects.filter(verb="reviews.text.clearance_taken_back").get()
    assert entry.after == {"version": 1, "sha256": standing(text).sha256}
    told = Notification.objects.values_list("recipient__full_name", flat=True)
    assert sorted(told) == ["Other Group Focal Point", "Same Group Focal Point"]


@pytest.mark.parametrize(
    "change",
    [{"taken_back_at": None, "taken_back_by": None}, {"sha256": "0" * 64}, {"version": 2}],
    ids=["given again", "bytes", "version"],
)
def test_the_database_changes_nothing_else_of_it(text: AgreedText, cast: Cast, change: dict[str, object]) -> None:
    taken = take_back(cast.focal_point, text)
    with pytest.raises(DatabaseError), transaction.atomic():
        Clearance.objects.filter(pk=taken.pk).update(**change)
    with guards_off(["reviews_clearance"]):
        assert Clearance.objects.filter(pk=taken.pk).update(**change) == 1, "without the guard it would"


def test_each_taking_back_is_told(text: AgreedText, cast: Cast) -> None:
    Notification.objects.all().delete()
    for person in (cast.focal_point, cast.same_group_focal_point):
        take_back(person, text)
    clear(cast.focal_point, text, standing(text))
    take_back(cast.focal_point, text)
    told = Notification.objects.filter(key__startswith="text_clearance_taken_back")
    assert sorted(told.values_list("recipient__full_name", flat=True)) == [
        "Focal Point", "Other Group Focal Point", "Other Group Focal Point", "Other Group Focal Point",
        "Same Group Focal Point", "Same Group Focal Point",
    ]  # fmt: skip


def test_who_speaks_for_the_state_no_longer_takes_back_nothing(text: AgreedText, cast: Cast) -> None:
    standing_text = AgreedText.objects.get(pk=text.pk)
    with context.begun():
        assert can(cast.focal_point, TextAction.TAKE_BACK, standing_text)  # whose capacity is known from now on
        with context.begun():  # somebody else's page
            end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
        with pytest.raises((PolicyRefusedError, Http404)):
            take_back(cast.focal_point, text)


def test_a_page_from_before_says_what_holds_where_it_was_cleared_again(
    text: AgreedText, cast: Cast, login_as: LoginAs
) -> None:
    version = standing(text)
    take_back(cast.focal_point, text)
    clear(cast.focal_point, text, version)
    clear(cast.other_group_focal_point, text, version)
    answer = login_as(cast.focal_point).post(f"{LIST}take-back/", {"sha256": version.sha256})
    assert answer.status_code == 403
    assert "No version is proposed at the moment." in words_of(answer)


def test_the_page_offers_it_and_says_what_was_done(text: AgreedText, cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    sha256 = shown_sha256(client.get(LIST))
    assert "Take back the clearance" in words_of(client.get(LIST))
    done = client.post(f"{LIST}take-back/", {"sha256": sha256}, follow=True)
    assert "is taken back. The version still stands. The clearance is still missing of:" in words_of(done)
    assert "taken back by Focal Point" in words_of(done)
    assert "Take back the clearance" not in words_of(done)
    again = client.post(f"{LIST}take-back/", {"sha256": sha256}, follow=True)
    assert "This was done at" in words_of(again)


def test_others_read_it_and_cannot_do_it(text: AgreedText, cast: Cast, login_as: LoginAs) -> None:
    sha256 = shown_sha256(login_as(cast.expert).get(LIST))
    assert login_as(cast.expert).post(f"{LIST}take-back/", {"sha256": sha256}).status_code == 403
    take_back(cast.focal_point, text)
    assert "taken back by Focal Point" in words_of(login_as(cast.same_group_expert).get(LIST))
