"""Officers give the documents of a review their symbols, which stand around the text and are no part of it."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.people.models import User
from core.documents.symbols import fault_of_shape, faults_in_shapes, fits, is_symbol
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from core.seen import seen_of
from observations.texts.models import AgreedText
from observations.wording.documents import document_of, hash_of_table, printed_status_of
from reviews.programme.models import Instrument, Mechanism
from reviews.symbols.enums import DocumentKind
from reviews.symbols.models import DocumentSymbol
from reviews.symbols.selectors import get_symbol_line, symbols_of
from reviews.symbols.services import SymbolInput, give_symbol, take_symbol_off
from tests import utils
from tests.utils import Cast

Login = Callable[[User], Client]
SYMBOL, OTHER = "CTOC/COP/WG.10/2026/CRP.1", "CTOC/COP/WG.10/2026/CRP.2"
LIST = "/en/untoc/reviews/1-XVE/symbols/"


@pytest.mark.parametrize(
    ("symbol", "is_one"),
    [
        (SYMBOL, True), ("A/RES/73/186", True), ("CTOC", False), ("CTOC//1", False), ("CTOC/1/", False),
        ("ctoc/1", False), ("CTOC/ 1", False), ("CTOC/١", False), ("CTOC/" + "1" * 80, False),
    ],
)  # fmt: skip
def test_a_symbol_is_parts_of_latin_letters_and_digits(symbol: str, is_one: bool) -> None:
    assert is_symbol(symbol) == is_one


def test_a_mechanism_says_the_shapes_of_its_symbols() -> None:
    shapes = "CTOC/COP/WG.#/#/CRP.#\n\nCTOC/*/#"
    fitting = (SYMBOL, f"{SYMBOL}/Rev.1", f"{SYMBOL}/Add.2/Corr.1", "CTOC/COP.10/7")
    assert [fits(symbol, shapes) for symbol in fitting] == [True] * 4
    wrong = ("CTOC/COP/WG.x/2026/CRP.1", "CTOCxCOP/WG.1/1/CRP.1", f"{SYMBOL}/2", "A/RES/73/186")
    assert [fits(symbol, shapes) for symbol in wrong] == [False] * 4
    assert fits("A/RES/73/186", "")
    assert [fault[:7] for fault in faults_in_shapes("CTOC/#\nwith words/#\nCTOC/**")] == ["Line 2:", "Line 3:"]


@pytest.mark.unit
@pytest.mark.parametrize("shape", ["C/#*#*#*#*", "C/##", "C/#1", "C/#*", "C/*#", "C/*a", "C/*1", "C/*.#", "C/**"])
def test_a_shape_says_where_each_of_its_places_ends(shape: str) -> None:
    assert fault_of_shape(shape)
    assert not fits("C/" + "1" * 70 + "-", shape), "one that was stored before takes no time either"


@pytest.mark.unit
def test_the_shapes_that_are_given_out_are_taken() -> None:
    shipped = json.loads((Path("fixtures") / "mechanisms" / "untoc" / "mechanism.json").read_text("utf-8"))
    for shape in [*shipped["symbol_shapes"], "CTOC/*/#", "CTOC/#/*", "C/#.*", "C/*-#", "C/#a/#.#"]:
        assert fault_of_shape(shape) == ""
    symbols = ("C/1.x.2", "C/x.y-12", "C/12a/3.4/Rev.1")
    assert [fits(each, "C/#.*\nC/*-#\nC/#a/#.#") for each in symbols] == [True] * 3


def given(symbol: str = SYMBOL, **changes: Any) -> SymbolInput:
    day = dt.date(2026, 3, 4)
    return SymbolInput(**{"symbol": symbol, "distribution": "general", "dated_on": day, "original": "fr", **changes})


def give(cast: Cast, kind: str, given: SymbolInput, *, instrument: str = "", seen: str | None = None) -> None:
    line = get_symbol_line(cast.review, kind, instrument)
    seen = seen_of(line.row) if seen is None else seen
    give_symbol(actor=cast.officer, review=cast.review, document=line.document, given=given, seen=seen)


@pytest.mark.django_db
def test_each_document_of_a_review_can_have_one_and_no_two_the_same(cast: Cast) -> None:
    documents = [str(line.document) for line in symbols_of(cast.review)]
    assert documents[0] == "Completed questionnaire"
    assert "List of observations – Organized Crime Convention" in documents
    give(cast, "questionnaire", given())
    give(cast, "list_of_observations", given(OTHER), instrument="untoc")
    for symbol in (SYMBOL, SYMBOL.replace("WG", "Wg").upper(), f"  {SYMBOL} "):
        with pytest.raises(ServiceError, match="1-XVE, Completed questionnaire") as refusal:
            give(cast, "list_of_observations", given(symbol), instrument="untoc")
        assert refusal.value.field == "symbol"
    row = DocumentSymbol.objects.get(symbol=SYMBOL)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentSymbol.objects.filter(symbol=OTHER).update(symbol=row.symbol)
    give(cast, "questionnaire", given(f"{SYMBOL}/Rev.1"))
    verbs = AuditEntry.objects.filter(verb__startswith="reviews.documentsymbol").order_by("at")
    assert [entry.verb.rpartition(".")[2] for entry in verbs] == ["given", "given", "changed"]


@pytest.mark.django_db
def test_what_is_no_symbol_of_the_mechanism_is_refused_by_the_field(cast: Cast) -> None:
    Mechanism.objects.filter(pk=cast.review.mechanism_id).update(symbol_shapes="CTOC/COP/#/#")
    cast = utils.fresh(cast)
    for symbol, words in (("", "Give the symbol"), ("no symbol", "Latin letters"), (SYMBOL, "CTOC/COP/#/#")):
        with pytest.raises(ServiceError, match=words) as refusal:
            give(cast, "questionnaire", given(symbol))
        assert refusal.value.field == "symbol"
    give(cast, "questionnaire", given("CTOC/COP/2026/3"))


@pytest.mark.django_db
def test_nobody_overwrites_unseen_and_no_one_but_an_officer_writes(cast: Cast) -> None:
    give(cast, "questionnaire", given())
    with pytest.raises(ServiceError, match="A colleague"):
        give(cast, "questionnaire", given(OTHER), seen="")
    line = get_symbol_line(cast.review, "questionnaire")
    for person in (cast.focal_point, cast.same_group_focal_point, cast.auditor):
        with pytest.raises(PolicyRefusedError):
            take_symbol_off(actor=person, review=cast.review, document=line.document, seen=seen_of(line.row))
    take_symbol_off(actor=cast.officer, review=cast.review, document=line.document, seen=seen_of(line.row))
    with pytest.raises(ServiceError, match="no symbol"):
        take_symbol_off(actor=cast.officer, review=cast.review, document=line.document, seen="")
    assert not DocumentSymbol.objects.exists()


@pytest.mark.django_db
def test_that_of_a_document_that_is_none_of_the_review_any_more_is_taken_off(cast: Cast) -> None:
    other = Instrument.objects.exclude(pk__in=cast.review.instruments.values("pk"))[0]
    facts = {"distribution": "general", "dated_on": "2026-03-04", "original": "en", "symbol": SYMBOL}
    row = DocumentSymbol.objects.create(review=cast.review, kind="summary", instrument=other, **facts)
    line = symbols_of(cast.review)[-1]
    assert (line, line.document.instrument) == (get_symbol_line(cast.review, "summary", other.slug), other)
    take_symbol_off(actor=cast.officer, review=cast.review, document=line.document, seen=seen_of(row))
    assert "summary" in {each.document.kind for each in symbols_of(cast.review)}
    assert all(each.row is None for each in symbols_of(cast.review))


@pytest.mark.django_db
def test_it_is_printed_and_is_no_part_of_what_is_agreed(cast: Cast) -> None:
    utils.take_cast_to("observations", cast)
    text = AgreedText.objects.filter(review=cast.review, kind="list_of_observations").select_related("instrument")[0]
    before = hash_of_table(text)
    give(cast, "list_of_observations", given(), instrument=text.instrument.slug)
    symbol = printed_status_of(text).symbol
    assert symbol is not None
    assert symbol.symbol == SYMBOL
    assert hash_of_table(text) == before
    assert SYMBOL not in str(document_of(text).as_json())


@pytest.mark.django_db
def test_an_officer_gives_one_on_a_page_and_nothing_typed_is_lost(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.officer)
    assert "Give a symbol" in client.get(LIST).content.decode()
    typed = {"symbol": "no symbol", "distribution": "limited", "dated_on": "2026-03-04", "original": "ar", "seen": ""}
    refused = client.post(f"{LIST}questionnaire/", typed)
    assert refused.status_code == 422
    assert 'value="no symbol"' in refused.content.decode()
    assert client.post(f"{LIST}questionnaire/", {**typed, "symbol": SYMBOL}).status_code == 302
    row = DocumentSymbol.objects.get()
    assert (row.kind, row.distribution, row.original) == (DocumentKind.QUESTIONNAIRE, "limited", "ar")
    assert SYMBOL in client.get(LIST).content.decode()
    stale = client.post(f"{LIST}questionnaire/", {**typed, "symbol": OTHER})
    assert stale.status_code == 422
    assert SYMBOL in stale.content.decode()
    assert client.get(f"{LIST}summary/of/unknown/").status_code == 404
    assert client.post(f"{LIST}questionnaire/take-off/", {"seen": seen_of(row)}).status_code == 302
    assert not DocumentSymbol.objects.exists()
