"""What ministries say and propose, and what focal point and experts make of it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from questionnaires.ministries.enums import PartState
from questionnaires.ministries.models import ConsultedBody
from questionnaires.ministries.selectors import matrix_of
from questionnaires.ministries.services import (
    AdoptedText,
    adopt_proposal,
    answer_assignment,
    answer_return,
    check_part,
    remind_ministry,
    remind_of_assignments,
    return_proposal,
)
from questionnaires.overview.selectors import standings_for
from questionnaires.progress.selectors.overview import overview_for
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import (
    Adoption,
    Answer,
    Proposal,
    Response,
    SectionAssignment,
)
from tests import utils
from tests.core.database.test_row_security import keys
from tests.query_counts import assert_query_count
from tests.questionnaires.ministries.ministries import (
    FIREARMS,
    FIRST,
    RESPONSE,
    SECTION,
    proposed,
    second_ministry,
    send,
)
from tests.utils import SYSTEM, Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


# --- said, returned, adopted


def test_a_contributor_says_done_or_whom_to_ask(cast: Cast) -> None:
    part = send(cast)
    with pytest.raises(ServiceError) as caught:
        answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.NOT_OURS)
    assert caught.value.field == "word"
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.NOT_OURS, word="Ask Trade.")
    part.refresh_from_db()
    assert (part.said, part.word) == ("not_ours", "Ask Trade.")
    mails = Notification.objects.filter(key__startswith="ministry_said")
    assert [mail.recipient for mail in mails] == [cast.focal_point]
    assert "Trade" not in str(mails[0].context)
    with pytest.raises(PolicyRefusedError):
        answer_assignment(actor=cast.expert, assignment=part, said=AssignmentWord.DONE)


def answer(cast: Cast, proposal: Proposal) -> None:
    proposal.refresh_from_db()
    assert proposal.returned_at
    answer_return(actor=cast.contributor, proposal=proposal, returned_at=proposal.returned_at.isoformat())


def test_a_return_is_a_task_until_it_is_answered(cast: Cast, login_as: LoginAs) -> None:
    from tests.portal.work.test_my_work import own

    proposal = proposed(cast)
    return_proposal(actor=cast.expert, proposal=proposal, number=1, reason="Which Act?")
    assert "Look once more at 1 proposal that was returned" in own(cast.contributor)
    assert "Which Act?" in login_as(cast.contributor).get(SECTION).content.decode()
    save(cast.response, cast.contributor, FIRST, text="The Act of 2001.", base=1)
    proposal.refresh_from_db()
    assert proposal.is_returned, "a save alone answers nothing"
    answer(cast, proposal)
    answer(cast, proposal)
    assert own(cast.contributor) == ["Draft the answers of 1 section sent to you"]
    assert "Which Act?" not in login_as(cast.contributor).get(SECTION).content.decode()


def test_a_return_rests_on_what_was_shown_and_waits_for_its_answer(cast: Cast, login_as: LoginAs) -> None:
    proposal = proposed(cast)
    client = login_as(cast.expert)
    url = f"{RESPONSE}proposals/{FIRST}/{proposal.pk}/return/"
    save(cast.response, cast.contributor, FIRST, text="The Act of 2001.", base=1)
    saved_at = Proposal.objects.get().updated_at
    stale = client.post(url, {"number": "1", "reason": "Typed here."})
    assert stale.status_code == 422
    assert "Typed here." in stale.content.decode()
    assert "The Act of 2001." in stale.content.decode()
    assert client.post(url, {"number": "2", "reason": "Which article?"}).status_code == 302
    assert client.post(url, {"number": "2", "reason": "Over it."}).status_code == 422
    proposal.refresh_from_db()
    assert (proposal.return_reason, proposal.updated_at) == ("Which article?", saved_at)
    answer(cast, proposal)
    shown = proposal.returned_at
    return_proposal(actor=cast.focal_point, proposal=proposal, number=2, reason="And which court?")
    assert shown
    answered = {"returned_at": shown.isoformat()}
    stale = login_as(cast.contributor).post(f"{RESPONSE}proposals/{FIRST}/answered/", answered)
    assert stale.status_code == 422
    assert "And which court?" in stale.content.decode()
    proposal.refresh_from_db()
    assert (proposal.is_returned, proposal.updated_at) == (True, saved_at)


def test_who_has_said_all_has_no_task(cast: Cast) -> None:
    from tests.portal.work.test_my_work import own

    part = send(cast)
    assert own(cast.contributor) == ["Draft the answers of 1 section sent to you"]
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    assert own(cast.contributor) == []


def test_a_return_of_what_was_taken_back_is_nobodys_task(cast: Cast, login_as: LoginAs) -> None:
    from tests.portal.work.test_my_work import own

    proposal = proposed(cast, code="I.firearms.69.a", text="")
    return_proposal(actor=cast.expert, proposal=proposal, number=1, reason="Which Act?")

    def is_task() -> bool:
        overview = overview_for(cast.contributor, cast.response)
        returned = standings_for(cast.contributor, overview, may_write=True).returned
        listed = "I.firearms.69.a" in {item.code for item in returned}
        assert listed == any("returned" in task for task in own(cast.contributor))
        return listed

    assert is_task()
    send(cast, places=[], questions=["I.firearms.69"])
    assert is_task(), "a follow-up comes with its question"
    send(cast, places=[], questions=[FIRST])
    assert not is_task()
    answered_meanwhile = {"return_answered_at": timezone.now()}
    Proposal.objects.update(**answered_meanwhile)
    with pytest.raises(ServiceError, match="no longer"):
        return_proposal(actor=cast.expert, proposal=proposal, number=1, reason="Once more.")


def test_a_return_says_why(cast: Cast) -> None:
    proposal = proposed(cast)
    with pytest.raises(ServiceError) as caught:
        return_proposal(actor=cast.focal_point, proposal=proposal, number=1, reason=" ")
    assert caught.value.field == "reason"


def test_a_proposal_is_adopted_as_it_is_and_the_history_says_whose(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, FIRST, text="Official.")
    proposal = proposed(cast, citations=[{"law": "Firearms Act", "provision": "1", "link": ""}])
    adoption = adopt_proposal(actor=cast.expert, proposal=proposal, number=1, base=1)
    answer = Answer.objects.get()
    assert (answer.text, answer.choices, answer.citations) == (proposal.text, ["Yes"], proposal.citations)
    assert (answer.revision, answer.saved_by, adoption.answer_number) == (2, cast.expert, 2)
    history = login_as(cast.expert).get(f"{RESPONSE}answers/{FIRST}/history/").content.decode()
    assert history.count("Adopted from what") == 1
    entry = AuditEntry.objects.get(verb="questionnaires.response.proposal_adopted")
    assert entry.after["proposal"] == str(proposal.pk)
    assert "Firearms Act" not in str(entry.after)


def test_a_proposal_is_adopted_into_the_text_and_stays_as_it_is(cast: Cast) -> None:
    law = {"law": "Penal Code", "provision": "", "link": ""}
    save(cast.response, cast.expert, FIRST, text="Official.", citations=[law])
    proposal = proposed(cast, citations=[{"law": "Firearms Act", "provision": "1", "link": ""}])
    instead = AdoptedText(choices=["Yes"], text="Official, and by the Act.", with_citations=True)
    adopt_proposal(actor=cast.focal_point, proposal=proposal, number=1, base=1, instead=instead)
    answer = Answer.objects.get()
    assert answer.text == "Official, and by the Act."
    assert [each["law"] for each in answer.citations] == ["Penal Code", "Firearms Act"]
    proposal.refresh_from_db()
    assert proposal.text == "By the Firearms Act."


def test_what_has_moved_on_is_not_adopted(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Official.")
    proposal = proposed(cast)
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Changed meanwhile.", base=1)
    with pytest.raises(ServiceError, match="official answer has changed"):
        adopt_proposal(actor=cast.focal_point, proposal=proposal, number=1, base=1)
    save(cast.response, cast.contributor, FIRST, text="Changed too.", base=1)
    with pytest.raises(ServiceError, match="changed its proposal"):
        adopt_proposal(actor=cast.focal_point, proposal=proposal, number=1, base=2)
    assert (Answer.objects.get().text, Adoption.objects.count()) == ("Changed meanwhile.", 0)


_THREE = "The law of {} applies.\n\nCourts hear it.\n\nThere {} appeals."


def test_an_adoption_makes_no_official_text_that_nobody_has_seen(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text=_THREE.format("1999", "is one"))
    proposal = proposed(cast)
    later = _THREE.format("1999", "are two")
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text=later, base=1)
    instead = AdoptedText(choices=["Yes"], text=_THREE.format("2001", "is one"), with_citations=False)
    with pytest.raises(ServiceError, match="official answer has changed"):
        adopt_proposal(actor=cast.focal_point, proposal=proposal, number=1, base=1, instead=instead)
    answer = Answer.objects.get()
    assert (answer.text, answer.revisions.count()) == (later, 2)
    assert Adoption.objects.count() == 0


def test_a_stale_page_of_adoption_gives_back_what_was_typed(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Official.")
    proposal = proposed(cast)
    url = f"{RESPONSE}proposals/{FIRST}/{proposal.pk}/adopt/"
    client = login_as(cast.focal_point)
    assert "Official." in client.get(url).content.decode()
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Changed meanwhile.", base=1)
    fields = {"base": "1", "number": "1", "choices": ["Yes"], "text": "Put together."}
    page = client.post(url, fields)
    assert page.status_code == 422
    assert "Put together." in page.content.decode()
    assert Answer.objects.get().text == "Changed meanwhile."
    assert 'name="base" value="2"' in page.content.decode(), "the page shows what holds now, and rests on it"
    assert client.post(url, fields | {"base": "2"}).status_code == 302
    assert Answer.objects.get().text == "Put together."


@pytest.mark.parametrize("name", ["contributor", "observer"])
def test_only_those_who_write_adopt_return_and_check(cast: Cast, name: str) -> None:
    proposal, user = proposed(cast), cast.people[name]
    part = SectionAssignment.objects.get()
    for act in (
        lambda: adopt_proposal(actor=user, proposal=proposal, number=1, base=0),
        lambda: return_proposal(actor=user, proposal=proposal, number=1, reason="Why?"),
        lambda: check_part(actor=user, assignment=part),
    ):
        with pytest.raises(PolicyRefusedError):
            act()


def test_proposals_stand_side_by_side(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="The law is of 1999.")
    proposed(cast, text="The law is of 2001.")
    other = second_ministry(cast)
    send(cast, "second")
    save(cast.response, other, FIRST, choices=("No",), text="There is none.")
    client = login_as(cast.expert)
    page = client.get(f"{RESPONSE}proposals/{FIRST}/").content.decode()
    assert page.count('app-proposal"') == 2
    assert '<del class="app-diff__removed">1999</del>' in page
    assert "Ministry of Trade" in client.get(SECTION).content.decode()


def test_clearing_freezes_the_official_answers_alone(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="Official.")
    proposed(cast, code="I.firearms.69.a", text="")
    submission = utils.clear_answers(cast.focal_point, cast.response)
    assert [answer["code"] for answer in submission.document["answers"]] == [FIRST]
    with pytest.raises(PolicyRefusedError, match="been sent"):
        save(cast.response, cast.contributor, FIRST, text="After.")


# --- who is late


def test_states_add_up(cast: Cast) -> None:
    part = send(cast)
    (row,) = [row for row in matrix_of(cast.response).rows if row.is_sent]
    assert row.place.address == FIREARMS

    def now() -> dict[str, int]:
        matrix = matrix_of(cast.response)
        assert sum(matrix.counts.values()) == len(matrix.parts)
        assert matrix.not_sent + sum(row.is_sent for row in matrix.rows) == len(matrix.rows)
        return {str(state): number for state, number in matrix.counts.items() if number}

    assert now() == {PartState.WITH: 1}
    save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="Proposed.")
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    assert now() == {PartState.PROPOSED: 1}
    proposal = Proposal.objects.get()
    return_proposal(actor=cast.focal_point, proposal=proposal, number=1, reason="Why?")
    assert now() == {PartState.RETURNED: 1}
    answer(cast, proposal)
    adopt_proposal(actor=cast.focal_point, proposal=proposal, number=1, base=0)
    assert now() == {PartState.ADOPTED: 1}
    assert check_part(actor=cast.expert, assignment=part)
    assert not check_part(actor=cast.expert, assignment=part)
    assert now() == {PartState.CHECKED: 1}
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.NOT_OURS, word="Ask Trade.")
    assert now() == {PartState.NOT_OURS: 1}


def test_the_page_of_the_ministries_filters_and_reminds_once_a_day(cast: Cast, login_as: LoginAs) -> None:
    send(cast, due_on=timezone.localdate())
    SectionAssignment.objects.update(due_on=timezone.localdate() - dt.timedelta(1))
    client = login_as(cast.focal_point)
    url = f"{RESPONSE}ministries/"
    assert client.get(f"{url}?state=late").content.decode().count("app-matrix-row") == 1
    assert client.get(f"{url}?state=checked").content.decode().count("app-matrix-row") == 0
    assert client.get(f"{url}?state=nonsense").content.decode().count("app-matrix-row") > 20
    for _each in range(2):
        assert remind_ministry(
            actor=cast.focal_point, response=cast.response, participation=cast.participations["contributor"].pk
        )
    # Whom a private mail was owed row security tells a page not, where that is asked again.
    remind = f"{url}{cast.participations['contributor'].pk}/remind/"
    assert [client.post(remind).status_code for _each in range(2)] == [302, 302]
    assert Notification.objects.filter(key__startswith="ministry_due").count() == 1
    assert "1 late" in client.get(RESPONSE).content.decode()


def test_the_worker_reminds_before_the_date_and_tells_the_focal_point_after(cast: Cast) -> None:
    due = timezone.localdate() + dt.timedelta(10)
    send(cast, due_on=due)

    def told(days: int) -> set[tuple[str, str]]:
        Notification.objects.all().delete()
        with identified_as(SYSTEM):
            remind_of_assignments(due + dt.timedelta(days))
            remind_of_assignments(due + dt.timedelta(days))
        return {(mail.key.partition(":")[0], str(mail.recipient)) for mail in Notification.objects.all()}

    assert told(-10) == set(), "the rule of fourteen days was over when it was sent"
    assert told(-3) == told(-2) == told(0) == {("ministry_due", str(cast.contributor))}
    assert told(7) == told(13) == {("ministry_late", str(cast.focal_point))}
    assert told(14) == set(), "what was missed for long is not sent any more"
    answer_assignment(actor=cast.contributor, assignment=SectionAssignment.objects.get(), said=AssignmentWord.DONE)
    assert told(7) == set()


def test_only_what_can_be_done_is_reminded_of_and_called_late(cast: Cast) -> None:
    due = timezone.localdate() + dt.timedelta(5)
    part = send(cast, due_on=due)
    save(cast.response, cast.contributor, FIRST, choices=("Yes",))
    found = {"said": "", "checked_by": None}

    def late() -> tuple[int, int]:
        with identified_as(SYSTEM):
            reminded = remind_of_assignments(due + dt.timedelta(7))
        SectionAssignment.objects.update(due_on=timezone.localdate() - dt.timedelta(1))
        number = matrix_of(cast.response).late
        SectionAssignment.objects.update(due_on=due)
        return reminded, number

    assert late() == (1, 1)
    with pytest.raises(ServiceError, match="nothing to check"):
        check_part(actor=cast.expert, assignment=part)
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    return_proposal(actor=cast.expert, proposal=Proposal.objects.get(), number=1, reason="Which Act?")
    assert late() == (0, 0)
    with pytest.raises(ServiceError, match="nothing to check"):
        check_part(actor=cast.expert, assignment=part)
    SectionAssignment.objects.update(**found)
    Response.objects.update(status="in_clearance")
    assert late()[0] == 0


def test_a_section_takes_the_same_queries_with_one_proposal_and_with_many(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    other = second_ministry(cast)
    client = login_as(cast.expert)
    client.get(SECTION)
    for more in ((), (FIRST, "I.firearms.69.a")):
        for code in more:
            send(cast, "second")
            save(cast.response, other, code, choices=("Yes",))
        with CaptureQueriesContext(connection) as captured:
            client.get(SECTION)
        assert len(captured) <= 15
    with assert_query_count("questionnaires:ministries"):
        client.get(f"{RESPONSE}ministries/")


# --- who was consulted


def test_whom_a_state_has_consulted_is_its_own_to_know(cast: Cast, login_as: LoginAs) -> None:
    url = f"{RESPONSE}consulted/"
    client = login_as(cast.expert)
    fields = {"name": "A bar association", "kind": "civil_society", "consulted_on": "2026-01-05", "about": "Legal aid."}
    assert client.post(url, fields).status_code == 302
    body = ConsultedBody.objects.get()
    assert (body.name, body.kind, body.room) == ("A bar association", "civil_society", cast.state)
    shown = {name for name, user in cast.people.items() if keys(ConsultedBody, user)}
    assert shown == {"focal_point", "expert", "second_expert", "observer"}
    wrong = client.post(url, fields | {"consulted_on": "2999-01-01", "name": "Typed here"})
    assert wrong.status_code == 422
    assert "Typed here" in wrong.content.decode()
    for _each in range(2):
        assert client.post(f"{url}{body.pk}/remove/").status_code == 302
    assert not ConsultedBody.objects.exists()
