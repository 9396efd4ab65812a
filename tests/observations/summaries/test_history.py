"""What a passage said before is kept by every write, and read by all who read the summary."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ConflictError
from observations.summaries.models import PassageRevision
from observations.texts.enums import TextKind
from observations.texts.models import PassageDraft, SummaryPassage
from tests.at_once import draft_passage, edit_passage, lay_passage, leave_out, put_in
from tests.forms import send_form
from tests.observations.clearance.texts import SUMMARY, words_of
from tests.observations.suggestions.wording import accept_now, suggest_now
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of, refused, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("summary")]
LoginAs = Callable[[User], Client]
PAGE = f"{SUMMARY}passages/1/history/"


@pytest.fixture
def passage(cast: Cast, cast_at: Callable[[str], Cast]) -> SummaryPassage:
    cast_at("summary")
    return SummaryPassage.objects.get(
        agreed_text__review=cast.review, agreed_text__instrument__slug="untoc", agreed_text__kind=TextKind.SUMMARY
    )


def kept(passage: SummaryPassage) -> list[tuple[int, str, User | None]]:
    rows = PassageRevision.objects.filter(passage=passage).order_by("number")
    return [(row.number, row.text, row.saved_by) for row in rows]


def test_what_two_focal_points_save_one_after_the_other_is_on_the_page_of_its_history(
    cast: Cast, login_as: LoginAs, passage: SummaryPassage
) -> None:
    edit_passage(actor=cast.same_group_focal_point, passage=passage, text="The registry is public.", base=1)
    edit_passage(actor=cast.other_group_focal_point, passage=passage, text="The registry is open.", base=2)
    for name in ("same_group_focal_point", "focal_point", "other_group_expert", "observer", "officer"):
        page = login_as(cast.people[name]).get(PAGE)
        assert [step.revision.text for step in page.context["steps"]] == [
            "The registry is open.",
            "The registry is public.",
            "Observation on untoc.",
        ]
        html = page.content.decode()
        assert '<del class="app-diff__removed">public</del><ins class="app-diff__added">open</ins>' in html
        said = words_of(page)
        for person, state in (
            (cast.other_group_focal_point, cast.other_group_state),
            (cast.same_group_focal_point, cast.same_group_state),
        ):
            assert f"{person} for {state}" in said
        assert "Drawn from the agreed observations, or brought in" in said
        assert f'href="{PAGE}"' in login_as(cast.people[name]).get(SUMMARY).content.decode()


def test_a_passage_that_was_emptied_says_so_and_what_it_said(
    cast: Cast, login_as: LoginAs, passage: SummaryPassage
) -> None:
    edit_passage(actor=cast.same_group_focal_point, passage=passage, text="", base=1)
    said = words_of(login_as(cast.observer).get(PAGE))
    assert "It says nothing: the summary leaves it out." in said
    assert "Observation on untoc." in said


def test_each_way_to_write_a_passage_keeps_what_it_says(cast: Cast, passage: SummaryPassage) -> None:
    own, other = cast.same_group_focal_point, cast.other_group_focal_point
    observation = passage.observations.get()
    drawn = observation.text
    draft_passage(actor=own, passage=passage, text="Laid.")
    lay_passage(actor=own, draft=PassageDraft.objects.get())
    accept_now(other, suggest_now(cast.focal_point, passage, "Laid, and accepted."))
    edit_passage(actor=own, passage=passage, text=f"Mine.\n\n{drawn}", base=3)
    leave_out(actor=own, passage=passage, observation=observation)
    put_in(actor=other, passage=passage, observation=observation)
    assert kept(passage) == [
        (1, drawn, None),
        (2, "Laid.", own),
        (3, "Laid, and accepted.", other),
        (4, f"Mine.\n\n{drawn}", own),
        (5, "Mine.", own),
        (6, f"Mine.\n\n{drawn}", other),
    ]


def test_a_save_that_is_refused_or_changes_nothing_is_none(
    cast: Cast, login_as: LoginAs, passage: SummaryPassage
) -> None:
    edit_passage(actor=cast.other_group_focal_point, passage=passage, text="The colleague’s", base=1)
    with pytest.raises(ConflictError):
        edit_passage(actor=cast.same_group_focal_point, passage=passage, text="Mine", base=1)
    page = send_form(login_as(cast.same_group_focal_point), f"{SUMMARY}passages/1/", {"text": "Mine", "base": "1"})
    assert page.status_code == 422
    assert "The colleague’s" in words_of(page), "both texts"
    assert page.context["form"]["text"].value() == "Mine"
    edit_passage(actor=cast.other_group_focal_point, passage=passage, text="The colleague’s", base=2)
    assert [text for _number, text, _person in kept(passage)] == ["Observation on untoc.", "The colleague’s"]


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")
def test_past_the_program_nobody_keeps_other_words_or_anothers_name(cast: Cast, passage: SummaryPassage) -> None:
    me, first = cast.same_group_focal_point, passage.revisions.get()
    signed = {"number": 2, "text": "Mine.", "saved_by_id": me.pk, "saved_for_id": cast.same_group_state.pk}
    as_it_says = "what is kept of a passage is what it says as it is saved"
    with identified_as(me):
        refused(*copy_of(first, **signed), words=as_it_says)
        columns = {name: signed[name] for name in ("text", "saved_by_id", "saved_for_id")}
        assert run(*change_of(passage, revision=2, **columns))
        refused(*copy_of(first, **{**signed, "text": "Not mine."}), words=as_it_says)
    for name in ("expert", "focal_point", "same_group_expert", "other_group_focal_point", "officer"):
        with identified_as(cast.people[name]):
            refused(*copy_of(first, **signed), words="people write in their own names")
    with identified_as(me):
        assert run(*copy_of(first, **signed)) == 1
        refused(*change_of(first, text="Other words."))
