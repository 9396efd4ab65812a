"""What an observation is linked with, and to whom that is shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from dialogue.exchange.models import ClarificationRequest
from observations.observations.links import links_for
from observations.observations.services import ObservationInput
from observations.texts.models import Observation
from questionnaires.submissions.selectors.reading import latest_submission
from tests import journey
from tests.at_once import edit_observation, lay_on_table, propose_version
from tests.dialogue.exchange.exchange import REVIEW, observation
from tests.dialogue.threads.threads import begin, release
from tests.forms import send_form
from tests.permissions.pieces import Planter
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LIST = f"{REVIEW}observations/"


@pytest.fixture
def asked(cast_at: Callable[[str], Cast]) -> ClarificationRequest:
    """Sent to the State under review; others lie in rooms."""
    pieces = Planter(cast_at("dialogue"), "Planted").plant("dialogue")
    return pieces.clarification_asked


def offered(cast: Cast, user: User) -> dict[str, Any]:
    return links_for(user, cast.review, latest_submission(cast.review))


def given(row: Observation, *links: str) -> ObservationInput:
    return ObservationInput(row.heading, list(row.articles.all()), row.text, row.question_codes, links=links)


def links_shown(client: Client) -> list[str]:
    lists = client.get(LIST).context["lists"]
    rows = [row for each in lists for g in each.headings for s in g.sets for row in s.rows]
    return [link.kind for row in rows for link in row.links]


def test_what_was_sent_is_offered_and_no_draft(cast: Cast, asked: ClarificationRequest) -> None:
    found = offered(cast, cast.same_group_expert)
    assert {"clarification", "supplement", "feedback"} <= {link.kind for link in found.values()}
    drafts = ClarificationRequest.objects.exclude(room=None)
    assert drafts.exists()
    assert not {f"clarification:{row.pk}" for row in drafts} & found.keys(), "nor those of the own room"


def test_a_thread_is_offered_once_it_can_be_recalled_no_more(cast: Cast, login_as: Callable[[User], Client]) -> None:
    thread = release(cast.same_group_focal_point, begin(cast.same_group_expert, cast.review, "Which court?"))
    link = f"thread:{thread.pk}"
    assert link in offered(cast, cast.same_group_expert), "the own State's"
    assert link not in offered(cast, cast.other_group_expert), "nobody has opened it"
    assert login_as(cast.observer).get(f"{REVIEW}threads/{thread.pk}/").status_code == 200
    shown = offered(cast, cast.other_group_expert)[link]
    assert (shown.kind, shown.title, shown.url) == ("thread", "Which court?", f"{REVIEW}threads/{thread.pk}/")


def test_a_link_is_chosen_shown_and_leads_to_the_question_on_the_desk(
    cast: Cast, asked: ClarificationRequest, login_as: Callable[[User], Client]
) -> None:
    client = login_as(cast.same_group_expert)
    typed = {"heading": "suggestion", "articles": ["5"], "text": "To be linked.", "base": "0"}
    link = f"clarification:{asked.pk}"
    assert send_form(client, f"{LIST}add/untoc/", {**typed, "links": [link]}).status_code == 302
    row = Observation.objects.get(text="To be linked.")
    assert row.links == [link]
    assert links_shown(client) == ["clarification"]
    lay_on_table(actor=cast.same_group_focal_point, observation=row)
    assert links_shown(login_as(cast.focal_point)) == ["clarification"], "who reads the request sees the link"


def test_what_a_reader_may_not_read_is_no_link_for_him_or_her(
    cast: Cast, asked: ClarificationRequest, login_as: Callable[[User], Client]
) -> None:
    row = observation(cast.review, cast.same_group_expert, "Linked.")
    draft = ClarificationRequest.objects.filter(room=cast.same_group_state).first()
    assert draft is not None
    for link in (f"clarification:{draft.pk}", "law:nothing", "nonsense"):
        with pytest.raises(ServiceError) as refused, transaction.atomic():
            edit_observation(actor=cast.same_group_expert, observation=row, given=given(row, link), base=1)
        assert refused.value.field == "links"
    Observation.objects.filter(pk=row.pk).update(links=[f"clarification:{draft.pk}"])
    assert links_shown(login_as(cast.same_group_expert)) == []


def test_a_link_that_is_gone_stays_where_a_form_does_not_show_it(cast: Cast, asked: ClarificationRequest) -> None:
    row = observation(cast.review, cast.same_group_expert, "Linked.")
    Observation.objects.filter(pk=row.pk).update(links=["supplement:gone"])
    row.refresh_from_db()
    saved = edit_observation(
        actor=cast.same_group_expert, observation=row, given=given(row, f"clarification:{asked.pk}"), base=1
    )
    assert saved.links == [f"clarification:{asked.pk}", "supplement:gone"]
    untouched = ObservationInput(row.heading, list(row.articles.all()), "Other words.")
    again = edit_observation(actor=cast.same_group_expert, observation=saved, given=untouched, base=1)
    assert again.links == saved.links


def test_links_alone_cancel_no_version(cast: Cast, asked: ClarificationRequest) -> None:
    row = lay_on_table(
        actor=cast.same_group_focal_point, observation=observation(cast.review, cast.same_group_expert, "Linked.")
    )
    journey.conclude(cast.review)
    version = propose_version(actor=cast.same_group_focal_point, text=row.agreed_text)
    link = f"clarification:{asked.pk}"
    edit_observation(actor=cast.same_group_focal_point, observation=row, given=given(row, link))
    row.refresh_from_db()
    version.refresh_from_db()
    assert (row.links, row.revision, version.cancelled_at) == ([link], 1, None)
