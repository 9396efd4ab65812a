"""Each act on what ministries have rests on what its page has shown, and on nothing that came after."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from questionnaires.ministries.services import answer_assignment
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import SectionAssignment
from tests.questionnaires.ministries.ministries import RESPONSE, place, send
from tests.utils import Cast

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
