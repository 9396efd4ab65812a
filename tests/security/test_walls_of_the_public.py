"""What is public is so by the word of its State alone, whatever the statement in a page (docs/adr/0022)."""

import pytest
from django.contrib.auth.models import AnonymousUser

from core.database.identity import identified_as
from observations.publications.services import end_publication
from observations.texts.models import AgreedText, Publication, TextVersion
from reviews.speakers.selectors import NominatingState
from reviews.states.models import StatusConsent
from reviews.states.services import agree_to_public_status, end_public_status
from tests import journey
from tests.observations.publications.publishing import agree_on_lists, make_public
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.security.statements import refused, run
from tests.security.test_walls_of_agreement import version
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
ROWS = "row-level security"
__all__ = ["version"]  # a fixture


PUBLICATION = """
    INSERT INTO reviews_publication (id, created_at, updated_at, agreed_text_id, version_id, names_experts,
        published_by_id, published_at, ended_at, pdf, docx)
    SELECT gen_random_uuid(), now(), now(), agreed_text_id, id, false, %s, now(), NULL, %s, ''
    FROM reviews_textversion WHERE id = %s
"""


@pytest.mark.stage.with_args(agree_on_lists)
def test_nobody_but_the_state_makes_a_text_public_again_or_otherwise(cast: Cast) -> None:
    text = journey.list_of(cast.review)
    publication = make_public(cast, text)
    changes = ("ended_at = now()", "names_experts = true", "pdf = 'jobs/x.pdf'", "updated_at = now()")
    for person in (AnonymousUser(), cast.same_group_focal_point, cast.expert, cast.officer, cast.administrator):
        with identified_as(person):
            assert run("SELECT * FROM reviews_publication") == 1
            for change in changes:
                assert run(f"UPDATE reviews_publication SET {change}") == 0  # noqa: S608 - our own words
    with identified_as(cast.focal_point):
        for change in (
            "names_experts = true", "version_id = gen_random_uuid()", "agreed_text_id = gen_random_uuid()",
            "published_by_id = gen_random_uuid()", "published_at = now() - interval '1 year'",
        ):  # fmt: skip
            refused(f"UPDATE reviews_publication SET {change}", words="Cannot update rows")  # noqa: S608
        refused("UPDATE reviews_publication SET pdf = 'jobs/x.pdf'", words="files of a publication")
        refused("UPDATE reviews_publication SET docx = 'jobs/x.docx'", words="files of a publication")
        with plain_role():
            end_publication(actor=cast.focal_point, text=text)
        refused("UPDATE reviews_publication SET ended_at = NULL", words="Cannot update rows")
    assert Publication.objects.get(pk=publication.pk).ended_at is not None


@pytest.mark.stage.with_args(agree_on_lists)
def test_a_publication_is_of_the_agreed_version_and_by_who_acts(cast: Cast) -> None:
    version = TextVersion.objects.get(agreed_text=journey.list_of(cast.review), cancelled_at=None)
    with identified_as(AnonymousUser()):
        assert run(PUBLICATION, cast.focal_point.pk, "", version.pk) == 0, "who finds no version"
    for person in (cast.same_group_focal_point, cast.expert, cast.officer, cast.administrator):
        with identified_as(person):
            refused(PUBLICATION, person.pk, "", version.pk, words=ROWS)
            refused(PUBLICATION, cast.focal_point.pk, "", version.pk, words="makes an agreed version public")
    with identified_as(cast.focal_point):
        refused(PUBLICATION, cast.expert.pk, "", version.pk, words="makes an agreed version public")
        refused(PUBLICATION, cast.focal_point.pk, "jobs/x.pdf", version.pk, words="files of a publication")
        with plain_role():
            make_public(cast, version.agreed_text)


def test_what_is_not_agreed_is_not_made_public(cast: Cast, version: TextVersion) -> None:
    words = "makes an agreed version public"
    with identified_as(cast.focal_point):
        refused(PUBLICATION, cast.focal_point.pk, "", version.pk, words=words)
        other = AgreedText.objects.exclude(pk=version.agreed_text_id).filter(review=cast.review)[0]
        refused(
            "INSERT INTO reviews_publication (id, created_at, updated_at, agreed_text_id, version_id, names_experts,"
            " published_by_id, published_at, pdf, docx) VALUES (gen_random_uuid(), now(), now(), %s, %s, false, %s,"
            " now(), '', '')",
            other.pk, version.pk, cast.focal_point.pk,
            words=words,
        )  # fmt: skip


CONSENT = """
    INSERT INTO reviews_statusconsent (id, created_at, updated_at, mechanism_id, state_party_id, given_by_id, given_at)
    VALUES (gen_random_uuid(), now(), now(), %s, %s, %s, now())
"""
OPEN_PAGE = "UPDATE reviews_publicstatus SET is_open = NOT is_open"


def test_a_state_alone_agrees_that_its_steps_are_public(cast: Cast) -> None:
    mechanism = cast.review.mechanism
    for person in (AnonymousUser(), cast.same_group_focal_point, cast.expert, cast.officer, cast.administrator):
        with identified_as(person):
            given_by = person.pk or cast.focal_point.pk
            refused(CONSENT, mechanism.pk, cast.state.pk, given_by, words=ROWS)
    with identified_as(cast.focal_point):
        refused(CONSENT, mechanism.pk, cast.state.pk, cast.expert.pk, words=ROWS)
        refused(CONSENT, mechanism.pk, cast.bystander_state.pk, cast.focal_point.pk, words=ROWS)
        assert run(CONSENT, mechanism.pk, cast.state.pk, cast.focal_point.pk) == 1
    ended = "UPDATE reviews_statusconsent SET ended_at = now(), ended_by_id = acting_person()"
    for person in (AnonymousUser(), cast.same_group_focal_point, cast.officer):
        with identified_as(person):
            assert run(ended) == 0
    with identified_as(cast.focal_point):
        refused("UPDATE reviews_statusconsent SET state_party_id = %s", cast.bystander_state.pk, words="Cannot update")
        refused("UPDATE reviews_statusconsent SET given_at = 'epoch'", words="Cannot update rows")
        assert run(ended) == 1
        refused("UPDATE reviews_statusconsent SET ended_at = NULL", words="Cannot update rows")


def test_the_page_of_steps_is_opened_among_the_reference_data(cast: Cast) -> None:
    mechanism = cast.review.mechanism
    for person in (AnonymousUser(), cast.focal_point, cast.officer, cast.auditor):
        with identified_as(person):
            assert run("SELECT * FROM reviews_publicstatus") == 1
            assert run(OPEN_PAGE) == run("DELETE FROM reviews_publicstatus") == 0
    with identified_as(cast.administrator):
        assert run("UPDATE reviews_publicstatus SET is_open = true") == 1
    place = NominatingState(mechanism, cast.state)
    with identified_as(cast.focal_point), plain_role():
        agree_to_public_status(actor=cast.focal_point, place=place)
        end_public_status(actor=cast.focal_point, place=place)
    assert StatusConsent.objects.get().ended_by == cast.focal_point
