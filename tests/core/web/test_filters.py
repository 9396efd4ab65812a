"""The base of what narrows lists: what makes no sense is left out, and address and words say the rest."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from accounts.states import states_named
from accounts.states.models import StateParty
from core.web.filters import CheckboxFilter, Choices, PortalFilterSet, SelectFilter, TextFilter, by, sorting
from core.web.views import ListPage

pytestmark = pytest.mark.django_db


def called(states: QuerySet[StateParty], text: str) -> QuerySet[StateParty]:
    return states.filter(pk__in=states_named(text).values("pk"))


class Narrowed(PortalFilterSet):
    defaults = {"fictional": "True"}
    sort_keys = ("code", "name")
    field_order = ("fictional", "q")

    q = TextFilter(label="Name or code", method=by(called))
    code = SelectFilter("iso3", label="Code")
    organization = CheckboxFilter("is_reio", label="Organization")
    fictional = SelectFilter("is_fictional", label="Fictional", choices=[("True", "Made up"), ("False", "Real")])

    def get_choices(self) -> Choices:
        return {"code": [("XVE", "Veskaria"), ("AUT", "Austria")]}


def narrowed(query: str) -> PortalFilterSet:
    return Narrowed(QueryDict(query), StateParty.objects.order_by("iso3"))


def codes(query: str) -> list[str]:
    return [state.iso3 for state in narrowed(query).qs]


def test_each_filter_narrows_and_an_unticked_box_does_not() -> None:
    everything = [state.iso3 for state in StateParty.objects.order_by("iso3")]
    made_up = [code for code in everything if code.startswith("X")]
    assert made_up != everything
    assert codes("") == made_up
    assert codes("fictional=") == everything
    assert codes("fictional=False") == [code for code in everything if code not in made_up]
    assert codes("q=xve") == codes("code=XVE") == ["XVE"]
    assert codes("code=AUT") == []
    organizations = [state.iso3 for state in StateParty.objects.filter(is_reio=True, is_fictional=False)]
    assert codes("fictional=False&organization=on") == organizations != []


def test_what_makes_no_sense_is_left_out_and_the_rest_narrows() -> None:
    assert codes("code=nonsense&q=xve") == ["XVE"]
    assert codes("q=" + "x" * 101 + "&code=XVE") == ["XVE"]
    assert codes("fictional=maybe&page=4&colour=red") == codes("")
    found = narrowed("code=nonsense")
    assert (found.given, found.is_active, found.query) == ({"fictional": "True"}, False, "fictional=True")


def test_each_filter_in_force_can_be_taken_off_alone() -> None:
    found = narrowed("q=xve&code=XVE&organization=on&sort=name&page=3&shape=table")
    queries = {chip.label: chip.query for chip in found.chips}
    assert [(chip.label, chip.value) for chip in found.chips] == found.words
    assert narrowed(queries["Name or code"]).chosen == {"fictional": "True", "code": "XVE", "organization": "on"}
    assert narrowed(queries["Organization"]).chosen == {"fictional": "True", "q": "xve", "code": "XVE"}
    # What an address means that is silent on it is spoken against.
    assert narrowed(queries["Fictional"]).chosen == {"q": "xve", "code": "XVE", "organization": "on"}
    given = QueryDict(queries["Code"])
    assert (given["sort"], given["shape"], "page" in given) == ("name", "table", False)
    assert narrowed("fictional=").chips == []


def test_what_was_spoken_against_stays_so_when_another_filter_is_taken_off() -> None:
    (chip,) = narrowed("fictional=&code=XVE").chips
    assert narrowed(chip.query).given == {}


def test_what_cannot_be_left_empty_is_no_chip() -> None:
    class Needed(Narrowed):
        fictional = SelectFilter("is_fictional", choices=[("True", "Made up"), ("False", "Real")], required=True)

    found = Needed(QueryDict("fictional=False&code=AUT"), StateParty.objects.order_by("iso3"))
    assert [chip.label for chip in found.chips] == ["Code"]
    assert found.given == {"fictional": "False", "code": "AUT"}


def test_the_address_leads_to_the_same_filter_and_the_words_say_it() -> None:
    first = narrowed("q=Österreich+%26&organization=on&code=AUT&fictional=False")
    again = narrowed(first.query)
    assert first.is_active
    assert (
        again.given == first.given == {"fictional": "False", "q": "Österreich &", "code": "AUT", "organization": True}
    )
    assert again.words == [
        ("Fictional", "Real"),
        ("Name or code", "Österreich &"),
        ("Code", "Austria"),
        ("Organization", ""),
    ]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ("due", False)),
        ("state", ("state", False)),
        ("-state", ("state", True)),
        ("-due", ("due", True)),
        ("--due", ("due", False)),
        ("nonsense", ("due", False)),
    ],
)
def test_an_order_that_is_none_means_the_usual_one(wanted: str, found: tuple[str, bool]) -> None:
    assert sorting(wanted, ("due", "state")) == found


def test_the_form_is_ours() -> None:
    form = narrowed("code=nonsense").form
    assert list(form.fields) == ["fictional", "q", "code", "organization"]
    words = form.render()
    assert 'dir="auto"' in words
    assert '<label class="govuk-label app-label" for="id_code">' in words
    assert 'class="govuk-select govuk-select--error"' in words
    assert "(optional)" not in words
    with translation.override("ar"):
        assert narrowed("").form.fields["code"].choices[0] == ("", "الكل")


class States(ListPage):
    page_size = 2

    def get_filter(self) -> PortalFilterSet:
        return Narrowed(self.request.GET, StateParty.objects.order_by("iso3"))


def context_of(address: str) -> dict[str, Any]:
    view = States()
    view.setup(RequestFactory().get(address))
    return view.get_context_data()


def test_a_page_shows_the_rows_of_its_filter() -> None:
    everything = codes("")
    assert [state.iso3 for state in context_of("/")["page"]] == everything[:2]
    assert [state.iso3 for state in context_of("/?page=2")["page"]] == everything[2:4]
    assert context_of("/?page=nonsense")["page"].number == 1
    shown = context_of("/?q=xve&sort=-name&page=99")
    assert [state.iso3 for state in shown["page"]] == ["XVE"]
    assert (shown["sort"], shown["is_descending"]) == ("name", True)
    assert shown["form_filter"].cleaned_data["q"] == "xve"
