"""What was sent to a ministry is looked up once for a request, and anew where it may have changed meanwhile."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import context
from core.policy import PolicyRefusedError
from questionnaires.responses.models import Proposal, SectionAssignment
from questionnaires.responses.policy import parts_sent
from questionnaires.responses.selectors.responses import lock_response, sections_visible_to
from tests.questionnaires.ministries.ministries import FIRST, SECTION, proposed, send
from tests.utils import Cast, login_as, save

pytestmark = pytest.mark.django_db


def withdrawn_meanwhile() -> None:
    """As by the focal point, in another process."""
    SectionAssignment.objects.all().delete()


def test_the_page_of_a_ministry_asks_once(cast: Cast, client: Client) -> None:
    proposed(cast)
    login_as(client, cast.contributor).get(SECTION)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(SECTION).status_code == 200
    asked = [query for query in captured.captured_queries if 'FROM "questionnaires_sectionassignment"' in query["sql"]]
    assert len(asked) == 1
    assert len(captured) <= 11


def test_another_page_asks_again(cast: Cast, client: Client) -> None:
    send(cast)
    assert login_as(client, cast.contributor).get(SECTION).status_code == 200
    withdrawn_meanwhile()
    assert client.get(SECTION).status_code in {403, 404}


def test_once_the_response_is_locked_it_is_asked_anew(cast: Cast) -> None:
    send(cast)
    participation = cast.participations["contributor"].pk
    with context.begun():
        assert len(parts_sent(cast.response, participation)) == 1
        withdrawn_meanwhile()
        assert len(parts_sent(cast.response, participation)) == 1
        lock_response(cast.response)
        assert parts_sent(cast.response, participation) == []


def test_what_is_sent_and_taken_back_counts_at_once(cast: Cast) -> None:
    with context.begun():
        assert sections_visible_to(cast.contributor, cast.response) == ()
        send(cast)
        assert len(sections_visible_to(cast.contributor, cast.response)) == 1
        send(cast, places=[])
        assert sections_visible_to(cast.contributor, cast.response) == ()


def test_a_proposal_on_an_older_one_is_not_kept_beside_once_the_part_was_taken_back(cast: Cast) -> None:
    proposed(cast, text="First words.")
    with context.begun():
        save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="Second words.", base=1)
        withdrawn_meanwhile()
        with pytest.raises(PolicyRefusedError):
            save(cast.response, cast.contributor, FIRST, choices=("No",), text="On the first.", base=1)
    proposal = Proposal.objects.get()
    assert (proposal.text, proposal.revisions.count()) == ("Second words.", 2)
