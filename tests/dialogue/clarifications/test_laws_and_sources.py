"""One asks about a law too, and an answer becomes a source that the list of observations names."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from dialogue.clarifications.selectors import law_key
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, SupplementaryInformation
from dialogue.supplements.services import SupplementInput
from observations.wording.given import _sources
from questionnaires.submissions import latest_submission
from questionnaires.submissions.selectors.versions import sent_beside
from tests.at_once import (
    add_supplement,
    ask_about_legal_system,
    draft_answer,
    send_answer,
    send_clarification,
    send_supplement,
)
from tests.dialogue.clarifications.requests import PAGES, acts_on, answered, asked, page_of, text_of
from tests.dialogue.clarifications.test_threads import scene as scene
from tests.forms import carried_by, send_form
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]


def offered_law(scene: Cast, title: str = "Act on Cooperation") -> SupplementaryInformation:
    given = SupplementInput(title, link="https://law.example/1", kind="law")
    return send_supplement(
        actor=scene.focal_point, supplement=add_supplement(actor=scene.expert, review=scene.review, given=given)
    )


def test_one_asks_about_a_law_that_the_state_has_offered_or_cites(scene: Cast, login_as: LoginAs) -> None:
    offered_law(scene)
    client = login_as(scene.same_group_expert)
    preparation = "/en/untoc/reviews/1-XVE/preparation/"
    key = law_key("Act on Cooperation")
    assert f"{preparation}ask/?law={key}" in text_of(client.get(preparation)), "no log holds the name"
    page = client.get(f"{preparation}ask/?law={key}")
    assert f'<option value="{key}" lang="en" dir="auto" selected>Act on Cooperation</option>' in text_of(page)
    typed = {**carried_by(page), "law": key, "text": "Since when is it in force?"}
    assert client.post(f"{preparation}ask/", typed).status_code == 302
    request = ClarificationRequest.objects.get(subject="law")
    assert (request.law, request.room) == ("Act on Cooperation", scene.same_group_state)
    assert "Act on Cooperation" in text_of(client.get(page_of(request)))
    sent = send_clarification(actor=scene.same_group_focal_point, request=request)
    page = text_of(login_as(scene.focal_point).get(preparation))
    assert ("Since when is it in force?" in page, "About the law" in page) == (True, True)
    assert sent.follows is None


def test_one_asks_about_no_law_that_is_not_known(scene: Cast) -> None:
    given = SupplementInput("Act in a drawer", link="https://law.example/1", kind="law")
    add_supplement(actor=scene.expert, review=scene.review, given=given)
    for law in ("Act in a drawer", "Act of my own"):
        with pytest.raises(ServiceError, match="offered or cites") as refused:
            ask_about_legal_system(actor=scene.same_group_expert, review=scene.review, text="Why?", law=law)
        assert refused.value.field == "law"


def give(scene: Cast, request: ClarificationRequest, *, actor: str = "expert", title: str = "Penalties") -> Any:
    answer = ClarificationAnswer.objects.get(request=request)
    given = SupplementInput(title, of_answer=answer)
    return add_supplement(actor=scene.people[actor], review=scene.review, given=given)


def test_an_answer_becomes_a_source_that_the_list_names(scene: Cast, login_as: LoginAs) -> None:
    request = answered(scene)
    client = login_as(scene.focal_point)
    assert acts_on(client.get(PAGES), request)[-1] == ("Give the answer as supplementary information", "")
    address = page_of(request, "supplement/")
    assert "Ten years." in text_of(client.get(address))
    assert send_form(client, address, {"title": "Penalties since 2019"}).status_code == 302
    source = SupplementaryInformation.objects.get()
    assert (source.title, source.room, source.kind) == ("Penalties since 2019", scene.state, "source")
    assert "Give the answer as supplementary information" not in text_of(client.get(PAGES))
    reader = login_as(scene.same_group_expert)
    assert "Penalties since 2019" not in text_of(reader.get("/en/untoc/reviews/1-XVE/dialogue/"))
    send_supplement(actor=scene.focal_point, supplement=source)
    page = text_of(reader.get("/en/untoc/reviews/1-XVE/dialogue/"))
    assert ("Penalties since 2019" in page, "Ten years." in page) == (True, True)
    assert [each.title for each in _sources(scene.review)] == ["Penalties since 2019"]


def test_an_answer_is_given_once_and_only_after_it_was_sent(scene: Cast, login_as: LoginAs) -> None:
    waiting = asked(scene)
    draft_answer(actor=scene.expert, request=waiting, text="Not yet.", base=0)
    with pytest.raises(ServiceError, match="has not been sent"):
        give(scene, waiting)
    assert login_as(scene.expert).get(page_of(waiting, "supplement/")).status_code == 404
    request = answered(scene)
    give(scene, request)
    with pytest.raises(ServiceError, match="supplementary information already"):
        give(scene, request, actor="focal_point")


def test_a_source_of_an_answer_is_changed_without_link_or_file(scene: Cast, login_as: LoginAs) -> None:
    source = give(scene, answered(scene))
    client = login_as(scene.expert)
    address = f"/en/untoc/reviews/1-XVE/supplements/{source.pk}/"
    assert 'name="pages"' not in text_of(client.get(address))
    assert send_form(client, address, {"title": "Penalties of today"}).status_code == 302
    source.refresh_from_db()
    assert (source.title, source.of_answer_id is not None) == ("Penalties of today", True)


def test_an_answer_on_the_legal_system_stands_whole_beside_the_answers(scene: Cast) -> None:
    request = ask_about_legal_system(actor=scene.same_group_expert, review=scene.review, text="Which courts?")
    send_clarification(actor=scene.same_group_focal_point, request=request)
    draft_answer(actor=scene.expert, request=request, text="The high court.", base=0)
    send_answer(actor=scene.focal_point, request=request)
    send_supplement(actor=scene.focal_point, supplement=give(scene, request, title="Courts"))
    submission = latest_submission(scene.review)
    assert submission is not None
    (beside,) = sent_beside(submission)
    assert (beside.request, beside.text, beside.facts["title"]) == ("Which courts?", "The high court.", "Courts")
