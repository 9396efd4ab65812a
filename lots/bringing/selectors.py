"""What a draw made elsewhere would be in the portal, and which rules it keeps."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from accounts.states import codes_by_name
from core.errors import ServiceError
from core.language.i18n import isolated
from lots.algorithm import (
    AS_MADE,
    BROUGHT_IN,
    ChainedDraw,
    DrawnPairing,
    DrawTerms,
    PartyTable,
    brought_in,
)
from lots.algorithm.canonical import sha256
from lots.algorithm.table import ROLES
from lots.bringing.sheet import BroughtPair, KnownWords
from lots.chain import instrument_words, roles_to_draw
from lots.preparation import default_switches, names_of, table_for
from lots.words import first_of
from reviews.programme import instruments
from reviews.programme.models import Mechanism, Phase


def known_words(mechanism: Mechanism) -> KnownWords:
    rows = instruments().filter(mechanism=mechanism)
    words = {word.casefold(): row.slug for row in rows for word in (row.slug, row.short_name)}
    numbers = frozenset(group.number for group in mechanism.review_groups.all())
    return KnownWords(codes_by_name(), words, numbers)


def made_elsewhere(
    phase: Phase, as_of: dt.date, pairs: Sequence[BroughtPair], *, source: str, is_training: bool
) -> ChainedDraw:
    """The draw as it would be stored: who was party to what on its day from the portal, the rest from the file.

    Raises ServiceError (field ``file``) for States that were no party on that day.
    """
    # Whom the rules name is asked before a draw, not after: who consents or volunteers, say.
    switches = default_switches(phase.mechanism).without_states
    whole = table_for(phase.mechanism, as_of, switches, is_training=is_training)
    groups = {pair.state: pair.group for pair in pairs}
    strange = {*groups, *(pair.reviewer for pair in pairs if pair.reviewer)} - {*whole.by_code}
    if strange:
        states = first_of([isolated(code) for code in sorted(strange)])
        first = instrument_words(phase.mechanism)[whole.instruments[0]]
        message = _("These States were not party to the instrument “%(instrument)s” on this day: %(states)s.")
        raise ServiceError(message % {"instrument": isolated(first), "states": states}, field="file")
    reviewing = {pair.reviewer for pair in pairs}
    table = PartyTable(tuple(party for party in whole.parties if party.code in groups), whole.instruments)
    if only_reviewing := sorted(reviewing - {*groups} - {""}):
        message = _("These States review others and are in no group of the file: %(states)s.")
        raise ServiceError(message % {"states": first_of([isolated(code) for code in only_reviewing])}, field="file")
    roles = roles_to_draw(phase.mechanism)
    terms = DrawTerms(BROUGHT_IN, teams=AS_MADE, source=source, instruments=whole.instruments, roles=roles)
    return brought_in(table, terms, groups, list(_pairings(table, pairs)), as_of=as_of.isoformat(), switches=switches)


def fingerprint_of(made: ChainedDraw, phase: Phase) -> str:
    """Of all that would be stored, and for which phase."""
    return sha256(str(phase.pk).encode() + b"".join(content for _name, content in sorted(made.files().items())))


def missing_parties(made: ChainedDraw, phase: Phase, as_of: dt.date, *, is_training: bool) -> list[str]:
    """The names of parties of that day which the file leaves out."""
    whole = table_for(phase.mechanism, as_of, made.switches, is_training=is_training)
    names = names_of(whole)
    return [names[party.code] for party in whole.parties if party.code not in made.table.by_code]


def _pairings(table: PartyTable, pairs: Sequence[BroughtPair]) -> list[DrawnPairing]:
    teams: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
    for pair in pairs:
        if pair.reviewer:
            own, its = table.by_code[pair.state], table.by_code[pair.reviewer]
            role = ROLES[own.regional_group != its.regional_group]
            shared = table.in_order({*own.instruments} & {*its.instruments})
            given = table.in_order(pair.instruments) or shared
            teams.setdefault((pair.state, role), []).append((pair.reviewer, given))
    found = []
    for (state, role), team in teams.items():
        # Everybody has joined the first instrument: who reviews it is no extra reviewer, who only fill gaps.
        base = max(team, key=lambda one: (table.instruments[0] in one[1], len(one[1]), one[0]))
        found += [DrawnPairing(state, code, role, code != base[0], names) for code, names in team]
    return found


def breaches(made: ChainedDraw, names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Each rule that the draw does not keep, with the States (or pairs) concerned, by name."""

    def named(breach: str) -> str:
        return " – ".join(isolated(names.get(code, code)) for code in breach.split(">"))

    return [(each.rule, [named(breach) for breach in each.breaches]) for each in made.findings if not each.holds]
