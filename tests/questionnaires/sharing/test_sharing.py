"""Answers that were sent are opened by their State: to whom, and exactly what, the focal point chooses and has seen."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.http import Http404, QueryDict
from django.test import Client
from django.utils import timezone, translation

from accounts.affiliations import affiliate_mission
from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.supplementing import add_beside
from questionnaires.sharing.filters import SharedAnswersFilterSet
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import open_to
from questionnaires.sharing.services import share_answers, stop_sharing_answers
from questionnaires.sharing.sieve import AnswersChoice, every_section, hash_of_choice, shared_document
from questionnaires.submissions.selectors.submissions import latest_submission
from reviews.cases.models import Review
from tests.accounts.tokens.making import program_of
from tests.factories.accounts import UserFactory
from tests.forms import carried_by, send_form
from tests.permissions.pieces_answers import OTHER, WITH_LAW, everything_of, sent, share
from tests.plain_role import plain_role
from tests.questionnaires.sharing.opening import content_of, opened
from tests.questionnaires.submissions.test_versions import new_version
from tests.security.statements import change_of, copy_of, refused
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(opened)]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
AUDIENCE = f"{REVIEW}submission/audience/"
READ = "/en/answers/untoc/1-XVE/"


def words_of(submission: ResponseSubmission, section: str) -> list[str]:
    """The texts of the answers in a section."""
    return [each["text"] for each in shared_document(submission, AnswersChoice((section,)))["answers"] if each["text"]]


def test_a_document_holds_the_chosen_sections_and_nothing_else(cast: Cast) -> None:
    submission = sent(cast)
    document = shared_document(submission, AnswersChoice((WITH_LAW,)))
    asked = {code for each in document["sections"] for code in each["items"]}
    assert [each["section"] for each in document["sections"]] == [WITH_LAW]
    assert {each["code"] for each in document["answers"]} <= asked
    assert document["laws"] == []
    others = [each for each in submission.document["answers"] if each["code"] not in asked]
    assert others, "there is something that could leak"
    whole = json.dumps(document)
    assert [each["code"] for each in others if json.dumps(each["code"]) in whole] == []
    assert submission.sha256 not in whole, "who knows all answers but one would find that one by trying"


def test_laws_and_files_go_out_one_by_one_and_where_they_are_cited(cast: Cast) -> None:
    submission = sent(cast)
    whole = everything_of(submission, WITH_LAW)
    (law,) = shared_document(submission, whole)["laws"]
    assert (law["title"], [file["file"] for file in law["files"]]) == ("Criminal Code", list(whole.files))
    without_file = AnswersChoice((WITH_LAW,), whole.laws)
    assert [each["files"] for each in shared_document(submission, without_file)["laws"]] == [[]]
    assert shared_document(submission, AnswersChoice((OTHER,), whole.laws, whole.files))["laws"] == []


READERS = {
    "states_parties": {"same_group_expert": 200, "bystander": 200, "stranger": 404, "officer": 404, "contributor": 404},
    "public": dict.fromkeys(("same_group_expert", "bystander", "stranger", "officer", "contributor"), 200),
}


def test_the_filter_names_the_states_in_the_language_of_the_page(cast: Cast) -> None:
    share(cast, "public", AnswersChoice((WITH_LAW,)))
    with translation.override("ar"):
        offered = SharedAnswersFilterSet(QueryDict(), open_to(AnonymousUser())).get_choices()["state"]
        assert offered == [(cast.state.iso3, cast.state.name)]
    assert offered != [(cast.state.iso3, cast.state.name)]


@pytest.mark.parametrize("audience", READERS)
def test_who_reads_what_is_opened(cast: Cast, login_as: LoginAs, client: Client, audience: str) -> None:
    row = share(cast, audience, AnswersChoice((WITH_LAW,)))
    got, shown = {}, {}
    for name in READERS[audience]:
        reader = login_as(cast.people[name])
        got[name] = reader.get(f"{READ}{audience}/").status_code
        assert reader.get(f"{READ}{audience}/json/").status_code == got[name]
        with plain_role(), identified_as(cast.people[name]):
            shown[name] = 200 if AnswersShare.objects.filter(pk=row.pk).exists() else 404
    assert (got, shown) == (READERS[audience], READERS[audience])
    client.logout()
    everybody = 200 if audience == "public" else 404
    assert client.get(f"{READ}{audience}/").status_code == everybody
    assert client.get("/en/answers/").content.decode().count(f"{READ}{audience}/") == (everybody == 200)


def test_a_mission_reads_for_its_state_and_who_has_left_does_not(cast: Cast) -> None:
    share(cast, "states_parties", AnswersChoice((WITH_LAW,)))
    mission = UserFactory.create()
    affiliate_mission(mission, cast.bystander_state)
    assert (open_to(mission).count(), open_to(cast.bystander).count()) == (1, 1)
    cast.bystander.participations.update(ended_at=timezone.now())
    with plain_role(), identified_as(cast.bystander):
        assert (AnswersShare.objects.count(), open_to(cast.bystander).count()) == (0, 0)


def test_the_page_shows_the_chosen_section_and_tells_nothing_of_the_others(cast: Cast, client: Client) -> None:
    submission = sent(cast)
    share(cast, "public", AnswersChoice((WITH_LAW,)))
    page = client.get(f"{READ}public/")
    text = page.content.decode()
    assert [each.place.address for part in page.context["answers"].parts for each in part.sections] == [
        tuple(WITH_LAW.split("/"))
    ]
    assert all(words in text for words in words_of(submission, WITH_LAW)[:1])
    assert 'article-2"' not in text
    assert "noindex" not in text
    assert client.get(f"{READ}public/v1/").status_code == 200
    assert client.get(f"{READ}public/v2/").status_code == 404
    assert client.get(f"{READ}everybody/").status_code == 404


def test_a_file_of_a_law_is_there_for_whom_it_was_chosen_and_for_nobody_else(
    cast: Cast, login_as: LoginAs, client: Client
) -> None:
    whole = everything_of(sent(cast), WITH_LAW)
    share(cast, "public", AnswersChoice((WITH_LAW,), whole.laws))
    share(cast, "states_parties", whole)
    file = whole.files[0]
    reader = login_as(cast.bystander)
    got = reader.get(f"{READ}states_parties/laws/{file}/")
    assert (got.status_code, content_of(got)[:5]) == (200, b"%PDF-")
    assert reader.get(f"{READ}public/laws/{file}/").status_code == 404
    client.logout()
    assert client.get(f"{READ}states_parties/laws/{file}/").status_code == 404


def test_only_the_focal_point_opens_and_ends(cast: Cast) -> None:
    for name in set(cast.people) - {"focal_point"}:
        with pytest.raises((PolicyRefusedError, Http404)):
            share(cast, "public", AnswersChoice((WITH_LAW,)), actor=cast.people[name])
    share(cast, "public", AnswersChoice((WITH_LAW,)))
    for name in set(cast.people) - {"focal_point"}:
        with pytest.raises((PolicyRefusedError, Http404)):
            stop_sharing_answers(actor=cast.people[name], review=cast.review, audience="public")
    assert AnswersShare.objects.filter(ended_at=None).count() == 1


@pytest.mark.stage("written_feedback")
def test_what_may_still_be_recalled_is_opened_to_nobody(cast: Cast) -> None:
    submission = latest_submission(Review.objects.get(pk=cast.review.pk))
    assert submission is not None
    choice = AnswersChoice((WITH_LAW,))
    with pytest.raises(PolicyRefusedError, match="reviewing States read the answers first"):
        share_answers(
            actor=cast.focal_point,
            review=cast.review,
            audience="public",
            choice=choice,
            sha256=hash_of_choice(submission, choice),
        )


def test_what_is_sent_beside_the_answers_leaves_them_to_be_opened(cast: Cast) -> None:
    sent(cast)
    piece = {"kind": "source", "code": "", "language": "en", "title": "A study", "text": "", "link": ""}
    beside = add_beside(cast.focal_point, cast.review, piece)
    assert beside is not None
    assert not Response.objects.get(review=cast.review).is_opened, "nobody has opened it since"
    choice = AnswersChoice((WITH_LAW,))
    row = share_answers(
        actor=cast.focal_point,
        review=cast.review,
        audience="public",
        choice=choice,
        sha256=hash_of_choice(beside, choice),
    )
    assert row.submission == beside


@pytest.mark.parametrize(
    ("audience", "sections", "field"),
    [
        ("review_team", (WITH_LAW,), "audience"),
        ("public", (), "sections"),
        ("public", ("untoc/article-999",), "sections"),
    ],
)
def test_what_makes_no_sense_is_told_by_its_field(
    cast: Cast, audience: str, sections: tuple[str, ...], field: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        share(cast, audience, AnswersChoice(sections))
    assert refused.value.field == field


def test_nothing_is_opened_that_was_not_shown(cast: Cast, login_as: LoginAs) -> None:
    """A press on another choice than the page has shown shows that one first; the second press opens it."""
    sent(cast)
    client = login_as(cast.focal_point)
    first = client.get(f"{AUDIENCE}public/")
    given = {"sections": [WITH_LAW], "sha256": first.context["form"]["sha256"].value()}
    shown = client.post(f"{AUDIENCE}public/", given)
    assert (shown.status_code, AnswersShare.objects.count()) == (422, 0)
    parts = shown.context["answers"].parts
    assert ["/".join(each.place.address) for part in parts for each in part.sections] == [WITH_LAW]
    given["sha256"] = shown.context["form"]["sha256"].value()
    assert client.post(f"{AUDIENCE}public/", given).status_code == 302
    row = AnswersShare.objects.get()
    assert (row.sha256, [each["section"] for each in row.document["sections"]]) == (given["sha256"], [WITH_LAW])


def test_nobody_replaces_or_ends_unseen_what_a_colleague_has_opened(cast: Cast, login_as: LoginAs) -> None:
    sent(cast)
    client, page, end = login_as(cast.focal_point), f"{AUDIENCE}public/", f"{AUDIENCE}public/end/"
    typed = {"sections": [OTHER], "number": client.get(page).context["form"]["number"].value()}
    share(cast, "public", AnswersChoice((WITH_LAW,)))
    stale = carried_by(client.get(end))
    shown = client.post(page, typed)
    told = "What they read was changed since you opened this page" in shown.content.decode()
    assert (shown.status_code, told) == (422, True)
    typed |= {name: shown.context["form"][name].value() for name in ("sha256", "number")}
    assert client.post(page, typed).status_code == 302
    assert client.post(end, stale).status_code == 422
    assert send_form(client, end).status_code == 302
    assert "They read nothing any more since" in client.post(end, stale, follow=True).content.decode()


def test_a_program_replaces_what_it_has_read_and_nothing_else(cast: Cast) -> None:
    sent(cast)
    client, place = program_of(cast.focal_point), "/api/v1/untoc/reviews/1-XVE/submission/audience/"

    def post(act: str, **given: Any) -> Any:
        return client.post(f"{place}public/{act}/", json.dumps(given), content_type="application/json")

    for number, section in enumerate((WITH_LAW, OTHER)):
        sha256 = post("preview", sections=[section]).json()["sha256"]
        given: dict[str, Any] = {"sections": [section], "sha256": sha256}
        assert post("open", **given, number=7).status_code == 412
        opened_now = post("open", **given, number=number)
        assert (opened_now.status_code, opened_now.json().get("number")) == (201, number + 1)
    rows = client.get(place).json()["results"]
    assert [(row["number"], row["ended_at"] is None) for row in rows] == [(2, True), (1, False)]


def test_the_preview_is_what_its_reader_gets(cast: Cast, login_as: LoginAs, client: Client) -> None:
    """By the button as well, which opens nothing; the page is made of the same by the same template."""
    shown = login_as(cast.focal_point).post(f"{AUDIENCE}public/", {"sections": [WITH_LAW, OTHER], "preview": "1"})
    assert (shown.status_code, AnswersShare.objects.count()) == (200, 0)
    share(cast, "public", AnswersChoice((WITH_LAW, OTHER)))
    client.logout()
    read = client.get(f"{READ}public/")
    assert read.context["answers"] == shown.context["answers"]


def test_the_preview_of_a_later_version_tells_nothing_of_the_one_before(
    cast: Cast, login_as: LoginAs, client: Client
) -> None:
    """The same words as its readers get: the history of the answers is for the States of the review."""
    new_version(cast, "As it was.")
    new_version(cast, "As it is now.")
    sent(cast)
    shown = login_as(cast.focal_point).post(f"{AUDIENCE}public/", {"sections": [WITH_LAW], "preview": "1"})
    share(cast, "public", AnswersChoice((WITH_LAW,)))
    client.logout()
    previewed = answers_in(shown, before="</div>\n  </section>")
    assert "now." in " ".join(previewed)
    assert previewed == answers_in(client.get(f"{READ}public/"), before='<section class="app-publication__facts"')


def answers_in(page: Any, *, before: str) -> list[str]:
    """The answers as they stand on a page, word for word; ``before``: what comes after them."""
    _start, _mark, rest = page.content.decode().partition('<section class="app-whole__part"')
    return str(rest.partition(before)[0]).split()


def test_nothing_is_chosen_at_first_and_one_box_chooses_all_sections(cast: Cast, login_as: LoginAs) -> None:
    every = list(every_section(sent(cast)).sections)
    client = login_as(cast.focal_point)
    first = client.get(f"{AUDIENCE}public/")
    assert (first.context["answers"].parts, first.context["form"]["sections"].value()) == ((), ())
    at_once = {"sections": ["all"], "sha256": first.context["form"]["sha256"].value()}
    for given, status in ((at_once, 422), ({**at_once, "preview": "1"}, 200)):
        shown = client.post(f"{AUDIENCE}public/", given)
        assert (shown.status_code, shown.context["form"]["sections"].value()) == (status, every)
    assert AnswersShare.objects.count() == 0, "nothing is opened that was not shown"
    seen = {"sections": every, "sha256": shown.context["form"]["sha256"].value()}
    assert client.post(f"{AUDIENCE}public/", seen).status_code == 302


def test_of_a_later_version_it_is_said_where_its_readers_read_something_else(cast: Cast, login_as: LoginAs) -> None:
    share(cast, "public", AnswersChoice((OTHER,)))
    share(cast, "states_parties", AnswersChoice((WITH_LAW,)))
    new_version(cast, "As it is now.")
    client = login_as(cast.focal_point)

    def told() -> int:
        return client.get(AUDIENCE).content.decode().count("Your State has sent a later version since")

    assert told() == 1
    share(cast, "states_parties", AnswersChoice((WITH_LAW,)))
    assert told() == 0


def test_another_choice_takes_the_place_of_the_first_and_an_end_is_for_the_future(cast: Cast, client: Client) -> None:
    first = share(cast, "public", AnswersChoice((WITH_LAW,)))
    assert share(cast, "public", AnswersChoice((WITH_LAW,))) == first, "a second press opens nothing anew"
    second = share(cast, "public", AnswersChoice((OTHER,)))
    first.refresh_from_db()
    assert (first.ended_at is not None, second.number) == (True, 2)
    assert client.get(f"{READ}public/v1/").status_code == 404
    stop_sharing_answers(actor=cast.focal_point, review=cast.review, audience="public")
    assert client.get(f"{READ}public/").status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswersShare.objects.filter(pk=second.pk).update(ended_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswersShare.objects.filter(pk=second.pk).update(audience="states_parties")


def test_no_statement_of_a_page_opens_answers_in_the_name_of_another(cast: Cast) -> None:
    row = share(cast, "public", AnswersChoice((WITH_LAW,)))
    later = {"audience": "states_parties", "number": 1}
    with identified_as(cast.focal_point):
        refused(*copy_of(row, **later, shared_by_id=cast.expert.pk), words="in the own name")
        for name in ("pdf", "docx", "xml"):
            refused(*copy_of(row, **later, **{name: "jobs/x"}), words="made by workers")
        refused(*copy_of(row, **later, version_id=row.pk), words="answers that were sent")
        refused(*change_of(row, document="{}"), words="Cannot update rows")
    new_version(cast, "As it is now.")
    unopened = latest_submission(Review.objects.get(pk=cast.review.pk))
    assert unopened is not None
    with identified_as(cast.focal_point):
        refused(*copy_of(row, **later, submission_id=unopened.pk), words="may still be recalled")
    for name in ("expert", "same_group_focal_point", "officer", "stranger"):
        with identified_as(cast.people[name]):
            refused(*copy_of(row, **later, shared_by_id=cast.people[name].pk), words="row-level security")


def test_the_record_says_to_whom_and_not_what_in_the_room_of_the_state(cast: Cast) -> None:
    row = share(cast, "states_parties", AnswersChoice((WITH_LAW,)))
    stop_sharing_answers(actor=cast.focal_point, review=cast.review, audience="states_parties")
    entries = AuditEntry.objects.filter(verb__startswith="questionnaires.answers.").order_by("at")
    assert [(entry.verb.rpartition(".")[2], entry.after, entry.room) for entry in entries] == [
        ("shared", {"audience": "states_parties", "version": 1, "sha256": row.sha256}, "XVE"),
        ("taken_back", {"audience": "states_parties"}, "XVE"),
    ]
