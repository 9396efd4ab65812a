"""What a summary is made of, by hand: passages merged, agreed observations left out and put back, the order."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from core.errors import ConflictError, OutdatedError, ServiceError
from core.policy import PolicyRefusedError
from dialogue.exchange.selectors import articles_under_review
from observations.observations.services import ObservationInput
from observations.summaries import arranging
from observations.summaries.selectors import passages_with_sources, token_of
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Objection, Observation, PassageDraft, SummaryPassage
from observations.texts.selectors import headings_of, observations_left_out
from observations.versions.selectors import standing_version
from observations.versions.shown import shown_of_text
from observations.wording.documents import document_of
from tests import journey
from tests.at_once import (
    draft_observation,
    draft_passage,
    edit_passage,
    lay_on_table,
    lay_passage,
    leave_out,
    merge_passages,
    object_to_version,
    place_passage,
    put_in,
)
from tests.forms import carried_by, send_form
from tests.observations.clearance.texts import SUMMARY, propose, words_of
from tests.observations.objections.threads import object_to
from tests.observations.suggestions.wording import suggest_now
from tests.sharing import shared
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LoginAs = Callable[[User], Client]
PAGE = f"{SUMMARY}passages/"


@shared
def summary(cast: Cast) -> AgreedText:
    """Three passages: 1 of two gaps on the first article, 2 a practice on it, 3 a gap on the second article."""
    agreed_list = journey.list_of(cast.review)
    first, second = articles_under_review(journey.fresh(cast.review), agreed_list.instrument)[:2]
    gap, practice = headings_of(cast.review)[:2]
    written = [
        (gap, first, "A gap."),
        (gap, first, "Another gap."),
        (practice, first, "A practice."),
        (gap, second, "A third gap."),
    ]
    for heading, article, words in written:
        given = ObservationInput(heading, [article], words)
        row = draft_observation(actor=cast.same_group_focal_point, text=agreed_list, given=given)
        lay_on_table(actor=cast.same_group_focal_point, observation=row)
    journey.agree_on(agreed_list)
    return AgreedText.objects.get(review=cast.review, instrument=agreed_list.instrument, kind=TextKind.SUMMARY)


def passage(summary: AgreedText, number: int) -> SummaryPassage:
    return summary.passages.select_related("agreed_text__review").get(order=number)


def made_of(summary: AgreedText) -> dict[int, tuple[str, list[int | None], int]]:
    """Of each passage its words, the numbers of the observations behind them, and on how many articles it is."""
    return {
        row.order: (str(row.text), [each.number for each in row.observations.all()], row.articles.count())
        for row in passages_with_sources(now(summary))
    }


def now(summary: AgreedText) -> AgreedText:
    return AgreedText.objects.select_related("review__step", "instrument").get(pk=summary.pk)


def observation(number: int) -> Observation:
    return Observation.objects.get(number=number)


def merge(cast: Cast, summary: AgreedText, number: int, into: int, **more: Any) -> None:
    given = {"actor": cast.same_group_focal_point, "passage": passage(summary, number), "into": passage(summary, into)}
    merge_passages(**{**given, **more})


def test_a_merged_passage_keeps_the_words_of_both_with_what_they_draw_on(cast: Cast, summary: AgreedText) -> None:
    merge(cast, summary, 3, into=1)
    assert made_of(summary) == {
        1: ("A gap.\n\nAnother gap.\n\nA third gap.", [1, 2, 4], 2),
        2: ("A practice.", [3], 1),
        3: ("", [], 1),
    }
    assert passage(summary, 3).merged_into == passage(summary, 1)
    kept = [[row.text for row in passage(summary, number).revisions.all()] for number in (1, 3)]
    assert kept == [["A gap.\n\nAnother gap.\n\nA third gap.", "A gap.\n\nAnother gap."], ["", "A third gap."]]
    written = [block.text for block in document_of(now(summary)).blocks if block.is_written]
    assert written == ["A practice.", "A gap.\n\nAnother gap.\n\nA third gap."], "first what is on one article alone"


def test_only_passages_under_one_heading_are_merged(cast: Cast, summary: AgreedText) -> None:
    for number, into in ((2, 1), (1, 1)):
        with pytest.raises(ServiceError) as refused:
            merge(cast, summary, number, into)
        assert refused.value.field == "into"
    merge(cast, summary, 3, into=1)
    with pytest.raises(ServiceError, match="nothing to merge"):
        merge(cast, summary, 3, into=1)
    assert made_of(summary)[1][0].count("A third gap.") == 1
    with pytest.raises(ServiceError):
        merge(cast, summary, 1, into=3)


def test_what_lies_at_a_merged_passage_stays_there(cast: Cast, summary: AgreedText) -> None:
    draft_passage(actor=cast.same_group_expert, passage=passage(summary, 3), text="Shorter.")
    suggestion = suggest_now(cast.focal_point, passage(summary, 3), "A third gap, as we see it.")
    merge(cast, summary, 3, into=1)
    suggestion.refresh_from_db()
    assert (suggestion.passage, suggestion.decided_at) == (passage(summary, 3), None)
    draft = PassageDraft.objects.select_related("passage__agreed_text__review", "review").get()
    lay_passage(actor=cast.same_group_focal_point, draft=draft)
    row = passage(summary, 3)
    assert (row.text, row.merged_into) == ("Shorter.", None), "it stands by itself again"
    assert "A third gap." in passage(summary, 1).text, "and nothing of the other has gone"


def test_what_was_merged_twice_leads_to_where_its_words_are(cast: Cast, summary: AgreedText) -> None:
    merge(cast, summary, 3, into=1)
    leave_out(actor=cast.same_group_focal_point, passage=passage(summary, 1), observation=observation(2))
    put_in(actor=cast.same_group_focal_point, passage=passage(summary, 3), observation=observation(2))
    assert (passage(summary, 3).text, passage(summary, 3).merged_into) == ("Another gap.", None)
    merge(cast, summary, 1, into=3)
    assert passage(summary, 1).merged_into == passage(summary, 3)
    assert made_of(summary)[3] == ("Another gap.\n\nA gap.\n\nA third gap.", [1, 2, 4], 2)


def test_an_observation_is_left_out_and_put_back(cast: Cast, summary: AgreedText) -> None:
    assert list(observations_left_out(now(summary))) == []
    one = {"actor": cast.other_group_focal_point, "passage": passage(summary, 1), "observation": observation(1)}
    assert leave_out(**one) is True
    assert made_of(summary)[1] == ("Another gap.", [2], 1)
    assert list(observations_left_out(now(summary))) == [observation(1)]
    with pytest.raises(ServiceError) as refused:
        put_in(**{**one, "passage": passage(summary, 2)})
    assert refused.value.field == "into"
    put_in(**one)
    assert made_of(summary)[1] == ("Another gap.\n\nA gap.", [1, 2], 1)
    with pytest.raises(OutdatedError):
        put_in(**one)


def test_words_that_people_have_shortened_stay(cast: Cast, summary: AgreedText) -> None:
    edit_passage(actor=cast.same_group_focal_point, passage=passage(summary, 1), text="Two gaps.", base=1)
    version = propose(cast, summary)
    seen = token_of(passages_with_sources(now(summary)))
    who = {"actor": cast.same_group_focal_point, "passage": passage(summary, 1)}
    assert leave_out(**who, observation=observation(1)) is False
    assert made_of(summary)[1] == ("Two gaps.", [2], 1)
    assert standing_version(now(summary)) == version, "not one byte has changed"
    assert token_of(passages_with_sources(now(summary))) != seen, "but a page that shows the link is behind"


def test_words_that_stay_keep_their_articles(cast: Cast, summary: AgreedText) -> None:
    who = {"actor": cast.same_group_focal_point, "passage": passage(summary, 1)}
    edit_passage(**who, text="Two gaps.", base=1)
    merge(cast, summary, 3, into=1)
    first, second = observation(1).articles.get(), observation(4).articles.get()
    for number in (1, 2):
        leave_out(**who, observation=observation(number))
        assert set(passage(summary, 1).articles.all()) == {first, second}, "its words stay"
    leave_out(**who, observation=observation(4))
    assert (made_of(summary)[1][:2], passage(summary, 1).articles.get()) == (("Two gaps.", []), first)
    put_in(**who, observation=observation(4))
    assert made_of(summary)[1] == ("Two gaps.\n\nA third gap.", [4], 2)


@pytest.mark.parametrize(
    ("text", "words", "others", "left"),
    [
        ("First.\n\nA gap.\n\nMore.\n\nA gap.", "A gap.", ["First.\n\nA gap.\n\nMore."], "First.\n\nA gap.\n\nMore."),
        ("A gap.\n\nA gap.", "A gap.", ["A gap."], "A gap."),
        ("A gap.", "A gap.", ["A gap."], "A gap."),
        ("First.\n\nA gap.\n\nA gap.", "First.\n\nA gap.", ["A gap."], "A gap."),
        ("A gap. More.", "A gap.", [], "A gap. More."),
    ],
)
def test_the_words_of_another_observation_stay(text: str, words: str, others: list[str], left: str) -> None:
    assert arranging._without(text, words, others) == left


def test_a_passage_that_is_emptied_leaves_its_observations_out(cast: Cast, summary: AgreedText) -> None:
    edit_passage(actor=cast.same_group_focal_point, passage=passage(summary, 1), text="", base=1)
    assert list(observations_left_out(now(summary))) == [observation(1), observation(2)]
    put_in(actor=cast.same_group_focal_point, passage=passage(summary, 3), observation=observation(1))
    put_in(actor=cast.same_group_focal_point, passage=passage(summary, 1), observation=observation(2))
    assert made_of(summary) == {
        1: ("Another gap.", [2], 1), 2: ("A practice.", [3], 1), 3: ("A third gap.\n\nA gap.", [1, 4], 2)
    }  # fmt: skip


def test_passages_on_the_same_articles_are_ordered_by_hand(cast: Cast, summary: AgreedText) -> None:
    who = {"actor": cast.same_group_focal_point}
    leave_out(**who, passage=passage(summary, 3), observation=observation(4))
    leave_out(**who, passage=passage(summary, 1), observation=observation(2))
    put_in(**who, passage=passage(summary, 3), observation=observation(2))
    for place, words in ((1, ["Another gap.", "A gap."]), (2, ["A gap.", "Another gap."])):
        place_passage(**who, passage=passage(summary, 3), place=place)
        written = [block.text for block in document_of(now(summary)).blocks if block.is_written]
        assert written == [*words, "A practice."]
    with pytest.raises(ServiceError) as refused:
        place_passage(**who, passage=passage(summary, 2), place=2)
    assert refused.value.field == "place"


def test_who_arranges(cast: Cast, summary: AgreedText) -> None:
    for name in ("same_group_expert", "focal_point", "observer"):
        with pytest.raises(PolicyRefusedError):
            merge(cast, summary, 3, into=1, actor=cast.people[name])


def test_nobody_arranges_what_was_changed_unseen(cast: Cast, summary: AgreedText) -> None:
    seen, shown = token_of(passages_with_sources(now(summary))), shown_of_text(now(summary))
    carried = {"seen": seen, "shown": shown, "passage": passage(summary, 3), "into": passage(summary, 1)}
    edit_passage(actor=cast.other_group_focal_point, passage=passage(summary, 1), text="Two gaps.", base=1)
    with pytest.raises(OutdatedError, match="has changed since"):
        arranging.merge_passages(actor=cast.same_group_focal_point, **carried)
    propose(cast, summary)
    carried["seen"] = token_of(passages_with_sources(now(summary)))
    with pytest.raises(ConflictError) as conflict:
        arranging.merge_passages(actor=cast.same_group_focal_point, **carried)
    assert conflict.value.now, "it would cancel a version that was not shown"
    assert made_of(summary)[3][0] == "A third gap."


def test_it_cancels_a_proposed_version_and_none_is_made_after_the_agreement(cast: Cast, summary: AgreedText) -> None:
    propose(cast, summary)
    merge(cast, summary, 3, into=1)
    assert standing_version(now(summary)) is None
    journey.agree_on(now(summary))
    with pytest.raises(PolicyRefusedError, match="agreed"):
        leave_out(actor=cast.same_group_focal_point, passage=passage(summary, 1), observation=observation(1))


def test_an_objection_to_a_merged_passage_stands_where_its_words_are(
    cast: Cast, login_as: LoginAs, summary: AgreedText
) -> None:
    version = propose(cast, summary)
    number = next(block["number"] for block in version.document["blocks"] if block["text"] == "A third gap.")
    points = {number: "Not so."}
    object_to_version(actor=cast.focal_point, text=now(summary), sha256=version.sha256, points=points)
    merge(cast, summary, 3, into=1)
    threads = login_as(cast.focal_point).get(SUMMARY).context["threads"]
    ((number, (thread,)),) = threads.at.items()
    assert (number, thread.is_open, thread.place.was.words) == (3, True, "A third gap.")
    assert thread.place.now.words == "A gap.\n\nAnother gap.\n\nA third gap."


def test_a_suggestion_to_a_merged_passage_is_made_anew_where_its_words_are(
    cast: Cast, login_as: LoginAs, summary: AgreedText
) -> None:
    row = suggest_now(cast.focal_point, passage(summary, 3), "A last gap.")
    merge(cast, summary, 3, into=1)
    client, suggestions = login_as(cast.focal_point), f"{SUMMARY}suggestions/"
    anew = f"{suggestions}add/{passage(summary, 1).pk}/?from={row.pk}"
    assert f'href="{anew}"' in client.get(suggestions).content.decode()
    assert client.get(anew).context["form"]["text"].value() == "A gap.\n\nAnother gap.\n\nA last gap."
    note = "This passage was merged into passage 1"
    assert note in words_of(client.get(f"{suggestions}add/{passage(summary, 3).pk}/"))
    assert note not in words_of(client.get(anew))


def test_who_objects_again_to_a_merged_passage_renews_what_was_said_of_both(cast: Cast, summary: AgreedText) -> None:
    propose(cast, summary)
    object_to(cast.focal_point, summary, Another="Not so.", third="Nor so.")
    merge(cast, summary, 3, into=1)
    propose(cast, summary)
    object_to(cast.focal_point, summary, third="Still not so.")
    rows = Objection.objects.order_by("created_at").values_list("reason", "ending")
    assert dict(rows) == {"Not so.": "renewed", "Nor so.": "renewed", "Still not so.": ""}


def test_the_page_merges_leaves_out_and_puts_back(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    client = login_as(cast.same_group_focal_point)
    page = client.get(PAGE)
    assert [[each.order for each in row.others] for row in page.context["chosen"]] == [[3], [], [1]]
    typed = {**carried_by(page), "act": "merge", "passage": "3", "into": "1", "observation": "", "seen": "x"}
    stale = client.post(PAGE, typed)
    assert (stale.status_code, '<option value="1" selected>' in stale.content.decode()) == (422, True)
    assert send_form(client, PAGE, {"act": "merge", "passage": "3", "into": "1"})["Location"] == f"{PAGE}#passage-1"
    key = str(observation(1).pk)
    send_form(client, PAGE, {"act": "leave_out", "passage": "1", "observation": key})
    page = client.get(PAGE)
    assert [str(each.observation.pk) for each in page.context["left_out"]] == [key]
    hints = words_of(client.get(SUMMARY))
    assert "Observation No. 1: is left out of the summary: no passage draws on it." in hints
    page = send_form(client, PAGE, {"act": "put_in", "passage": "", "observation": key, "into": ""})
    assert page.status_code == 422
    assert f'<a href="#into-{key}">Choose a passage.</a>' in page.content.decode()
    send_form(client, PAGE, {"act": "put_in", "passage": "", "observation": key, "into": "3"})
    assert made_of(summary)[3] == ("A gap.", [1], 1)


def test_nobody_is_led_to_a_passage_that_was_emptied_since(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    merge(cast, summary, 3, into=1)
    client, told = login_as(cast.same_group_focal_point), ("merged into passage 1", "was merged into passage 1")
    pages = (PAGE, f"{PAGE}3/")
    assert all(words in words_of(client.get(page)) for words, page in zip(told, pages, strict=True))
    edit_passage(actor=cast.same_group_focal_point, passage=passage(summary, 1), text="", base=2)
    assert not any(words in words_of(client.get(page)) for words, page in zip(told, pages, strict=True))


def test_the_page_takes_the_same_queries_however_much_is_left_out(
    cast: Cast, login_as: LoginAs, summary: AgreedText
) -> None:
    client, who = login_as(cast.same_group_focal_point), {"actor": cast.same_group_focal_point}
    counts = []
    for number, left in ((1, 1), (1, 2), (2, 3)):
        leave_out(**who, passage=passage(summary, number), observation=observation(left))
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(PAGE).context["left_out"]) == left
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_a_stale_page_comes_back_as_the_summary_stands_now(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    client = login_as(cast.same_group_focal_point)
    seen = client.get(PAGE).context["seen"]
    merge(cast, summary, 3, into=1)
    page = send_form(client, PAGE, {"act": "merge", "passage": "1", "into": "3", "seen": seen})
    assert page.status_code == 422
    assert "The summary has changed since you opened this page." in words_of(page)
    assert page.context["seen"] != seen
    assert made_of(summary)[3][0] == ""


def test_readers_are_led_back_to_the_observations(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    merge(cast, summary, 3, into=1)
    for is_proposed in (False, True):
        if is_proposed:
            propose(cast, summary)
        page = login_as(cast.observer).get(SUMMARY)
        behind = {number: [each.number for each in rows] for number, rows in page.context["drawn_on"].items()}
        assert behind == {2: [3], 3: [1, 2, 4]}
        assert f'observations/#observation-{observation(4).pk}">No. 4</a>' in page.content.decode()


def test_a_suggestion_says_how_long_the_summary_would_be(cast: Cast, login_as: LoginAs, summary: AgreedText) -> None:
    page = login_as(cast.focal_point).get(f"{SUMMARY}suggestions/add/{passage(summary, 3).pk}/")
    assert "Words here: 3." in words_of(page)
    assert "of at most 1,500." in words_of(page)
