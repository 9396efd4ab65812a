"""An expert's name is published by his or her own word alone, and no longer once that is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from observations.naming.models import NamingAnswer
from observations.naming.services import answer_naming
from observations.publications.services import store_publication_files, take_names_out
from observations.texts.models import AgreedText, Publication
from reviews.cases.models import Review
from tests.observations.publications.publishing import (
    EXPERT,
    agree_on_lists,
    file_of,
    let_names_stand,
    make_public,
    preview_of,
    public_page,
)
from tests.security.statements import copy_of, refused
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(agree_on_lists)]
LoginAs = Callable[[User], Client]


@pytest.fixture
def text(cast: Cast) -> AgreedText:
    texts = AgreedText.objects.filter(review=cast.review, kind="list_of_observations", status="agreed")
    return texts.select_related("review__mechanism", "review__step", "instrument").order_by("instrument__order")[0]


def say(cast: Cast, *, agrees: bool, name: str = "expert") -> NamingAnswer:
    review = Review.objects.get(pk=cast.review.pk)
    return answer_naming(actor=cast.people[name], review=review, agrees=agrees)


def content_of(reply: Any) -> bytes:
    return b"".join(reply.streaming_content)


def test_without_the_word_of_each_no_name_is_published(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    say(cast, agrees=True)
    with pytest.raises(ServiceError) as told:
        make_public(cast, text, names_experts=True)
    assert told.value.field == "names"
    page = login_as(cast.focal_point).get(f"{preview_of(text)}?names=1").content.decode()
    assert ('id="names"' in page, EXPERT in page) == (False, False)
    let_names_stand(cast)
    page = login_as(cast.focal_point).get(f"{preview_of(text)}?names=1").content.decode()
    assert ('id="names"' in page, EXPERT in page) == (True, True)
    assert make_public(cast, text, names_experts=True).names_experts


def test_a_word_taken_back_takes_the_names_out(cast: Cast, text: AgreedText, client: Client) -> None:
    let_names_stand(cast)
    publication = make_public(cast, text, names_experts=True)
    renderers = {field: lambda document, status: str(document.as_json()).encode() for field in ("pdf", "docx", "xml")}
    store_publication_files(str(publication.pk), renderers)  # type: ignore[arg-type]
    assert EXPERT in client.get(public_page(text)).content.decode()
    assert EXPERT.encode() in content_of(client.get(file_of(text, "pdf")))
    say(cast, agrees=False)
    assert EXPERT not in client.get(public_page(text)).content.decode()
    assert EXPERT not in client.get(file_of(text, "json")).content.decode()
    assert client.get(file_of(text, "pdf")).status_code == 404
    take_names_out(str(cast.review.pk))
    store_publication_files(str(publication.pk), renderers)  # type: ignore[arg-type]
    assert EXPERT.encode() not in content_of(client.get(file_of(text, "pdf")))
    assert Publication.objects.get().names_experts, "what the State has done stays as it was"


def test_nobody_answers_for_another(cast: Cast, login_as: LoginAs) -> None:
    experts = {part.user for part in cast.review.participations.filter(role="governmental_expert")}
    for name, person in cast.people.items():
        if person not in experts:
            with pytest.raises((PolicyRefusedError, Http404)):
                say(cast, agrees=True, name=name)
    row = say(cast, agrees=True)
    other = cast.participations["same_group_expert"]
    with identified_as(cast.expert):
        refused(*copy_of(row, participation_id=other.pk), words="row-level security")
    page = login_as(cast.expert).post(f"/en/untoc/reviews/{cast.review.code}/naming/", {"agrees": "no"})
    assert (page.status_code, NamingAnswer.objects.get().agrees) == (302, False)
    assert [entry.after for entry in AuditEntry.objects.filter(verb="observations.naming.answered").order_by("at")] == [
        {"agrees": True},
        {"agrees": False},
    ]


def test_each_is_asked_once_by_mail_and_until_the_answer_in_my_work(cast: Cast, login_as: LoginAs) -> None:
    asked = Notification.objects.filter(key__startswith="naming_asked:", recipient=cast.expert)
    assert asked.count() == 1
    words = "Say whether your name may be published"
    assert words in login_as(cast.expert).get("/en/").content.decode()
    say(cast, agrees=False)
    assert words not in login_as(cast.expert).get("/en/").content.decode()
