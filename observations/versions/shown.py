"""Who reads what is saved on a list of observations or a summary, and which version of it a save would cancel."""

from observations.texts.models import AgreedText
from observations.versions.selectors import standing_version
from reviews.cases.models import Clearance
from reviews.drafts import Shown, StandingVersion, shown_on_table


def shown_of_text(text: AgreedText) -> Shown:
    """The text itself, and all that lies in it on the shared table."""
    version = standing_version(text)
    if version is None:
        return shown_on_table(text.review)
    cleared = Clearance.objects.filter(document_id=text.pk, version=version.number, taken_back_at=None)
    codes = frozenset(cleared.values_list("state_party__iso3", flat=True))
    return shown_on_table(text.review, StandingVersion(version.number, version.sha256, codes))
