"""The pages of translations: what a translator sees and what not, forms that keep what was typed, files."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.documents.xliff import read_xliff, write_xliff
from core.models import AuditEntry, IdempotentAnswer, Notification
from observations.texts.models import AgreedText
from observations.translations.models import TranslationOrder
from observations.translations.segments import text_of
from observations.translations.selectors import segments_beside
from observations.translations.services import end_order, hand_in, save_translation
from reviews.registration.services.replacement import replace_participant
from tests.accounts.tokens.making import program_of
from tests.factories.accounts import UserFactory
from tests.forms import carried_by, send_form
from tests.observations.clearance.texts import LIST, change, propose, words_of
from tests.observations.translations.conftest import STANDS
from tests.observations.translations.orders import confirmed, now, ordered, translator, written
from tests.observations.translations.test_translations import key_of
from tests.permissions import urls
from tests.permissions.reading import address_of, signed_in
from tests.permissions.urls_base import OBSERVATIONS, Scene
from tests.query_counts import assert_query_count
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LoginAs = Callable[[User], Client]
HANDOVER = "/en/untoc/reviews/1-XVE/handover/"
FRENCH = "L’État devrait envisager que sa loi s’applique à **toute** personne."


def page_of(order: TranslationOrder, page: str = "") -> str:
    return f"/en/translations/{order.pk}/{page}"


def test_a_focal_point_orders_and_sees_how_far_it_is(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    page = client.get(f"{LIST}translations/")
    assert "Nobody has had this text translated here." in words_of(page)
    empty = send_form(client, f"{LIST}translations/order/", {"full_name": "Céleste"})
    assert (empty.status_code, "Choose the language." in words_of(empty)) == (422, True)
    typed = {"language": "fr", "email": "c@translators.example", "full_name": "Céleste", "own_language": "en"}
    late = send_form(client, f"{LIST}translations/order/", {**typed, "due_on": "2020-01-01"})
    assert (late.status_code, "This day is over." in words_of(late)) == (422, True)
    done = send_form(client, f"{LIST}translations/order/", {**typed, "due_on": "2099-01-01"}, follow=True)
    assert "the translator is told by mail" in words_of(done)
    assert "French Version 1" in words_of(done)
    other = login_as(cast.same_group_focal_point).get(f"{LIST}translations/")
    assert "Nobody has had this text translated here." in words_of(other), "a draft lies in the room of its State"


def test_what_was_typed_stays_where_somebody_saved_meanwhile(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    order, client = ordered(cast.focal_point, text), login_as(translator())
    key, carried = key_of(order), carried_by(client.get(page_of(order)))
    save_translation(actor=cast.focal_point, order=order, texts={key: "Entre-temps."}, base=1)
    back = client.post(page_of(order), {**carried, f"{key}-text": FRENCH})
    assert (back.status_code, back.context["form"][f"{key}-text"].value()) == (422, FRENCH)
    assert "Saved by now: Entre-temps." in words_of(back)
    again = client.post(page_of(order), {**carried_by(back), f"{key}-text": FRENCH}, follow=True)
    assert "The translation is saved." in words_of(again)
    assert text_of(now(order).words, key) == FRENCH


def test_a_second_tab_is_told_that_it_is_done(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    order = written(ordered(cast.focal_point, text), translator())
    client = login_as(cast.focal_point)
    asked = carried_by(client.get(page_of(order, "confirm/")))
    confirmed(order, cast.focal_point)
    told = client.post(page_of(order, "confirm/"), asked, follow=True)
    assert "confirmed these words for your State" in words_of(told)
    assert client.post(page_of(order, "confirm/"), {"sha256": "0" * 64}).status_code == 403, "those were other words"
    anew = ordered(cast.focal_point, text)
    end_order(actor=cast.focal_point, order=anew)
    assert "This order ended at" in words_of(client.post(page_of(anew, "end/"), follow=True))
    assert login_as(translator()).post(page_of(anew, "end/")).status_code == 404


def test_after_a_conflict_what_was_not_touched_stays_as_the_colleague_has_it(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    order, client = ordered(cast.focal_point, text), login_as(translator())
    key, title = key_of(order), key_of(order, order.document["title"])
    page = client.get(page_of(order))
    typed = {**carried_by(page), **boxes_of(page), f"{key}-text": FRENCH}
    save_translation(actor=cast.focal_point, order=order, texts={title: "Titre, entre-temps"}, base=1)
    back = client.post(page_of(order), typed)
    assert back.status_code == 422
    again = {**carried_by(back), **boxes_of(back)}
    assert (again[f"{key}-text"], again[f"{title}-text"]) == (FRENCH, "Titre, entre-temps")
    assert "Saved by now: Titre" not in words_of(back)
    client.post(page_of(order), again)
    words = now(order).words
    assert (text_of(words, key), text_of(words, title)) == (FRENCH, "Titre, entre-temps")


def boxes_of(page: Any) -> dict[str, str]:
    """As a browser sends what it was not asked to change: with its own ends of lines."""
    form = page.context["form"]
    names = [name for name in form.fields if name.endswith("-text")]
    return {name: (form[name].value() or "").replace("\n", "\r\n") for name in names}


def test_what_a_file_does_not_call_final_is_read_all_at_once(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    order, client = ordered(cast.focal_point, text), login_as(translator())
    key = key_of(order)
    content = client.get(page_of(order, "file/")).content.decode()
    back = content.replace(f'">{STANDS}</source>', f'">{STANDS}</source><target>{FRENCH}</target>')
    shown = client.post(page_of(order, "file/in/"), {"file": named(back)})
    client.post(page_of(order, "file/take/"), {"sheet": shown.context["form"]["sheet"].value()})
    page = client.get(page_of(order))
    assert ("Not final in the file" in words_of(page), "A machine’s draft" in words_of(page)) == (True, False)
    assert now(order).status == "human"
    client.post(page_of(order), {**carried_by(page), **boxes_of(page), "all_read": "on"})
    assert now(order).words[key]["by"] == "human"


def test_it_leaves_as_a_file_and_comes_back(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    order, client = ordered(cast.focal_point, text), login_as(translator())
    content = client.get(page_of(order, "file/")).content
    entry = AuditEntry.objects.get(verb="observations.translation.taken_out")
    assert (entry.actor, entry.room, entry.after["translator"]) == (order.translator, "XVE", str(order.translator_id))
    file = read_xliff(content)
    assert write_xliff(file) == content
    assert (file.key, file.fact("sha256"), file.target_language) == (str(order.pk), order.sha256, "fr")
    key = key_of(order)
    back = content.decode().replace(f'">{STANDS}</source>', f'">{STANDS}</source><target>{FRENCH}</target>')
    shown = client.post(page_of(order, "file/in/"), {"file": named(back)})
    assert (shown.status_code, text_of(now(order).words, key)) == (200, ""), "nothing is written by that"
    assert "Would change: 1" in words_of(shown)
    sheet = {"sheet": shown.context["form"]["sheet"].value()}
    assert login_as(cast.focal_point).post(page_of(order, "file/take/"), sheet, follow=True).status_code == 200
    assert text_of(now(order).words, key) == "", "what was shown to one person is taken by nobody else"
    client = login_as(translator())
    save_translation(actor=cast.focal_point, order=order, texts={key: "Entre-temps."}, base=1)
    overtaken = client.post(page_of(order, "file/take/"), sheet, follow=True)
    assert "Nothing of the file was saved" in words_of(overtaken)
    shown = client.post(page_of(order, "file/in/"), {"file": named(back)})
    done = client.post(page_of(order, "file/take/"), {"sheet": shown.context["form"]["sheet"].value()}, follow=True)
    assert "1 segment was taken." in words_of(done)
    assert text_of(now(order).words, key) == FRENCH


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    client = login_as(cast.focal_point)
    for language in ("fr", "es", "ar"):
        order = ordered(cast.focal_point, text, language)
        if language == "ar":
            confirmed(written(order, translator()), cast.focal_point)
        with assert_query_count("observations:translation-list"):
            client.get(f"{LIST}translations/")


def named(content: str) -> BytesIO:
    file = BytesIO(content.encode())
    file.name = "back.xlf"
    return file


def test_a_file_of_something_else_is_refused_and_says_why(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    order = ordered(cast.focal_point, text)
    client = login_as(cast.focal_point)
    content = client.get(page_of(order, "file/")).content.decode()
    spanish = ordered(cast.focal_point, text, "es")
    change(cast, f"{STANDS} And more.")
    propose(cast, text)
    later = ordered(cast.focal_point, AgreedText.objects.get(pk=text.pk))
    file_of_spanish = client.get(page_of(spanish, "file/")).content.decode()
    for where, file, words in (
        (spanish, content, "of another order"),
        (later, content, "another version of it"),
        (spanish, content.replace(str(order.pk), str(spanish.pk)), "into another language"),
        (spanish, file_of_spanish.replace(STANDS, "Else."), "says something else"),
        (spanish, file_of_spanish.replace('unit id="s', 'unit id="x'), "the document has not"),
        (spanish, "<!DOCTYPE a><a/>", "declares a document type"),
    ):
        page = client.post(page_of(where, "file/in/"), {"file": named(file)})
        assert (page.status_code, words in words_of(page)) == (422, True), words
    assert all(not each.text or each.origin == "blueprint" for each in segments_beside(now(spanish)))


def test_my_work_says_what_waits_for_whom(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    order, person = ordered(cast.focal_point, text), translator()
    assert "Translations ordered from you 1-XVE" in words_of(login_as(person).get("/en/"))
    order = written(order, person)
    done = send_form(login_as(person), page_of(order, "hand-in/"), follow=True)
    assert "The translation is handed in" in words_of(done)
    asked = "Confirm a translation: List of observations"
    assert asked in words_of(login_as(cast.focal_point).get("/en/"))
    assert asked not in words_of(login_as(cast.same_group_focal_point).get("/en/"))
    done = send_form(login_as(cast.focal_point), page_of(order, "confirm/"), follow=True)
    assert "Your State has confirmed the translation." in words_of(done)
    assert asked not in words_of(login_as(cast.focal_point).get("/en/"))


def test_an_order_that_goes_on_is_handed_over_and_asked_about_once_nobody_can_hand_it_in(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    order, asked = ordered(cast.focal_point, text), "End an order of a translation, or order anew"
    new = replace_participant(
        actor=SYSTEM, participation=cast.participations["focal_point"], user=UserFactory(full_name="Nadia New")
    )
    client = login_as(new.user)
    page = client.get(HANDOVER)
    (line,) = [each for each in page.context["handover"].drafts if "Translation into French" in each.label]
    assert (line.url, client.get(line.url).status_code) == (page_of(order), 200)
    assert asked not in words_of(client.get("/en/"))
    change(cast, f"{STANDS} And more.")
    propose(cast, text)
    assert asked in words_of(client.get("/en/"))
    end_order(actor=new.user, order=now(order))
    assert asked not in words_of(client.get("/en/"))


def test_no_list_of_mails_tells_of_an_order_and_its_page_says_who_has_not_come(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    unused, client = "has not used the invitation yet", login_as(cast.focal_point)
    order = written(ordered(cast.focal_point, text), translator())
    hand_in(actor=translator(), order=order, base=order.revision)
    assert unused not in words_of(client.get(page_of(order)))
    assert unused in words_of(client.get(page_of(ordered(cast.focal_point, text, "es", email="new@outside.example"))))
    mails = Notification.objects.filter(key__startswith="translation:")
    assert [row.is_private for row in mails] == [True, True, True]


def test_the_document_names_the_authentic_original(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    from docx import Document as WordDocument

    from observations.documents.docx import render_text_docx
    from observations.translations.documents import printed

    order = confirmed(written(ordered(cast.focal_point, text, "ar"), translator()), cast.focal_point)
    document, status = printed(order)
    content = render_text_docx(document, status)
    words = " ".join(paragraph.text for paragraph in WordDocument(BytesIO(content)).paragraphs)
    assert "النص ذو الحجية هو النص باللغة الإنكليزية" in words
    assert (document.language, status.original) == ("ar", "en")
    page = words_of(login_as(cast.officer).get(page_of(order)))
    assert "has confirmed this wording" in page


def test_no_transaction_waits_for_the_machine_of_another_house(cast: Cast, text: AgreedText, settings: Any) -> None:
    settings.TRANSLATION_DRAFTS = "tests.observations.translations.test_translations.upper"
    order = ordered(cast.focal_point, text)
    address, more = f"/api/v1/translations/{order.pk}/machine/", {"Idempotency-Key": "k"}
    answer = program_of(translator()).post(address, {}, content_type="application/json", headers=more)
    assert (answer.status_code, IdempotentAnswer.objects.exists()) == (200, False)


OWN_PAGES = {
    "observations:translation",
    "observations:translation-file",
    "observations:translation-file-in",
    "observations:translation-file-take",
    "observations:translation-hand-in",
    "observations:translation-confirm",
    "observations:translation-end",
}
# Of programs: the form of an act is read where a page of one button has none.
OWN_TWINS = {
    "api:translation",
    "api:translation-machine",
    "api:translation-hand-in",
    "api:translation-confirm",
    "api:translation-end",
}


@pytest.mark.scene(OBSERVATIONS)
def test_a_translator_finds_the_own_orders_and_otherwise_what_a_stranger_finds(scene: Scene) -> None:
    """Every address of the portal, as it is at this step of the review."""
    order = scene.pieces.translation_draft
    own, stranger = signed_in(order.translator), signed_in(scene.cast.stranger)
    differs = set()
    for page in urls.PAGES:
        if page.method == "get" and OBSERVATIONS in page.access:
            address = address_of(page, scene)
            if own.get(address).status_code != stranger.get(address).status_code:
                differs.add((page.name, address))
    assert {name for name, _address in differs} == OWN_PAGES | OWN_TWINS
    assert {str(order.pk) in address for _name, address in differs} == {True}
    confirmed_one = scene.pieces.translation_confirmed
    assert own.get(page_of(confirmed_one)).status_code == 404, "it has ended"
