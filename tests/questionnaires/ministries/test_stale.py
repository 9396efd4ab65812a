"""Each act on what ministries have rests on what its page has shown, and on nothing that came after."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.errors import OutdatedError, ServiceError
from questionnaires.ministries.enums import PartState
from questionnaires.ministries.selectors import matrix_of, parts_of
from questionnaires.ministries.services import (
    adopt_proposal,
    answer_assignment,
    answer_return,
    check_part,
    return_proposal,
)
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Answer, Proposal, SectionAssignment
from tests.questionnaires.ministries.ministries import FIRST, RESPONSE, place, proposed, send
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def sending(cast: Cast) -> str:
    return f"{RESPONSE}assignments/{cast.participations['contributor'].pk}/"


def opened(client: Client, url: str) -> dict[str, Any]:
    """What the form of a page would send where nobody touches it."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False, [])}


def sent() -> set[str]:
    return {str(row.question or row.section.slug) for row in SectionAssignment.objects.select_related("section")}


# --- sending


@pytest.mark.parametrize(("field", "value"), [("due_on", ""), ("remark", "Soon."), ("shows_official", "on")])
def test_a_date_or_a_remark_that_would_go_nowhere_is_refused(
    cast: Cast, login_as: LoginAs, field: str, value: str
) -> None:
    send(cast)
    client = login_as(cast.focal_point)
    given = opened(client, sending(cast)) | {field: value or timezone.localdate().isoformat()}
    page = client.post(sending(cast), given)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert client.post(sending(cast), given | {"again": "on"}).status_code == 302


def test_a_stale_form_takes_back_nothing_that_it_never_showed(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    client = login_as(cast.focal_point)
    stale = opened(client, sending(cast))
    send(cast, places=[place(cast), place(cast, "untoc", "article-5")])
    assert client.post(sending(cast), stale | {"untoc": ["article-10"]}).status_code == 302
    assert sent() == {"article-3", "article-5", "article-10"}


def test_a_stale_form_takes_back_what_it_showed_and_somebody_unticked(cast: Cast, login_as: LoginAs) -> None:
    send(cast, places=[place(cast), place(cast, "untoc", "article-5")])
    client = login_as(cast.focal_point)
    given = opened(client, sending(cast))
    del given["firearms"]
    assert client.post(sending(cast), given).status_code == 302
    assert sent() == {"article-5"}


@pytest.mark.parametrize("again", [False, True])
def test_what_the_ministry_said_meanwhile_is_told_before_it_is_gone(
    cast: Cast, login_as: LoginAs, *, again: bool
) -> None:
    part = send(cast)
    client = login_as(cast.focal_point)
    stale = opened(client, sending(cast))
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.NOT_OURS, word="Ask Trade.")
    if again:
        given = stale | {"again": "on"}
    else:
        given = {name: value for name, value in stale.items() if name != "firearms"}
    page = client.post(sending(cast), given)
    assert page.status_code == 422
    assert "Ask Trade." in page.content.decode()
    assert SectionAssignment.objects.get().word == "Ask Trade."
    now = given | {"shown": page.context["form"]["shown"].value()}
    assert client.post(sending(cast), now).status_code == 302
    assert list(SectionAssignment.objects.values_list("word", flat=True)) == ([""] if again else [])


def test_what_was_sent_or_taken_back_elsewhere_meanwhile_is_told(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    client = login_as(cast.focal_point)
    stale = opened(client, sending(cast)) | {"untoc": ["article-5"], "remark": "Soon."}
    send(cast, places=[place(cast, "untoc", "article-5")], remark="Earlier.")
    page = client.post(sending(cast), stale)
    assert page.status_code == 422
    assert sent() == {"article-5"}
    told = " ".join(page.context["form"].non_field_errors())
    assert "Article 5" in told
    assert "firearms" in told.lower()
    # Pressed once more it is known: the one is sent anew, the other stays as it is.
    assert client.post(sending(cast), stale | {"shown": page.context["form"]["shown"].value()}).status_code == 302
    rows = SectionAssignment.objects.values_list("section__slug", "remark")
    assert set(rows) == {("article-3", "Soon."), ("article-5", "Earlier.")}


def test_a_refused_form_takes_back_nothing_that_came_meanwhile(cast: Cast, login_as: LoginAs) -> None:
    part = send(cast)
    client = login_as(cast.focal_point)
    stale = opened(client, sending(cast)) | {"again": "on"}
    send(cast, places=[place(cast), place(cast, "untoc", "article-5")])
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    page = client.post(sending(cast), stale)
    assert page.status_code == 422
    assert client.post(sending(cast), stale | {"shown": page.context["form"]["shown"].value()}).status_code == 302
    assert sent() == {"article-3", "article-5"}


# --- said, and checked


def test_what_is_said_of_a_part_rests_on_the_part_that_was_shown(cast: Cast, login_as: LoginAs) -> None:
    part = send(cast, remark="Till May.")
    client = login_as(cast.contributor)
    url = f"{RESPONSE}ministries/parts/{part.pk}/answer/"
    stale = opened(client, url) | {"said": "not_ours", "word": "Typed here."}
    send(cast, remark="Till June, and with the decrees.", again=True)
    page = client.post(url, stale)
    assert page.status_code == 422
    assert "Typed here." in page.content.decode()
    assert "Till June, and with the decrees." in page.content.decode()
    assert SectionAssignment.objects.get().said == ""
    assert client.post(url, {"said": "done"}).status_code == 422, "a form that shows nothing says nothing"
    assert client.post(url, stale | {"shown": page.context["form"]["shown"].value()}).status_code == 302


def shown(cast: Cast) -> str:
    (part,) = parts_of(cast.response)
    return part.shown


def state(cast: Cast) -> PartState:
    (part,) = matrix_of(cast.response).parts
    return part.state


def done(cast: Cast) -> SectionAssignment:
    proposed(cast)
    part = SectionAssignment.objects.get()
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    return part


def test_the_page_checks_what_it_has_shown(cast: Cast, login_as: LoginAs) -> None:
    part = done(cast)
    client = login_as(cast.expert)
    url = f"{RESPONSE}ministries/"
    assert f'name="shown" value="{shown(cast)}"' in client.get(url).content.decode()
    stale = {"shown": shown(cast)}
    save(cast.response, cast.contributor, "I.firearms.69.a", choices=("Yes",))
    page = client.post(f"{url}parts/{part.pk}/check/", stale, follow=True)
    assert "since you opened this page" in page.content.decode()
    assert state(cast) == PartState.PROPOSED
    client.post(f"{url}parts/{part.pk}/check/", {}, follow=True)
    assert state(cast) == PartState.PROPOSED
    client.post(f"{url}parts/{part.pk}/check/", {"shown": shown(cast)}, follow=True)
    assert state(cast) == PartState.CHECKED


@pytest.mark.parametrize("act", ["propose", "rewrite", "answer a return"])
def test_nothing_that_came_after_the_check_counts_as_checked(cast: Cast, act: str) -> None:
    part = done(cast)
    assert check_part(actor=cast.expert, assignment=part, shown=shown(cast))
    assert state(cast) == PartState.CHECKED
    if act == "propose":
        save(cast.response, cast.contributor, "I.firearms.69.a", choices=("Yes",))
    elif act == "rewrite":
        save(cast.response, cast.contributor, FIRST, text="The Act of 2001.", base=1)
    else:
        proposal = Proposal.objects.get()
        return_proposal(actor=cast.expert, proposal=proposal, number=1, reason="Which Act?")
        proposal.refresh_from_db()
        answer_return(actor=cast.contributor, proposal=proposal, returned_at=proposal.returned_at.isoformat())
    assert state(cast) == PartState.PROPOSED
    assert check_part(actor=cast.expert, assignment=part, shown=shown(cast))
    assert state(cast) == PartState.CHECKED
    assert not check_part(actor=cast.expert, assignment=part, shown=shown(cast))


# --- adopting


def test_a_wrong_field_accepts_nothing_that_a_colleague_wrote_meanwhile(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Official.")
    proposal = proposed(cast)
    url = f"{RESPONSE}proposals/{FIRST}/{proposal.pk}/adopt/"
    client = login_as(cast.focal_point)
    given = opened(client, url) | {"text": "x" * 200_000}
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Changed meanwhile.", base=1)
    page = client.post(url, given)
    assert page.status_code == 422
    assert page.context["form"]["base"].value() == "1"
    page = client.post(url, given | {"text": "Put together."})
    assert page.status_code == 422
    assert Answer.objects.get().text == "Changed meanwhile."
    assert page.context["form"]["base"].value() == "2"


def test_what_has_moved_on_is_told_apart_from_what_is_wrong(cast: Cast) -> None:
    proposal = proposed(cast)
    with pytest.raises(OutdatedError):
        adopt_proposal(actor=cast.expert, proposal=proposal, number=2, base=0)
    with pytest.raises(ServiceError) as caught:
        return_proposal(actor=cast.expert, proposal=proposal, number=1, reason=" ")
    assert not isinstance(caught.value, OutdatedError)
