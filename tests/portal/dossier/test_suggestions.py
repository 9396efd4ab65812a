"""How suggestions of wording stand in the whole record."""

from collections.abc import Callable

import pytest

from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, SummaryPassage
from portal.dossier.outcome import suggestions
from portal.dossier.pieces import DossierReader
from reviews.cases.models import Review
from tests import journey
from tests.at_once import edit_passage
from tests.observations.suggestions.wording import STANDS, accept_now, suggest_now
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("summary")]


def test_a_suggestion_stands_as_it_was_decided_or_no_longer_can_be(cast: Cast, cast_at: Callable[[str], Cast]) -> None:
    cast_at("summary")
    text = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.SUMMARY)
    passage = SummaryPassage.objects.filter(agreed_text=text)[0]
    edit_passage(actor=cast.same_group_focal_point, passage=passage, text=STANDS, base=passage.revision)
    left_out = suggest_now(cast.focal_point, passage, "")
    undecided = suggest_now(cast.focal_point, passage, STANDS, "Which law?")
    accept_now(cast.other_group_focal_point, left_out, "")
    passage.refresh_from_db()
    edit_passage(actor=cast.same_group_focal_point, passage=passage, text=STANDS, base=passage.revision)
    journey.agree_on(text)
    reader = DossierReader(cast.focal_point, Review.objects.get(pk=cast.review.pk), cast.state.pk)
    pieces = {piece.content["id"]: piece for piece in suggestions(reader)}
    said = {each.label: each.text for each in pieces[str(left_out.pk)].passages}
    assert said["Accepted as"] == "—"
    assert pieces[str(undecided.pk)].facts == ("Not decided on when the text was agreed",)
