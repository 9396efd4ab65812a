"""The pages of suggestions: what they show to whom, and what a form keeps where something has changed meanwhile."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from observations.suggestions.comparing import carried
from observations.suggestions.models import Suggestion
from observations.texts.models import AgreedText, Observation
from reviews.drafts.selectors import reviewers_have_drafts
from tests import journey
from tests.at_once import withdraw_observation
from tests.forms import carried_by, send_form
from tests.observations.clearance.texts import LIST, change, table, words_of
from tests.observations.suggestions.wording import STANDS, now, reject_now, suggest_now, withdraw_now, words_at
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LoginAs = Callable[[User], Client]
SUGGESTIONS = f"{LIST}suggestions/"
OBSERVATIONS = "/en/untoc/reviews/1-XVE/observations/"
SHORTER = STANDS.replace("persons who hold", "holders of")


def test_a_suggestion_is_written_over_the_text_and_shown_word_by_word(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    client = login_as(cast.focal_point)
    assert "Suggest wording" in words_of(client.get(OBSERVATIONS))
    page = client.get(f"{SUGGESTIONS}add/{first.pk}/")
    assert page.context["form"]["text"].value() == STANDS
    sent = send_form(client, f"{SUGGESTIONS}add/{first.pk}/", {"text": SHORTER, "why": "Shorter."}, follow=True)
    assert "The suggestion lies on the shared table." in words_of(sent)
    for person in (cast.same_group_observer, cast.officer, cast.other_group_expert):
        page = login_as(person).get(SUGGESTIONS)
        html, words = page.content.decode(), words_of(page)
        assert "deleted: persons who hold" in words
        assert "inserted: holders of" in words
        assert '<del class="app-diff__removed">' in html
        assert "Shorter." in words
        assert "Accept, whole or in parts" not in words
    assert "Suggested wordings and comments (1)" in words_of(client.get(OBSERVATIONS))


def test_a_place_has_the_number_of_the_list_and_names_who_decides(
    cast: Cast, login_as: LoginAs, text: AgreedText, first: Observation
) -> None:
    table(cast, text, "Another one.")
    withdraw_observation(actor=cast.same_group_focal_point, observation=now(first), reason="Said elsewhere.")
    client = login_as(cast.focal_point)
    for page in (client.get(OBSERVATIONS), client.get(SUGGESTIONS)):
        assert ("No. 1" in words_of(page), "No. 2" in words_of(page)) == (False, True)
    assert f"The focal point of {first.state_party} decides here." in words_of(client.get(SUGGESTIONS))


def test_who_may_change_the_text_accepts_it_on_its_page(cast: Cast, login_as: LoginAs, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    client = login_as(cast.same_group_focal_point)
    assert "Accept, whole or in parts" in words_of(client.get(SUGGESTIONS))
    address = f"{SUGGESTIONS}{row.pk}/accept/"
    page = client.get(address)
    assert page.context["form"]["text"].value() == SHORTER
    sent = send_form(client, address, {"text": SHORTER})
    assert (sent.status_code, words_at(first)) == (302, SHORTER)
    again = client.post(address, {"text": SHORTER}, follow=True)
    assert "This suggestion was decided on already." in words_of(again)


def test_a_text_that_moved_while_the_page_lay_open_keeps_what_was_typed(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    client = login_as(cast.same_group_focal_point)
    address = f"{SUGGESTIONS}{row.pk}/accept/"
    form = client.get(address).context["form"]
    carried = {name: form[name].value() for name in form.fields}
    change(cast, STANDS.replace("The State", "Vetruvia"))
    page = client.post(address, {**carried, "text": f"{SHORTER} Typed."})
    assert (page.status_code, words_at(first)) == (422, STANDS.replace("The State", "Vetruvia"))
    assert "Typed." in page.context["form"]["text"].value()
    assert "A colleague has saved this text" in words_of(page)


def test_a_rejection_and_a_word_too_few_come_back_with_what_was_typed(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    client = login_as(cast.same_group_focal_point)
    assert "Say why you reject it." in words_of(send_form(client, f"{SUGGESTIONS}{row.pk}/reject/"))
    typed = {"reason": "It narrows the scope.\r\nAnd more."}
    send_form(client, f"{SUGGESTIONS}{row.pk}/reject/", typed)
    again = client.post(f"{SUGGESTIONS}{row.pk}/reject/", typed, follow=True)
    assert "This suggestion was decided on already." in words_of(again), "a second click"
    assert "It narrows the scope." in words_of(login_as(cast.expert).get(SUGGESTIONS))
    same = send_form(login_as(cast.expert), f"{SUGGESTIONS}add/{first.pk}/", {"text": STANDS})
    assert (same.status_code, "This is what the text says already." in words_of(same)) == (422, True)


def test_a_reason_comes_back_where_the_suggestion_was_withdrawn_meanwhile(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    client, address = login_as(cast.same_group_focal_point), f"{SUGGESTIONS}{row.pk}/reject/"
    carried = carried_by(client.get(address))
    withdraw_now(cast.focal_point, row)
    page = client.post(address, {**carried, "reason": "It narrows the scope."})
    assert (page.status_code, "It narrows the scope." in words_of(page)) == (403, True)
    assert "What you wrote is here so that you can copy it." in words_of(page)


def test_who_rejects_is_told_where_the_text_or_its_readers_are_others_by_now(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    client, address = login_as(cast.same_group_focal_point), f"{SUGGESTIONS}{row.pk}/reject/"
    typed = {**carried_by(client.get(address)), "reason": "It narrows the scope."}
    page = client.post(address, {**typed, "shown": f"table:{cast.state.iso3}"})
    assert (page.status_code, page.context["saving"].is_asked_anew) == (422, True)
    assert f"the text lay on the shared table, where {cast.state} read it" in words_of(page)
    change(cast, STANDS.replace("public office", "office"))
    page = client.post(address, typed)
    assert (page.status_code, "It narrows the scope." in words_of(page)) == (422, True)
    assert "The text has changed since you opened this page." in words_of(page)
    assert client.post(address, {**typed, **carried_by(page)}).status_code == 302


def test_one_that_was_overtaken_is_begun_anew_with_its_words(cast: Cast, login_as: LoginAs, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    change(cast, STANDS.replace("persons who hold", "people in"))
    client = login_as(cast.focal_point)
    assert "Overtaken" in words_of(client.get(SUGGESTIONS))
    page = client.get(f"{SUGGESTIONS}add/{first.pk}/?from={row.pk}")
    assert page.context["form"]["text"].value() == SHORTER
    stranger = login_as(cast.other_group_focal_point).get(f"{SUGGESTIONS}add/{first.pk}/?from={row.pk}")
    assert stranger.context["form"]["text"].value() != SHORTER


@pytest.mark.parametrize(
    ("base", "typed", "current", "begun"),
    [
        ("A gap.", "One gap.", "A gap.\n\nA gap.", "A gap.\n\nOne gap."),
        ("A gap.", "One gap.", "Two gaps.", "Two gaps.\n\nOne gap."),
        ("", "One gap.", "Two gaps.", "Two gaps.\n\nOne gap."),
        ("A gap.", "A gap.", "Two gaps.", "Two gaps."),
    ],
)
def test_words_are_carried_to_where_the_others_went(base: str, typed: str, current: str, begun: str) -> None:
    assert carried(base, typed, current) == begun


def test_a_draft_that_was_overtaken_leads_to_its_words_before_it_is_discarded(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    draft = suggest_now(cast.expert, first, SHORTER)
    change(cast, STANDS.replace("persons who hold", "people in"))
    client = login_as(cast.expert)
    anew = f"{SUGGESTIONS}add/{first.pk}/?from={draft.pk}"
    assert f'href="{anew}"' in client.get(f"{SUGGESTIONS}{draft.pk}/").content.decode()
    send_form(client, anew, {"text": SHORTER})
    sent = send_form(client, f"{SUGGESTIONS}{draft.pk}/withdraw/", follow=True)
    assert "The draft has been discarded." in words_of(sent)
    assert [row.text for row in Suggestion.objects.all()] == [SHORTER]


def test_an_expert_drafts_and_only_the_own_state_sees_it(cast: Cast, login_as: LoginAs, first: Observation) -> None:
    client = login_as(cast.expert)
    send_form(client, f"{SUGGESTIONS}add/{first.pk}/", {"text": SHORTER})
    draft = Suggestion.objects.get()
    send_form(client, f"{SUGGESTIONS}{draft.pk}/", {"text": f"{SHORTER} More.", "why": ""})
    assert "More." in words_of(login_as(cast.focal_point).get(SUGGESTIONS))
    assert "holders of" not in words_of(login_as(cast.same_group_focal_point).get(SUGGESTIONS))
    assert login_as(cast.same_group_focal_point).get(f"{SUGGESTIONS}{draft.pk}/").status_code == 404
    assert "Lay 1 drafted suggestion" in words_of(login_as(cast.focal_point).get("/en/"))
    send_form(login_as(cast.focal_point), f"{SUGGESTIONS}{draft.pk}/lay/")
    assert "Decide on suggested wordings and comments (1)" in words_of(
        login_as(cast.same_group_focal_point).get("/en/")
    )


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    cast: Cast, login_as: LoginAs, first: Observation, text: AgreedText
) -> None:
    client = login_as(cast.same_group_focal_point)
    for words in ("", " And so.", " And more.", " And most."):
        row = suggest_now(cast.focal_point, first, SHORTER + words)
        if words == " And most.":
            reject_now(cast.same_group_focal_point, row)
        with assert_query_count("observations:suggestion-list"):
            client.get(SUGGESTIONS)


@pytest.mark.parametrize("how", ["withdrawn", "agreed"])
def test_a_draft_is_thrown_away_also_where_nobody_decides_on_it_any_more(
    cast: Cast, login_as: LoginAs, text: AgreedText, first: Observation, how: str
) -> None:
    draft = suggest_now(cast.other_group_expert, first, SHORTER)
    if how == "withdrawn":
        withdraw_observation(actor=cast.same_group_focal_point, observation=now(first), reason="Said elsewhere.")
    else:
        journey.agree_on(text)
    assert reviewers_have_drafts(cast.review), "no common room is opened over it"
    address = f"{SUGGESTIONS}{draft.pk}/withdraw/"
    assert address not in login_as(cast.same_group_expert).get(SUGGESTIONS).content.decode()
    client = login_as(cast.other_group_expert)
    assert address in client.get(SUGGESTIONS).content.decode()
    assert client.get(f"{SUGGESTIONS}{draft.pk}/").status_code in (403, 404), "nothing else is done with it"
    assert send_form(client, address).status_code == 302
    assert not Suggestion.objects.exists()
    assert not reviewers_have_drafts(cast.review)


def test_a_suggestion_to_what_was_withdrawn_meanwhile_comes_back(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    client, address = login_as(cast.expert), f"{SUGGESTIONS}add/{first.pk}/"
    carried = carried_by(client.get(address))
    withdraw_observation(actor=cast.same_group_focal_point, observation=now(first), reason="Said elsewhere.")
    page = client.post(address, {**carried, "text": f"{SHORTER} Typed."})
    assert page.status_code == 422
    assert "Typed." in page.context["form"]["text"].value()
    assert "This observation has been withdrawn." in words_of(page)


# --- What is being typed


def test_what_a_wording_changes_is_shown_while_it_is_typed_and_nothing_is_saved(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    client, address = login_as(cast.expert), f"{SUGGESTIONS}add/{first.pk}/"
    carried = carried_by(client.get(address))
    compared = client.post(address, {**carried, "text": f"{SHORTER}\r\n", "compare": "1"})
    assert (compared.status_code, compared.templates[0].name) == (200, "observations/suggestions/_compared.html")
    assert "Words inserted: 2. Words deleted: 3." in words_of(compared)
    assert "deleted: persons who hold" in words_of(compared)
    assert "No word of the text is changed." in words_of(
        client.post(address, {**carried, "text": STANDS, "compare": "1"})
    )
    unseen = client.post(address, {**carried, "text": "over\u202eride", "compare": "1"})
    assert "nobody sees" in words_of(unseen)
    change(cast, STANDS.replace("The State", "Vetruvia"))
    behind = client.post(address, {**carried, "text": SHORTER, "compare": "1"})
    assert "Somebody has saved since you opened this page." in words_of(behind)
    assert not Suggestion.objects.exists()


def test_a_draft_is_compared_as_it_will_be_read_and_only_by_who_may_change_it(
    cast: Cast, login_as: LoginAs, first: Observation
) -> None:
    draft = suggest_now(cast.expert, first, SHORTER)
    change(cast, STANDS.replace("The State", "Vetruvia"))
    address, typed = f"{SUGGESTIONS}{draft.pk}/", {"text": SHORTER, "compare": "1", "base": "1"}
    words = words_of(login_as(cast.expert).post(address, typed))
    assert "Vetruvia should" in words
    assert "deleted: persons who hold" in words
    assert "Vetruvia [" not in words, "what the others changed is no part of it"
    assert login_as(cast.observer).post(address, typed).status_code == 403
    assert login_as(cast.same_group_focal_point).post(address, typed).status_code == 404


def test_a_reason_that_comes_too_late_is_given_back(cast: Cast, login_as: LoginAs, first: Observation) -> None:
    row = suggest_now(cast.focal_point, first, SHORTER)
    reject_now(cast.same_group_focal_point, row)
    client, address = login_as(cast.same_group_focal_point), f"{SUGGESTIONS}{row.pk}/reject/"
    late = client.post(address, {"reason": "It narrows the scope."})
    assert (late.status_code, "It narrows the scope." in late.content.decode()) == (403, True)
    again = client.post(address, {"reason": "It says more than the answers."})
    assert again.status_code == 302, "a second press"
