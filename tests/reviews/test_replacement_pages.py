"""The officer's pages: another person takes over, and the rooms of the reviewing States."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from questionnaires.selectors.jobs import DRAFT_PDF
from reviews.models import Participation, Review
from tests.permissions.scenes import finished_job
from tests.portal.exchange import comment, text_of
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
PARTICIPANTS = f"{REVIEW}participants/"


def address(cast: Cast, part: str) -> str:
    return f"{PARTICIPANTS}{cast.participations[part].pk}/replace/"


def test_an_officer_replaces_somebody_from_the_list(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    assert address(cast, "focal_point") in client.get(PARTICIPANTS).content.decode()
    given = {"email": "nadia@example.org", "full_name": "Nadia New", "language": "en", "note_verbale": "NV 7"}
    page = client.post(address(cast, "focal_point"), given, follow=True)
    assert page.redirect_chain == [(PARTICIPANTS, 302)]
    assert "Nadia New has taken over from Focal Point." in text_of(page)
    active = Participation.objects.get(review=cast.review, state_party=cast.state, role="focal_point", ended_at=None)
    assert (active.user.email, active.note_verbale) == ("nadia@example.org", "NV 7")


def test_what_was_typed_stays_with_the_message(cast: Cast, login_as: LoginAs) -> None:
    given = {"email": cast.expert.email, "full_name": "Somebody", "language": "en"}
    page = login_as(cast.officer).post(address(cast, "focal_point"), given)
    assert page.status_code == 422
    assert page.context["form"].errors == {"email": ["Expert already takes part in this review."]}
    assert 'value="Somebody"' in page.content.decode()
    assert Participation.objects.get(pk=cast.participations["focal_point"].pk).ended_at is None


def test_sent_twice_it_is_done_once(cast: Cast, login_as: LoginAs) -> None:
    client, given = login_as(cast.officer), {"email": "n@example.org", "full_name": "N", "language": "en"}
    answers = [client.post(address(cast, "expert"), given).status_code for _turn in (1, 2)]
    assert answers == [302, 404]
    assert Participation.objects.filter(review=cast.review, user__email="n@example.org").count() == 1


def test_documents_that_were_being_made_are_closed_to_whoever_was_replaced(cast: Cast, login_as: LoginAs) -> None:
    job = finished_job(DRAFT_PDF, cast.response, cast)
    client = login_as(cast.expert)
    pages = [reverse("core:job-detail", args=[job.pk]), reverse("core:job-download", args=[job.pk])]
    assert client.get(pages[0]).status_code == 200
    assert b"".join(client.get(pages[1]).streaming_content) == b"%PDF-1.7"
    given = {"email": "n@example.org", "full_name": "N", "language": "en"}
    login_as(cast.officer).post(address(cast, "expert"), given)
    client = login_as(cast.expert)
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_the_list_says_in_words_who_reads_what(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.same_group_expert).get(PARTICIPANTS)
    assert "Room of each reviewing State" in text_of(page)
    assert f"{REVIEW}rooms/" not in page.content.decode()
    Review.objects.filter(pk=cast.review.pk).update(reviewers_share_room=True)
    assert "Common room of the reviewing States" in text_of(login_as(cast.same_group_expert).get(PARTICIPANTS))


def test_an_officer_opens_and_closes_the_common_room(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    for shared, is_shared in (("yes", True), ("no", False)):
        page = client.post(f"{REVIEW}rooms/", {"shared": shared, "reason": "Both States asked."})
        assert (page.status_code, page["Location"]) == (302, f"{PARTICIPANTS}#rooms")
        assert Review.objects.get(pk=cast.review.pk).reviewers_share_room is is_shared


def test_a_common_room_over_a_draft_is_refused_in_words(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("written_feedback")
    comment(cast.review, cast.same_group_state, cast.same_group_expert, "For one State alone.")
    page = login_as(cast.officer).post(f"{REVIEW}rooms/", {"shared": "yes", "reason": "Asked."})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["shared"]
    assert "For one State alone." not in page.content.decode()
