"""States agree on a version in several languages: which, by the word of all; and when each of them is agreed."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import OutdatedError, ServiceError
from core.hashes import document_hash
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from observations.language_sets.models import LanguageSet
from observations.language_sets.selectors import languages_of
from observations.language_sets.services import agree_to_languages, follow_team, propose_languages
from observations.texts.enums import TextStatus
from observations.texts.models import AgreedText
from observations.translations.over_set import TextInLanguages, in_languages
from observations.translations.services import follow_team as follow_orders
from observations.versions.selectors import standing_version
from portal.dossier.circulated import clearances_in, pieces_in
from portal.dossier.selectors import reader_of
from reviews.cases.models import Clearance, ReviewingState
from reviews.opening import TeamChange
from reviews.symbols.enums import DocumentKind
from tests import journey
from tests.at_once import clear_version
from tests.forms import carried_by, send_form
from tests.guards import guards_off
from tests.observations.clearance.texts import LIST, change, propose as propose_version, words_of
from tests.observations.language_sets.sets import agree, propose
from tests.observations.translations.conftest import STANDS
from tests.observations.translations.orders import confirmed, ordered, translator, written
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LoginAs = Callable[[User], Client]


def fresh(text: AgreedText) -> AgreedText:
    return AgreedText.objects.select_related("review", "instrument").get(pk=text.pk)


def standing(text: AgreedText) -> TextInLanguages:
    return in_languages(fresh(text), standing_version(text))


def speakers(cast: Cast) -> list[User]:
    """The focal points of the States that agree on the text."""
    return [cast.focal_point, cast.same_group_focal_point, cast.other_group_focal_point]


def test_languages_are_agreed_by_the_word_of_all_on_the_same_proposal(cast: Cast, text: AgreedText) -> None:
    first, *others = speakers(cast)
    row = propose(first, text, "fr", "es")
    assert (row.languages, row.agreed_at) == (["fr", "es"], None), "in the order of the list"
    assert row.sha256 == document_hash(
        {"version": 1, "sha256": standing_version(text).sha256, "languages": ["fr", "es"]}
    )
    assert standing(text).rows == (), "nothing is agreed yet"
    row = agree(text, row, others[0])
    assert row.agreed_at is None
    assert languages_of(fresh(text), standing_version(text)).agreement.missing == [cast.other_group_state]
    assert agree(text, row, others[1]).agreed_at is not None
    assert {each.sha256 for each in Clearance.objects.filter(document_id=row.pk)} == {row.sha256}
    assert AuditEntry.objects.filter(verb="observations.language_set.agreed").count() == 1


def test_another_proposal_takes_the_place_of_one_that_is_not_agreed_and_waits_beside_one_that_is(
    cast: Cast, text: AgreedText
) -> None:
    first, *others = speakers(cast)
    row = propose(first, text, "fr")
    shorter = propose(others[0], text, "es")
    row.refresh_from_db()
    assert row.replaced_at is not None
    with pytest.raises(OutdatedError, match="Other languages are proposed"):
        agree(text, row, others[1])
    agree(text, shorter, first, others[1])
    none = propose(first, text)
    assert languages_of(fresh(text), standing_version(text)).agreed == shorter, "it stands until all give it up"
    agree(text, none, *others)
    assert standing(text).rows == ()


def test_who_may_and_what_is_refused(cast: Cast, text: AgreedText) -> None:
    version = standing_version(text)
    for person in (cast.expert, cast.officer, cast.observer, cast.same_group_expert):
        with pytest.raises(PolicyRefusedError):
            propose(person, text, "fr")
    for languages, words in ((["en"], "from the list"), ([], "at least one")):
        with pytest.raises(ServiceError, match=words) as refused:
            propose(cast.focal_point, text, *languages)
        assert refused.value.field == "languages"
    with pytest.raises(OutdatedError):
        propose_languages(actor=cast.focal_point, text=text, languages=["fr"], sha256="0" * 64)
    row = propose(cast.focal_point, text, "fr")
    with pytest.raises(OutdatedError):
        propose_languages(actor=cast.same_group_focal_point, text=text, languages=["es"], sha256=version.sha256)
    with pytest.raises(ServiceError, match="already"):
        propose(cast.same_group_focal_point, text, "fr")
    with pytest.raises(PolicyRefusedError, match="Your State has agreed"):
        agree_to_languages(actor=cast.focal_point, text=fresh(text), sha256=row.sha256)
    assert LanguageSet.objects.count() == 1


def test_a_text_is_agreed_over_the_set_once_each_state_has_cleared_and_confirmed_all(
    cast: Cast, text: AgreedText
) -> None:
    everybody = speakers(cast)
    agree(text, propose(everybody[0], text, "fr"), *everybody[1:])
    order = written(ordered(cast.focal_point, text), translator())
    assert standing(text).rows[0].order is None, "what lies in a room is none yet"
    for number, person in enumerate(everybody, start=1):
        order = confirmed(order, person)
        assert len(standing(text).rows[0].agreement.missing) == 3 - number
    assert (standing(text).rows[0].is_agreed, standing(text).is_whole) == (True, False), "the original is not cleared"
    for person in everybody:
        if person != cast.same_group_focal_point:  # who has proposed the version
            clear_version(actor=person, text=fresh(text))
    assert fresh(text).status == TextStatus.AGREED
    found = standing(text)
    assert (found.is_whole, list(found.orders)) == (True, [order.pk])
    entry = AuditEntry.objects.get(verb="observations.language_set.complete")
    assert entry.after["languages"] == {"fr": order.confirmed_sha256}


def test_of_two_translations_that_which_all_have_confirmed_counts(cast: Cast, text: AgreedText) -> None:
    everybody = speakers(cast)
    agree(text, propose(everybody[0], text, "fr"), *everybody[1:])
    alone = confirmed(written(ordered(cast.focal_point, text), translator()), cast.focal_point)
    assert standing(text).rows[0].order == alone
    other = written(ordered(cast.same_group_focal_point, text), translator())
    for person in (cast.same_group_focal_point, cast.other_group_focal_point, cast.focal_point):
        other = confirmed(other, person)
    assert standing(text).rows[0].order == other


def test_a_version_that_moves_takes_its_languages_along(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    everybody = speakers(cast)
    agree(text, propose(everybody[0], text, "fr"), *everybody[1:])
    change(cast, f"{STANDS} And more.")
    with pytest.raises(PolicyRefusedError, match="a version that stands"):
        propose_languages(actor=everybody[0], text=fresh(text), languages=["fr"], sha256="", base="")
    propose_version(cast, text)
    found = languages_of(fresh(text), standing_version(text))
    assert (found.agreed, found.proposed, found.before.languages) == (None, None, ["fr"])
    page = login_as(cast.focal_point).get(f"{LIST}translations/")
    assert "Version 1 had languages of its own (French)." in words_of(page)
    form = login_as(cast.focal_point).get(f"{LIST}languages/propose/").context["form"]
    assert form["languages"].value() == ["fr"], "what was agreed is ticked"


def test_what_only_a_state_that_leaves_had_not_agreed_to_is_agreed(cast: Cast, text: AgreedText) -> None:
    row = agree(text, propose(cast.focal_point, text, "fr"), cast.same_group_focal_point)
    follow_team(SYSTEM, journey.fresh(cast.review), TeamChange([], []))
    assert agree(text, row).agreed_at is None
    with guards_off(["reviews_reviewingstate"]):
        ReviewingState.objects.filter(review=cast.review, state_party=cast.other_group_state).delete()
    follow_team(SYSTEM, journey.fresh(cast.review), TeamChange([], []))
    assert agree(text, row).agreed_at is not None


@pytest.mark.parametrize("how", ["left", "otherwise"])
def test_a_text_whose_last_translation_waited_for_a_state_that_leaves_is_agreed_in_all_its_languages(
    cast: Cast, text: AgreedText, how: str
) -> None:
    everybody = speakers(cast)
    agree(text, propose(everybody[0], text, "fr"), *everybody[1:])
    order = written(ordered(cast.focal_point, text), translator())
    for person in everybody[:2]:
        order = confirmed(order, person)
    for person in everybody:
        if person != cast.same_group_focal_point:
            clear_version(actor=person, text=fresh(text))
    complete = AuditEntry.objects.filter(verb="observations.language_set.complete")
    follow_orders(SYSTEM, journey.fresh(cast.review), TeamChange([], []))
    assert complete.count() == 0
    with guards_off(["reviews_reviewingstate", "reviews_reviewingstate_instruments"]):
        row = ReviewingState.objects.get(review=cast.review, state_party=cast.other_group_state)
        row.delete() if how == "left" else row.instruments.remove(text.instrument_id)
    for _twice in range(2):
        follow_orders(SYSTEM, journey.fresh(cast.review), TeamChange([], []))
    assert (standing(text).is_whole, complete.count()) == (True, 1)


def test_on_pages_a_state_proposes_and_another_finds_it_among_its_work(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    client = login_as(cast.focal_point)
    empty = send_form(client, f"{LIST}languages/propose/", {})
    assert (empty.status_code, "Choose at least one language." in words_of(empty)) == (422, True)
    done = send_form(client, f"{LIST}languages/propose/", {"languages": ["fr"]}, follow=True)
    assert "The languages are proposed, and agreed to by your State." in words_of(done)
    other = login_as(cast.same_group_focal_point)
    assert "Agree to the languages of a text: List of observations" in words_of(other.get("/en/"))
    carried = carried_by(other.get(f"{LIST}languages/agree/"))
    agreed = other.post(f"{LIST}languages/agree/", carried, follow=True)
    assert "Your State has agreed to the languages." in words_of(agreed)
    again = other.post(f"{LIST}languages/agree/", carried, follow=True)
    assert "agreed to these languages for your State" in words_of(again), "a second tab"
    assert "Agree to the languages of a text" not in words_of(other.get("/en/"))
    propose(cast.same_group_focal_point, text, "es")
    shown = login_as(cast.other_group_focal_point).get(f"{LIST}languages/agree/")
    propose(cast.focal_point, text, "fr", "es")
    stale = {"sha256": shown.context["form"]["sha256"].value()}
    late = login_as(cast.other_group_focal_point).post(f"{LIST}languages/agree/", stale)
    assert (late.status_code, "Other languages are proposed by now" in words_of(late)) == (422, True)


def test_the_hashes_stand_in_one_list_and_in_the_protocol_of_clearance(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    everybody = speakers(cast)
    row = agree(text, propose(everybody[0], text, "fr", "es"), *everybody[1:])
    order = confirmed(written(ordered(cast.focal_point, text), translator()), cast.focal_point)
    page = login_as(cast.other_group_expert).get(f"{LIST}translations/").content.decode()
    for sha256 in (standing_version(text).sha256, order.confirmed_sha256):
        assert f"{sha256}</code>" in page
    assert "no State has confirmed a translation yet" in page, "into Spanish"
    reader = reader_of(cast.officer, cast.review)
    pieces = pieces_in(reader, DocumentKind.CLEARANCES)
    said = [line.clearance.sha256 for line in clearances_in(reader, pieces)]
    assert (said.count(row.sha256), said.count(order.confirmed_sha256)) == (3, 1)
    frozen = {piece.frozen: piece for piece in pieces}
    for sha256 in (row.sha256, order.confirmed_sha256):
        assert document_hash(frozen[sha256].content) == sha256
