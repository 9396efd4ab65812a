"""The pages of requests for access: for officers, for the State's people, and behind the link to the old address."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from core.models import AuditEntry
from reviews.access.enums import AccessKind, AccessStatus
from reviews.access.kinds import mission_account
from reviews.access.links import make_stop_token
from reviews.access.models import AccessRequest
from reviews.cases.models import Participation
from tests.accounts.tokens.making import program_of
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.reviews.access.access import approve, asked_on_account, asked_to_end, carry_out, grounds, mission_of, prepare
from tests.reviews.nominations.notes import ANA, PDF, approve as approve_note, place_of, scan, submitted_by
from tests.utils import Cast, fictional_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
LogIn = Callable[[User], Client]
LIST = "/en/access-requests/"


def page_of(request: AccessRequest, path: str = "") -> str:
    return f"{LIST}{request.pk}/{path}"


def text_of(http_response: Any) -> str:
    return " ".join(http_response.content.decode().split())


def end_url(cast: Cast, name: str = "expert") -> str:
    return reverse("reviews:participant-end", args=["untoc", cast.review.code, cast.participations[name].pk])


def test_a_program_sees_whether_it_approves_what_it_has_read(cast: Cast) -> None:
    """Form and content say the same mark, so that what came between them is seen."""
    officer, asked = UserFactory(secretariat_role="officer"), asked_to_end(cast.officer, cast.participations["expert"])
    note = submitted_by(cast.officer, cast.state, ANA)
    client = program_of(officer)
    at_note = ["untoc", cast.state.iso3, note.pk]
    for name, act, args in (("access-detail", "access-approve", [asked.pk]), ("note-detail", "note-approve", at_note)):
        read, form = (client.get(reverse(f"api:{each}", args=args)).json() for each in (name, act))
        assert len(read["seen"]) == 64
        assert form["marks"] == {"seen": read["seen"]}


@pytest.mark.parametrize("path", ["register/", "replace/"])
def test_the_pages_of_one_officer_are_gone(cast: Cast, login_as: LogIn, path: str) -> None:
    """The three ways of the finding: two addresses are gone, and the third asks."""
    client, root = login_as(cast.officer), f"/en/untoc/reviews/{cast.review.code}/participants/"
    given = {"state": "XVE", "role": "governmental_expert", "email": "mole@attacker.example", "full_name": "Mole"}
    part = path if path == "register/" else f"{cast.participations['focal_point'].pk}/{path}"
    assert client.post(f"{root}{part}", given).status_code == 404
    assert not User.objects.filter(email="mole@attacker.example").exists()


def test_an_officer_asks_another_approves_and_the_state_confirms(cast: Cast, login_as: LogIn) -> None:
    client = login_as(cast.officer)
    missing = client.post(end_url(cast), {"number": "", "reason": "She has left."})
    assert (missing.status_code, set(missing.context["form"].errors)) == (422, {"number", "scan"})
    assert missing.context["form"]["reason"].value() == "She has left."
    told = text_of(client.post(end_url(cast), {"number": "NV 8", "scan": scan()}, follow=True))
    assert "Nothing has happened yet." in told
    request = AccessRequest.objects.get()
    assert "You have prepared this request; another officer approves it." in told
    second = login_as(cast.administrator)
    assert "Check 1 request for access" in text_of(second.get("/en/"))
    assert str(cast.officer) in text_of(second.get(LIST))
    asked = second.get(page_of(request, "approve/"))
    assert "NV 8" in text_of(asked)
    seen = asked.context["form"]["seen"].value()
    assert second.post(page_of(request, "approve/"), {"seen": seen})["Location"] == page_of(request)
    assert second.post(page_of(request, "approve/"), {"seen": seen})["Location"] == page_of(request), "a double click"
    client = login_as(cast.focal_point)
    assert "Confirm or refuse: End a participation" in text_of(client.get("/en/"))
    page = text_of(client.get(page_of(request)))
    for words in ("Expert", "NV 8", str(cast.officer), str(cast.administrator), "note.pdf", "unless it is refused"):
        assert words in page, words
    for _press in range(2):
        assert client.post(page_of(request, "confirm/"))["Location"] == page_of(request)
    page = text_of(client.get(page_of(request)))
    assert "Being carried out" in page and "It takes effect in a moment." in page and "Confirmed by" in page
    assert Participation.objects.get(pk=cast.participations["expert"].pk).ended_at is None
    assert carry_out() == 1
    assert client.post(page_of(request, "confirm/"))["Location"] == page_of(request), "a late click"
    assert Participation.objects.get(pk=cast.participations["expert"].pk).ended_at is not None
    assert "In effect" in text_of(client.get(page_of(request)))


def test_the_state_refuses_with_a_reason(cast: Cast, login_as: LogIn) -> None:
    request = approve(cast.administrator, asked_to_end(cast.officer, cast.participations["observer"]))
    client = login_as(mission_of(cast.state))
    assert client.post(page_of(request, "refuse/"), {"reason": ""}).status_code == 422
    told = text_of(client.post(page_of(request, "refuse/"), {"reason": "Not so."}, follow=True))
    assert "The request is refused." in told and "Not so." in told
    assert "Not so." in text_of(login_as(cast.officer).get(page_of(request)))


def test_an_address_that_is_asked_for_is_seen_by_those_who_answer(cast: Cast, login_as: LogIn) -> None:
    wish = mission_account(place_of(cast.state), email="mila@x.example", full_name="Mila Mission", language="en")
    request = approve(cast.administrator, prepare(cast.officer, wish, grounds=grounds()))
    seen = {
        name: (
            "Mila Mission" in (page := text_of(login_as(cast.people[name]).get(page_of(request)))),
            "mila@x.example" in page,
        )
        for name in ("focal_point", "expert", "contributor", "observer", "same_group_focal_point", "stranger")
    }
    everything, the_name, nothing = (True, True), (True, False), (False, False)
    assert seen == {
        "focal_point": everything,
        "expert": everything,
        "contributor": the_name,
        "observer": the_name,
        "same_group_focal_point": nothing,
        "stranger": nothing,
    }


def test_the_old_address_stops_the_change_without_signing_in(cast: Cast, client: Client) -> None:
    request = asked_on_account(cast.officer, AccessKind.ADDRESS, cast.expert, cast.state, email="new@x.example")
    approve(cast.administrator, request)
    link = client.get(f"/en/access-requests/stop/{make_stop_token(request.pk)}/")
    assert (link.status_code, link["Location"]) == (302, "/en/access-requests/stop/")
    assert link["Referrer-Policy"] == "no-referrer"
    page = text_of(client.get(link["Location"]))
    assert "Stop the change" in page and cast.expert.email not in page
    assert "The change is stopped" in text_of(client.post(link["Location"]))
    assert AccessRequest.objects.get().status == AccessStatus.REFUSED
    assert client.post(link["Location"]).status_code == 404
    client.get(f"/en/access-requests/stop/{make_stop_token(request.pk)}/")
    assert "There is nothing to stop" in text_of(client.post(link["Location"]))


def test_where_nobody_represents_the_state_the_page_of_the_second_officer_leaves_it_to_a_worker(
    cast: Cast, login_as: LogIn
) -> None:
    state = fictional_state("XPE")
    wish = mission_account(place_of(state), email="mila@x.example", full_name="Mila Mission", language="en")
    request = prepare(cast.officer, wish, grounds=grounds())
    client = login_as(cast.administrator)
    seen = client.get(page_of(request, "approve/")).context["form"]["seen"].value()
    told = text_of(client.post(page_of(request, "approve/"), {"seen": seen}, follow=True))
    assert "Being carried out" in told
    assert not User.objects.filter(email="mila@x.example").exists()
    assert carry_out() == 1
    assert "In effect" in text_of(client.get(page_of(request)))
    assert User.objects.get(email="mila@x.example").affiliations.get().state_party == state


def test_the_only_officer_left_takes_it_on_in_the_open(cast: Cast, login_as: LogIn) -> None:
    User.objects.filter(pk=cast.administrator.pk).update(secretariat_role="auditor")
    request = asked_to_end(cast.officer, cast.participations["expert"])
    told = text_of(login_as(cast.officer).post(page_of(request, "alone/"), {"reason": "Nobody is left."}, follow=True))
    assert "The State has been told" in told
    scan_of = login_as(cast.focal_point).get(page_of(request, "scan/"))
    assert b"".join(scan_of.streaming_content) == PDF  # type: ignore[attr-defined]
    withdrawn = login_as(cast.officer).post(page_of(request, "withdraw/"))
    assert (withdrawn.status_code, AccessRequest.objects.get().status) == (302, AccessStatus.WITHDRAWN)


def test_an_expert_refuses_a_note_by_a_page(cast: Cast, login_as: LogIn) -> None:
    note = approve_note(cast.administrator, submitted_by(cast.officer, cast.state, ANA))
    request = AccessRequest.objects.get(note=note)
    assert login_as(cast.expert).post(page_of(request, "refuse/"), {"reason": "Not ours."}).status_code == 302
    note.refresh_from_db()
    assert (note.status, note.return_reason) == ("returned", "Not ours.")
    assert [each.actor for each in AuditEntry.objects.filter(verb="reviews.access.refused")] == [cast.expert]


def test_a_focal_point_invites_a_contributor_on_the_page_of_participants(cast: Cast, login_as: LogIn) -> None:
    client = login_as(cast.focal_point)
    address = reverse("reviews:contributor-invite", args=["untoc", cast.review.code])
    assert address in text_of(client.get(reverse("reviews:participant-list", args=["untoc", cast.review.code])))
    given = {"email": "mira@ministry.example", "full_name": "Mira Ministry", "language": "en"}
    assert "Mira Ministry takes part now" in text_of(client.post(address, given, follow=True))
    made = Participation.objects.get(user__email="mira@ministry.example")
    registered = AuditEntry.objects.get(verb="reviews.participation.registered", target_id=str(made.pk))
    assert registered.actor == cast.focal_point, "a page adds no entry of the system's"
    ending = reverse("reviews:contributor-end", args=["untoc", cast.review.code, made.pk])
    assert client.get(ending).status_code == 200
    assert client.post(ending).status_code == 302
    expert = reverse("reviews:contributor-end", args=["untoc", cast.review.code, cast.participations["expert"].pk])
    assert client.post(expert).status_code == 404


def test_the_list_takes_a_constant_number_of_queries(cast: Cast, login_as: LogIn) -> None:
    asked_to_end(cast.officer, cast.participations["expert"])
    client = login_as(cast.administrator)
    client.get(LIST)
    with assert_query_count("reviews:access-list"):
        assert len(client.get(LIST).context["page"].object_list) == 1
    for name in ("observer", "contributor"):
        asked_to_end(cast.officer, cast.participations[name])
    with assert_query_count("reviews:access-list"):
        assert len(client.get(LIST).context["page"].object_list) == 3


def test_a_program_is_told_all_that_it_says_yes_to(cast: Cast) -> None:
    ends = asked_to_end(cast.officer, cast.participations["expert"])
    moves = asked_on_account(cast.officer, AccessKind.ADDRESS, cast.observer, cast.state, email="new@xve.example")
    client = program_of(cast.officer)
    told = {key: client.get(f"/api/v1/access-requests/{key}/").json() for key in (ends.pk, moves.pk)}
    assert (told[ends.pk]["review"], told[ends.pk]["review_role"]) == (cast.review.code, "governmental_expert")
    assert told[ends.pk]["prepared_at"]
    assert told[moves.pk]["email"] == "new@xve.example"
