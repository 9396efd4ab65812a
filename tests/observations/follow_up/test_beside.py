"""What was agreed stands above the questions of a later review, for the people of the State alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from observations.follow_up.services import FollowUpInput
from observations.texts.models import Observation
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Response
from questionnaires.reuse.models import QuestionLink
from questionnaires.sending.services import open_response
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from tests import utils
from tests.factories.accounts import UserFactory
from tests.guards import guards_off
from tests.observations.follow_up.test_follow_up import SECRET, item_of, record, scene as scene
from tests.questionnaires.reuse.earlier import earlier_phase
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("closed")]
LoginAs = Callable[[User], Client]


def later_review(cast: Cast) -> tuple[Review, User]:
    """The State is reviewed on the same articles again; its expert of now has no part in the review of then."""
    review = utils._open("XVE", phase=earlier_phase().number)
    expert = UserFactory(full_name="Expert Of Now")
    utils.register(review, expert, review.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    open_response(SYSTEM, review)
    return review, expert


def section_on(review: Review, item: Observation) -> str:
    """The address of the section on the articles of an item."""
    numbers = {str(article.number) for article in item.articles.all()}
    response = Response.objects.get(review=review)
    for place in index_of(response.version_id).applicable_sections(response.party_to):
        if place.part.instrument == item.agreed_text.instrument.slug and numbers & set(place.section.articles):
            return f"/en/untoc/reviews/{review.code}/response/{'/'.join(place.address)}/"
    raise AssertionError("no section is about these articles")


def test_what_was_agreed_stands_above_the_questions_of_a_later_review(scene: Cast, login_as: LoginAs) -> None:
    record(scene, FollowUpInput("under_way", f"We work on {SECRET}."))
    review, expert = later_review(scene)
    url = section_on(review, item_of(scene))
    (above,) = login_as(expert).get(url).context["above"]
    assert item_of(scene).pk in [row.pk for row in above.rows]
    page = login_as(expert).get(url).content.decode()
    assert SECRET in page
    assert "Under way" in page


def test_linked_questions_lead_to_what_was_agreed_on_other_articles(scene: Cast, login_as: LoginAs) -> None:
    record(scene)
    review, expert = later_review(scene)
    index, linked_codes = index_of(Response.objects.get(review=review).version_id), QuestionLink.objects.values("code")
    codes_linked = {row["code"] for row in linked_codes}
    place = next(
        place
        for place in index.sections
        if place.part.instrument == "tip" and codes_linked & {item.code for item in place.section.items}
    )
    other = f"/en/untoc/reviews/{review.code}/response/{'/'.join(place.address)}/"
    before = [row.pk for above in login_as(expert).get(other).context["above"] for row in above.rows]
    codes = [field.item.code for field in login_as(expert).get(other).context["fields"]]
    link = QuestionLink.objects.filter(code__in=codes).first()
    assert link is not None
    with guards_off({"reviews_observation"}):
        linked = QuestionLink.objects.filter(block=link.block).exclude(code__in=codes)[0].code
        Observation.objects.filter(pk=item_of(scene).pk).update(question_codes=[linked])
    after = [row.pk for above in login_as(expert).get(other).context["above"] for row in above.rows]
    assert (item_of(scene).pk in before, item_of(scene).pk in after) == (False, True)


def test_only_people_of_the_state_see_that_and_of_other_states_nothing(scene: Cast, login_as: LoginAs) -> None:
    record(scene, FollowUpInput("under_way", f"We work on {SECRET}."))
    review, _expert = later_review(scene)
    contributor = UserFactory(full_name="Contributor Of Now")
    part = utils.register(review, contributor, scene.state, ParticipationRole.NATIONAL_CONTRIBUTOR)
    url, response = section_on(review, item_of(scene)), Response.objects.get(review=review)
    place = index_of(response.version_id).section_at(*url.rstrip("/").split("/")[-2:])
    focal_point = UserFactory(full_name="Focal Point Of Now")
    utils.register(review, focal_point, scene.state, ParticipationRole.FOCAL_POINT)
    assign_sections(focal_point, response, participation=part, places=[place])
    page = login_as(contributor).get(url)
    assert (page.status_code, page.context["above"]) == (200, [])
    bystanders = Response.objects.filter(review=scene.bystander_review).first() or open_response(
        SYSTEM, scene.bystander_review
    )
    others = url.replace(review.code, bystanders.review.code)
    assert login_as(scene.bystander).get(others).context["above"] == []
