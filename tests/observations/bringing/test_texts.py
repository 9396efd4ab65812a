"""A text on which States agreed elsewhere lies on the table once two officers have brought it in, marked as such."""

import datetime as dt

import pytest
from django.db import Error, transaction

from accounts.people.models import User
from core.database.identity import identified_as, identified_as_system
from core.errors import ServiceError
from core.hashes import document_hash
from core.models import Notification
from core.policy import PolicyRefusedError
from core.time.dates import day_of
from observations.bringing.texts import carry_out_text, seen_of_text
from observations.publications.services import end_publication, publish_text
from observations.texts.models import AgreedText, Observation, Publication, SummaryPassage, TextVersion
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import bring_in, confirm_file, lay_before, say_for_state
from reviews.cases.models import Clearance, Review
from tests import journey
from tests.factories.accounts import OfficerFactory
from tests.observations.bringing.conftest import AT_THE_LIST, brought_to, running_at
from tests.observations.bringing.texts import (
    LIST,
    SHORT,
    SUMMARY,
    TEXT,
    TEXTS,
    address,
    all_lists,
    as_markdown,
    file_of,
    first_article,
    pieces,
    post,
    say,
    standing,
    the_list,
)
from tests.plain_role import plain_role, system_role
from tests.questionnaires.bringing.answers import client_of
from tests.reviews.bringing.files import brought_in, words
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, AT_THE_LIST]
OTHER = TEXT.replace("Define the offence.", "As it was agreed.")


def written(version: TextVersion) -> list[str]:
    return [block["text"] for block in version.document["blocks"] if block["is_written"]]


def test_the_list_is_agreed_marked_and_uncleared(brought_cast: Cast, review: Review, officer: User) -> None:
    other = OfficerFactory.create()
    file = file_of(review, officer)
    assert not Observation.objects.exists()
    before = Notification.objects.count()
    brought_in(file, by=other)

    text, version = the_list(review), standing(review)
    assert (text.status, day_of(text.agreed_at), text.room) == ("agreed", dt.date(2023, 5, 20), None)  # type: ignore[arg-type]
    assert version.document["brought_in"] == {"file_sha256": file.sha256, "agreed_on": "2023-05-20"}
    assert version.sha256 == document_hash(version.document)
    assert written(version) == [
        "The offence has no definition of **organized** groups.\n\n- First\n- Second",
        "Penalties are low.",
        "Corruption of foreign officials is no offence.",
        "Define the offence.",
    ]
    rows = [
        (row.heading.kind, sorted(row.articles.values_list("number", flat=True)), row.room, row.state_party)
        for row in Observation.objects.order_by("created_at")
    ]
    assert rows == [
        ("gap_or_challenge", [5], None, None),
        ("gap_or_challenge", [6, 8], None, None),
        ("gap_or_challenge", [6, 8], None, None),
        ("suggestion", [5], None, None),
    ]
    assert not Clearance.objects.exists()
    assert not Publication.objects.exists()
    assert (version.proposed_by, version.proposed_for) == (None, None)
    assert [(piece.state_party, piece.word, piece.checked_by) for piece in pieces(review)[:1]] == [
        (brought_cast.state, "", other)
    ]
    assert {piece.state_party for piece in pieces(review)} == {
        brought_cast.state,
        brought_cast.same_group_state,
        brought_cast.other_group_state,
    }
    told = Notification.objects.order_by("-created_at")[: Notification.objects.count() - before]
    assert sorted(each.recipient_id for each in told) == sorted(
        [
            brought_cast.focal_point.pk,
            brought_cast.same_group_focal_point.pk,
            brought_cast.other_group_focal_point.pk,
        ]
    )
    review.refresh_from_db()
    assert review.step.slug == "observations"


def test_every_page_that_shows_it_says_where_it_is_from(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, officer))
    place = f"/en/untoc/reviews/{review.code}/"
    for person in (brought_cast.expert, brought_cast.other_group_focal_point, officer):
        for page in ("texts/", f"texts/untoc/{LIST}/", "observations/", "brought-in/"):
            shown = words(client_of(person).get(f"{place}{page}"))
            assert "rought in" in shown, page
            assert "Clearance missing of" not in shown
    shown = words(client_of(brought_cast.expert).get(f"{place}texts/untoc/{LIST}/"))
    assert "Not confirmed by the State" in shown
    assert "not cleared yet" not in shown
    assert "20 May 2023" in shown


def test_the_preview_shows_it_as_it_would_be_read_and_nothing_is_kept_before(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    shown = words(post(review, officer, as_markdown()))
    assert "<strong>organized</strong>" in shown
    assert "Articles 6 and 8" in shown
    assert "I. Introduction" in shown
    assert "words stand before them, filled with what the portal knows" in shown
    assert "Paragraphs have other numbers here" in shown
    assert "Nothing is published" in shown
    assert "the review moves on to its next step" not in shown
    assert the_list(review).status == "drafting"


def test_who_brings_it_in_does_not_confirm_it(brought_cast: Cast, review: Review, officer: User) -> None:
    file = file_of(review, officer)
    lay_before(actor=officer, file=file, seen=seen_of_text(file))
    with pytest.raises(PolicyRefusedError, match="Two different officers are needed"):
        confirm_file(actor=officer, file=file, seen=seen_of_text(file), language="en")


def test_the_review_moves_on_with_the_last_list_and_its_summaries_are_open(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    all_lists(review, officer)
    review.refresh_from_db()
    reached = review.milestones.get(plan__kind="list").reached_on
    assert (review.step.slug, reached) == ("summary", dt.date(2023, 5, 20))
    drawn = SummaryPassage.objects.filter(agreed_text=the_list(review, kind=SUMMARY))
    assert [row.text for row in drawn] == ["Do more on untoc."]


def test_the_review_is_closed_with_the_last_summary(brought_cast: Cast, review: Review, officer: User) -> None:
    all_lists(review, officer)
    for text in AgreedText.objects.filter(review=review, kind=LIST).order_by("instrument__order"):
        content = f"## Article {first_article(text)}\n\n### Suggestions\n\nMore on {text.instrument.slug}.\n"
        file = file_of(review, officer, content, SUMMARY, text.instrument.slug, sent_on="2023-06-20")
        brought_in(file)
    review.refresh_from_db()
    assert review.step.slug == "closed"
    assert review.milestones.get(plan__kind="summary").reached_on == dt.date(2023, 6, 20)
    passage = SummaryPassage.objects.get(agreed_text=the_list(review, kind=SUMMARY))
    assert (passage.text, [row.text for row in passage.observations.all()]) == (
        "More on untoc.",
        ["Do more on untoc."],
    )
    assert not Publication.objects.exists()


@pytest.mark.kept.with_args(brought_to, "closed")
def test_a_closed_review_takes_both_and_stays_closed(review: Review, officer: User) -> None:
    page = words(client_of(officer).get(address(review, SUMMARY)))
    assert "The list of observations is not there. Bring it in first" in page
    brought_in(file_of(review, officer))
    assert not AgreedText.objects.filter(review=review, kind=SUMMARY).exists()
    brought_in(file_of(review, officer, SHORT, SUMMARY))
    review.refresh_from_db()
    assert (review.step.slug, the_list(review, kind=SUMMARY).status) == ("closed", "agreed")


@pytest.mark.kept.with_args(brought_to, "dialogue")
def test_before_its_step_nothing_is_brought_in(review: Review, officer: User) -> None:
    shown = words(post(review, officer, as_markdown()))
    assert "and this text is agreed at “List of observations”. Bring in its step and dates first." in shown
    assert review.code not in words(client_of(officer).get(TEXTS))


@pytest.mark.kept.with_args(running_at, "observations")
def test_a_review_that_runs_here_is_left_alone(review: Review, officer: User) -> None:
    page = post(review, officer, as_markdown())
    assert page.status_code == 422
    assert "This review runs in the portal, where its States agree on their texts." in words(page)


def test_nothing_is_brought_in_over_what_states_draft_here(brought_cast: Cast, review: Review, officer: User) -> None:
    file = file_of(review, officer)
    lay_before(actor=officer, file=file, seen=seen_of_text(file))
    seen = seen_of_text(file)
    journey.write_observation(review, brought_cast.same_group_expert, the_list(review), "Words in a room.")
    said = "The States draft this text in the portal: nothing is brought in over that."
    assert said in words(client_of(officer).get(address(review)))
    assert said in words(client_of(officer).get(f"{TEXTS}file/{file.pk}/"))
    with pytest.raises(ServiceError, match="wrong by now"):
        bring_in(actor=OfficerFactory.create(), file=file, seen=seen)
    with pytest.raises(ServiceError, match="draft this text in the portal"):
        carry_out_text(OfficerFactory.create(), file, lambda number: None)
    assert the_list(review).status == "drafting"


def test_each_state_says_its_word_and_my_work_asks_for_it(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, officer))
    task = "Say for your State whether it is right: List of observations"
    for person in (brought_cast.focal_point, brought_cast.same_group_focal_point, brought_cast.other_group_focal_point):
        assert task in words(client_of(person).get("/en/"))
        say(brought_cast, person, StateWord.CONFIRMED)
        assert task not in words(client_of(person).get("/en/"))
    with pytest.raises(PolicyRefusedError):
        say_for_state(actor=brought_cast.expert, piece=pieces(review)[0], word=StateWord.CONFIRMED)
    page = words(client_of(officer).get(address(review)))
    assert "This text is brought in already. Another file is accepted where a State objects to it." in page


def test_what_one_state_objects_to_gives_way_to_another_file_and_all_are_asked_anew(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    first = standing(review)
    say(brought_cast, brought_cast.focal_point, StateWord.CONFIRMED)
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    brought_in(file_of(review, officer, OTHER))
    first.refresh_from_db()
    second = standing(review)
    assert (first.cancelled_at is not None, second.number, written(second)[-1]) == (True, 2, "As it was agreed.")
    assert [piece.word for piece in pieces(review)] == ["", "", ""]
    assert Observation.objects.filter(withdrawn_at=None).count() == 4
    shown = words(client_of(brought_cast.expert).get(f"/en/untoc/reviews/{review.code}/brought-in/"))
    assert "replaced by a later file" in shown
    assert "Version 1, brought in" in words(
        client_of(brought_cast.expert).get(f"/en/untoc/reviews/{review.code}/texts/untoc/{LIST}/")
    )


def test_texts_of_two_instruments_stand_beside_each_other(brought_cast: Cast, review: Review, officer: User) -> None:
    all_lists(review, officer)
    slugs = set(AgreedText.objects.filter(review=review, kind=LIST).values_list("instrument__slug", flat=True))
    shown = client_of(brought_cast.expert).get(f"/en/untoc/reviews/{review.code}/brought-in/")
    newest = [each["piece"].instrument.slug for each in shown.context["shown"] if each["piece"].instrument_id]
    assert set(newest) == slugs
    assert all(each["is_newest"] for each in shown.context["shown"])


def test_the_state_publishes_once_it_has_confirmed_and_nobody_objects(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    text, sha256 = the_list(review), standing(review).sha256

    def publish() -> Publication:
        return publish_text(actor=brought_cast.focal_point, text=the_list(review), sha256=sha256)

    with pytest.raises(PolicyRefusedError, match="Your State confirms it before it is published"):
        publish()
    say(brought_cast, brought_cast.focal_point, StateWord.CONFIRMED)
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    with pytest.raises(PolicyRefusedError, match="a State objects to it"):
        publish()
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.CONFIRMED)
    publish()
    public = words(client_of(brought_cast.stranger).get(f"/en/published/untoc/{review.code}/untoc/{text.kind}/"))
    assert "in another place; brought in, and not cleared in this portal" in public


def test_what_others_read_is_ended_before_another_file_comes(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, officer))
    say(brought_cast, brought_cast.focal_point, StateWord.CONFIRMED)
    text, given = the_list(review), {"actor": brought_cast.focal_point, "sha256": standing(review).sha256}
    publish_text(text=text, audience="states_parties", **given)
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    assert "This text is open to all States parties." in words(post(review, officer, as_markdown(OTHER)))
    end_publication(actor=brought_cast.focal_point, text=text)
    brought_in(file_of(review, officer, OTHER))
    say(brought_cast, brought_cast.focal_point, StateWord.CONFIRMED)
    given["sha256"] = standing(review).sha256
    assert publish_text(text=the_list(review), audience="public", **given).version.number == 2


def test_the_database_publishes_nothing_to_which_a_state_objects(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    row = Publication(
        agreed_text=the_list(review),
        version=standing(review),
        published_by=brought_cast.focal_point,
        published_at=dt.datetime.now(dt.UTC),
    )
    with pytest.raises(Error, match="a State objects"), transaction.atomic():
        row.save(force_insert=True)


def test_no_page_writes_the_mark_and_nothing_changes_what_is_brought_in(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    version, rows = standing(review), Observation.objects.all()
    texts, versions = AgreedText.objects.filter(pk=the_list(review).pk), TextVersion.objects.filter(pk=version.pk)
    mark = version.brought_piece
    copy = TextVersion.objects.get(pk=version.pk)
    copy.pk = copy.id = None  # type: ignore[assignment]
    copy.number = 2
    for person in (brought_cast.same_group_focal_point, officer):
        with plain_role(), identified_as(person), pytest.raises(Error), transaction.atomic():
            copy.save(force_insert=True)
    with plain_role(), identified_as(brought_cast.same_group_focal_point):
        for act in (
            lambda: texts.update(status="drafting"),
            lambda: rows.update(brought_piece=None, state_party=brought_cast.same_group_state),
        ):
            with pytest.raises(Error), transaction.atomic():
                act()
    for act in (
        lambda: versions.update(brought_piece=None),
        lambda: versions.update(document={}),
        lambda: texts.update(status="drafting"),
        lambda: texts.update(language="fr"),
        lambda: texts.delete(),
        lambda: rows.update(text="Other words."),
        lambda: rows.filter(brought_piece=mark).update(state_party=brought_cast.state),
    ):
        with pytest.raises(Error), transaction.atomic():
            act()


def test_a_text_that_one_of_its_states_is_not_asked_about_is_not_agreed(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    """The database asks for the piece of each State."""
    brought_in(file_of(review, officer))
    text = the_list(review, "tip")
    file = BroughtFile.objects.latest("created_at")
    file.pk = file.id = None  # type: ignore[assignment]
    file.status, file.instrument = "prepared", text.instrument
    file.save(force_insert=True)
    alone = BroughtPiece.objects.create(
        review=review,
        kind=LIST,
        file=file,
        sha256=file.sha256,
        brought_by=officer,
        checked_by=OfficerFactory.create(),
        state_party=review.state_under_review,
        instrument=text.instrument,
    )
    TextVersion.objects.create(agreed_text=text, number=1, document={}, sha256="a" * 64, words=0, brought_piece=alone)
    with pytest.raises(Error, match="not every State"), transaction.atomic():
        AgreedText.objects.filter(pk=text.pk).update(status="agreed")


def test_a_worker_brings_in_list_and_summary_and_another_list(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    """With the rights of its own role."""
    other = OfficerFactory.create()

    def by_a_worker(file: BroughtFile) -> None:
        lay_before(actor=officer, file=file, seen=seen_of_text(file))
        with system_role(), identified_as_system():
            bring_in(actor=other, file=file, seen=seen_of_text(file))

    by_a_worker(file_of(review, officer))
    say(brought_cast, brought_cast.other_group_focal_point, StateWord.OBJECTED)
    by_a_worker(file_of(review, officer, OTHER))
    for text in AgreedText.objects.filter(review=review, kind=LIST, status="drafting"):
        content = f"# Suggestions\n\n## Article {first_article(text)}\n\nDo more.\n"
        by_a_worker(file_of(review, officer, content, instrument=text.instrument.slug))
    by_a_worker(file_of(review, officer, SHORT, SUMMARY))
    assert journey.fresh(review).step.slug == "summary"
    assert written(standing(review, SUMMARY)) == ["The offence has no definition.", "Define the offence."]
