"""An expert's name is published by his or her own word alone, and no longer once that is taken back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from observations.naming.models import NamingAnswer
from observations.naming.selectors import all_let_name
from observations.naming.services import answer_naming
from observations.publications.models import PublicationIndex
from observations.publications.selectors import excerpts_in
from observations.publications.services import (
    end_publication,
    queue_missing_files,
    store_publication_files,
    take_names_out,
)
from observations.texts.models import AgreedText, Publication
from reviews.audiences.models import OpenedWords
from reviews.cases.models import Review, ReviewingState
from reviews.registration.services.participation import end_participation
from tests.guards import guards_off
from tests.observations.publications.publishing import (
    EXPERT,
    agree_on_lists,
    file_of,
    let_names_stand,
    make_public,
    preview_of,
    public_page,
    version_of,
)
from tests.security.statements import copy_of, refused
from tests.utils import SYSTEM, Cast

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


def test_a_no_holds_for_what_was_open_whatever_is_said_later(cast: Cast, text: AgreedText, client: Client) -> None:
    let_names_stand(cast)
    publication = make_public(cast, text, names_experts=True)
    renderers = {field: lambda document, status: str(document.as_json()).encode() for field in ("pdf", "docx", "xml")}
    store_publication_files(str(publication.pk), renderers)  # type: ignore[arg-type]
    say(cast, agrees=False)
    say(cast, agrees=True)
    assert EXPERT not in client.get(public_page(text)).content.decode()
    queue_missing_files()  # the task itself got lost on the way
    publication.refresh_from_db()
    assert (publication.pdf.name, PublicationIndex.objects.count()) == ("", 0)
    end_publication(actor=cast.focal_point, text=text)
    make_public(cast, text, names_experts=True)
    assert EXPERT in client.get(public_page(text)).content.decode()


@pytest.mark.parametrize(("audience", "words"), [("public", PublicationIndex), ("states_parties", OpenedWords)])
def test_the_index_goes_where_no_file_was_made(cast: Cast, text: AgreedText, audience: str, words: Any) -> None:
    let_names_stand(cast)
    publication = make_public(cast, text, names_experts=True, audience=audience)
    store_publication_files(str(publication.pk), {})
    assert EXPERT.casefold() in words.objects.get().letters
    say(cast, agrees=False)
    take_names_out(str(cast.review.pk))
    assert words.objects.count() == 0
    store_publication_files(str(publication.pk), {})
    assert EXPERT.casefold() not in words.objects.get().letters


def test_who_has_left_with_the_state_is_still_named_and_answers(
    cast: Cast, text: AgreedText, login_as: LoginAs, client: Client
) -> None:
    part = cast.participations["same_group_expert"]
    end_participation(actor=SYSTEM, participation=part)
    with guards_off(["reviews_reviewingstate"]):
        ReviewingState.objects.filter(review=cast.review, state_party=part.state_party).delete()
    let_names_stand(cast)
    with pytest.raises(ServiceError):
        make_public(cast, text, names_experts=True)
    assert "One of them takes part no more" in login_as(cast.focal_point).get(preview_of(text)).content.decode()
    left = login_as(cast.same_group_expert)
    address = f"/en/untoc/reviews/{cast.review.code}/"
    assert f"Say whether your name may be published ({cast.review.code})" in left.get("/en/").content.decode()
    page = left.get(f"{address}naming/").content.decode()
    assert (str(cast.state) in page, left.get(address).status_code) == (False, 404)
    assert left.post(f"{address}naming/", {"agrees": "yes"}).status_code == 302
    make_public(cast, text, names_experts=True)
    page = left.get(f"{address}naming/").content.decode()
    assert ("Your name is published now" in page, str(cast.state) in page) == (True, False)
    assert left.post(f"{address}naming/", {"agrees": "no"}).status_code == 302
    assert EXPERT not in client.get(public_page(text)).content.decode()


def test_nobody_knows_whom_a_text_names_that_was_brought_in(cast: Cast, text: AgreedText) -> None:
    let_names_stand(cast)
    version = version_of(text)
    assert all_let_name(version)
    version.brought_piece_id = uuid4()
    assert not all_let_name(version)


def test_what_is_found_takes_the_same_queries_for_more_of_it(cast: Cast) -> None:
    let_names_stand(cast)
    for text in AgreedText.objects.filter(review=cast.review, kind="list_of_observations"):
        make_public(cast, text, names_experts=True)
    say(cast, agrees=False)
    rows, taken = list(Publication.objects.all()), []
    for some in (rows[:1], rows[:2]):
        with CaptureQueriesContext(connection) as captured:
            assert len(excerpts_in(some, "organized")) == len(some) > 0
        taken.append(len(captured))
    assert (len(rows) > 1, taken) == (True, [4, 4])


def test_nobody_answers_for_another(cast: Cast, login_as: LoginAs) -> None:
    experts = {part.user for part in cast.review.participations.filter(role="governmental_expert")}
    for name, person in cast.people.items():
        if person not in experts:
            with pytest.raises((PolicyRefusedError, Http404)):
                say(cast, agrees=True, name=name)
    row = say(cast, agrees=True)
    other = cast.participations["same_group_expert"]
    with identified_as(cast.expert):
        refused(*copy_of(row, user_id=other.user_id), words="row-level security")
    page = login_as(cast.expert).post(f"/en/untoc/reviews/{cast.review.code}/naming/", {"agrees": "no"})
    assert (page.status_code, NamingAnswer.objects.get().agrees) == (302, False)
    told = [entry.after for entry in AuditEntry.objects.filter(verb="observations.naming.answered")]
    assert told == [None, None], "all States of the review read the record"


def test_each_is_asked_once_by_mail_and_until_the_answer_in_my_work(cast: Cast, login_as: LoginAs) -> None:
    asked = Notification.objects.filter(key__startswith="naming_asked:", recipient=cast.expert)
    assert asked.count() == 1
    words = "Say whether your name may be published"
    assert words in login_as(cast.expert).get("/en/").content.decode()
    say(cast, agrees=False)
    assert words not in login_as(cast.expert).get("/en/").content.decode()
