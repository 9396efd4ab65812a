"""A mechanism comes into the portal: somebody chooses it, and a worker loads all of it or nothing (docs/adr/0054)."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import is_sole_officer
from accounts.people.models import User
from core import audit, jobs
from core.errors import ServiceError
from core.files.uploads import shown_name
from core.hashes import content_hash
from core.jobs.making import Tell, settle
from core.language.i18n import code_in_files
from core.language.text import clean_text, require_text
from core.models import Institution, Job
from core.policy import require
from portal.mechanisms.checking import Fault, faults_of
from portal.mechanisms.checking.archive import BLUEPRINTS, RULES, open_folder
from portal.mechanisms.checking.kinds import SLUG
from portal.mechanisms.checking.rules import PortalFacts, address_taken
from portal.mechanisms.enums import ChoiceStatus, MechanismAction, MechanismWay
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.policy import LOAD
from portal.mechanisms.selectors import files_of_choice, portal_facts, shipped_files
from portal.mechanisms.shipped import as_folder, empty_files
from portal.mechanisms.written import files_of_mechanism
from portal.reference import load_all, load_own
from reviews.programme import mechanisms

_LONGEST = {"name": 300, "short_name": 100}


class FaultyFileError(ServiceError):
    """A file that makes no mechanism: ``faults`` are all that were found. Nothing was stored."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("This is no mechanism yet: the table says what is wrong. Nothing was stored."), field="file")
        self.faults = faults


@transaction.atomic
def choose_shipped(*, actor: User, slug: str, language: str) -> MechanismChoice:
    """Have a worker load a mechanism that comes with the portal; once more, where that was chosen before and failed.

    Where another member of the secretariat could confirm it, it waits for one: its questionnaires are published.
    Raises ServiceError where it is here or waits already, or another mechanism has its instruments, and Http404 where
    none has this short name.
    """
    _one_at_a_time()
    require(actor, MechanismAction.CHOOSE)
    files = shipped_files(slug)
    _refuse_faults(faults_of(files, portal_facts()))
    chosen = MechanismChoice.objects.filter(way=MechanismWay.SHIPPED, slug=slug, status=ChoiceStatus.CONFIRMED)
    if failed := chosen.select_for_update(of=("self",)).first():  # for nothing is being loaded
        return _start(actor, failed, language, verb="started_again")
    _refuse_one_that_waits(slug, way=MechanismWay.SHIPPED)
    choice = _choice(actor, MechanismWay.SHIPPED, slug, _short_name_in(files), takes_two=not is_sole_officer(actor))
    if choice.status == ChoiceStatus.WAITING:
        _record(actor, choice, "chosen")
        return choice
    return _start(actor, choice, language)


def bring_file(*, actor: User, file_name: str, content: bytes) -> MechanismChoice:
    """Keep a mechanism's folder as a ZIP file, for another member of the secretariat to confirm.

    Raises FaultyFileError with everything that is wrong in its files, ServiceError (field ``file``) for what is no such
    archive.
    """
    require(actor, MechanismAction.CHOOSE)
    files = open_folder(file_name, content)
    seen = portal_facts()
    if faults := faults_of(files, seen):
        raise FaultyFileError(faults)
    return _keep_file(actor, files, file_name, content, seen)


@transaction.atomic
def _keep_file(
    actor: User, files: Mapping[str, str], file_name: str, content: bytes, seen: PortalFacts
) -> MechanismChoice:
    """Nobody waits while a file is checked; it is checked again only where the portal is another one by now."""
    _one_at_a_time()
    require(actor, MechanismAction.CHOOSE)
    if (now := portal_facts()) != seen and (faults := faults_of(files, now)):
        raise FaultyFileError(faults)
    about = {"files": dict(files), "file_name": shown_name(file_name), "sha256": content_hash(content)}
    slug = _rules(files)["slug"]
    _refuse_one_that_waits(slug, field="file")
    choice = _choice(actor, MechanismWay.FILE, slug, _short_name_in(files), takes_two=True, **about)
    _record(actor, choice, "brought_in")
    return choice


@transaction.atomic
def begin_empty(
    *, actor: User, slug: str, name: Mapping[str, str], short_name: Mapping[str, str], like: str, language: str
) -> MechanismChoice:
    """Have a worker make a mechanism without instruments, with the steps and rules of the one that ``like`` names.

    Names are by the codes of languages, English is needed. Raises ServiceError with the field.
    """
    _one_at_a_time()
    require(actor, MechanismAction.CHOOSE)
    if not SLUG.fullmatch(slug) or len(slug) > 50:
        raise ServiceError(_("Use small letters, digits and hyphens."), field="slug")
    if slug in portal_facts().addresses:
        raise ServiceError(address_taken(), field="slug")
    if slug in portal_facts().mechanisms:
        raise ServiceError(_("a mechanism with this short name is in the portal already"), field="slug")
    names, short_names = _texts("name", name), _texts("short_name", short_name)
    template = mechanisms().filter(slug=like).first()
    given = files_of_mechanism(template) if template else shipped_files(like)
    note = _("Taken over from another mechanism (%(slug)s); not looked at yet.") % {"slug": like}
    files = empty_files(given, slug=slug, name=names, short_name=short_names, note=note)
    _refuse_faults(faults_of(files, portal_facts()))
    return _start(actor, _choice(actor, MechanismWay.EMPTY, slug, short_names["en"], files=dict(files)), language)


@transaction.atomic
def confirm_choice(*, actor: User, choice: MechanismChoice, shown: str, language: str) -> MechanismChoice:
    """Another member of the secretariat has looked at what was chosen or brought in: a worker loads it.

    Raises ServiceError where ``shown`` is not the SHA-256 of the file that it came out of.
    """
    _one_at_a_time()
    locked = MechanismChoice.objects.select_for_update(of=("self",)).get(pk=choice.pk)
    require(actor, MechanismAction.CONFIRM, locked)
    if shown != locked.sha256:
        raise ServiceError(_("This is not the file that you were shown. Nothing was done; look again."))
    _refuse_faults(faults_of(files_of_choice(locked), portal_facts()))
    locked.status, locked.decided_by = ChoiceStatus.CONFIRMED, actor
    locked.save(update_fields=["status", "decided_by", "updated_at"])
    return _start(actor, locked, language, verb="confirmed")


@transaction.atomic
def load_again(*, actor: User, choice: MechanismChoice, language: str) -> MechanismChoice:
    """Have a worker try once more what was chosen, or confirmed by two, and could not be loaded."""
    _one_at_a_time()
    locked = MechanismChoice.objects.select_for_update(of=("self",)).get(pk=choice.pk)
    require(actor, MechanismAction.LOAD_AGAIN, locked)
    return _start(actor, locked, language, verb="started_again")


@transaction.atomic
def withdraw_choice(*, actor: User, choice: MechanismChoice) -> MechanismChoice:
    locked = MechanismChoice.objects.select_for_update(of=("self",)).get(pk=choice.pk)
    require(actor, MechanismAction.WITHDRAW, locked)
    locked.status, locked.decided_by = ChoiceStatus.WITHDRAWN, actor
    locked.save(update_fields=["status", "decided_by", "updated_at"])
    _record(actor, locked, "withdrawn")
    return locked


def carry_out_choice(job: Job, tell: Tell) -> None:
    """Load it in the name of who has chosen or confirmed it, and end the job with it: all of it, or nothing."""
    with transaction.atomic():
        choice = MechanismChoice.objects.select_for_update(of=("self",)).get(pk=job.target_id)
        require(job.requested_by, MechanismAction.LOAD, choice)
        if choice.way == MechanismWay.SHIPPED:
            load_all(chosen=choice.slug, tell=tell)
            if not mechanisms().filter(slug=choice.slug).exists():
                raise ServiceError(
                    _("Somebody has taken this mechanism out here. Change its short name and bring it in as a file.")
                )
        else:
            _refuse_more_than_empty(choice)
            _refuse_faults(faults_of(choice.files, portal_facts()))
            with as_folder(choice.files) as folder:
                load_own(folder, tell=tell)
        choice.status, choice.updated_at = ChoiceStatus.LOADED, timezone.now()
        choice.save(update_fields=["status", "updated_at"])
        _record(job.requested_by, choice, "loaded")
        settle(job)


def _refuse_more_than_empty(choice: MechanismChoice) -> None:
    """What one person makes has no questionnaire and no instrument, whatever has come into its row."""
    if choice.way != MechanismWay.EMPTY:
        return
    rules = _rules(choice.files)
    if choice.files.keys() - {RULES, BLUEPRINTS} or rules["instruments"] or rules["other_instruments"]:
        raise ServiceError(_("An empty mechanism holds rules and fixed words alone; a file takes two members."))


def _one_at_a_time() -> None:
    """Two who choose at once find each other's choice."""
    Institution.objects.get_or_create(is_only=True)
    Institution.objects.select_for_update().get()


def _refuse_one_that_waits(slug: str, *, field: str = "", **like: Any) -> None:
    if MechanismChoice.objects.filter(status=ChoiceStatus.WAITING, slug=slug, **like).exists():
        message = _("A mechanism with this short name waits to be confirmed already: withdraw that first.")
        raise ServiceError(message, field=field)


def _choice(
    actor: User, way: MechanismWay, slug: str, short_name: str, *, takes_two: bool = False, **about: Any
) -> MechanismChoice:
    status = ChoiceStatus.WAITING if takes_two else ChoiceStatus.CONFIRMED
    return MechanismChoice.objects.create(
        way=way, slug=slug, short_name=short_name[:100], status=status, chosen_by=actor, **about
    )


def _start(actor: User, choice: MechanismChoice, language: str, *, verb: str = "chosen") -> MechanismChoice:
    _record(actor, choice, verb)
    jobs.start_act(kind=LOAD, target=choice, requested_by=actor, language=language, details={"slug": choice.slug})
    return choice


def _record(actor: User, choice: MechanismChoice, verb: str) -> None:
    facts = {"slug": choice.slug, "way": choice.way, "sha256": choice.sha256}
    audit.record(actor, f"portal.mechanismchoice.{verb}", choice, after=facts)


def _refuse_faults(faults: list[Fault]) -> None:
    for fault in faults:
        raise ServiceError(f"{fault.file}, {fault.place}: {fault.words}")


def _rules(files: Mapping[str, str]) -> dict[str, Any]:
    rules: dict[str, Any] = json.loads(files[RULES])
    return rules


def _short_name_in(files: Mapping[str, str]) -> str:
    return str(_rules(files)["short_name"]["en"])


def _texts(column: str, given: Mapping[str, str]) -> dict[str, str]:
    """The texts that there are, by language as files call them; English is needed."""
    most = _LONGEST[column]
    said = {"en": require_text(given.get("en", ""), _("Enter the name."), maximum=most, field=f"{column}_en")}
    for code, text in given.items():
        if text.strip() and code != "en":
            said[code_in_files(code)] = clean_text(text, maximum=most, field=f"{column}_{code}")
    return said
