"""The rules of a draw that builds on others: those of a first draw where they apply, and that what is kept is kept."""

from collections.abc import Mapping, Sequence

from lots.algorithm.chain import Keeping, StandingResult, groups_with
from lots.algorithm.result import DrawnPairing
from lots.algorithm.rules import CHECKS, Drawn, RuleFinding
from lots.algorithm.terms import ANEW, BROUGHT_IN, FIRST, SUPPLEMENTARY, DrawTerms

_OF_GROUPS = ("groups_even", "groups_stratified", "groups_from_seed")
_OF_TEAMS = tuple(rule for rule in CHECKS if rule not in _OF_GROUPS)


def chained_findings(drawn: Drawn, terms: DrawTerms, before: StandingResult) -> list[RuleFinding]:
    """All rules of this kind of draw, in the order of the certificate. ``before`` is without those who have left."""
    of_groups = {FIRST: _OF_GROUPS, BROUGHT_IN: _OF_GROUPS[:2]}.get(terms.kind, ())
    found = [] if of_groups else [_groups_kept(drawn, terms, before), _teams_kept(drawn, terms, before)]
    for rule in (*of_groups, *_OF_TEAMS):
        evidence, breaches = CHECKS[rule](drawn)
        found.append(RuleFinding(rule, evidence, tuple(breaches)))
    return found


def _groups_kept(drawn: Drawn, terms: DrawTerms, before: StandingResult) -> RuleFinding:
    is_added = terms.kind == SUPPLEMENTARY
    joining = drawn.switches.late if is_added else sorted(drawn.table.by_code)
    newcomers = [code for code in joining if code not in before.groups]
    expected = groups_with(newcomers, drawn.table, before)
    breaches = [code for code in sorted({*expected, *drawn.groups}) if expected.get(code) != drawn.groups.get(code)]
    return RuleFinding("groups_kept", {"states": len(expected), "newcomers": len(newcomers)}, tuple(breaches))


def _teams_kept(drawn: Drawn, terms: DrawTerms, before: StandingResult) -> RuleFinding:
    if terms.teams == ANEW:
        return RuleFinding("teams_kept", {"asked_for": False}, ())
    keeping = Keeping(drawn.table, drawn.switches, terms, drawn.groups)
    codes = sorted(terms.barred) if terms.kind == SUPPLEMENTARY else sorted(drawn.groups)
    kept = {code: keeping.kept(code, before.team(code)) for code in codes}
    stays = sum(len(team) for teams in kept.values() for team in teams.values())
    evidence = {"kept": stays, "drawn": len(drawn.own) - stays}
    torn = tuple(code for code, teams in kept.items() if _is_torn(drawn, keeping, code, teams))
    return RuleFinding("teams_kept", evidence, torn)


def _is_torn(drawn: Drawn, keeping: Keeping, code: str, kept: Mapping[str, Sequence[DrawnPairing]]) -> bool:
    """Whether somebody who stays is missing from the team of a State, or has come for what nothing was open."""
    still_open = keeping.open_roles(code, kept)
    for role in keeping.terms.roles:
        team, stays = {each for each in drawn.by_state[code] if each.role == role}, {*kept.get(role, ())}
        if not stays <= team or (role not in still_open and stays != team):
            return True
    return False
