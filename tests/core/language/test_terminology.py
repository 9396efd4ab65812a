"""Words of a terminology stand in all that gettext gives, and in nothing else."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from core.language.terminology import Terminology, check_words, pairs_in, speaking
from observations.texts.enums import TextKind

pytestmark = pytest.mark.unit
EN = """
list of observations = country note
lists of observations = country notes
self-assessment = national report
self-assessment questionnaires = questionnaires
state = territory
read = look
"""
NOTE = Terminology("note", {"en": EN, "ar": "قائمة الملاحظات = المذكرة القطرية\nتقييم ذاتي = تقرير وطني"})


def test_words_stand_in_the_place_of_the_portals_as_long_as_they_are_spoken() -> None:
    label = gettext_lazy("The list of observations is drafted and agreed next.")
    with speaking(NOTE):
        assert str(label) == "The country note is drafted and agreed next."
        with speaking(None):
            assert str(label) == "The list of observations is drafted and agreed next."
        assert str(TextKind.LIST_OF_OBSERVATIONS.label) == "Country note", "a capital stays one"
    assert str(label) == "The list of observations is drafted and agreed next."


def test_the_longest_word_is_taken_and_part_of_a_word_is_none() -> None:
    said = NOTE.put_into("Self-assessment questionnaires; self-assessments; a self-assessment", "en")
    assert said == "Questionnaires; self-assessments; a national report"


def test_places_for_values_tags_and_addresses_are_no_words() -> None:
    message = "%(state)s {state} <b class=state>state</b> https://state.example/read 100%% read"
    said = NOTE.put_into(message, "en")
    assert said == "%(state)s {state} <b class=state>territory</b> https://state.example/read 100%% look"


def test_in_arabic_a_word_may_stand_behind_its_preposition() -> None:
    with speaking(NOTE), translation.override("ar"):
        assert _("As the list of observations will name it.") == "كما سيرد في المذكرة القطرية."
    assert NOTE.put_into("بقائمة الملاحظات", "ar") == "بالمذكرة القطرية"


def test_words_of_a_number_are_found_and_those_with_a_context() -> None:
    with speaking(NOTE):
        assert ngettext("%(number)d self-assessment", "%(number)d self-assessments", 1) == "%(number)d national report"
        assert pgettext("of nothing that is translated", "List of observations") == "Country note"
        assert pgettext("of nothing that is translated", "Correct") == "Correct"


def test_a_template_says_them_and_leaves_what_people_wrote() -> None:
    page = Template("{% load i18n %}{% translate 'List of observations' %}: {{ typed }}")
    with speaking(NOTE):
        assert page.render(Context({"typed": "our list of observations"})) == "Country note: our list of observations"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("list of observations", "An equals sign is missing"),
        ("list of observations = ", "must not be empty"),
        ("summary = <script>", "Words alone"),
        ('summary = "note"', "Words alone"),
        ("%(state)s = note", "Words alone"),
        ("summary = " + "n" * 201, "201 characters"),
    ],
)
def test_a_line_that_is_no_pair_of_words_is_told_with_its_number_and_said_by_nobody(line: str, words: str) -> None:
    with pytest.raises(ValidationError, match=f"Line 2: .*{words}"):
        check_words(f"list of observations = country note\n{line}")
    assert pairs_in(line) == {}, "also where it came past the check"
