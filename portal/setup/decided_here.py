"""What the portal itself decides, each with the page on which it is changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.programme.models import Mechanism

# With the setting that goes before it: its name in the environment, and in the settings of Django.
_SET_UP: Sequence[tuple[Promise, str, str, str]] = (
    (_("Name of the portal"), "portal:setup-names", "SITE_NAME", "SITE_NAME"),
    (_("Logo and colours"), "portal:setup-looks", "", ""),
    (_("Languages and time zone"), "portal:setup-languages", "TIME_ZONE", "OWN_TIME_ZONE"),
)
_OF_MECHANISM: Sequence[tuple[Promise, str]] = (
    (_("When each phase runs for which group"), "reviews:programme"),
    (_("Steps, their durations and who owes what"), "reviews:plan-list"),
    (_("When we write to whom"), "portal:reminder-rules"),
    (_("Publications and tools for experts"), "reviews:reading-list"),
)
_ELSEWHERE: Sequence[tuple[Promise, str]] = (
    (_("Questionnaires"), "questionnaires:questionnaire-list"),
    (_("States, what they have joined and what they declared"), "reviews:state-list"),
    (_("Addresses of missions"), "accounts:contact-list"),
    (_("Members of the secretariat"), "accounts:member-list"),
    (_("Identity providers"), "accounts:provider-list"),
)
# In the reference data, for which a staff session is needed; the last of these pages leads to the rest.
_REFERENCE: Sequence[tuple[Promise, str]] = (
    (_("Names of mechanisms"), "admin:reviews_mechanism_changelist"),
    (_("Instruments"), "admin:reviews_instrument_changelist"),
    (_("Articles and what each cluster reviews"), "admin:reviews_cluster_changelist"),
    (_("Fixed words of the documents"), "admin:observations_blueprinttext_changelist"),
    (_("Headings of observations"), "admin:observations_observationheading_changelist"),
    (_("Types of technical assistance"), "admin:observations_assistancetype_changelist"),
    (_("Words that hints look for"), "admin:observations_watchedword_changelist"),
    (_("Terms that are offered while one translates"), "admin:observations_term_changelist"),
    (_("How long sessions, links and days of grace last"), "admin:accounts_accountrule_changelist"),
    (_("Limits of texts and other numbers of a mechanism"), "admin:reviews_limit_changelist"),
    (_("Holidays"), "admin:reviews_holiday_changelist"),
    (_("Rules of the drawing of lots"), "admin:lots_drawrule_changelist"),
    (_("Whether the status of reviews is public"), "admin:reviews_publicstatus_changelist"),
    (_("Conditions of confidentiality"), "admin:accounts_confidentialityterms_changelist"),
    (_("All reference data"), "admin:index"),
)


@dataclass(frozen=True, slots=True)
class DecidedHere:
    """``fixed_by``: the setting of the environment that comes first, where it is set. ``in_session``: the page needs a
    staff session.
    """

    title: Promise
    url: str
    mechanism: str = ""
    fixed_by: str = ""
    in_session: bool = False


def decided_here(mechanisms: Sequence[Mechanism]) -> list[DecidedHere]:
    found = [
        DecidedHere(title, reverse(url), fixed_by=name if own and getattr(settings, own) else "")
        for title, url, name, own in _SET_UP
    ]
    found += [
        DecidedHere(title, reverse(url, args=[mechanism.slug]), mechanism=str(mechanism.short_name))
        for mechanism in mechanisms
        for title, url in _OF_MECHANISM
    ]
    found += [DecidedHere(title, reverse(url)) for title, url in _ELSEWHERE]
    found += [DecidedHere(title, reverse(url), in_session=True) for title, url in _REFERENCE]
    return found
