"""A focal point sends sections and single questions to ministries, which propose apart from all others."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.errors import ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from questionnaires.answers.services import NotAskedError
from questionnaires.definitions.selectors import index_of
from questionnaires.ministries.services import (
    adopt_proposal,
    answer_assignment,
    hand_on,
    remind_ministry,
    return_proposal,
)
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import (
    Adoption,
    Answer,
    AnswerRevision,
    Proposal,
    ProposalRevision,
    SectionAssignment,
)
from questionnaires.sending.services import submit_response_for_clearance
from reviews.registration.services.participation import end_participation
from reviews.registration.services.replacement import replace_participant
from tests import utils
from tests.core.database.test_row_security import keys
from tests.factories.accounts import UserFactory
from tests.questionnaires.ministries.ministries import (
    FIRST,
    RESPONSE,
    SECTION,
    WORDS,
    codes,
    place,
    proposed,
    second_ministry,
    send,
)
from tests.utils import SYSTEM, Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


# --- what is sent


def test_a_single_question_comes_with_its_follow_ups_and_nothing_else(cast: Cast) -> None:
    send(cast, places=[], questions=["I.firearms.69"])
    expected = [code for code in index_of(cast.response.version_id).items if code.startswith("I.firearms.69")]
    assert expected[0] == "I.firearms.69"
    assert codes(cast.contributor, cast) == expected
    with pytest.raises(PolicyRefusedError, match="not been sent to your ministry"):
        save(cast.response, cast.contributor, FIRST, choices=("Yes",))
    assert Proposal.objects.count() == 0


def test_the_page_and_the_saves_of_a_single_question_tell_of_no_other(cast: Cast, login_as: LoginAs) -> None:
    send(cast, places=[], questions=["I.firearms.69"])
    client = login_as(cast.contributor)
    page = client.get(SECTION).content.decode()
    assert 'data-question="I.firearms.69"' in page
    assert "I.firearms.68" not in page
    saved = client.post(f"{RESPONSE}answers/I.firearms.69.a/", {"choices": "Yes", "base": "0", "version": "1"}).json()
    assert saved["status"] == "saved"
    assert all(code.startswith("I.firearms.69") for code in saved.get("asked", {}))


def test_a_follow_up_alone_is_asked_though_its_question_is_not_there(cast: Cast) -> None:
    send(cast, places=[], questions=["I.untoc.3.a"])
    assert save(cast.response, cast.contributor, "I.untoc.3.a", choices=("Yes",)).status == "saved"
    with pytest.raises(NotAskedError):
        save(cast.response, cast.expert, "I.untoc.3.a", choices=("Yes",))


def test_in_clearance_no_contributor_is_asked_for_anything(cast: Cast) -> None:
    proposal = proposed(cast)
    submit_response_for_clearance(cast.expert, cast.response)
    before = Notification.objects.count()
    with pytest.raises(PolicyRefusedError, match="no ministry can change anything now"):
        return_proposal(actor=cast.focal_point, proposal=proposal, number=1, reason="Once more.")
    with pytest.raises(PolicyRefusedError, match="no ministry can change anything now"):
        remind_ministry(actor=cast.focal_point, response=cast.response, participation=proposal.participation_id)
    assert Notification.objects.count() == before


def test_in_clearance_no_page_offers_what_no_ministry_could_answer(cast: Cast, login_as: LoginAs) -> None:
    proposal = proposed(cast)
    client, ministries = login_as(cast.focal_point), f"{RESPONSE}ministries/"
    proposals = f"{RESPONSE}proposals/{index_of(cast.response.version_id).codes[proposal.question_id]}/"
    offers = ("/remind/", "/return/")

    def offered() -> list[str]:
        page = "".join(client.get(url).content.decode() for url in (ministries, proposals))
        assert ("no ministry can change anything now" in page) == (not any(offer in page for offer in offers))
        return [offer for offer in offers if offer in page]

    assert offered() == list(offers)
    submit_response_for_clearance(cast.expert, cast.response)
    assert offered() == []


def test_a_follow_up_that_was_sent_is_called_by_its_whole_number(cast: Cast, login_as: LoginAs) -> None:
    send(cast, places=[], questions=["I.untoc.3.a"])
    pages = {
        "focal_point": f"{RESPONSE}ministries/",
        "contributor": RESPONSE,
    }
    for name, url in pages.items():
        assert "3 (a)" in login_as(cast.people[name]).get(url).content.decode(), name


def test_an_untouched_form_takes_back_no_part_that_another_covers(cast: Cast, login_as: LoginAs) -> None:
    send(cast, places=[], questions=["I.firearms.69"])
    second_ministry(cast)
    send(cast, "second")
    gone, new = cast.participations["second"], cast.participations["contributor"]
    end_participation(actor=SYSTEM, participation=gone)
    utils.fresh(cast)
    hand_on(actor=cast.focal_point, response=cast.response, left_by=gone.pk, to=new.pk)
    before = set(SectionAssignment.objects.values_list("pk", "updated_at"))
    assert len(before) == 2
    client, url = login_as(cast.focal_point), f"{RESPONSE}assignments/{new.pk}/"
    ticked = client.get(url).context["form"].initial
    page = client.post(url, {name: value for name, value in ticked.items() if value}, follow=True)
    assert "Nothing has changed for" in page.content.decode()
    assert set(SectionAssignment.objects.values_list("pk", "updated_at")) == before


def test_date_and_remark_go_with_what_is_new_and_with_all_when_it_is_sent_again(cast: Cast) -> None:
    today = timezone.localdate()
    send(cast, due_on=today, remark="Please cite.")
    send(cast, places=[place(cast), place(cast, "untoc", "article-5")], due_on=today + dt.timedelta(1))
    assert set(SectionAssignment.objects.values_list("section__slug", "due_on", "remark")) == {
        ("article-3", today, "Please cite."),
        ("article-5", today + dt.timedelta(1), ""),
    }
    part = SectionAssignment.objects.get(section__slug="article-3")
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    send(cast, due_on=today, remark="Once more.", again=True)
    assert list(SectionAssignment.objects.values_list("section__slug", "remark", "said")) == [
        ("article-3", "Once more.", "")
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due_on": dt.date(2020, 1, 1)}, "due_on"),
        ({"due_on": dt.date(2999, 1, 1)}, "due_on"),
        ({"remark": "x" * 2001}, "remark"),
        ({"questions": ["I.nothing.1"]}, "sections"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_field(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ServiceError) as caught:
        send(cast, **given)
    assert caught.value.field == field
    assert SectionAssignment.objects.count() == 0


def test_the_page_of_sending_takes_questions_articles_date_and_remark(cast: Cast, login_as: LoginAs) -> None:
    url = f"{RESPONSE}assignments/{cast.participations['contributor'].pk}/"
    client = login_as(cast.focal_point)
    due = timezone.localdate() + dt.timedelta(7)
    fields = {"questions-untoc-article-2": ["I.untoc.1"], "articles": ["firearms-3"], "remark": "Soon."}
    assert client.post(url, {**fields, "due_on": due.isoformat()}).status_code == 302
    sent = set(SectionAssignment.objects.values_list("question__code", "due_on", "remark"))
    assert ("I.firearms.68", due, "Soon.") in sent
    wrong = client.post(url, {"due_on": "2020-01-01", "remark": "Kept as typed."})
    assert wrong.status_code == 422
    assert "Kept as typed." in wrong.content.decode()
    assert set(SectionAssignment.objects.values_list("question__code", "due_on", "remark")) == sent


def test_the_contributor_is_told_once_by_a_mail_without_content(cast: Cast) -> None:
    send(cast, remark="A secret remark.")
    send(cast)  # nothing new
    mails = Notification.objects.filter(key__startswith="sent_to_ministry")
    assert [(mail.recipient, mail.is_private) for mail in mails] == [(cast.contributor, True)]
    assert "secret" not in str(mails[0].context)


def test_questions_that_are_marked_alike_are_sent_at_once(cast: Cast, login_as: LoginAs) -> None:
    url = f"{RESPONSE}assignments/{cast.participations['contributor'].pk}/"
    client = login_as(cast.focal_point)
    page = client.get(url)
    assert [str(label) for _key, label in page.context["form"].fields["tags"].choices] == [
        "Voluntary",
        "Only if it applies",
    ]
    assert client.post(url, {"tags": ["voluntary"]}).status_code == 302
    items = index_of(cast.response.version_id).items.values()
    marked = {item.code for item in items if item.voluntary and item.is_question}
    assert "I.firearms.76" in marked
    assert set(SectionAssignment.objects.values_list("question__code", flat=True)) == marked


def test_a_follow_up_that_was_sent_has_its_box_and_stays(cast: Cast, login_as: LoginAs) -> None:
    send(cast, places=[], questions=["I.untoc.3.a"])
    url = f"{RESPONSE}assignments/{cast.participations['contributor'].pk}/"
    client = login_as(cast.focal_point)
    form = client.get(url).context["form"]
    kept = {"shown": form["shown"].value(), "questions-untoc-article-5": form["questions-untoc-article-5"].value()}
    assert client.post(url, kept | {"untoc": ["article-10"]}).status_code == 302
    assert SectionAssignment.objects.count() == 2
    assert client.post(url, {"shown": client.get(url).context["form"]["shown"].value()}).status_code == 302
    assert SectionAssignment.objects.count() == 0


# --- proposals


def test_a_contributor_proposes_and_the_official_answer_stays(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, choices=("No",), text="Official.")
    proposal = proposed(cast)
    answer = Answer.objects.get()
    assert (answer.text, answer.choices, answer.revision) == ("Official.", ["No"], 1)
    assert (proposal.text, proposal.choices, proposal.room) == ("By the Firearms Act.", ["Yes"], cast.state)
    assert save(cast.response, cast.contributor, FIRST, text="Later.", base=1).revision == 2
    assert list(ProposalRevision.objects.values_list("number", "text").order_by("number")) == [
        (1, "By the Firearms Act."),
        (2, "Later."),
    ]


def test_a_proposal_on_an_older_revision_is_kept_beside(cast: Cast) -> None:
    proposed(cast)
    save(cast.response, cast.contributor, FIRST, text="Second.", base=1)
    assert save(cast.response, cast.contributor, FIRST, text="Stale.", base=1).status == "conflict"
    assert Proposal.objects.get().text == "Second."
    assert ProposalRevision.objects.filter(is_conflict=True).get().text == "Stale."


def test_no_ministry_sees_another_or_the_official_text(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, FIRST, text="Words of the experts.")
    proposal = proposed(cast, text="Words of the first.")
    other = second_ministry(cast)
    send(cast, "second")
    save(cast.response, other, FIRST, text="Words of the second.")
    for user, own in ((cast.contributor, "Words of the first."), (other, "Words of the second.")):
        client = login_as(user)
        texts = [client.get(url).content.decode() for url in (SECTION, f"{RESPONSE}answers/{FIRST}/history/")]
        for text in texts:
            assert own in text
            assert sum(words in text for words in WORDS) == 1
        assert client.get(f"{RESPONSE}proposals/{FIRST}/").status_code == 403
    assert keys(Answer, other) == keys(AnswerRevision, other) == keys(Adoption, other) == set()
    assert proposal.pk not in keys(Proposal, other)
    assert len(keys(Proposal, other)) == len(keys(ProposalRevision, other)) == len(keys(SectionAssignment, other)) == 1
    assert len(keys(Proposal, cast.expert)) == 2


@pytest.mark.parametrize("name", ["same_group_focal_point", "same_group_expert", "officer", "auditor", "bystander"])
def test_nobody_outside_of_the_state_is_shown_a_row(cast: Cast, name: str) -> None:
    proposal = proposed(cast)
    adopt_proposal(actor=cast.expert, proposal=proposal, number=1, base=0)
    for model in (Proposal, ProposalRevision, Adoption, SectionAssignment):
        assert model.objects.exists()
        assert keys(model, cast.people[name]) == set()


def test_who_is_ended_proposes_no_more_and_what_was_proposed_stays(cast: Cast) -> None:
    proposal = proposed(cast)
    end_participation(actor=SYSTEM, participation=cast.participations["contributor"])
    utils.fresh(cast)
    with pytest.raises(Http404):
        save(cast.response, cast.contributor, FIRST, text="Too late.", base=1)
    assert keys(Proposal, cast.contributor) == set()
    adopt_proposal(actor=cast.focal_point, proposal=proposal, number=1, base=0)
    assert Answer.objects.get().text == "By the Firearms Act."
    with pytest.raises(ServiceError, match="no longer"):
        return_proposal(actor=cast.focal_point, proposal=proposal, number=1, reason="Why?")


def test_a_successor_goes_on_where_the_other_stopped(cast: Cast) -> None:
    send(cast, due_on=timezone.localdate(), remark="Soon.")
    save(cast.response, cast.contributor, FIRST, text="Begun.")
    new = replace_participant(actor=SYSTEM, participation=cast.participations["contributor"], user=UserFactory())
    assert Proposal.objects.get().participation == new
    assert SectionAssignment.objects.values_list("participation", "remark").get() == (new.pk, "Soon.")
    assert save(cast.response, new.user, FIRST, text="Carried on.", base=1).status == "saved"


def test_the_official_answer_is_read_where_the_focal_point_says_so_and_nowhere_else(
    cast: Cast, login_as: LoginAs
) -> None:
    for code in (FIRST, "I.firearms.69.a", "I.firearms.69.b", "I.untoc.1.a"):
        choices = () if code == "I.untoc.1.a" else ("Yes",)
        save(cast.response, cast.expert, code, choices=choices, text=f"To {code}!")
    answers = {answer.question.code: answer.pk for answer in Answer.objects.select_related("question")}
    send(cast, places=[], questions=["I.firearms.69.a"], shows_official=True)
    send(cast, places=[], questions=["I.firearms.69.a", FIRST], remark="Not to be read.")
    assert keys(Answer, cast.contributor) == {answers["I.firearms.69.a"]}
    assert keys(AnswerRevision, cast.contributor) == set()
    page = login_as(cast.contributor).get(SECTION).content.decode()
    assert [code for code in answers if f"To {code}!" in page] == ["I.firearms.69.a"]
    send(cast, shows_official=True, again=True)
    assert keys(Answer, cast.contributor) == {pk for code, pk in answers.items() if code != "I.untoc.1.a"}
    other = second_ministry(cast)
    send(cast, "second")
    assert keys(Answer, other) == set()
    end_participation(actor=SYSTEM, participation=cast.participations["contributor"])
    assert keys(Answer, cast.contributor) == set()
