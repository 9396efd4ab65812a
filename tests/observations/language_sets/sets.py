"""What the tests of languages of versions do before they look: a set that is proposed, or agreed by all."""

from accounts.people.models import User
from observations.language_sets.models import LanguageSet
from observations.language_sets.selectors import languages_of
from observations.language_sets.services import agree_to_languages, propose_languages
from observations.texts.models import AgreedText
from observations.versions.selectors import standing_version


def propose(actor: User, text: AgreedText, *languages: str) -> LanguageSet:
    """For the version that stands, in the place of what was proposed before."""
    text = AgreedText.objects.get(pk=text.pk)
    version = standing_version(text)
    assert version is not None
    latest = languages_of(text, version).latest
    base = latest.sha256 if latest else ""
    return propose_languages(actor=actor, text=text, languages=languages, sha256=version.sha256, base=base)


def agree(text: AgreedText, row: LanguageSet, *people: User) -> LanguageSet:
    """Each of the people agrees to it; give it as it is then."""
    for person in people:
        agree_to_languages(actor=person, text=AgreedText.objects.get(pk=text.pk), sha256=row.sha256)
    row.refresh_from_db()
    return row
