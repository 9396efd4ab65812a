"""What everybody reads without signing in: the documents that were published, and nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.states.models import StateParty
from observations.publications.services import end_publication
from observations.texts.models import AgreedText
from observations.wording.blueprint import document_from
from reviews.cases.enums import Side
from reviews.programme.models import Mechanism
from tests import journey, utils
from tests.at_once import lay_on_table
from tests.guards import guards_off
from tests.observations.publications.publishing import (
    CANARY,
    EXPERT,
    FOCAL_POINT,
    LIST,
    address_of,
    agree_on_lists,
    end_address,
    file_of,
    fresh,
    make_public,
    preview_of,
    public_page,
    publish_address,
    rows_of,
    version_of,
)
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(agree_on_lists)]
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]


def test_before_publication_there_is_nothing(text: AgreedText, client: Client) -> None:
    page = client.get(LIST)
    assert "Nothing is published yet" in page.content.decode()
    assert [client.get(address).status_code for address in (public_page(text), file_of(text, "pdf"))] == [404, 404]


def test_an_outsider_sees_exactly_what_was_published(cast: Cast, text: AgreedText, client: Client) -> None:
    make_public(cast, text)
    page = client.get(LIST)
    assert rows_of(page) == [("1-XVE", text.instrument.slug, "list_of_observations")]
    words = page.content.decode()
    assert f'href="{public_page(text)}"' in words
    assert "Fictional State, for demonstration" in words
    others = AgreedText.objects.exclude(pk=text.pk).select_related("review__mechanism", "instrument")
    assert {client.get(public_page(other)).status_code for other in others} == {404}


def test_the_public_page_holds_the_document_in_its_language(cast: Cast, text: AgreedText, client: Client) -> None:
    make_public(cast, text)
    words = client.get(public_page(text).replace("/en/", "/ar/")).content.decode()
    assert '<html class="govuk-template app-template" lang="ar" dir="rtl">' in words
    assert '<article class="app-document" lang="en" dir="ltr" aria-labelledby="document-title">' in words
    document = document_from(version_of(text).document)
    numbers = [block.number for block in document.blocks if block.number]
    assert [number for number in numbers if f'id="paragraph-{number}"' in words] == numbers
    assert words.count("<h1") == 1
    assert document.note in words
    assert version_of(text).sha256 in words


def test_no_word_of_the_review_leaks_to_the_public_pages(cast: Cast, text: AgreedText, client: Client) -> None:
    make_public(cast, text)
    hidden = {CANARY, FOCAL_POINT, EXPERT, cast.same_group_focal_point.full_name, "noindex", "Confidential."}
    hidden |= {reverse("portal:review-detail", args=["untoc", "1-XVE"]), str(text.pk), str(cast.review.pk)}
    for address in (LIST, public_page(text)):
        words = client.get(address).content.decode()
        assert {word for word in hidden if word in words} == set()


def test_a_person_who_is_not_signed_in_reaches_nothing_else(cast: Cast, text: AgreedText, client: Client) -> None:
    make_public(cast, text)
    inside = [
        preview_of(text),
        end_address(text),
        reverse("observations:text-detail", args=address_of(text)),
        reverse("reviews:consultation", args=["untoc", "1-XVE"]),
        reverse("portal:review-detail", args=["untoc", "1-XVE"]),
    ]
    assert [client.get(address)["Location"] for address in inside] == [f"/en/sign-in/?next={each}" for each in inside]
    assert client.post(publish_address(text))["Location"] == "/en/sign-in/?next=/en/"


def test_the_frame_for_people_who_are_not_signed_in(client: Client) -> None:
    words = client.get(LIST).content.decode()
    assert "app-side" not in words
    assert 'class="app-bar__link" href="/en/sign-in/"' in words
    assert f'class="app-bar__brand" href="{LIST}"' in words
    words = client.get("/en/sign-in/").content.decode()
    assert 'class="app-bar__link"' not in words
    assert f'href="{LIST}"' in words
    assert '<meta name="robots" content="noindex, nofollow">' in words


def test_public_pages_may_be_kept_for_a_minute_but_not_those_of_people_signed_in(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    make_public(cast, text)
    for address in (LIST, public_page(text)):
        http_response = Client().get(address)
        assert http_response["Cache-Control"] == "public, max-age=60"
        assert "Cookie" in http_response["Vary"]
        assert http_response.cookies == {}
        http_response = login_as(cast.stranger).get(address)
        assert http_response["Cache-Control"] == "private, no-store"
        assert cast.stranger.full_name in http_response.content.decode()


def test_the_list_is_narrowed_by_state_and_instrument(cast: Cast, text: AgreedText, client: Client) -> None:
    other = fresh(AgreedText.objects.exclude(pk=text.pk).get(kind=text.kind, instrument__slug="firearms"))
    for each in (text, other):
        make_public(cast, each)
    both = [("1-XVE", "firearms", text.kind), ("1-XVE", text.instrument.slug, text.kind)]
    assert rows_of(client.get(LIST)) == both
    assert rows_of(client.get(LIST, {"state": "XVE"})) == both
    assert rows_of(client.get(LIST, {"instrument": "firearms"})) == both[:1]
    assert rows_of(client.get(LIST, {"state": "nonsense", "instrument": "'"})) == both
    form = client.get(LIST).context["form_filter"]
    assert [value for value, _label in form.fields["state"].choices] == ["", "XVE"]
    assert [value for value, _label in form.fields["instrument"].choices] == ["", text.instrument.slug, "firearms"]


def test_the_list_takes_the_same_queries_for_one_document_and_for_three(
    cast: Cast, text: AgreedText, client: Client
) -> None:
    make_public(cast, text)
    client.get(LIST)
    with assert_query_count("observations:publication-list"):
        assert len(rows_of(client.get(LIST))) == 1
    for other in AgreedText.objects.filter(kind=text.kind).exclude(pk=text.pk)[:2]:
        make_public(cast, fresh(other))
    with assert_query_count("observations:publication-list"):
        assert len(rows_of(client.get(LIST))) == 3


def test_documents_of_another_mechanism_stand_under_its_name(cast: Cast, text: AgreedText, client: Client) -> None:
    make_public(cast, text)
    other = fresh(AgreedText.objects.exclude(pk=text.pk).filter(kind=text.kind)[0])
    make_public(cast, other)
    second = Mechanism.objects.create(slug="second", name="The second mechanism", short_name="Second")
    review = other.review
    with guards_off([review._meta.db_table]):
        type(review).objects.filter(pk=review.pk).update(mechanism=second)
    words = client.get(LIST).content.decode()
    assert '<h2 class="govuk-heading-s app-lead" id="second">The second mechanism</h2>' in words


def test_a_real_state_bears_no_note(cast: Cast, text: AgreedText, client: Client) -> None:
    make_public(cast, text)
    assert "Fictional State, for demonstration" in client.get(public_page(text)).content.decode()
    real = StateParty.objects.filter(is_fictional=False).first()
    assert real is not None
    with guards_off([cast.review._meta.db_table]):
        type(cast.review).objects.filter(pk=cast.review.pk).update(state_under_review=real)
    assert "Fictional State, for demonstration" not in client.get(public_page(text)).content.decode()


@pytest.mark.stage("observations")
def test_words_of_experts_are_safe_html(cast: Cast, cast_at: CastAt, client: Client) -> None:
    cast_at("observations")
    author = journey.focal_point_of(cast.review, Side.REVIEWING)
    text = journey.list_of(cast.review)
    observation = journey.write_observation(
        cast.review, author, text, "# Heading\n\n<script>alert(1)</script> **bold** [link](javascript:alert(1))"
    )
    lay_on_table(actor=author, observation=observation)
    journey.agree_on(text)
    make_public(utils.fresh(cast), fresh(text))
    words = client.get(public_page(text)).content.decode()
    assert "<script>alert" not in words
    assert 'href="javascript:' not in words
    assert "<p><strong>Heading</strong></p>" in words


def test_the_end_of_a_publication_is_for_its_own_document(cast: Cast, text: AgreedText, client: Client) -> None:
    other = fresh(AgreedText.objects.exclude(pk=text.pk).filter(kind=text.kind)[0])
    for each in (text, other):
        make_public(cast, each)
    end_publication(actor=cast.focal_point, text=text)
    assert [client.get(public_page(each)).status_code for each in (text, other)] == [404, 200]
