"""The officer's pages: another person takes over, and the rooms of the reviewing States."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from questionnaires.responses.jobs import DRAFT_PDF
from reviews.access.models import AccessRequest
from reviews.cases.models import Participation, Review
from reviews.registration.services.replacement import replace_participant
from tests.dialogue.exchange.exchange import comment, text_of
from tests.factories.accounts import UserFactory
from tests.permissions.scenes import finished_job
from tests.reviews.access.access import carry_out
from tests.reviews.nominations.notes import named, submitted_by
from tests.utils import SYSTEM, Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
PARTICIPANTS = f"{REVIEW}participants/"


def test_a_note_of_two_officers_replaces_a_focal_point_once_the_state_confirms(cast: Cast, login_as: LoginAs) -> None:
    """Through the pages alone, each pressed twice: nobody takes over before a worker has carried it out, once."""
    naming = named(
        email="nadia@example.org",
        full_name="Nadia New",
        role="focal_point",
        replaces=cast.participations["focal_point"].pk,
    )
    note = submitted_by(cast.officer, cast.state, naming)
    page = reverse("reviews:note-approve", args=["untoc", cast.state.iso3, note.pk])
    second = login_as(cast.administrator)
    given = {"seen": second.get(page).context["form"]["seen"].value()}
    assert [second.post(page, given).status_code for _turn in (1, 2)] == [302, 302]
    assert "The State has been told" in text_of(second.get(PARTICIPANTS))
    expert = login_as(cast.expert)
    confirm = reverse("reviews:access-confirm", args=[AccessRequest.objects.get(note=note).pk])
    assert [expert.post(confirm).status_code for _turn in (1, 2)] == [302, 302]
    assert Participation.objects.get(pk=cast.participations["focal_point"].pk).ended_at is None
    assert (carry_out(), carry_out()) == (1, 0)
    active = Participation.objects.get(review=cast.review, state_party=cast.state, role="focal_point", ended_at=None)
    assert (active.user.email, active.note_verbale) == ("nadia@example.org", note.number)
    assert "Nadia New" in text_of(login_as(cast.officer).get(PARTICIPANTS))


def test_documents_that_were_being_made_are_closed_to_whoever_was_replaced(cast: Cast, login_as: LoginAs) -> None:
    job = finished_job(DRAFT_PDF, cast.response, cast.expert)
    client = login_as(cast.expert)
    pages = [reverse("core:job-detail", args=[job.pk]), reverse("core:job-download", args=[job.pk])]
    assert client.get(pages[0]).status_code == 200
    assert b"".join(client.get(pages[1]).streaming_content) == b"%PDF-1.7"
    replace_participant(actor=SYSTEM, participation=cast.participations["expert"], user=UserFactory())
    client = login_as(cast.expert)
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_the_list_says_in_words_who_reads_what(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.same_group_expert).get(PARTICIPANTS)
    assert "Room of each reviewing State" in text_of(page)
    assert f"{REVIEW}rooms/" not in page.content.decode()
    set_common_room(cast.review)
    assert "Common room of the reviewing States" in text_of(login_as(cast.same_group_expert).get(PARTICIPANTS))


def test_each_focal_point_opens_the_own_room_and_shuts_it_again(cast: Cast, login_as: LoginAs) -> None:
    for name, shared, is_common in (
        ("same_group_focal_point", "yes", False),
        ("other_group_focal_point", "yes", True),
        ("same_group_focal_point", "no", False),
    ):
        page = login_as(cast.people[name]).post(f"{REVIEW}rooms/", {"shared": shared})
        assert (page.status_code, page["Location"]) == (302, f"{PARTICIPANTS}#rooms")
        assert Review.objects.get(pk=cast.review.pk).reviewers_share_room is is_common
    words = text_of(login_as(cast.same_group_focal_point).get(f"{REVIEW}rooms/"))
    assert "Kept to the State itself" in words
    assert "Open to the other reviewing States since" in words


@pytest.mark.stage("written_feedback")
def test_a_common_room_over_a_draft_is_refused_in_words(cast: Cast, login_as: LoginAs) -> None:
    comment(cast.review, cast.same_group_state, cast.same_group_expert, "For one State alone.")
    page = login_as(cast.other_group_focal_point).post(f"{REVIEW}rooms/", {"shared": "yes"})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["shared"]
    assert "For one State alone." not in page.content.decode()
