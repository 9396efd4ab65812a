"""Loads the reference data of ``fixtures/reference`` and mechanisms; doing it again changes nothing twice.

What a person has changed, added or taken out since stays, and is told (``portal.reference.memory``).
"""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts.people.models import AccountRule
from accounts.states.models import RegionalGroup, StateParty
from accounts.terms.models import ConfidentialityTerms
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES, code_out_of_files
from core.models import LoadedRow
from core.policy import SystemActor
from observations.hints.models import WatchedWord
from observations.translations.models import Term
from portal.reference.memory import Loading, RowDifference
from portal.reference.rules import ADHERENCES, Instruments, load_adherences, load_mechanism
from portal.reference.time import load_holidays, load_places, translated
from questionnaires.files import import_definitions_of
from reviews.programme.enums import EvidenceMark
from reviews.programme.models import Adherence, Article, Cluster, Instrument, Mechanism, Phase, Step, StepPlan
from reviews.shipped import first_mechanism, shipped_mechanisms

ACTOR = SystemActor("load_reference")
STAGES = 3  # that a load tells of when they are over
Tell = Callable[[int], None]

_DIFFERS = gettext_lazy("Something of this mechanism is in the portal already, and says something else.")

Groups = dict[str, RegionalGroup | None]
States = dict[str, StateParty | None]


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind there are after loading, and what the files would have otherwise."""

    counts: dict[str, int]
    differences: list[RowDifference]


def load_all(*, chosen: str = "", tell: Tell = lambda done: None) -> Loaded:
    """Load everything in one transaction: the mechanisms that came out of files of the portal, the one that
    ``MECHANISM`` names, and the one that is ``chosen``. Where nobody has chosen yet there is none, but in a practice
    portal.

    ``tell`` hears of each of the ``STAGES`` that is over. Raises ShippedError where ``MECHANISM`` names none.
    """
    with transaction.atomic():
        loading, instruments = Loading(), Instruments()
        groups = _load_regional_groups(loading, _read("regional_groups.json"))
        mechanisms: list[tuple[Path, Mechanism]] = []
        for folder in _folders(chosen):
            mechanism, its_instruments = load_mechanism(loading, folder)
            instruments |= its_instruments
            if mechanism is not None:
                mechanisms.append((folder, mechanism))
                load_holidays(loading, mechanism, _read("holidays.json"))
        tell(1)
        states = _load_states(loading, groups, instruments)
        states |= _load_fictional_states(loading, groups, instruments, _read("fictional_states.json"))
        for folder, _mechanism in mechanisms:
            load_adherences(loading, folder, states, instruments)
        loading.take_out_others(Adherence, "instrument", instruments.values())
        load_places(loading, _read("time_zones.json"))
        _load_watched_words(loading, _read("watched_words.json"))
        _load_terms(loading, _read("terms.json"))
        _load_accounts(loading, _read("accounts.json"))
        tell(2)
        for folder, _mechanism in mechanisms:
            _load_questionnaires(loading, folder)
        tell(3)
        loading.end()
    models = (StateParty, Adherence, Instrument, Article, Cluster, Phase, Step, StepPlan)
    counts = {str(model._meta.verbose_name_plural): model.objects.count() for model in models}
    return Loaded(counts, loading.differences)


@transaction.atomic
def load_own(folder: Path, *, tell: Tell = lambda done: None) -> Mechanism:
    """Load a mechanism that is the institution's own out of a folder that was checked (``portal.mechanisms``).

    No start follows its files. Who has joined what stands in its file of that, or else, where it has none, in those of
    the States. Raises ServiceError where something is there already, or a questionnaire does not fit.
    """
    loading = Loading(remembers=False)
    shared = set(Instrument.objects.values_list("slug", flat=True))
    mechanism, instruments = load_mechanism(loading, folder)
    if mechanism is None:
        raise ServiceError(str(_DIFFERS))
    _refuse_differences(loading)
    load_holidays(loading, mechanism, _read("holidays.json"))
    tell(1)
    if (folder / ADHERENCES).exists():
        load_adherences(loading, folder, {state.iso3: state for state in StateParty.objects.all()}, instruments)
    else:
        _load_acts_of_states(loading, {slug: row for slug, row in instruments.items() if slug not in shared})
    _refuse_differences(loading)
    tell(2)
    import_definitions_of(ACTOR, folder)
    tell(3)
    return mechanism


def _refuse_differences(loading: Loading) -> None:
    if loading.differences:
        raise ServiceError(str(_DIFFERS))


def _folders(chosen: str) -> list[Path]:
    """Those of the mechanisms that were ever loaded from here, by the names that they were loaded under, and of the
    ones that are asked for. A mechanism of the institution's own is none of them, whatever its short name.
    """
    known = set(LoadedRow.objects.filter(table=Mechanism._meta.db_table).values_list("key", flat=True))
    here = set(Mechanism.objects.values_list("slug", flat=True))
    if not LoadedRow.objects.exists():  # a database from before there was this memory
        known = set(here)
    own = here - known
    # A practice portal has one mechanism, and nobody in it who could choose.
    first = first_mechanism() if settings.MECHANISM or settings.PRACTICE else ""
    known |= {each for each in (chosen, first) if each} - own
    return [folder for slug, folder in shipped_mechanisms().items() if slug in known]


def _read(name: str) -> Any:
    return json.loads((settings.FIXTURES_DIR / "reference" / name).read_text(encoding="utf-8"))


def _load_regional_groups(loading: Loading, rows: list[dict[str, Any]]) -> Groups:
    """The groups by their short name, and by the English name that the list of States has."""
    groups: Groups = {}
    for order, row in enumerate(rows):
        values = {"order": order, **translated("name", row["name"])}
        group = loading.row(RegionalGroup, {"slug": row["slug"]}, values)
        groups |= {row["slug"]: group, row["name"]["en"]: group}
    return groups


def _load_states(loading: Loading, groups: Groups, instruments: Instruments) -> States:
    """The real States, with what they have joined of those instruments that the file has columns for."""
    states: States = {}
    path = settings.FIXTURES_DIR / "reference" / "states_parties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = {
                "iso2": row["iso2"],
                "regional_group": groups.get(row["regional_group"]),
                "legal_system": row["legal_system"],
                "un_language": code_out_of_files(row["un_language"]),
                "is_reio": row["is_reio"] == "true",
                **translated("name", {code: row[f"name_{code}"] for code in ("ar", "en", "es", "fr", "ru", "zh")}),
            }
            state = states[row["iso3"]] = loading.row(StateParty, {"iso3": row["iso3"]}, values)
            _load_acts(loading, row, state, instruments)
    return states


def _load_acts(loading: Loading, row: dict[str, str], state: StateParty | None, instruments: Instruments) -> None:
    verified = set(row["verified"].split(";"))
    for slug, instrument in instruments.items():
        if deposited_on := row.get(f"{slug}_date"):
            act = {"deposited_on": deposited_on, "kind": row[f"{slug}_action"], "is_verified": slug in verified}
            loading.row(Adherence, {"state_party": state, "instrument": instrument}, act)


def _load_acts_of_states(loading: Loading, instruments: Instruments) -> None:
    """What the States that are here have joined, as their files say."""
    states: States = {state.iso3: state for state in StateParty.objects.all()}
    path = settings.FIXTURES_DIR / "reference" / "states_parties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _load_acts(loading, row, states.get(row["iso3"]), instruments)
    for fictional in _read("fictional_states.json"):
        _load_fictional_acts(loading, fictional, states.get(fictional["iso3"]), instruments)


def _load_fictional_states(
    loading: Loading, groups: Groups, instruments: Instruments, rows: list[dict[str, Any]]
) -> States:
    states: States = {}
    for row in rows:
        values = {
            "iso2": row["iso2"],
            "regional_group": groups.get(row["regional_group"]),
            "legal_system": row["legal_system"],
            "un_language": code_out_of_files(row["un_language"]),
            "is_fictional": True,
            **translated("name", row["name"]),
        }
        state = states[row["iso3"]] = loading.row(StateParty, {"iso3": row["iso3"]}, values)
        _load_fictional_acts(loading, row, state, instruments)
    return states


def _load_fictional_acts(
    loading: Loading, row: dict[str, Any], state: StateParty | None, instruments: Instruments
) -> None:
    for slug, act in row["adherences"].items():
        if act:
            values = {"deposited_on": act["deposited_on"], "kind": act["kind"], "is_verified": True}
            loading.row(Adherence, {"state_party": state, "instrument": instruments.get(slug)}, values)


def _load_watched_words(loading: Loading, given: dict[str, dict[str, list[str]]]) -> None:
    """By language and kind; a star at the end stands for any ending."""
    for code, kinds in given.items():
        for kind, all_words in kinds.items():
            for words in all_words:
                stem = words.removesuffix("*")
                lookup = {"language": code_out_of_files(code), "words": stem}
                loading.row(WatchedWord, lookup, {"kind": kind, "is_stem": stem != words})
    loading.take_out_others(WatchedWord, "language", dict(UN_LANGUAGES))


def _load_terms(loading: Loading, given: dict[str, dict[str, str]]) -> None:
    """By concept: where it stands, and what it is called there in each language; not compared with the print here."""
    for concept, words in given.items():
        evidence = {"evidence_mark": EvidenceMark.MEMORY, "evidence_note": words["source"]}
        for code, term in words.items():
            if code != "source":
                lookup = {"concept": concept, "language": code_out_of_files(code)}
                loading.row(Term, lookup, {"words": term, **evidence})
    loading.take_out_others(Term, "language", dict(UN_LANGUAGES))


def _load_accounts(loading: Loading, data: dict[str, Any]) -> None:
    """Rules and terms get their first words here. A rule that is gone comes back: without it nobody could sign in."""
    for row in data["rules"]:
        AccountRule.objects.get_or_create(
            key=row["key"], defaults={name: row[name] for name in ("value", "unit", "source")}
        )
    for row in data["terms"]:
        at_first = {"valid_from": row["valid_from"], **translated("text", row["text"])}
        loading.row(ConfidentialityTerms, {"number": row["number"]}, {}, at_first=at_first)


def _load_questionnaires(loading: Loading, folder: Path) -> None:
    """Publish what is not there yet. A text that differs from every version here is told, and published by officers.

    Where a questionnaire does not fit a programme that a person changed, that is told, and stays.
    """
    try:
        for definition in import_definitions_of(ACTOR, folder):
            what = "another text than any version here. To take it up, bring its file in as a draft"
            loading.differences.append(RowDifference(f"Questionnaire {definition.slug}", what))
    except (ServiceError, ObjectDoesNotExist) as error:
        if not loading.differences:
            raise
        loading.differences.append(RowDifference("Questionnaires", f"not loaded. {error}"))
