"""The official questionnaires and the list of States are for everybody, signed in or not."""

import pytest
from django.test import Client

from questionnaires.definitions.models import QuestionnaireVersion

pytestmark = pytest.mark.django_db
QUESTIONNAIRE, STATES = "/en/questionnaires/untoc-cluster-1/", "/en/states/"


@pytest.fixture
def visitor() -> Client:
    return Client()


def test_a_visitor_finds_the_questionnaires_from_the_public_pages(visitor: Client) -> None:
    published = visitor.get("/en/published/").content.decode()
    assert 'href="/en/questionnaires/"' in published
    assert f'href="{STATES}"' in published
    assert f'href="{QUESTIONNAIRE}"' in visitor.get("/en/questionnaires/").content.decode()


def test_a_visitor_reads_a_questionnaire_with_its_checksum(visitor: Client) -> None:
    version = QuestionnaireVersion.objects.get(questionnaire__slug="untoc-cluster-1")
    page = visitor.get(QUESTIONNAIRE)
    words = page.content.decode()
    assert (page.status_code, page["Cache-Control"]) == (200, "public, max-age=60")
    assert version.sha256 in words
    assert "Is participation in an organized criminal group criminalized" in words
    assert "noindex" not in words
    assert "Confidential" not in words


def test_a_visitor_reads_what_each_state_has_joined_and_no_more(visitor: Client) -> None:
    words = visitor.get(STATES, {"q": "Albania"}).content.decode()
    assert "Albania" in words
    assert 'datetime="2002-08-21"' in words
    assert "/en/states/ALB/" not in words
    assert visitor.get("/en/states/ALB/")["Location"].startswith("/en/sign-in/")


def test_a_draft_of_a_questionnaire_is_not_public(visitor: Client) -> None:
    assert visitor.get("/en/questionnaires/no-such-thing/").status_code == 404
