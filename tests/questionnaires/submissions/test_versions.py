"""What a new version has changed is marked for its readers, and what they wrote before says so."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from dialogue.clarifications.services import draft_clarification, send_clarification
from dialogue.exchange.selectors import instruments_covered_by
from observations.observations.rows import lists_for
from observations.observations.selectors import all_observations_visible_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.sending.services import begin_revision, recall_response
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.selectors.versions import VersionHistory
from questionnaires.submissions.services import open_submission
from reviews.drafts import shown_in_room, shown_on_table
from tests import journey
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
SUBMISSION = f"{REVIEW}submission/"
PART, CHANGES = f"{SUBMISSION}untoc/", f"{SUBMISSION}changes/"
ITEM = "I.untoc.23"
DESK = f"{REVIEW}desk/untoc/article-15/"
SINCE = "The answer has changed since, in version 2."


def new_version(cast: Cast, text: str, *, reason: str = "A law has come into force.") -> ResponseSubmission:
    """The next version, of which one answer says something else."""
    response = Response.objects.get(review=cast.review)
    stands = latest_submission(cast.review)
    assert stands is not None
    open_submission(cast.same_group_expert, stands)
    begin_revision(cast.focal_point, response, reason=reason, number=stands.number)
    fresh(cast)
    base = Answer.objects.filter(review=cast.review, question__code=ITEM).values_list("revision", flat=True).first()
    save(Response.objects.get(review=cast.review), cast.expert, ITEM, text=text, base=base or 0)
    submission = clear_answers(cast.focal_point, Response.objects.get(review=cast.review))
    fresh(cast)
    return submission


def asked(cast: Cast) -> None:
    state = cast.participations["same_group_expert"].state_party_id
    request = draft_clarification(
        actor=cast.same_group_focal_point,
        review=cast.review,
        instrument=instruments_covered_by(cast.review, state)[0],
        question_code=ITEM,
        text="Which law?",
        shown=shown_in_room(cast.review, state),
    )
    send_clarification(actor=cast.same_group_focal_point, request=request, base=1, shown=shown_on_table(cast.review))


def test_a_first_version_marks_nothing(cast: Cast, login_as: LoginAs) -> None:
    page = text_of(login_as(cast.same_group_expert).get(PART))
    assert ("app-changed" in page, "?show=changed" in page) == (False, False)
    assert "Nothing has changed" in text_of(login_as(cast.same_group_expert).get(CHANGES))


def test_each_changed_answer_is_marked_with_its_version_and_the_words_that_differ(
    cast: Cast, login_as: LoginAs
) -> None:
    new_version(cast, "It is a crime.")
    new_version(cast, "It is a serious crime.")
    for person in (cast.same_group_expert, cast.officer, cast.expert):
        page = text_of(login_as(person).get(PART))
        assert page.count('class="app-changed"') == 1
        assert "Changed in version 3" in page
        assert '<ins class="app-diff__added">serious </ins>' in page
    assert "Changed in version 3" in text_of(login_as(cast.same_group_expert).get(DESK))


def test_the_reading_page_shows_changed_answers_alone(cast: Cast, login_as: LoginAs) -> None:
    new_version(cast, "It is a crime.")
    client = login_as(cast.same_group_expert)
    whole, narrowed = (text_of(client.get(PART, {"show": show})) for show in ("", "changed"))
    assert "?show=changed" in whole
    assert (whole.count("app-question--read") > 5, narrowed.count("app-question--read")) == (True, 1)
    assert "It is a crime." in narrowed


def test_any_two_versions_are_compared_in_either_order(cast: Cast, login_as: LoginAs) -> None:
    new_version(cast, "It is a crime.", reason="Reason of the second.")
    new_version(cast, "It is a serious crime.", reason="Reason of the third.")
    client = login_as(cast.same_group_expert)
    last = text_of(client.get(CHANGES))
    assert "from version 2 to version 3" in last
    assert '<ins class="app-diff__added">serious </ins>' in last
    assert ("Reason of the third." in last, "Reason of the second." in last) == (True, False)
    for query in ({"from": "1", "to": "3"}, {"from": "3", "to": "1"}):
        page = text_of(client.get(CHANGES, query))
        assert "from version 1 to version 3" in page
        assert ("Reason of the third." in page, "Reason of the second." in page) == (True, True)
        assert '<ins class="app-diff__added">It is a serious crime.</ins>' in page
    for query in ({"from": "9"}, {"to": "x"}, {"to": "99999"}):
        assert client.get(CHANGES, query).status_code == 404


def test_each_version_that_stands_is_read_whole_by_all_who_read_the_answers(cast: Cast, login_as: LoginAs) -> None:
    second = new_version(cast, "It is a crime.")
    third = new_version(cast, "It is a serious crime.")
    for name in ("same_group_expert", "other_group_observer", "officer", "expert"):
        client = login_as(cast.people[name])
        page = text_of(client.get(f"{SUBMISSION}versions/2/"))
        assert (second.sha256 in page, "It is a crime." in page, "It is a serious crime." in page) == (
            True,
            True,
            False,
        ), name
        assert "Version 3 stands by now." in page
        listed = text_of(client.get(SUBMISSION))
        assert all(each in listed for each in (second.sha256, third.sha256)), name
    for name in ("stranger", "bystander"):
        assert login_as(cast.people[name]).get(f"{SUBMISSION}versions/2/").status_code == 404
    assert login_as(cast.contributor).get(f"{SUBMISSION}versions/2/").status_code == 403


def test_a_recalled_version_is_among_no_versions_and_no_changes(cast: Cast, login_as: LoginAs) -> None:
    recalled = new_version(cast, "Too early.")
    recall_response(cast.focal_point, Response.objects.get(review=cast.review), reason="Too early.", number=2)
    fresh(cast)
    save(Response.objects.get(review=cast.review), cast.expert, ITEM, text="As it should be.", base=1)
    clear_answers(cast.focal_point, Response.objects.get(review=cast.review))
    client = login_as(cast.same_group_expert)
    pages = [text_of(client.get(address)) for address in (SUBMISSION, PART, CHANGES, DESK)]
    assert not [page for page in pages if recalled.sha256 in page or "Too early." in page]
    assert "from version 1 to version 3" in pages[2]
    assert client.get(f"{SUBMISSION}versions/2/").status_code == 404
    assert client.get(CHANGES, {"from": "2"}).status_code == 404
    assert login_as(cast.expert).get(f"{RESPONSE}sent/2/").status_code == 200


def test_what_was_asked_about_an_answer_says_that_it_has_changed_since(cast: Cast, login_as: LoginAs) -> None:
    asked(cast)
    client = login_as(cast.same_group_expert)
    assert SINCE not in text_of(client.get(f"{REVIEW}clarifications/"))
    new_version(cast, "It is a crime.")
    for address in (f"{REVIEW}clarifications/", DESK):
        assert SINCE in text_of(client.get(address)), address


def test_what_was_asked_after_the_change_says_nothing(cast: Cast, login_as: LoginAs) -> None:
    new_version(cast, "It is a crime.")
    asked(cast)
    assert SINCE not in text_of(login_as(cast.same_group_expert).get(f"{REVIEW}clarifications/"))


def test_the_list_of_observations_tells_of_a_change_once_a_reviewing_state_has_opened_it(cast: Cast) -> None:
    text = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)
    journey.write_observation(cast.review, cast.same_group_expert, text, "Words.")
    Observation.objects.update(question_codes=[ITEM])

    def told() -> list[int | None]:
        reader = cast.same_group_expert
        lists = lists_for(reader, cast.review, all_observations_visible_to(reader, cast.review))
        groups = (group for each in lists for group in each.headings)
        return [row.changed_in for group in groups for some in group.sets for row in some.rows]

    newest = new_version(cast, "It is a crime.")
    assert told() == [None]
    open_submission(cast.same_group_expert, newest)
    fresh(cast)
    assert told() == [2]


def test_the_history_asks_nothing_of_a_first_version_and_once_of_a_later_one(
    cast: Cast, django_assert_num_queries: Callable[[int], object]
) -> None:
    first = latest_submission(cast.review)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert VersionHistory(first).marked == frozenset()  # type: ignore[arg-type]
    new_version(cast, "It is a crime.")
    newest = latest_submission(cast.review)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert VersionHistory(newest).marked == {ITEM}  # type: ignore[arg-type]


# --- Before it is sent


def test_a_preview_shows_what_would_be_sent_with_its_marks_and_sends_nothing(cast: Cast, login_as: LoginAs) -> None:
    open_submission(cast.same_group_expert, latest_submission(cast.review))
    begin_revision(cast.focal_point, Response.objects.get(review=cast.review), reason="A new law.", number=1)
    fresh(cast)
    save(Response.objects.get(review=cast.review), cast.expert, ITEM, text="As it will be read.")
    for name in ("focal_point", "expert", "observer"):
        page = text_of(login_as(cast.people[name]).get(f"{RESPONSE}preview/"))
        shown = [words in page for words in ("Draft – not cleared", "As it will be read.", "Changed in version 2")]
        assert shown == [True, True, True], name
    assert login_as(cast.contributor).get(f"{RESPONSE}preview/").status_code == 403
    assert login_as(cast.same_group_expert).get(f"{RESPONSE}preview/").status_code == 403
    assert ResponseSubmission.objects.count() == 1
