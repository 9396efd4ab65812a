"""Which mechanisms there are, come with the portal, or are on their way into it; what each holds, in figures."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.states.models import StateParty
from core import jobs
from core.errors import found
from core.models import Job
from core.web.addresses import first_words
from portal.mechanisms.checking.rules import PortalFacts
from portal.mechanisms.enums import ChoiceStatus, MechanismWay
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.policy import LOAD
from portal.mechanisms.shipped import figures_of_files, read_folder, text_in
from portal.mechanisms.written import shared_instruments
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.models import Question, Questionnaire
from reviews.programme.models import Instrument, Mechanism
from reviews.shipped import RULES, read_file, shipped_mechanisms


@dataclass(frozen=True, slots=True)
class MechanismFigures:
    """What a mechanism holds; ``questions`` are those with a number of their own, without the items below them, as they
    are printed; ``reviews`` where it is in the portal.
    """

    instruments: int
    clusters: int
    questions: int
    steps: int
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class ShownMechanism:
    slug: str
    name: str
    figures: MechanismFigures


def standing_mechanisms() -> list[ShownMechanism]:
    """Those that are in the portal; a constant number of queries."""
    counted = {
        name: Count(name, distinct=True) for name in ("instruments", "clusters", "steps", "reviews")
    }  # each once, whatever the others multiply
    questions = dict(
        Question.objects.filter(version__status=VersionStatus.PUBLISHED, number__len=1)
        .values_list("version__questionnaire__mechanism")
        .annotate(number=Count("pk"))
    )
    rows: Iterable[Any] = Mechanism.objects.annotate(**{f"n_{name}": count for name, count in counted.items()})
    return [
        ShownMechanism(
            row.slug,
            row.short_name,
            MechanismFigures(row.n_instruments, row.n_clusters, questions.get(row.pk, 0), row.n_steps, row.n_reviews),
        )
        for row in rows
    ]


def shipped_ones(language: str) -> list[ShownMechanism]:
    """Those that come with the portal and are not in it, by their names in a language, or else in English."""
    here = set(Mechanism.objects.values_list("slug", flat=True))
    shown = []
    for slug, folder in shipped_mechanisms().items():
        if slug not in here:
            shown.append(
                ShownMechanism(
                    slug,
                    text_in(read_file(folder, RULES)["short_name"], language),
                    MechanismFigures(**figures_of_files(read_folder(folder))),
                )
            )
    return shown


def figures_of_choice(choice: MechanismChoice) -> MechanismFigures:
    return MechanismFigures(**figures_of_files(files_of_choice(choice)))


def files_of_choice(choice: MechanismChoice) -> Mapping[str, str]:
    """What a worker would load; none where it came with an earlier release alone."""
    if choice.way != MechanismWay.SHIPPED:
        brought: Mapping[str, str] = choice.files
        return brought
    folder = shipped_mechanisms().get(choice.slug)
    return read_folder(folder) if folder else {}


def choices() -> QuerySet[MechanismChoice]:
    """All that were chosen or brought in, the newest first, without their files."""
    return MechanismChoice.objects.defer("files").select_related("chosen_by", "decided_by")


def open_choices() -> list[MechanismChoice]:
    """Those that wait for another member of the secretariat."""
    return list(choices().filter(status=ChoiceStatus.WAITING))


def get_choice(key: UUID) -> MechanismChoice:
    """Raises Http404 where there is none; the caller asks the policy."""
    return found(MechanismChoice.objects.select_related("chosen_by", "decided_by").filter(pk=key).first())


def copied_note(mechanism: Mechanism) -> str:
    """What the evidence of rows says that an empty mechanism was given from another one; empty for others."""
    choice = MechanismChoice.objects.filter(
        way=MechanismWay.EMPTY, slug=mechanism.slug, status=ChoiceStatus.LOADED
    ).first()
    return str(json.loads(choice.files[RULES])["public_status"]["evidence_note"]) if choice else ""


def running_load() -> tuple[MechanismChoice, Job] | None:
    """What a worker loads, or is about to, and how far that is; None where none does."""
    job = jobs.newest_act(LOAD)
    choice = choices().filter(pk=job.target_id).first() if job and not job.is_finished else None
    return (choice, job) if choice and job else None


def failed_loads() -> list[tuple[MechanismChoice, Job]]:
    """What was to be loaded and is not, the newest first, with the job that says why: until it is, or is withdrawn."""
    confirmed = choices().filter(status=ChoiceStatus.CONFIRMED)
    last = jobs.latest_acts(confirmed, LOAD)
    return [(each, last[each.pk]) for each in confirmed if each.pk in last and last[each.pk].is_finished]


def load_of(choice: MechanismChoice) -> Job | None:
    """How the loading of one goes that is chosen or confirmed, and not loaded yet."""
    return jobs.latest_act(choice, LOAD) if choice.status == ChoiceStatus.CONFIRMED else None


def portal_facts() -> PortalFacts:
    """What a mechanism that comes meets here."""
    instruments: Iterable[Any] = Instrument.objects.values_list("slug", "mechanism")
    return PortalFacts(
        addresses=first_words(),
        mechanisms=frozenset(Mechanism.objects.values_list("slug", flat=True)),
        instruments={slug: mechanism is not None for slug, mechanism in instruments},
        shared=shared_instruments(),
        questionnaires=frozenset(Questionnaire.objects.values_list("slug", flat=True)),
        states=frozenset(StateParty.objects.values_list("iso3", flat=True)),
    )


def shipped_files(slug: str) -> Mapping[str, str]:
    """The files of one that comes with the portal. Raises Http404 where none does by this name."""
    return read_folder(found(shipped_mechanisms().get(slug)))
