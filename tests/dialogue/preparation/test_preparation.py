"""The page of preparation: articles, statements, reading, laws on the table, and the thread on the legal system."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.enums import ClarificationSubject
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, SupplementaryInformation
from dialogue.supplements.services import SupplementInput
from observations.wording.given import _sources
from reviews.adherence.models import AdherenceStatement
from reviews.cases.enums import News
from reviews.drafts.situations import shown_of
from reviews.reading.models import ReadingItem
from tests import journey, utils
from tests.at_once import (
    add_supplement,
    ask_about_legal_system,
    close_clarification,
    draft_answer,
    edit_clarification,
    edit_supplement,
    send_answer,
    send_clarification,
    send_supplement,
)
from tests.forms import send_form
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
PAGE = "/en/untoc/reviews/1-XVE/preparation/"
CANARY = "Canary of the legal system"
LINK = "https://law.example/1"


@pytest.fixture
def early(cast_at: Callable[[str], Cast]) -> Cast:
    """The first day: nothing has been answered."""
    return cast_at("consultations")


def ask(cast: Cast, text: str = "Which courts decide?", actor: User | None = None) -> ClarificationRequest:
    return ask_about_legal_system(actor=actor or cast.same_group_expert, review=cast.review, text=text)


def asked(cast: Cast, text: str = "Which courts decide?") -> ClarificationRequest:
    return send_clarification(actor=cast.same_group_focal_point, request=ask(cast, text))


def offer(cast: Cast, title: str, kind: str = "law", **more: Any) -> SupplementaryInformation:
    given = SupplementInput(title, **{"link": LINK, "kind": kind, **more})
    return add_supplement(actor=cast.expert, review=cast.review, given=given)


def text_of(page: Any) -> str:
    return page.content.decode()


def who_may(cast: Cast, act: Callable[[User], object]) -> set[str]:
    allowed = set()
    for name, user in cast.people.items():
        try:
            act(user)
        except ServiceError:
            pass
        except Exception:  # noqa: S112 - refused, or not there
            continue
        allowed.add(name)
    return allowed


# --- The page


@pytest.mark.stage("consultations")
def test_who_opens_it_and_who_finds_the_exchange_on_it(early: Cast, login_as: LoginAs) -> None:
    asked(early, CANARY)
    send_supplement(actor=early.focal_point, supplement=offer(early, "The Criminal Code"))
    outside, refused = {"stranger", "bystander"}, {"auditor"}
    for name, user in early.people.items():
        page = login_as(user).get(PAGE)
        assert page.status_code == (404 if name in outside else 403 if name in refused else 200), name
        reads = name not in outside | refused | {"contributor"}
        assert (CANARY in text_of(page), "The Criminal Code" in text_of(page)) == (reads, reads), name


@pytest.mark.stage("consultations")
def test_it_shows_the_articles_the_statements_and_the_reading_of_the_review(early: Cast, login_as: LoginAs) -> None:
    AdherenceStatement.objects.create(
        adherence=early.state.adherences.get(instrument__slug="tip"), kind="reservation", language="en", text="Not 15."
    )
    AdherenceStatement.objects.create(
        adherence=early.state.adherences.get(instrument__slug="tip"), kind="competence", language="en", text="Borders."
    )
    page = login_as(early.contributor).get(PAGE)
    rows = page.context["instruments"]
    assert [(row.instrument.slug, [article.number for article, _asked in row.articles]) for row in rows] == [
        ("untoc", [2, 5, 6, 8, 9, 10, 15, 23]),
        ("tip", [3, 5]),
        ("som", [3, 5, 6]),
        ("firearms", [3, 5, 8]),
    ]
    assert [row.instrument.slug for row in rows for each in row.statements if each.text == "Not 15."] == ["tip"]
    assert [each.text for each in rows[1].statements] == ["Borders.", "Not 15."], "the extent of competence first"
    assert (page.context["texts"], {len(row.texts) for row in rows}) == ([], {6})
    assert [group.kind.value for group in page.context["groups"]] == ["rules", "records", "publication", "tool"]


@pytest.mark.stage("consultations")
@pytest.mark.parametrize(("language", "french"), [("en", "French"), ("ar", "الفرنسية")])
def test_the_text_of_an_instrument_is_offered_in_the_readers_language_first(
    early: Cast, login_as: LoginAs, language: str, french: str
) -> None:
    page = login_as(early.contributor).get(f"/{language}/{PAGE.removeprefix('/en/')}")
    (tip,) = [row for row in page.context["instruments"] if row.instrument.slug == "tip"]
    own = ReadingItem.objects.get(kind="text", language=language, instrument=tip.instrument)
    assert tip.texts[0] == own
    words = page.content.decode()
    assert f'lang="{language}" dir="auto">{own.title}</a>' in words
    assert f'>{french}<span class="govuk-visually-hidden"' in words


@pytest.mark.stage("consultations")
def test_the_navigation_leads_there_and_counts_what_waits(early: Cast, login_as: LoginAs) -> None:
    asked(early)
    for name, waits in (("focal_point", True), ("same_group_expert", False), ("officer", False)):
        page = text_of(login_as(early.people[name]).get(PAGE))
        link = page.split(f'app-tabs__link" href="{PAGE}"', 1)[1].split("</a>", 1)[0]
        assert ("Preparation" in link, "waiting for you" in link) == (True, waits), name


@pytest.mark.stage("self_assessment")
def test_laws_cited_in_the_answers_stand_once_with_their_provisions_and_not_before_they_are_sent(
    cast_at: Callable[[str], Cast], login_as: LoginAs
) -> None:
    cast = cast_at("self_assessment")
    assert cast.response is not None
    laws = [{"law": "Penal Code", "provision": each, "link": LINK} for each in ("art. 1", "art. 2", "art. 1")]
    utils.save(cast.response, cast.expert, "I.untoc.1.a", text="See there.", citations=laws)
    client = login_as(cast.same_group_expert)
    assert client.get(PAGE).context["offered"].cited == []
    utils.take_cast_to("written_feedback", cast)
    cited = client.get(PAGE).context["offered"].cited
    assert [(row.law, row.link, row.provisions) for row, _key in cited] == [
        ("Penal Code", "", (("art. 1", LINK), ("art. 2", LINK)))
    ]


@pytest.mark.stage("consultations")
def test_it_takes_the_same_queries_for_one_piece_and_for_three(early: Cast, login_as: LoginAs) -> None:
    for number in range(3):
        draft_answer(actor=early.expert, request=asked(early), text="Those.", base=0)
        send_supplement(actor=early.focal_point, supplement=offer(early, f"Law {number}"))
        if number == 1:
            continue
        client = login_as(early.same_group_expert)
        client.get(PAGE)
        with assert_query_count("dialogue:preparation"):
            assert len(client.get(PAGE).context["offered"].thread) == number + 1


# --- The thread on the legal system


@pytest.mark.stage("consultations")
def test_experts_of_the_reviewing_states_ask_from_the_first_day(early: Cast) -> None:
    assert who_may(early, lambda user: ask(early, actor=user)) == {
        "same_group_focal_point", "same_group_expert", "other_group_focal_point", "other_group_expert",
    }  # fmt: skip
    request = ClarificationRequest.objects.first()
    assert request is not None
    assert (request.subject, request.instrument, request.question_code) == (ClarificationSubject.LEGAL_SYSTEM, None, "")
    assert request.room_id is not None


@pytest.mark.stage("consultations")
def test_a_draft_is_found_by_its_own_state_only(early: Cast, login_as: LoginAs) -> None:
    request = ask(early, CANARY)
    for name, user in early.people.items():
        assert (CANARY in text_of(login_as(user).get(PAGE))) == name.startswith("same_group_"), name
    edit_clarification(actor=early.same_group_focal_point, request=request, text="In other words?", base=1)
    for user in (early.other_group_focal_point, early.focal_point, early.officer):
        assert login_as(user).get(f"/en/untoc/reviews/1-XVE/clarifications/{request.pk}/").status_code == 404


@pytest.mark.stage("consultations")
def test_each_button_says_of_which_question(early: Cast, login_as: LoginAs) -> None:
    ask(early), ask(early, "How is a law made?")
    page = text_of(login_as(early.same_group_focal_point).get(PAGE))
    for number in (1, 2):
        words = f"Question {number} of {early.same_group_state}"
        assert (page.count(f'aria-label="{words}"'), page.count(f"<bdi>{words}</bdi>")) == (1, 3)


@pytest.mark.stage("consultations")
def test_its_pages_lead_back_to_the_preparation_and_say_who_is_told(early: Cast) -> None:
    request = ask(early)
    act = f"/en/untoc/reviews/1-XVE/clarifications/{request.pk}/"
    asker = utils.login_as(Client(), early.same_group_focal_point)
    answerer = utils.login_as(Client(), early.focal_point)
    sending = text_of(asker.get(f"{act}send/"))
    assert "The focal point and the experts of the State under review are told by mail that there is" in sending
    writing = [text_of(asker.get(f"{PAGE}ask/")), text_of(asker.get(act))]
    send_clarification(actor=early.same_group_focal_point, request=request)
    writing.append(text_of(answerer.get(f"{act}answer/")))
    draft_answer(actor=early.expert, request=request, text="Three courts.", base=0)
    sending = text_of(answerer.get(f"{act}answer/send/"))
    assert "The focal point and the experts of the State that asked are told by mail that there is" in sending
    assert {("Back to the preparation" in page, "Back to the requests" in page) for page in writing} == {(True, False)}


@pytest.mark.stage("consultations")
def test_it_is_asked_answered_and_closed_before_any_answer_is_sent(early: Cast, login_as: LoginAs) -> None:
    Notification.objects.all().delete()
    asking = login_as(early.same_group_expert)
    assert send_form(asking, f"{PAGE}ask/", {"text": "  "}).status_code == 422
    saved = send_form(asking, f"{PAGE}ask/", {"text": CANARY})
    request = ClarificationRequest.objects.get()
    assert saved["Location"] == f"{PAGE}#request-{request.pk}"
    act = f"/en/untoc/reviews/1-XVE/clarifications/{request.pk}/"
    assert send_form(login_as(early.same_group_focal_point), f"{act}send/")["Location"] == saved["Location"]
    assert (
        send_form(login_as(early.expert), f"{act}answer/", {"text": "Three courts."})["Location"] == saved["Location"]
    )
    assert send_form(login_as(early.focal_point), f"{act}answer/send/")["Location"] == saved["Location"]
    assert "Three courts." in text_of(login_as(early.other_group_observer).get(PAGE))
    close_clarification(actor=early.same_group_focal_point, request=request)
    mails = Notification.objects.all()
    told = ("focal_point", "expert", "second_expert", "same_group_focal_point", "same_group_expert")
    assert sorted(mail.recipient.email for mail in mails) == sorted(early.people[name].email for name in told)
    assert {mail.context["path"] for mail in mails} == {"/en/untoc/reviews/1-XVE/"}
    assert {mail.context["sentence"] for mail in mails} == {str(News.SOMETHING_NEW.label)}
    entries = AuditEntry.objects.filter(target_id=str(request.pk))
    assert {str(entry.after) for entry in entries} == {"{'subject': 'legal_system'}"}


@pytest.mark.stage("written_feedback")
def test_it_stands_apart_from_requests_on_answers(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("written_feedback")
    asked(cast, CANARY)
    client = login_as(cast.same_group_expert)
    assert CANARY not in text_of(client.get("/en/untoc/reviews/1-XVE/clarifications/"))
    assert CANARY in text_of(client.get(PAGE))
    assert client.get("/en/untoc/reviews/1-XVE/desk/").status_code == 200


@pytest.mark.stage("summary")
def test_when_the_review_is_closed_it_is_read_and_nothing_is_added(
    cast_at: Callable[[str], Cast], login_as: LoginAs
) -> None:
    cast = cast_at("summary")
    request = asked(cast)
    journey.agree_on_all(cast.review, "summary")
    utils.fresh(cast)
    with pytest.raises(PolicyRefusedError, match="This review is closed"):
        ask(cast)
    with pytest.raises(PolicyRefusedError, match="This review is closed"):
        draft_answer(actor=cast.expert, request=request, text="Late.", base=0)
    assert "Which courts decide?" in text_of(login_as(cast.focal_point).get(PAGE))


@pytest.mark.stage("consultations")
def test_what_waits_stands_in_my_work(early: Cast, login_as: LoginAs) -> None:
    request = asked(early)
    assert "Answer 1 question about laws or the legal system" in text_of(login_as(early.expert).get("/en/"))
    draft_answer(actor=early.expert, request=request, text="Three.", base=0)
    offer(early, "The Constitution")
    page = text_of(login_as(early.focal_point).get("/en/"))
    assert "Send 1 drafted answer on laws or the legal system" in page
    assert "Send 1 drafted law, decision or voluntary information" in page
    send_answer(actor=early.focal_point, request=request)
    page = text_of(login_as(early.same_group_focal_point).get("/en/"))
    assert "Read 1 answer on laws or the legal system and close the question, or ask again" in page


# --- What the State offers


@pytest.mark.stage("consultations")
def test_the_state_under_review_offers_laws_and_nobody_finds_them_before_they_are_sent(
    early: Cast, login_as: LoginAs
) -> None:
    may = who_may(
        early,
        lambda user: add_supplement(actor=user, review=early.review, given=SupplementInput("A", "", LINK, kind="law")),
    )
    assert may == {"focal_point", "expert", "second_expert"}
    SupplementaryInformation.objects.all().delete()
    law = offer(early, CANARY, "decision")
    own = {"focal_point", "expert", "second_expert", "observer"}
    assert {name for name, user in early.people.items() if CANARY in text_of(login_as(user).get(PAGE))} == own
    with pytest.raises(PolicyRefusedError, match="Only the focal point"):
        send_supplement(actor=early.expert, supplement=law)
    Notification.objects.all().delete()
    send_supplement(actor=early.focal_point, supplement=law)
    assert CANARY in text_of(login_as(early.other_group_expert).get(PAGE))
    mails = Notification.objects.all()
    assert {mail.recipient.full_name for mail in mails} == {"Same Group Focal Point", "Other Group Focal Point"}
    assert [mail for mail in mails if CANARY in str(mail.context)] == []


@pytest.mark.stage("consultations")
def test_two_who_change_a_law_see_the_words_of_their_choices(early: Cast, login_as: LoginAs) -> None:
    law = offer(early, "The Criminal Code")
    given = SupplementInput("The Criminal Code", link=LINK, kind="decision")
    edit_supplement(actor=early.focal_point, supplement=law, given=given, base=1)
    page = login_as(early.expert).post(
        f"/en/untoc/reviews/1-XVE/supplements/{law.pk}/",
        {"kind": "law", "title": "The Code", "link": LINK, "base": "1", "shown": shown_of(law).token},
    )
    conflict = text_of(page).split("app-conflict__sides", 1)[1].split("</section>", 1)[0]
    stands, yours = (" ".join(strip_tags(side).split()) for side in conflict.split("app-conflict__whose")[1:])
    assert (page.status_code, "Decision of a court The Criminal Code" in stands) == (422, True)
    assert ("Decision of a court" in yours, "Law" in yours, "law " in yours.replace("https://law", "")) == (
        True, True, False,
    )  # fmt: skip


@pytest.mark.stage("consultations")
def test_sources_still_wait_for_the_answers(early: Cast) -> None:
    with pytest.raises(PolicyRefusedError, match="once the answers have been sent"):
        offer(early, "Statistics", "source")
    law = offer(early, "A law")
    with pytest.raises(ServiceError, match="anything else what it is") as refused:
        edit_supplement(actor=early.expert, supplement=law, given=SupplementInput("A law", link=LINK))
    assert refused.value.field == "kind"


@pytest.mark.stage("consultations")
def test_a_law_needs_a_title_and_a_place(early: Cast, login_as: LoginAs) -> None:
    client, address = login_as(early.expert), "/en/untoc/reviews/1-XVE/supplements/offer/"
    page = send_form(client, address, {"kind": "law", "title": "The Penal Code", "link": "law.example"})
    assert (page.status_code, "must begin with https://" in text_of(page), "The Penal Code" in text_of(page)) == (
        422, True, True,
    )  # fmt: skip
    assert send_form(client, address, {"kind": "law", "title": "T", "link": ""}).status_code == 422
    assert send_form(client, address, {"kind": "source", "title": "T", "link": LINK}).status_code == 422
    saved = send_form(client, address, {"kind": "decision", "title": "T", "link": LINK})
    assert (saved["Location"], SupplementaryInformation.objects.get().kind) == (PAGE, "decision")


# --- Voluntary information (resolution 10/6, paragraph 19)


@pytest.mark.stage("consultations")
def test_voluntary_information_says_what_it_responds_to_and_holds_words_or_a_place(early: Cast) -> None:
    for changes, field in (
        ({"answers_to": " ", "information": "Words."}, "answers_to"),
        ({"answers_to": "10/6, 19", "link": ""}, "information"),
        ({"answers_to": "10/6, 19", "information": "x" * 20_001}, "information"),
    ):
        with pytest.raises(ServiceError) as refused:
            offer(early, "On the environment", "voluntary", **changes)
        assert refused.value.field == field
    row = offer(early, "On the environment", "voluntary", answers_to="10/6, 19", information="**Words.**", link="")
    row.refresh_from_db()
    assert (row.information, "<strong>" in row.information_html, row.answers_to) == ("**Words.**", True, "10/6, 19")


@pytest.mark.stage("dialogue")
def test_it_is_on_the_table_and_no_source_of_the_list_of_observations(
    cast_at: Callable[[str], Cast], login_as: LoginAs
) -> None:
    cast = cast_at("dialogue")
    for title, kind in (("A source", "source"), ("A law", "law"), (CANARY, "voluntary")):
        more = {"answers_to": "10/6, 19"} if kind == "voluntary" else {}
        send_supplement(actor=cast.focal_point, supplement=offer(cast, title, kind, **more))
    assert [source.title for source in _sources(cast.review)] == ["A source", "A law"]
    page = text_of(login_as(cast.same_group_expert).get(PAGE))
    assert (CANARY in page, "10/6, 19" in page, "counts as no answer" in page) == (True, True, True)
    dialogue = text_of(login_as(cast.same_group_expert).get("/en/untoc/reviews/1-XVE/dialogue/"))
    assert ("A source" in dialogue, "A law" in dialogue, CANARY in dialogue) == (True, False, False)


@pytest.mark.stage("consultations")
def test_it_is_typed_on_a_page_of_its_own(early: Cast, login_as: LoginAs) -> None:
    client, address = login_as(early.expert), "/en/untoc/reviews/1-XVE/supplements/volunteer/"
    given = {"title": "Forests", "answers_to": "Resolution 10/6, paragraph 19", "information": "We plant trees."}
    assert send_form(client, address, given)["Location"] == PAGE
    row = SupplementaryInformation.objects.get()
    assert (row.kind, row.information, row.link) == ("voluntary", "We plant trees.", "")
    edit = f"/en/untoc/reviews/1-XVE/supplements/{row.pk}/"
    assert "We plant trees." in text_of(client.get(edit))
    assert send_form(client, edit, {**given, "information": "We plant more."})["Location"] == PAGE
    shown = text_of(login_as(early.focal_point).get(f"{edit}send/"))
    assert ("We plant more." in shown, "among its sources" in shown) == (True, False)
    assert not ClarificationAnswer.objects.exists()
