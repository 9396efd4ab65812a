"""Officers keep a list of publications and tools; what matters for a review stands in the reader's language first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from core.seen import seen_of
from portal.reference.load import load_all
from reviews.programme.models import Cluster, Instrument, Mechanism
from reviews.reading.enums import ReadingKind
from reviews.reading.models import ReadingItem
from reviews.reading.selectors import reading_for_review
from reviews.reading.services import ReadingInput, add_item, change_item, put_back, withdraw_item
from tests.factories.accounts import AuditorFactory, OfficerFactory
from tests.forms import carried_by, send_form

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
GUIDE = "https://guides.example/1"


@pytest.fixture
def officer(reference: None) -> User:
    return OfficerFactory.create()


@pytest.fixture
def mechanism(reference: None) -> Mechanism:
    ReadingItem.objects.all().delete()
    return Mechanism.objects.get(slug="untoc")


def given(**changes: Any) -> ReadingInput:
    return ReadingInput(**{"kind": "publication", "title": "A guide", "language": "en", "link": GUIDE, **changes})


def typed(**changes: str) -> dict[str, str]:
    return {"kind": "publication", "title": "A guide", "language": "en", "link": GUIDE, "order": "", **changes}


def page(name: str, *args: Any) -> str:
    return reverse(f"reviews:reading-{name}", args=["untoc", *args])


# --- What comes with the reference data


def test_every_row_of_the_files_says_where_it_is_read_and_leads_to_the_web(reference: None) -> None:
    rows = ReadingItem.objects.all()
    assert rows.count() == 29
    assert {row.evidence_mark for row in rows} == {"P", "S", "U"}
    texts = {(row.instrument.slug, row.language) for row in rows if row.kind == "text" and row.instrument}
    assert texts == {(slug, code) for slug in ("untoc", "tip", "som", "firearms") for code in dict(UN_LANGUAGES)}
    assert [row.title for row in rows if not row.evidence_note or not row.link.startswith("https://")] == []


def test_what_an_officer_has_withdrawn_or_changed_stays_so(officer: User) -> None:
    first, second = ReadingItem.objects.order_by("kind", "title")[:2]
    withdraw_item(actor=officer, item=first, seen=seen_of(first))
    change_item(
        actor=officer,
        item=second,
        given=given(title=second.title, kind=second.kind, link=GUIDE),
        seen=seen_of(second),
    )
    load_all()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.withdrawn_at is not None, second.link) == (True, GUIDE)


# --- Keeping the list


def test_who_keeps_it(mechanism: Mechanism, officer: User) -> None:
    with pytest.raises(PolicyRefusedError, match="Only an officer of the secretariat keeps this list"):
        add_item(actor=AuditorFactory(), mechanism=mechanism, given=given())
    item = add_item(actor=officer, mechanism=mechanism, given=given())
    assert (item.order, AuditEntry.objects.get(verb="reviews.readingitem.added").chain) == (10, "untoc")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": "  "}, "title", "Give the title of the work"),
        ({"title": "x" * 301}, "title", "The limit is 300"),
        ({"link": "unodc.org/guide"}, "link", "must begin with https:// or http://"),
        ({"link": "javascript:alert(1)"}, "link", "must begin with https:// or http://"),
        ({"link": "https://"}, "link", "must begin with https:// or http://"),
    ],
)
def test_what_is_wrong_is_said_by_the_field(
    mechanism: Mechanism, officer: User, changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ServiceError, match=words) as refused:
        add_item(actor=officer, mechanism=mechanism, given=given(**changes))
    assert (refused.value.field, ReadingItem.objects.count()) == (field, 0)


def test_an_instrument_of_another_mechanism_is_refused(mechanism: Mechanism, officer: User) -> None:
    with pytest.raises(ServiceError, match="another mechanism") as refused:
        add_item(actor=officer, mechanism=mechanism, given=given(instrument=Instrument.objects.get(slug="uncac")))
    assert refused.value.field == "instrument"


def test_a_work_stands_once_in_a_language(mechanism: Mechanism, officer: User) -> None:
    item = add_item(actor=officer, mechanism=mechanism, given=given())
    add_item(actor=officer, mechanism=mechanism, given=given(language="fr"))
    with pytest.raises(ServiceError, match="is on the list in this language") as refused:
        add_item(actor=officer, mechanism=mechanism, given=given(title=" A  guide "))
    assert refused.value.field == "title"
    withdraw_item(actor=officer, item=item, seen=seen_of(item))
    with pytest.raises(ServiceError, match="put it back"):
        add_item(actor=officer, mechanism=mechanism, given=given())


def test_what_is_withdrawn_can_be_put_back_and_neither_is_done_twice(mechanism: Mechanism, officer: User) -> None:
    item = add_item(actor=officer, mechanism=mechanism, given=given())
    with pytest.raises(ServiceError, match="This entry is on the list"):
        put_back(actor=officer, item=item, seen=seen_of(item))
    item = withdraw_item(actor=officer, item=item, seen=seen_of(item))
    with pytest.raises(ServiceError, match="This entry is withdrawn"):
        withdraw_item(actor=officer, item=item, seen=seen_of(item))
    assert put_back(actor=officer, item=item, seen=seen_of(item)).withdrawn_at is None


def test_a_form_made_before_a_colleague_changed_the_entry_is_refused(
    mechanism: Mechanism, officer: User, login_as: Login
) -> None:
    item = add_item(actor=officer, mechanism=mechanism, given=given())
    client = login_as(officer)
    carried = carried_by(client.get(page("change", item.pk)))
    change_item(actor=OfficerFactory(), item=item, given=given(title="A better guide"), seen=seen_of(item))
    answer = client.post(page("change", item.pk), {**carried, **typed(title="My guide")})
    text = answer.content.decode()
    assert (answer.status_code, "A colleague has recorded something here" in text, "My guide" in text) == (
        422,
        True,
        True,
    )
    item.refresh_from_db()
    assert item.title == "A better guide"
    assert "A better guide" in text, "what stands now is on the page"
    again = client.post(page("change", item.pk), {**carried_by(answer), **typed(title="My guide")})
    item.refresh_from_db()
    assert (again.status_code, item.title) == (302, "My guide")


def test_all_that_a_colleague_has_changed_of_an_entry_stands_beside_the_form(
    mechanism: Mechanism, officer: User, login_as: Login
) -> None:
    item = add_item(actor=officer, mechanism=mechanism, given=given())
    client = login_as(officer)
    carried = carried_by(client.get(page("change", item.pk)))
    item = change_item(actor=OfficerFactory(), item=item, given=given(kind="tool", order=731), seen=seen_of(item))
    withdraw_item(actor=officer, item=item, seen=seen_of(item))
    answer = client.post(page("change", item.pk), {**carried, **typed()}).content.decode()
    stands = answer.split("As it stands now", 1)[1].split("<form", 1)[0]
    assert [words in stands for words in ("Tool", "Place in the list: 731", "Withdrawn")] == [True, True, True]


def test_evidence_goes_with_the_work_that_it_spoke_of(mechanism: Mechanism, officer: User) -> None:
    item = add_item(actor=officer, mechanism=mechanism, given=given())
    ReadingItem.objects.filter(pk=item.pk).update(evidence_mark="S", evidence_note="Stated there.")
    item.refresh_from_db()
    same = change_item(actor=officer, item=item, given=given(order=7), seen=seen_of(item))
    assert same.evidence_note == "Stated there."
    other = change_item(actor=officer, item=same, given=given(title="Another work"), seen=seen_of(same))
    assert (other.evidence_mark, other.evidence_note) == ("", "")


def test_a_bad_address_comes_back_with_what_was_typed(mechanism: Mechanism, officer: User, login_as: Login) -> None:
    answer = send_form(login_as(officer), page("add"), typed(link="guides.example/1"))
    text = answer.content.decode()
    assert (answer.status_code, 'value="guides.example/1"' in text, 'href="#id_link' in text) == (422, True, True)
    assert send_form(login_as(officer), page("add"), typed())["Location"] == page("list")
    assert ReadingItem.objects.get().link == GUIDE


# --- What a review shows


def test_a_review_shows_what_matters_for_it_with_the_readers_language_first(
    mechanism: Mechanism, officer: User, make_review: Callable[..., Any]
) -> None:
    review = make_review()
    own, another = review.phase.cluster, Cluster.objects.exclude(pk=review.phase.cluster_id).first()
    review.instruments.remove(Instrument.objects.get(slug="firearms"))
    for number, changes in enumerate(
        [
            {"title": "For all", "kind": "tool"},
            {"title": "Pour tous", "language": "fr"},
            {"title": "On its cluster", "cluster": own},
            {"title": "On another cluster", "cluster": another},
            {"title": "On its Protocol", "instrument": Instrument.objects.get(slug="tip")},
            {"title": "On a Protocol of others", "instrument": Instrument.objects.get(slug="firearms")},
            {"title": "The text", "kind": "text"},
        ]
    ):
        add_item(actor=officer, mechanism=mechanism, given=given(order=number, **changes))
    withdrawn = add_item(actor=officer, mechanism=mechanism, given=given(title="Withdrawn"))
    withdraw_item(actor=officer, item=withdrawn, seen=seen_of(withdrawn))

    def shown(language: str) -> list[tuple[ReadingKind, list[str], list[str]]]:
        groups = reading_for_review(review, language)
        return [(group.kind, [row.title for row in group.own], [row.title for row in group.other]) for group in groups]

    assert shown("en") == [
        (ReadingKind.TEXT, ["The text"], []),
        (ReadingKind.PUBLICATION, ["On its cluster", "On its Protocol"], ["Pour tous"]),
        (ReadingKind.TOOL, ["For all"], []),
    ]
    assert shown("fr")[1] == (ReadingKind.PUBLICATION, ["Pour tous"], ["On its cluster", "On its Protocol"])


def test_the_page_marks_the_language_of_what_is_not_in_the_readers(
    mechanism: Mechanism, officer: User, login_as: Login
) -> None:
    add_item(actor=officer, mechanism=mechanism, given=given())
    add_item(actor=officer, mechanism=mechanism, given=given(title="Un guide", language="fr"))
    text = login_as(officer).get(page("list")).content.decode()
    assert (text.count(">French</strong>"), text.count(">English</strong>"), 'lang="fr"' in text) == (1, 0, True)
