"""Observations: drafted in the room of a State, laid on the shared table, changed, withdrawn; and who reads what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from core.language.differences import Change
from dialogue.exchange.selectors import articles_under_review
from observations.observations.services import ObservationInput
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText, Observation, TextVersion
from observations.texts.selectors import headings_of
from reviews.cases.models import ReviewArticle
from tests import journey
from tests.at_once import edit_observation, lay_on_table, propose_version
from tests.dialogue.exchange.exchange import REVIEW, observation, text_of
from tests.forms import carried_by, send_form
from tests.guards import guards_off
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]
LIST, ADD = f"{REVIEW}observations/", f"{REVIEW}observations/add/untoc/"
CANARY = "Canary of Lestovia"
ROOM = ("same_group_focal_point", "same_group_expert", "same_group_observer")
OTHERS = ("other_group_focal_point", "other_group_expert", "focal_point", "expert", "observer", "officer")


@pytest.fixture(autouse=True)
def _dialogue(cast_at: CastAt) -> None:
    """The dialogue has begun; the lists are drafted."""
    cast_at("dialogue")


@pytest.fixture
def draft(cast: Cast) -> Observation:
    """In the room of the same group's State; it rests on two answers."""
    return observation(cast.review, cast.same_group_expert, CANARY, "I.untoc.1.a", "I.untoc.3")


@pytest.fixture
def tabled(cast: Cast) -> Observation:
    """On the shared table since its second revision."""
    written = observation(cast.review, cast.same_group_expert, CANARY, "I.untoc.1.a")
    edit_observation(actor=cast.same_group_expert, observation=written, given=given(written, "Second words"), base=1)
    return lay_on_table(actor=cast.same_group_focal_point, observation=written)


def given(written: Observation, words: str, **other: Any) -> ObservationInput:
    facts = {"heading": written.heading, "articles": list(written.articles.all()), **other}
    return ObservationInput(text=words, question_codes=written.question_codes, **facts)


def url(written: Observation, act: str = "") -> str:
    return f"{LIST}{written.pk}/{act}"


def typed(**other: Any) -> dict[str, Any]:
    return {"heading": "suggestion", "articles": ["5"], "text": "What was typed", "base": "0", **other}


def rows(page: Any, instrument: str = "untoc") -> list[Any]:
    """What the list of an instrument shows, in its order."""
    (shown,) = (each for each in page.context["lists"] if each.instrument.slug == instrument)
    return [row for group in shown.headings for articles in group.sets for row in articles.rows]


def acts(page: Any) -> list[str]:
    """The acts that the first observation offers to the reader."""
    row = rows(page)[0]
    changed = {"edit": row.may_edit, "copy": row.may_copy and not row.may_edit}
    moved = {"lay on the table": row.may_lay_on_table, "withdraw": row.may_withdraw}
    return [act for act, is_offered in {**changed, **moved}.items() if is_offered]


def test_each_observation_stands_under_its_heading_and_articles(cast: Cast, login_as: LoginAs) -> None:
    on_five = observation(cast.review, cast.same_group_expert, "On article 5")
    on_both = observation(cast.review, cast.same_group_expert, "On articles 2 and 5")
    articles = list(articles_under_review(journey.fresh(cast.review), on_both.agreed_text.instrument)[:2])
    change = given(on_both, "On articles 2 and 5", articles=articles)
    edit_observation(actor=cast.same_group_expert, observation=on_both, given=change, base=1)
    page = login_as(cast.same_group_expert).get(LIST)
    (untoc, *others) = page.context["lists"]
    assert [group.heading.kind for group in untoc.headings] == [
        "gap_or_challenge", "best_practice", "suggestion", "assistance_need",
    ]  # fmt: skip
    assert [
        ([article.number for article in each.articles], [row.observation for row in each.rows])
        for each in untoc.headings[0].sets
    ] == [([2, 5], [on_both]), ([5], [on_five])]
    assert text_of(page).count("nothing yet") == 3 + 4 * len(others)


def test_an_observation_leads_to_the_answers_that_it_rests_on(
    cast: Cast, login_as: LoginAs, draft: Observation
) -> None:
    page = login_as(cast.same_group_expert).get(LIST)
    html = page.content.decode()
    assert f'href="{REVIEW}desk/untoc/article-2/#q-I-untoc-1-a">question 1 (a)</a>' in html
    assert f'href="{REVIEW}desk/untoc/article-5/#q-I-untoc-3">question 3</a>' in html


def test_a_draft_is_seen_by_its_own_state_only(cast: Cast, login_as: LoginAs, draft: Observation) -> None:
    for name in ROOM:
        page = login_as(cast.people[name]).get(LIST)
        assert ([row.observation for row in rows(page)], name) == ([draft], name)
        assert f"Draft, seen by {cast.same_group_state} only {CANARY}" in text_of(page)
    for name in OTHERS:
        page = login_as(cast.people[name]).get(LIST)
        assert (page.status_code, rows(page)) == (200, [])
        assert CANARY not in page.content.decode()
        for act in ("", "table/", "withdraw/", "history/"):
            assert login_as(cast.people[name]).get(url(draft, act)).status_code == 404


def test_what_lies_on_the_table_is_seen_by_all_who_read(cast: Cast, login_as: LoginAs, tabled: Observation) -> None:
    for name in (*ROOM, *OTHERS):
        page = login_as(cast.people[name]).get(LIST)
        assert [row.observation for row in rows(page)] == [tabled]
        assert f"Drafted by {cast.same_group_state}" in text_of(page)


def test_contributors_are_told_why_not_and_strangers_nothing(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.contributor).get(LIST)
    assert page.status_code == 403
    assert "Only those who take part for a State, and officers of the secretariat" in text_of(page)
    assert {login_as(user).get(LIST).status_code for user in (cast.stranger, cast.bystander)} == {404}


def test_a_draft_offers_to_each_what_he_or_she_may_do(cast: Cast, login_as: LoginAs, draft: Observation) -> None:
    offered = {name: acts(login_as(cast.people[name]).get(LIST)) for name in ROOM}
    assert offered == {
        "same_group_focal_point": ["edit", "lay on the table", "withdraw"],
        "same_group_expert": ["edit", "withdraw"],
        "same_group_observer": [],
    }
    page = login_as(cast.same_group_expert).get(LIST)
    assert "Your focal point lays it on the shared table" in text_of(page)


def test_what_lies_on_the_table_is_changed_by_its_focal_point_and_copied_by_the_others(
    cast: Cast, login_as: LoginAs, tabled: Observation
) -> None:
    offered = {name: acts(login_as(cast.people[name]).get(LIST)) for name in (*ROOM, *OTHERS)}
    assert offered == {
        "same_group_focal_point": ["edit", "withdraw"],
        "same_group_expert": ["copy"],
        "same_group_observer": [],
        "other_group_focal_point": ["copy"],
        "other_group_expert": ["copy"],
        "focal_point": [],
        "expert": [],
        "observer": [],
        "officer": [],
    }


def test_an_instrument_without_a_list_says_why(cast: Cast, login_as: LoginAs) -> None:
    AgreedText.objects.filter(review=cast.review, instrument__slug__in=["tip", "firearms"]).delete()
    for row in cast.review.reviewing_states.all():
        row.instruments.set(row.instruments.exclude(slug="tip"))
    with guards_off([ReviewArticle._meta.db_table]):
        ReviewArticle.objects.filter(review=cast.review, article__instrument__slug="firearms").delete()
    lists = {each.instrument.slug: each for each in login_as(cast.expert).get(LIST).context["lists"]}
    assert {slug: each.reason for slug, each in lists.items()} == {
        "untoc": "",
        "tip": "No State reviews this instrument yet: a supplementary draw is needed.",
        "som": "",
        "firearms": "The cluster under review holds no article of this instrument, so that there is no list.",
    }


def test_drafters_see_the_button_and_others_the_reason_or_nothing(cast: Cast, login_as: LoginAs) -> None:
    row = cast.review.reviewing_states.get(state_party=cast.other_group_state)
    row.instruments.set(row.instruments.exclude(slug="untoc"))
    buttons = {
        name: login_as(cast.people[name]).get(LIST).context["lists"][0].add
        for name in ("same_group_expert", "other_group_expert", "same_group_observer", "expert", "officer")
    }
    assert buttons["same_group_expert"].allowed
    assert str(buttons["other_group_expert"].reason).startswith("Only experts and focal points of the reviewing States")
    assert [buttons[name] for name in ("same_group_observer", "expert", "officer")] == [None, None, None]


def test_the_list_takes_the_same_queries_for_one_observation_and_for_three(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_focal_point)
    for number, question in enumerate(["I.untoc.1.a", "I.untoc.3", "I.untoc.1.a"], start=1):
        draft = observation(cast.review, cast.same_group_expert, f"Observation {number}", question)
        if number == 1:  # threads of messages are looked for at what lies on the table
            lay_on_table(actor=cast.same_group_focal_point, observation=draft)
        if number == 2:
            continue
        client.get(LIST)
        with assert_query_count("observations:observation-list"):
            page = client.get(LIST)
        assert len(rows(page)) == number


def test_from_the_desk_question_and_articles_are_chosen_beforehand(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.same_group_expert).get(f"{ADD}?question=I.untoc.1.a&article=5&question=I.untoc.999")
    form = page.context["form"]
    assert (form["articles"].value(), form["question_codes"].value()) == (["5"], ["I.untoc.1.a"])
    sections = {section.place.section.slug: section for section in form.ground_sections}
    assert [slug for slug, section in sections.items() if section.is_open] == ["article-2", "article-5"]
    assert [section.chosen for section in sections.values()][:2] == [1, 0]
    boxes = sections["article-2"].boxes
    assert [box.item.code for box in boxes if box.is_checked] == ["I.untoc.1.a"]
    offered = [box.item.code for section in sections.values() for box in section.boxes]
    assert {code.split(".")[1] for code in offered} == {"untoc"}


def test_a_draft_is_saved_in_the_room_of_the_writers_state(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    answer = send_form(client, ADD, typed(articles=["2", "5"], question_codes=["I.untoc.1.a", "I.untoc.3"]))
    saved = Observation.objects.get()
    assert answer["Location"] == f"{LIST}#observation-{saved.pk}"
    assert (saved.room, saved.heading.kind, saved.text) == (cast.same_group_state, "suggestion", "What was typed")
    assert [article.number for article in saved.articles.order_by("number")] == [2, 5]
    assert saved.question_codes == ["I.untoc.1.a", "I.untoc.3"]
    assert "The draft is saved. Only your State sees it." in text_of(client.get(LIST))


def test_what_is_missing_is_said_by_its_field_and_what_was_typed_stays(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    page = send_form(client, ADD, {"base": "0", "question_codes": ["I.untoc.3"]})
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "heading": ["Choose a heading."],
        "articles": ["Choose at least one article."],
        "text": ["Write the observation."],
    }
    assert page.context["form"]["question_codes"].value() == ["I.untoc.3"]
    page = send_form(client, ADD, typed(articles=["7"], question_codes=["I.tip.31"]))
    assert set(page.context["form"].errors) == {"articles", "question_codes"}
    assert "What was typed" in page.content.decode()
    assert not Observation.objects.exists()


def test_an_observation_rests_on_at_most_thirty_questions(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    form = client.get(ADD).context["form"]
    codes = [code for code, _label in form.fields["question_codes"].choices][:31]
    page = send_form(client, ADD, typed(question_codes=codes))
    assert page.status_code == 422
    assert page.context["form"].errors == {"question_codes": ["An observation may rest on at most 30 questions."]}
    assert send_form(client, ADD, typed(question_codes=codes[:30])).status_code == 302


@pytest.mark.parametrize("name", ["focal_point", "expert", "observer", "same_group_observer", "officer"])
def test_those_who_do_not_draft_are_told_why_not(cast: Cast, login_as: LoginAs, name: str) -> None:
    for answer in (login_as(cast.people[name]).get(ADD), send_form(login_as(cast.people[name]), ADD, typed())):
        assert answer.status_code == 403
        assert "Only experts and focal points of the reviewing States that cover this instrument" in text_of(answer)


def test_the_form_shows_the_observation_as_it_stands(cast: Cast, login_as: LoginAs, draft: Observation) -> None:
    form = login_as(cast.same_group_focal_point).get(url(draft)).context["form"]
    values = {name: form[name].value() for name in form.fields if not name.startswith(("need", "stood"))}
    assert values == {
        "heading": "gap_or_challenge",
        "articles": ["5"],
        "text": CANARY,
        "question_codes": ["I.untoc.1.a", "I.untoc.3"],
        "links": [],
        "links_shown": True,
        "base": 1,
        "shown": "room:XLE",
    }


def test_two_who_write_at_once_see_both_texts(cast: Cast, login_as: LoginAs, draft: Observation) -> None:
    client = login_as(cast.same_group_expert)
    edit_observation(actor=cast.same_group_focal_point, observation=draft, given=given(draft, "The colleague’s"))
    mine = typed(text="Mine", base="1", articles=["2", "5"], question_codes=["I.untoc.1.a", "I.untoc.3"])
    page = send_form(client, url(draft), mine)
    assert page.status_code == 422
    assert "As it stands now The colleague’s" in text_of(page)
    form = page.context["form"]
    assert (form["base"].value(), form["articles"].value()) == ("2", ["2", "5"])
    assert form["question_codes"].value() == ["I.untoc.1.a", "I.untoc.3"]
    assert send_form(client, url(draft), {**mine, "base": "2"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.text, draft.heading.kind, draft.revision) == ("Mine", "suggestion", 3)


def test_a_colleagues_new_heading_is_not_overwritten_unseen(cast: Cast, login_as: LoginAs, draft: Observation) -> None:
    other = headings_of(cast.review)[3]
    edit_observation(actor=cast.same_group_focal_point, observation=draft, given=given(draft, CANARY, heading=other))
    page = send_form(login_as(cast.same_group_expert), url(draft), typed(text=CANARY, base="1"))
    assert page.status_code == 422
    assert "It stands now under the heading “Technical assistance needs”: Article 5." in text_of(page)
    draft.refresh_from_db()
    assert draft.heading == other


def test_a_change_on_the_table_cancels_the_proposed_version_and_says_so(
    cast: Cast, login_as: LoginAs, tabled: Observation
) -> None:
    journey.conclude(cast.review)
    text = tabled.agreed_text
    propose_version(actor=cast.other_group_focal_point, text=text)
    for act in ("", "withdraw/"):
        page = login_as(cast.same_group_focal_point).get(url(tabled, act))
        assert "Version 1 is proposed. It has been cleared by Aldermark. Saving cancels it" in text_of(page)
    client = login_as(cast.same_group_focal_point)
    send_form(client, url(tabled), typed(base=str(tabled.revision), text="Other words"))
    assert AgreedText.objects.get(pk=text.pk).status == TextStatus.DRAFTING
    assert TextVersion.objects.get().cancelled_at is not None


def test_an_agreed_list_is_closed(cast: Cast, login_as: LoginAs, tabled: Observation) -> None:
    client = login_as(cast.same_group_focal_point)
    typed_before = {**carried_by(client.get(url(tabled, "withdraw/"))), "reason": "Said elsewhere."}
    with guards_off([AgreedText._meta.db_table]):
        AgreedText.objects.filter(pk=tabled.agreed_text_id).update(status=TextStatus.AGREED)
    assert "Said elsewhere." in text_of(client.post(url(tabled, "withdraw/"), typed_before)), "to be copied"
    for address in (ADD, url(tabled), url(tabled, "withdraw/")):
        page = client.get(address)
        assert page.status_code == 403
        assert "This text is agreed; it can no longer be changed." in text_of(page)
    assert acts(client.get(LIST)) == []


def test_only_the_focal_point_lays_a_draft_on_the_table(cast: Cast, login_as: LoginAs, draft: Observation) -> None:
    page = send_form(login_as(cast.same_group_expert), url(draft, "table/"))
    assert page.status_code == 403
    assert "Only a focal point of a reviewing State that covers this instrument does this." in text_of(page)
    client = login_as(cast.same_group_focal_point)
    assert CANARY in text_of(client.get(url(draft, "table/")))
    answer = send_form(client, url(draft, "table/"))
    assert answer["Location"] == f"{LIST}#observation-{draft.pk}"
    draft.refresh_from_db()
    assert (draft.room, draft.tabled_revision) == (None, 1)
    assert CANARY in text_of(login_as(cast.focal_point).get(LIST))
    page = send_form(login_as(cast.same_group_focal_point), url(draft, "table/"))
    assert page.status_code == 403
    assert "This observation lies on the shared table." in text_of(page)


def test_an_expert_withdraws_a_draft_and_a_focal_point_what_lies_on_the_table(
    cast: Cast, login_as: LoginAs, draft: Observation, tabled: Observation
) -> None:
    expert = login_as(cast.same_group_expert)
    page = expert.get(url(draft, "withdraw/"))
    assert "The draft disappears. Other States have never seen it." in text_of(page)
    assert "reason" not in page.context["form"].fields  # nobody would read it
    assert send_form(expert, url(draft, "withdraw/"))["Location"] == LIST
    assert expert.get(url(draft)).status_code == 404
    assert send_form(expert, url(tabled, "withdraw/")).status_code == 403
    assert send_form(login_as(cast.other_group_focal_point), url(tabled, "withdraw/")).status_code == 403
    focal_point = login_as(cast.same_group_focal_point)
    page = send_form(focal_point, url(tabled, "withdraw/"))
    assert "All States still find it, with your reason," in text_of(page)
    assert "Why is it withdrawn? (optional)" not in text_of(page)
    assert page.context["form"].errors == {"reason": ["Say why it is withdrawn: the other States read it."]}
    reason = {"reason": "Another observation says it."}
    assert send_form(focal_point, url(tabled, "withdraw/"), reason)["Location"] == LIST
    assert rows(focal_point.get(LIST)) == []


def test_history_tells_word_by_word_what_each_save_changed(cast: Cast, login_as: LoginAs, tabled: Observation) -> None:
    change = given(tabled, "Second thoughts", heading=headings_of(cast.review)[1])
    edit_observation(actor=cast.same_group_focal_point, observation=tabled, given=change, base=2)
    page = login_as(cast.same_group_observer).get(url(tabled, "history/"))
    last, second, first = page.context["steps"]
    assert [str(step.revision.saved_by) for step in (last, second, first)] == [
        "Same Group Focal Point", "Same Group Expert", "Same Group Expert",
    ]  # fmt: skip
    assert [(run.change, run.text) for run in last.text] == [
        (Change.SAME, "Second "),
        (Change.REMOVED, "words"),
        (Change.ADDED, "thoughts"),
    ]
    assert {run.change for run in last.place} == {Change.SAME, Change.ADDED, Change.REMOVED}
    assert [(run.change, run.text) for run in first.text] == [(Change.SAME, CANARY)]


@pytest.mark.parametrize("name", OTHERS)
def test_what_was_written_before_the_table_stays_with_the_state(
    cast: Cast, login_as: LoginAs, tabled: Observation, name: str
) -> None:
    page = login_as(cast.people[name]).get(url(tabled, "history/"))
    assert [step.revision.text for step in page.context["steps"]] == ["Second words"]
    assert CANARY not in page.content.decode()


def test_addresses_of_one_review_do_not_open_pieces_of_another(cast: Cast, login_as: LoginAs) -> None:
    written = observation(cast.review, cast.same_group_expert, CANARY)
    elsewhere = reverse("observations:observation-edit", args=["untoc", cast.bystander_review.code, written.pk])
    assert login_as(cast.same_group_expert).get(elsewhere).status_code == 404
    assert login_as(cast.bystander).get(elsewhere).status_code == 404
    assert login_as(cast.same_group_expert).get(f"{REVIEW}observations/add/uncac/").status_code == 404
