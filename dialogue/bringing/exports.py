"""A Word file with the headings below which the feedback of one State is written: instruments, articles, questions."""

from django.utils.translation import get_language, gettext as _

from accounts.states.models import StateParty
from core.documents.word import WordFile
from core.language.i18n import direction_of
from dialogue.bringing.feedback import known_places
from dialogue.desk import articles_by_instrument
from questionnaires.definitions import index_of, instrument_names
from questionnaires.submissions import get_submission
from questionnaires.wording import own_number
from reviews.cases.models import Review


def feedback_template(review: Review, state: StateParty) -> bytes:
    """In the active language, the questions in their official one. Headings that stay empty say nothing."""
    known, submission = known_places(review, state), get_submission(review)
    names, articles = instrument_names(known.instruments), articles_by_instrument(review)
    items = index_of(submission.response.version_id).items
    word = WordFile(get_language() or "en")
    title = _("Written feedback of %(state)s on %(review)s") % {"state": state, "review": review.code}
    word.describe(title=title, author=str(state), subject="", keywords=review.code)
    for slug in known.instruments:
        word.paragraph("Heading 1", names[slug])
        for article in articles.get(slug, ()):
            words = _("Article %(number)d: %(title)s") % {"number": article.number, "title": article.title}
            word.paragraph("Heading 2", words)
        for code, instrument in known.questions.items():
            if instrument == slug:
                words = f"{code} {own_number(items[code])} {items[code].text}"
                word.paragraph("Heading 2", words, is_rtl=direction_of(items[code].text) == "rtl")
    return word.as_bytes()
