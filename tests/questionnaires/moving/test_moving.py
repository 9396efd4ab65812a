"""A State moves its self-assessment to a later version: nothing is lost, and nobody else does it."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from accounts.states.models import StateParty
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.answers.selectors import get_response_to_write
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.enums import QuestionKind
from questionnaires.definitions.models import ItemMapping, QuestionnaireVersion
from questionnaires.definitions.selectors import index_of
from questionnaires.definitions.services import import_version
from questionnaires.editing.selectors import versions_of
from questionnaires.moving.selectors import kept_answers, number_to_look_at
from questionnaires.moving.services import move_response, plan_of, settle_kept_answer
from questionnaires.responses.models import Answer, AnswerRevision, Response, SectionAssignment
from questionnaires.sending.document import submission_document
from questionnaires.sending.services import begin_revision
from tests import utils
from tests.factories.accounts import OfficerFactory
from tests.plain_role import plain_role
from tests.questionnaires.definitions.test_mapping import with_item
from tests.questionnaires.editing.drafting import cluster, official
from tests.questionnaires.moving.moving import moved, now, plan, say, second, send
from tests.sharing import shared
from tests.utils import PARTY_TO_UNCAC, Cast, clear_answers, fresh, login_as, make_cast, save

pytestmark = pytest.mark.django_db
RESPONSE = "/en/untoc/reviews/1-XVE/response/"


@shared
def moving(cast: Cast) -> Cast:
    """Four answers, of which two have a place in version 2, which is published."""
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",), text="First.")
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",), text="Second.", base=1)
    save(cast.response, cast.expert, "I.untoc.1.a", text="Words on what is gone.")
    save(cast.response, cast.expert, "I.untoc.2", choices=("No",), text="Because.")
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    import_version(OfficerFactory(), second())
    return cast


def test_before_the_move_it_is_said_what_it_means(moving: Cast) -> None:
    found = plan(moving)
    assert found.target.number == 2
    assert [(answer.choices, code) for answer, code in found.carried] == [
        (["Yes"], "I.untoc.1"),
        (["Yes"], "I.untoc.3"),
    ]
    assert [(move.old.code, str(move.fate)) for _answer, move in found.kept] == [
        ("I.untoc.1.a", "gone"),
        ("I.untoc.2", "person"),
    ]
    assert found.counts == {"gone": 1, "person": 1, "words": 1}
    assert [item.code for item in found.new] == ["I.untoc.83"]
    assert now(moving).version.number == 1, "nothing has moved"


def test_answers_that_were_emptied_are_nobodys_work_and_keep_their_saves(moving: Cast, client: Client) -> None:
    for code in ("I.untoc.1.a", "I.untoc.2", "I.untoc.3"):
        save(now(moving), moving.expert, code, base=1)
    found = plan(moving)
    assert (found.number_carried, found.kept, found.counts) == (1, [], {})
    state = login_as(client, moving.focal_point)
    page = state.get(f"{RESPONSE}version/").content.decode()
    assert "1 answer goes with its question" in page
    assert "no place there" not in page
    assert "What needs a person" not in page
    response = moved(moving)
    assert Answer.objects.get(question__version=response.version, question__code="I.untoc.3").revision == 2
    assert number_to_look_at(response) == 0
    kept = state.get(f"{RESPONSE}kept/")
    assert [row.item.code for row, _steps in kept.context["emptied"]] == ["I.untoc.1.a"]
    assert (kept.context["waiting"], kept.context["settled"]) == ([], [])
    html = kept.content.decode()
    assert "Words on what is gone." in html
    assert "I have looked at it" not in html
    assert AuditEntry.objects.get(verb="questionnaires.response.moved").after["carried"] == 1


def test_answers_go_with_their_questions_and_nothing_is_lost(moving: Cast) -> None:
    before = sorted(AnswerRevision.objects.values_list("pk", "text", "choices"))
    response = moved(moving)
    assert (response.version.number, response.moved_from.number) == (2, 1)  # type: ignore[union-attr]
    placed = Answer.objects.filter(question__version=response.version).order_by("question__order")
    assert [(row.question.code, row.text, row.revision) for row in placed] == [
        ("I.untoc.1", "Second.", 2),
        ("I.untoc.3", "", 1),
    ]
    assert sorted(AnswerRevision.objects.values_list("pk", "text", "choices")) == before
    kept = list(kept_answers(response))
    assert [(each.item.code, each.answer.text, each.why) for each in kept] == [
        ("I.untoc.1.a", "Words on what is gone.", "This is not asked any more."),
        ("I.untoc.2", "Because.", "What was chosen is not among the options any more."),
    ]
    document = submission_document(response)
    assert [answer["code"] for answer in document["answers"]] == ["I.untoc.1", "I.untoc.3"]
    assert document["questionnaire"]["version"] == 2
    entry = AuditEntry.objects.get(verb="questionnaires.response.moved")
    assert (entry.before, entry.after["kept"]) == ({"version": 1}, ["I.untoc.1.a", "I.untoc.2"])
    assert entry.room == moving.state.iso3


def test_an_answer_goes_where_an_officer_has_its_question_go(moving: Cast) -> None:
    first, last = QuestionnaireVersion.objects.filter(questionnaire__cluster=cluster()).order_by("number")
    ItemMapping.objects.create(
        old_version=first, new_version=last, old_code="I.untoc.2", new_code="I.untoc.83", decided_by=moving.officer
    )
    assert [code for _answer, code in plan(moving).carried] == ["I.untoc.1", "I.untoc.83", "I.untoc.3"]
    response = moved(moving)
    assert Answer.objects.get(question__code="I.untoc.83").text == "Because."
    assert [each.item.code for each in kept_answers(response)] == ["I.untoc.1.a"]


def test_what_is_not_within_the_competence_moves_and_is_told_with_all_its_saves(moving: Cast, client: Client) -> None:
    StateParty.objects.filter(pk=moving.state.pk).update(is_reio=True)
    save(fresh(moving).response, moving.expert, "I.untoc.2", text="Member States.", base=1, is_outside_competence=True)
    assert "I.untoc.2" in [code for _answer, code in plan(moving).carried]
    save(now(moving), moving.expert, "I.untoc.1.a", text="Theirs.", base=1, is_outside_competence=True)
    StateParty.objects.filter(pk=moving.state.pk).update(is_reio=False)
    response = moved(moving)
    placed = Answer.objects.get(question__version=response.version, question__code="I.untoc.2")
    assert (placed.text, placed.is_outside_competence) == ("Member States.", True)
    html = login_as(client, moving.focal_point).get(f"{RESPONSE}kept/").content.decode()
    saves = html[html.index("All saves") :]
    assert "Not within our competence" in saves
    settle_kept_answer(moving.focal_point, response, answer=next(kept_answers(response)).answer.pk)


def test_why_an_answer_on_competence_is_kept_is_said_by_what_it_says(cast: Cast) -> None:
    StateParty.objects.filter(pk=cast.state.pk).update(is_reio=True)
    for code in ("I.untoc.1.a", "I.untoc.2"):
        save(fresh(cast).response, cast.expert, code, text="Member States.", is_outside_competence=True)
    new = with_item(official(), "I.untoc.2", kind="group", options=())
    import_version(OfficerFactory(), with_item(new, "I.untoc.1.a", gone=True))
    assert [each.why for each in kept_answers(moved(cast))] == [
        "This is not asked any more.",
        "It only heads other questions now: say of each whether it is within your competence.",
    ]
    asked = with_item(official(), "I.untoc.1.a", kind="yes_no", options=("Yes", "No"))
    import_version(OfficerFactory(), asked)
    words = "It had no place when the answers were moved; in the version of now it has one again."
    assert [each.why for each in kept_answers(moved(cast))] == [words, words]


def test_it_is_refused_where_a_colleague_wrote_meanwhile(moving: Cast) -> None:
    shown = plan(moving).seen
    save(now(moving), moving.second_expert, "I.untoc.3", choices=("No",), base=1)
    with pytest.raises(ServiceError, match="Somebody has written meanwhile"):
        move_response(moving.focal_point, now(moving), seen=shown)
    assert now(moving).version.number == 1
    assert moved(moving).version.number == 2
    with pytest.raises(ServiceError, match="on the newest version"):
        move_response(moving.focal_point, now(moving), seen="")


@pytest.mark.parametrize("person", ["expert", "contributor", "officer", "administrator", "same_group_focal_point"])
def test_the_focal_point_of_the_state_alone_moves_it(moving: Cast, person: str) -> None:
    with pytest.raises(PolicyRefusedError):
        move_response(getattr(moving, person), now(moving), seen=plan(moving).seen)


def test_what_was_sent_never_moves_whatever_the_statement(moving: Cast) -> None:
    clear_answers(moving.focal_point, now(moving))
    assert plan_of(now(moving)) is None
    with pytest.raises(PolicyRefusedError):
        move_response(moving.focal_point, now(moving), seen="")
    last = QuestionnaireVersion.objects.filter(questionnaire__cluster=cluster()).latest("number")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Response.objects.filter(pk=now(moving).pk).update(version=last)


def test_an_answer_that_comes_from_a_page_of_before_is_refused(moving: Cast) -> None:
    response = get_response_to_write(moving.expert, "untoc", "1-XVE")
    moved(moving)
    with pytest.raises(ServiceError, match="has moved to version 2"):
        save(response, moving.expert, "I.untoc.4", choices=("Yes",))
    assert not Answer.objects.filter(question__code="I.untoc.4").exists()


def test_sections_that_were_sent_to_a_ministry_stay_with_it(moving: Cast) -> None:
    index = index_of(now(moving).version_id)
    places = [index.section_at("firearms", "article-3")]
    assign_sections(moving.focal_point, now(moving), participation=moving.participations["contributor"], places=places)
    assert not plan(moving).lost
    response = moved(moving)
    sent = SectionAssignment.objects.get(response=response)
    assert sent.section_id == index_of(response.version_id).section_at("firearms", "article-3").pk


def test_the_pages_lead_through_it(moving: Cast, client: Client) -> None:
    state = login_as(client, moving.focal_point)
    assert f"{RESPONSE}version/" in state.get(RESPONSE).content.decode()
    page = state.get(f"{RESPONSE}version/")
    assert "2 answers go with their questions" in page.content.decode()
    assert "2 answers have no place there" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    save(now(moving), moving.expert, "I.untoc.4", choices=("Yes",))
    refused = state.post(f"{RESPONSE}version/", {"seen": seen})
    assert refused.status_code == 422
    assert "3 answers go with their questions" in refused.content.decode()
    done = state.post(f"{RESPONSE}version/", {"seen": refused.context["form"]["seen"].value()}, follow=True)
    html = done.content.decode()
    assert "Words on what is gone." in html
    assert [row.item.code for row, _steps in done.context["waiting"]] == ["I.untoc.1.a", "I.untoc.2"]
    answer = done.context["waiting"][0][0].answer
    listed = state.post(f"{RESPONSE}kept/{answer.pk}/", follow=True)
    assert [row.item.code for row, _steps in listed.context["settled"]] == ["I.untoc.1.a"]
    again = state.post(f"{RESPONSE}kept/{answer.pk}/", follow=True)
    assert "A colleague has looked at this answer already." in again.content.decode()
    assert "There is no later version" in state.get(f"{RESPONSE}version/").content.decode()


def test_a_kept_answer_is_looked_at_by_the_state_alone(moving: Cast) -> None:
    response = moved(moving)
    answer = next(kept_answers(response)).answer
    for person in (moving.expert, moving.officer):
        with pytest.raises(PolicyRefusedError):
            settle_kept_answer(person, response, answer=answer.pk)
    placed = Answer.objects.get(question__code="I.untoc.3")
    with pytest.raises(ServiceError):
        settle_kept_answer(moving.focal_point, response, answer=placed.pk)


def test_a_kept_answer_is_looked_at_while_a_version_stands_and_the_next_is_prepared(moving: Cast) -> None:
    response = moved(moving)
    answer = next(kept_answers(response)).answer
    clear_answers(moving.focal_point, response)
    fresh(moving)
    begin_revision(moving.focal_point, now(moving), reason="A new law.", number=1)
    fresh(moving)
    with plain_role(), identified_as(moving.focal_point):
        settle_kept_answer(moving.focal_point, now(moving), answer=answer.pk)
    assert Answer.objects.get(pk=answer.pk).settled_by == moving.focal_point


def test_the_state_moves_with_the_rights_that_pages_have_and_an_officer_has_none(moving: Cast) -> None:
    index = index_of(now(moving).version_id)
    places = [index.section_at("firearms", "article-3")]
    assign_sections(moving.focal_point, now(moving), participation=moving.participations["contributor"], places=places)
    last = QuestionnaireVersion.objects.filter(questionnaire__cluster=cluster()).latest("number")
    with plain_role(), identified_as(moving.officer):
        assert Response.objects.filter(pk=moving.response.pk).update(version=last) == 0  # type: ignore[union-attr]
    with plain_role(), identified_as(moving.focal_point):
        response = moved(moving)
        first, _second = kept_answers(response)
        settle_kept_answer(moving.focal_point, response, answer=first.answer.pk)
        assert [each.answer.settled_by for each in kept_answers(response)] == [moving.focal_point, None]
    with plain_role(), identified_as(moving.officer):
        assert not list(kept_answers(response))


def test_the_secretariat_sees_how_many_have_moved_and_no_answer(moving: Cast, client: Client) -> None:
    counts = [(each.number, each.running, each.moved) for each in versions_of(cluster())]  # type: ignore[attr-defined]
    assert counts == [(2, 0, 0), (1, 1, 0)]
    moved(moving)
    counts = [(each.number, each.running, each.moved) for each in versions_of(cluster())]  # type: ignore[attr-defined]
    assert counts == [(2, 1, 0), (1, 0, 1)]
    assert login_as(client, moving.officer).get(f"{RESPONSE}kept/").status_code == 403


def test_every_answer_finds_its_place_where_nothing_differs_but_a_title(cast: Cast) -> None:
    assert cast.response is not None
    codes = utils.answer_some(cast.response, cast.expert, 40)
    import_version(OfficerFactory(), replace(official(), title="Another title"))
    before: Any = submission_document(now(cast))["answers"]
    response = moved(cast)
    assert submission_document(response)["answers"] == before
    assert len(before) == len(codes)
    assert not list(kept_answers(response))
    assert QuestionKind.GROUP not in {index_of(response.version_id).items[code].kind for code in codes}


def test_an_answer_is_kept_where_its_question_is_not_asked_of_this_state(client: Client) -> None:
    cast = make_cast(state=PARTY_TO_UNCAC)
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",), text="Words.")
    import_version(OfficerFactory(), second())
    say(cast, n1="I.untoc.13")  # article 8 is for States that are not party to UNCAC
    assert [move.old.code for _answer, move in plan(cast).kept] == ["I.untoc.1"]
    (kept,) = kept_answers(moved(cast))
    assert kept.why == "This is asked now in a part of the questionnaire that does not apply to your State."
    assert kept.place is None
    address = f"/en/untoc/reviews/{cast.review.code}/response/"
    page = login_as(client, cast.focal_point).get(f"{address}kept/").content.decode()
    assert "does not apply to your State" in page
    assert f"{address}untoc/article-8/" not in page


def test_a_section_that_is_gone_is_named_with_whom_it_was_sent_to(moving: Cast, client: Client) -> None:
    send(moving, "contributor", "article-23")
    gone = second()
    sections = tuple(section for section in gone.parts[0].sections if section.slug != "article-23")
    import_version(OfficerFactory(), replace(gone, parts=(replace(gone.parts[0], sections=sections), *gone.parts[1:])))
    page = login_as(client, moving.focal_point).get(f"{RESPONSE}version/").content.decode()
    assert "1 section does not stay with the ministry" in page
    assert "It is not there any more." in page
    assert str(moving.contributor) in page
    moved(moving)
    assert not SectionAssignment.objects.exists()


def test_what_waits_for_a_look_is_counted_until_the_answers_are_sent(moving: Cast, client: Client) -> None:
    state = login_as(client, moving.focal_point)
    assert "wait for a look" not in state.get(f"{RESPONSE}clear/").content.decode()
    response = moved(moving)
    words = "2 answers to an earlier version of the questionnaire wait for a look. They are not sent."
    for page in (RESPONSE, f"{RESPONSE}clear/"):
        html = state.get(page).content.decode()
        assert words in html
        assert f'href="{RESPONSE}kept/"' in html
    settle_kept_answer(moving.focal_point, response, answer=next(kept_answers(response)).answer.pk)
    assert "1 answer to an earlier version" in state.get(f"{RESPONSE}clear/").content.decode()
    assert "What needs a person" in state.get(f"{RESPONSE}kept/").content.decode()
    clear_answers(moving.focal_point, now(moving))
    assert "waits for a look" not in state.get(RESPONSE).content.decode()
    kept = state.get(f"{RESPONSE}kept/").content.decode()
    assert "Not looked at before the answers were sent" in kept
    assert "What needs a person" not in kept
    assert "I have looked at it" not in kept


def test_an_answer_that_waits_has_a_place_again_where_its_question_returns(moving: Cast) -> None:
    moved(moving)
    import_version(OfficerFactory(), official())
    kept = {each.item.code: each for each in kept_answers(moved(moving))}
    words = "It had no place when the answers were moved; in the version of now it has one again."
    assert {code: each.why for code, each in kept.items()} == {"I.untoc.1.a": words, "I.untoc.2": words}
    assert kept["I.untoc.1.a"].place is not None


def test_over_two_versions_an_answer_goes_where_each_step_has_it_go(moving: Cast) -> None:
    say(moving, n2="I.untoc.83")
    last = import_version(OfficerFactory(), replace(second(), title="Another title"))
    middle = QuestionnaireVersion.objects.get(questionnaire__cluster=cluster(), number=2)
    for old, new in (("I.untoc.83", "I.untoc.4"), ("I.untoc.4", "")):
        ItemMapping.objects.create(
            old_version=middle, new_version=last, old_code=old, new_code=new, decided_by=moving.officer
        )
    assert [code for _answer, code in plan(moving).carried] == ["I.untoc.1", "I.untoc.4", "I.untoc.3"]
