"""The steps in which an institution makes an empty portal its own, and how each of them stands now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.people import SECRETARIAT
from accounts.people.enums import AccountStatus
from accounts.people.models import User
from core.enums import NotificationStatus
from core.language.i18n import isolated
from core.models import Institution
from core.templatetags.components import date_words
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from portal.mechanisms import Contents, contents_of, first_day_of, open_choices, running_load
from portal.setup.enums import SetupStatus
from portal.setup.selectors import last_test_mail, setup_row
from questionnaires.definitions import published_versions
from reviews.programme import instruments, mechanisms
from reviews.programme.models import Mechanism


@dataclass(frozen=True, slots=True)
class StepStanding:
    """How a step stands, and in a sentence why; ``url`` where that is done."""

    status: SetupStatus
    url: str
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class SetupSituation:
    """What the steps look at; ``mechanism``: the first one, ``contents``: what it holds; None where there is none."""

    administrator: User
    row: Institution
    mechanism: Mechanism | None
    contents: Contents | None


@dataclass(frozen=True, slots=True)
class SetupStep:
    key: str
    title: str | Promise
    standing: StepStanding


@dataclass(frozen=True, slots=True)
class Setup:
    """All steps in their order."""

    steps: list[SetupStep]

    @property
    def next(self) -> SetupStep | None:
        """The first one that is to be done; None where nothing is left but to wait."""
        return next((step for step in self.steps if step.standing.status == SetupStatus.TO_DO), None)

    @property
    def words(self) -> str:
        """Of all that are needed, whether or not one that is not has been done."""
        needed = [step for step in self.steps if step.key not in _NOT_NEEDED]
        done = sum(step.standing.status in {SetupStatus.DONE, SetupStatus.OPTIONAL} for step in needed)
        return _("%(done)d of %(all)d needed steps done") % {"done": done, "all": len(needed)}


def setup_of(administrator: User) -> Setup:
    """How setting up stands. A constant number of queries."""
    mechanism = next(iter(mechanisms()), None)
    contents = contents_of(mechanism) if mechanism else None
    situation = SetupSituation(administrator, setup_row(), mechanism, contents)
    return Setup([SetupStep(key, title, look(situation)) for key, title, look in _STEPS])


def _saved(key: str, url_name: str) -> Callable[[SetupSituation], StepStanding]:
    def look(situation: SetupSituation) -> StepStanding:
        status = SetupStatus.DONE if key in situation.row.done else SetupStatus.TO_DO
        return StepStanding(status, reverse(url_name))

    return look


def _names(situation: SetupSituation) -> StepStanding:
    standing = _saved("names", "portal:setup-names")(situation)
    return StepStanding(standing.status, standing.url, isolated(situation.row.name) if situation.row.name else "")


def _looks(situation: SetupSituation) -> StepStanding:
    is_own = "looks" in situation.row.done
    return StepStanding(SetupStatus.DONE if is_own else SetupStatus.OPTIONAL, reverse("portal:setup-looks"))


def _mails(situation: SetupSituation) -> StepStanding:
    mail, url = last_test_mail(), reverse("portal:setup-mail")
    if mail is None:
        return StepStanding(SetupStatus.TO_DO, url, _("Invitations and reminders go by mail: try one first."))
    if mail.status == NotificationStatus.SENT:
        return StepStanding(SetupStatus.DONE, url)
    if mail.status in {NotificationStatus.FAILED, NotificationStatus.BOUNCED}:
        return StepStanding(SetupStatus.TO_DO, url, _("The last test mail did not arrive."))
    return StepStanding(SetupStatus.WAITS, url, _("A test mail is on its way."))


def _colleague(situation: SetupSituation) -> StepStanding:
    people = User.objects.filter(secretariat_role__in=SECRETARIAT, is_active=True)
    begun = people.exclude(activated_at=None).count()
    invited = people.filter(activated_at=None, status=AccountStatus.INVITED).first()
    url = reverse("accounts:member-list")
    if begun > 1:
        return StepStanding(SetupStatus.DONE, url)
    if invited is not None:
        words = _("Waits until %(person)s has accepted the invitation.") % {"person": isolated(invited.full_name)}
        return StepStanding(SetupStatus.WAITS, url, words)
    words = _("Nobody alone can let people of a State in: what opens a State's room takes two members.")
    return StepStanding(SetupStatus.TO_DO, url, words)


def _mechanism(situation: SetupSituation) -> StepStanding:
    url = reverse("portal:mechanism-list")
    if running_load() is not None:
        return StepStanding(SetupStatus.WAITS, url, _("A mechanism is being loaded."))
    mechanism, contents = situation.mechanism, situation.contents
    if mechanism is None or contents is None:
        if open_choices():
            return StepStanding(SetupStatus.WAITS, url, _("It waits until another member has confirmed it."))
        words = _("There is no mechanism yet: take one that comes with the portal, a file, or begin an empty one.")
        return StepStanding(SetupStatus.TO_DO, url, words)
    missing = next((part for part in contents.missing if part.key not in _STEPS_OF_THEIR_OWN), None)
    if missing is not None:
        url = reverse("portal:mechanism-contents", args=[mechanism.slug])
        words = missing.standing.words
        return StepStanding(SetupStatus.TO_DO, url, f"{missing.title}: {words}" if words else missing.title)
    facts = [
        isolated(str(mechanism)),
        _counted(instruments().filter(mechanism=mechanism).count(), "instruments"),
        _counted(published_versions().count(), "questionnaires"),
    ]
    return StepStanding(SetupStatus.DONE, url, " · ".join(facts))


_STEPS_OF_THEIR_OWN = {"dates", "review"}  # of setting up


def _counted(number: int, what: str) -> str:
    words = {
        "instruments": ngettext("%(number)d instrument", "%(number)d instruments", number),
        "questionnaires": ngettext("%(number)d questionnaire", "%(number)d questionnaires", number),
    }
    return words[what] % {"number": number}


def _programme(situation: SetupSituation) -> StepStanding:
    mechanism, contents = situation.mechanism, situation.contents
    if mechanism is None or contents is None:
        return StepStanding(SetupStatus.WAITS, "", _("After the mechanism."))
    url = reverse("reviews:programme", args=[mechanism.slug])
    day = first_day_of(mechanism)
    if day is None:
        return StepStanding(SetupStatus.TO_DO, url, _("No dates are set yet."))
    words = _("The first reviews begin on %(day)s.") % {"day": date_words(day)}
    if not contents.has("dates"):
        return StepStanding(SetupStatus.TO_DO, url, _("%(words)s This day is past.") % {"words": words})
    return StepStanding(SetupStatus.DONE, url, words)


def _draw(situation: SetupSituation) -> StepStanding:
    mechanism, contents = situation.mechanism, situation.contents
    if mechanism is None or contents is None:
        return StepStanding(SetupStatus.WAITS, "", _("After the mechanism."))
    url = reverse("lots:draw-list", args=[mechanism.slug])
    draws = Draw.objects.filter(mechanism=mechanism, is_training=False).exclude(status=DrawStatus.VOIDED)
    if draws.filter(status=DrawStatus.PUBLISHED).exists():
        return StepStanding(SetupStatus.DONE, url)
    if not draws.exists() and contents.has("review"):
        words = _("Reviews were opened one by one. Lots can be drawn for those that follow.")
        return StepStanding(SetupStatus.OPTIONAL, url, words)
    words = _("Publishing its result opens the reviews.")
    if draws.exists():
        words = _("A draw has begun. %(words)s") % {"words": words}
    return StepStanding(SetupStatus.TO_DO, url, words)


_NOT_NEEDED = {"looks"}
_STEPS: tuple[tuple[str, str | Promise, Callable[[SetupSituation], StepStanding]], ...] = (
    ("names", gettext_lazy("Name the portal"), _names),
    ("looks", gettext_lazy("Logo and colours"), _looks),
    ("languages", gettext_lazy("Languages and time zone"), _saved("languages", "portal:setup-languages")),
    ("mail", gettext_lazy("See that mails arrive"), _mails),
    ("colleague", gettext_lazy("A second member of the secretariat"), _colleague),
    ("mechanism", gettext_lazy("The mechanism and its questionnaires"), _mechanism),
    ("programme", gettext_lazy("The dates of the programme"), _programme),
    ("draw", gettext_lazy("Draw the lots"), _draw),
)
