"""The input of a draw from the rows of the portal, and how tight it is."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.states.models import RegionalGroup, StateParty
from core.errors import ServiceError
from core.language.i18n import in_own_order, isolated
from lots.algorithm import (
    ANEW,
    ROLES,
    ChainedDraw,
    DrawInput,
    DrawTerms,
    ImpossibleDrawError,
    Party,
    PartyTable,
    Switches,
    Tightness,
    feasibility,
    standing_after,
    table_of,
)
from lots.algorithm.canonical import sha256
from lots.chain import (
    additions_to,
    draw_before,
    first_terms,
    instruments_of,
    last_of_chain,
    obstacle_to,
    result_hash_of,
    results_named,
    results_until,
    roles_to_draw,
)
from lots.draws.enums import DrawBasis
from lots.draws.models import Draw, DrawFile, DrawRule
from lots.files import archive_bytes
from lots.preparation.selectors.teams import Pair, check_teams
from lots.preparation.selectors.trials import Trial, read, written
from lots.words import impossible_words
from reviews.programme.models import Adherence, Instrument, Mechanism, Phase

# Chance decides who meets whom, rarely whether a draw exists: where that is not proved, others are tried.
TRIAL_SEEDS = ("trial", "second trial", "third trial")
KEPT_FOR = 24 * 60 * 60  # seconds; to find out why nothing can be drawn may take some of them


@dataclass(frozen=True, slots=True)
class FeasibilityRow:
    """A regional group and an instrument, named in the reader's language, with how tight they are."""

    regional_group: str
    instrument: str
    tightness: Tightness


@dataclass(frozen=True, slots=True)
class FeasibilityReport:
    """``problems`` say in sentences why the trial found no draw; empty where it did, with so many ``extras``.

    ``kept`` and ``drawn``: how many reviewing States stay and come, where the teams of before are kept.
    """

    rows: list[FeasibilityRow]
    problems: list[str]
    extras: int | None
    kept: int | None = None
    drawn: int | None = None

    @property
    def is_possible(self) -> bool:
        return not self.problems

    @property
    def asks_for_own_group(self) -> bool:
        """Whether a reviewing State of the own regional group is drawn, and not of another one alone."""
        return any(ROLES[0] in row.tightness.roles for row in self.rows)

    @property
    def instruments(self) -> list[str]:
        return list(dict.fromkeys(row.instrument for row in self.rows))

    @property
    def by_group(self) -> list[tuple[str, list[FeasibilityRow]]]:
        """Each regional group with its row for each instrument."""
        groups = dict.fromkeys(row.regional_group for row in self.rows)
        return [(group, [row for row in self.rows if row.regional_group == group]) for group in groups]


def default_switches(mechanism: Mechanism) -> Switches:
    """The switches that a draw begins with, as the rows of the rules say."""
    rows = DrawRule.objects.filter(mechanism=mechanism).exclude(switch="").exclude(default="")
    return Switches.parse(f"{switch}={default}" for switch, default in rows.values_list("switch", "default"))


def table_for(
    mechanism: Mechanism, as_of: dt.date, switches: Switches, *, is_training: bool, named: bool = True
) -> PartyTable:
    """The parties on a day: fictional States for training, real ones otherwise.

    The bytes are those that ``draw_lots`` makes of the same facts. States that the switch ``late`` names are taken with
    all that they have joined since. Raises ServiceError for a day to come or without parties, and by the name of the
    switch for one that does not fit, unless it is not asked whom the switches have ``named``.
    """
    if as_of > timezone.localdate():
        raise ServiceError(_("This day is still to come."), field="as_of")
    groups = {group.name_en for group in RegionalGroup.objects.all()}  # type: ignore[attr-defined]
    if switches.reio_group not in groups:
        raise ServiceError(_("This is not one of the regional groups."), field="reio_group")
    instruments = instruments_of(mechanism)
    parties = [
        _party(state, joined, switches, instruments)
        for state, joined in _joined(mechanism, as_of, switches, is_training=is_training)
        if joined.issuperset(instruments[:1])
    ]
    if not parties:
        raise ServiceError(_no_party(mechanism, instruments), field="as_of")
    if not named:
        return PartyTable(tuple(sorted(parties, key=lambda party: party.code)), instruments)
    _check_switches(switches, {party.code for party in parties})
    return table_of(parties, switches, instruments)


def _no_party(mechanism: Mechanism, instruments: tuple[str, ...]) -> str:
    if not instruments:
        return _("This mechanism has no instrument yet.")
    first = mechanism.instruments.get(slug=instruments[0])
    return _("No State was party to the instrument “%(instrument)s” on this day.") % {
        "instrument": isolated(first.short_name)
    }


def input_for(
    phase: Phase,
    as_of: dt.date,
    switches: Switches,
    *,
    is_training: bool,
    basis: DrawBasis = DrawBasis.FIRST,
    replaced: Sequence[Pair] = (),
) -> DrawInput:
    """What a draw of a phase would be frozen with, which builds on what was published by now.

    ``replaced`` are reviewing States that review one no longer. Raises ServiceError like ``table_for``, and by the
    field where there is nothing to build on, or where States are named in a draw that has no room for them.
    """
    if obstacle := obstacle_to(phase, basis.kind, is_training=is_training):
        raise ServiceError(obstacle, field="basis")
    roles = roles_to_draw(phase.mechanism)
    if switches.load == "two" and len(roles) < len(ROLES):
        raise ServiceError(_("One reviewing State is drawn: nobody has a duty in each of two roles."), field="load")
    _check_replaced(replaced, switches, basis)
    if basis == DrawBasis.FIRST:
        table = table_for(phase.mechanism, as_of, switches, is_training=is_training)
        return DrawInput(table, switches, as_of.isoformat(), first_terms(table.instruments, roles))
    base = draw_before(phase, basis.kind, is_training=is_training)
    if base is None:
        raise ServiceError(_nothing_before(basis), field="basis")
    return _input_on(base, phase, as_of, switches, basis, replaced, roles)


def _input_on(
    base: Draw,
    phase: Phase,
    as_of: dt.date,
    switches: Switches,
    basis: DrawBasis,
    replaced: Sequence[Pair],
    roles: tuple[str, ...],
) -> DrawInput:
    """That of a draw on others: the whole chain is frozen with it, whichever of its phases it adds to."""
    is_training, is_added = base.is_training, basis == DrawBasis.SUPPLEMENTARY
    results = results_until(last_of_chain(base))
    began = additions_to(results, result_hash_of(base) or "", switches.late) if is_added else ""
    before = standing_after(results, began)
    _check_late(switches, basis, before.reviewed, replaced)
    if is_added:
        check_teams(phase, before, switches.redraw, replaced)
    # Who is late takes part with what it has joined by that day, like everybody.
    table = table_for(phase.mechanism, as_of, replace(switches, late=()), is_training=is_training, named=False)
    if is_added:
        there = {*before.groups, *switches.late}
        table = replace(table, parties=tuple(party for party in table.parties if party.code in there))
    _check_switches(switches, {*table.by_code})
    terms = DrawTerms(
        basis.kind.value,
        before.hashes,
        basis.teams,
        replace=tuple(sorted(set(replaced))),
        instruments=table.instruments,
        roles=roles,
        supplements=began,
    )
    return DrawInput(table, switches, as_of.isoformat(), terms, tuple(results))


def _nothing_before(basis: DrawBasis) -> str:
    if basis == DrawBasis.SUPPLEMENTARY:
        return _("No draw of this phase is published yet: there is nothing that could be added to.")
    return _("No draw of an earlier phase is published: there is nothing to build on.")


def _check_replaced(replaced: Sequence[Pair], switches: Switches, basis: DrawBasis) -> None:
    if replaced and basis != DrawBasis.SUPPLEMENTARY:
        message = _("Reviewing States are replaced in a supplementary draw: choose the draw of this phase above.")
        raise ServiceError(message, field="replaced")
    both = sorted({state for _reviewer, state in replaced} & {*switches.redraw, *switches.late})
    if both:
        message = _("For these States all reviewing States are drawn anyhow: %(codes)s.")
        raise ServiceError(message % {"codes": in_own_order(", ".join(both))}, field="replaced")


def _check_late(switches: Switches, basis: DrawBasis, known: Collection[str], replaced: Sequence[Pair]) -> None:
    if basis != DrawBasis.SUPPLEMENTARY:
        if switches.late or switches.redraw:
            message = _("In a draw that builds on another one, States that joined late and redraws are supplementary.")
            raise ServiceError(message, field="late" if switches.late else "redraw")
    elif not (switches.late or switches.redraw or replaced):
        message = _("Say for whom: States that have joined late, a team that is drawn once more, or who is replaced.")
        raise ServiceError(message, field="late")
    elif twice := sorted({*switches.late}.intersection(known)):
        message = _("These States have been drawn in this phase, and have reviewing States: %(codes)s.")
        raise ServiceError(message % {"codes": in_own_order(", ".join(twice))}, field="late")
    if switches.volunteer:
        raise ServiceError(_("The groups are drawn once: nobody volunteers afterwards."), field="volunteer")


def input_of(draw: Draw) -> DrawInput:
    """The frozen input."""
    terms = DrawTerms.from_json(draw.terms) if draw.terms else None
    content = bytes(DrawFile.objects.get(draw=draw, name="input.csv").content)
    table = PartyTable.from_csv(content, terms.instruments) if terms else PartyTable.from_csv(content)
    results = tuple(results_named(terms.previous)) if terms else ()
    return DrawInput(table, Switches.from_json(draw.switches), draw.as_of.isoformat(), terms, results)


def require_possible(given: DrawInput) -> None:
    """Raises ServiceError where no trial draw keeps all rules: what cannot be drawn is not frozen, nor announced."""
    if problems := report_on(given).problems:
        words = _("No trial draw keeps all rules, so nothing is frozen. The report says what would mend it.")
        raise ServiceError("\n".join([words, *problems]))


def report_on(given: DrawInput) -> FeasibilityReport:
    """How tight the input is for each group and instrument, and whether a trial draw keeps all rules.

    States that are late are counted with the others: they take part.
    """
    groups = {group.name_en: group.name for group in RegionalGroup.objects.all()}  # type: ignore[attr-defined]
    instruments = dict(Instrument.objects.values_list("slug", "short_name"))
    rows = [
        FeasibilityRow(groups[each.regional_group], instruments[each.instrument], each)
        for each in feasibility(given.table, replace(given.switches, late=()), given.roles)
    ]
    trial = _trial(given)
    if isinstance(trial, ImpossibleDrawError):
        return FeasibilityReport(rows, impossible_words(trial, names_of(given.table), instruments), None)
    return FeasibilityReport(rows, [], trial.extras, trial.kept, trial.drawn)


def _trial(given: DrawInput) -> Trial | ImpossibleDrawError:
    """What came of a draw for a try, or why there is none; the same for this input and this program."""
    key = f"lots.trial.{given.commitment}.{sha256(archive_bytes())}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        try:
            kept = written(_tried(given))
        except ImpossibleDrawError as error:
            kept = written(error)
        cache.set(key, kept, KEPT_FOR)
    return read(kept)


def _tried(given: DrawInput) -> Trial:
    for seed in TRIAL_SEEDS[:-1]:
        try:
            return _tried_with(given, seed)
        except ImpossibleDrawError as error:
            if error.conflict or error.incomplete or error.broken:
                raise
    return _tried_with(given, TRIAL_SEEDS[-1])


def _tried_with(given: DrawInput, seed: str) -> Trial:
    drawn = given.drawn(seed)
    if not isinstance(drawn, ChainedDraw) or drawn.terms.teams == ANEW:
        return Trial(drawn.extras)
    evidence = next(finding.evidence for finding in drawn.findings if finding.rule == "teams_kept")
    return Trial(drawn.extras, evidence["kept"], evidence["drawn"])


def names_of(table: PartyTable) -> dict[str, str]:
    """The names of the States in the reader's language, by code."""
    states = StateParty.objects.filter(iso3__in=[party.code for party in table.parties])
    return {state.iso3: state.name for state in states}


def _joined(
    mechanism: Mechanism, as_of: dt.date, switches: Switches, *, is_training: bool
) -> Iterable[tuple[StateParty, set[str]]]:
    rows = Adherence.objects.filter(
        instrument__mechanism=mechanism, state_party__is_fictional=is_training
    ).select_related("state_party__regional_group", "instrument")
    joined: dict[StateParty, set[str]] = {}
    for row in rows:
        if row.deposited_on <= as_of or row.state_party.iso3 in switches.late:
            joined.setdefault(row.state_party, set()).add(row.instrument.slug)
    return joined.items()


def _party(state: StateParty, joined: set[str], switches: Switches, instruments: tuple[str, ...]) -> Party:
    group = state.regional_group
    return Party(
        code=state.iso3,
        name=state.name_en,  # type: ignore[attr-defined]
        regional_group=group.name_en if group else switches.reio_group,  # type: ignore[attr-defined]
        instruments=tuple(name for name in instruments if name in joined),
        legal_system=state.legal_system if switches.legal_system else "",
    )


def _check_switches(switches: Switches, present: set[str]) -> None:
    """What ``table_of`` checks too, said in the reader's language and by the field."""
    for key, codes in switches.named.items():
        if unknown := sorted(set(codes) - present):
            message = _("No State with this code takes part in the draw: %(codes)s.")
            raise ServiceError(message % {"codes": in_own_order(", ".join(unknown))}, field=key)
    if both := sorted({*switches.late} & {*switches.redraw, *switches.volunteer}):
        message = _("A State that joined late cannot be drawn anew or volunteer as well: %(codes)s.")
        raise ServiceError(message % {"codes": in_own_order(", ".join(both))}, field="late")
