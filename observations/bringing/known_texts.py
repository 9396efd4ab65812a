"""What a file of one text may speak of: the blueprint's words, and articles, questions and States of its review."""

from django.utils import translation
from django.utils.translation import ngettext, pgettext

from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES, list_of
from dialogue.exchange import articles_under_review
from observations.bringing.places import KnownText
from observations.texts import parties_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.wording import fixed_words_of
from questionnaires.definitions import index_of
from questionnaires.submissions import latest_submission
from reviews.cases.models import Review
from reviews.programme import question_number
from reviews.programme.models import Article, Instrument

_MANY = (1, 2, 3, 11, 100)  # of which languages have forms of their own


def known_text(text: AgreedText) -> KnownText:
    """A constant number of queries."""
    parties = parties_to(text)
    agreeing = {name for state in parties for name in _names(state)}
    others = {
        name: str(state)
        for state in StateParty.objects.exclude(pk__in=[party.pk for party in parties])
        for name in _names(state)
    }
    rests_on, annexes = set(), set()
    for code, _name in UN_LANGUAGES:  # a document has the words around its text in its own
        with translation.override(code):
            annexes.add(pgettext("of a document", "Annex"))
            for number in _MANY:
                words = ngettext("Rests on question %(codes)s", "Rests on questions %(codes)s", number)
                rests_on.add((words % {"codes": ""}).strip())
    return KnownText(
        kind=TextKind(text.kind),
        words=fixed_words_of(text),
        articles={row.number: _titles(row) for row in articles_under_review(text.review, text.instrument)},
        questions=_questions(text.review, text.instrument),
        strangers={**others, **dict.fromkeys(agreeing, "")},
        parties=list_of([str(state) for state in parties]),
        rests_on=rests_on,
        annexes=annexes,
    )


def _names(state: StateParty) -> set[str]:
    """What it is called in each language, without regard to case."""
    return {name.casefold() for name in _in_each_language(state, "name")}


def _titles(article: Article) -> set[str]:
    return set(_in_each_language(article, "title"))


def _in_each_language(row: StateParty | Article, field: str) -> list[str]:
    names = [each.attname for each in row._meta.concrete_fields if each.attname.startswith(field)]
    return [words for name in names if (words := getattr(row, name))]


def _questions(review: Review, instrument: Instrument) -> dict[str, str]:
    """The codes of what was asked on an instrument, by the number as printed; none without answers."""
    submission = latest_submission(review)
    if submission is None:
        return {}
    places = index_of(submission.response.version_id).applicable_sections(submission.document["party_to"])
    codes = (item.code for place in places if place.part.instrument == instrument.slug for item in place.section.items)
    return {question_number(code): code for code in codes}
