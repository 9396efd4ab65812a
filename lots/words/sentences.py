"""The draw in words: what is in conflict, what would mend it, what a rule of the certificate says.

The algorithm gives codes alone (``lots.algorithm``); here they become sentences in the active language.
"""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.language.i18n import in_own_order, isolated, list_of
from lots.algorithm import ROLES, ConflictRule, ImpossibleDrawError, Mend, RuleConflict

SAME, OTHER = ROLES

RULE_WORDS: Mapping[str, str | Promise] = {
    "groups_even": gettext_lazy("The sizes of the three groups differ by at most one."),
    "groups_stratified": gettext_lazy(
        "Within each regional group, too, the numbers in the three groups differ by at most one."
    ),
    "groups_from_seed": gettext_lazy("The groups are those that the seed gives."),
    "groups_kept": gettext_lazy("Every State stays in its group, and who has joined since is in the smallest."),
    "teams_kept": gettext_lazy(
        "Every reviewing State that may stay has stayed; others were drawn only where one is missing."
    ),
    "instruments_covered": gettext_lazy(
        "For every instrument that a State is party to, it has exactly one reviewing State from its own regional group "
        "and one from another."
    ),
    "roles": gettext_lazy(
        "Every reviewing State is from the regional group that its role asks for, and nobody reviews itself."
    ),
    "reviewers_are_parties": gettext_lazy("Every reviewing State is party to the instruments that it reviews."),
    "no_mutual_reviews": gettext_lazy("No two States review one another."),
    "base_reviewers": gettext_lazy("In each role one State reviews all instruments to which both are party."),
    "extra_reviewers_fill_gaps": gettext_lazy(
        "Extra reviewing States review only what the other one of their role is not party to."
    ),
    "at_most_four": gettext_lazy("No State has more than four reviewing States, unless it consents."),
    "load": gettext_lazy("The number of States that a State reviews is within the limits."),
    "exclusions": gettext_lazy("No excluded pair was drawn."),
    "deferral": gettext_lazy("No State that defers reviews another one in the year of its own review."),
}

# Where one role is drawn.
_COVERED_BY_ONE: Mapping[str, str | Promise] = {
    SAME: gettext_lazy(
        "For every instrument that a State is party to, it has exactly one reviewing State, from its own regional "
        "group."
    ),
    OTHER: gettext_lazy(
        "For every instrument that a State is party to, it has exactly one reviewing State, from another regional "
        "group."
    ),
}

_RULES_IN_CONFLICT: Mapping[str, str | Promise] = {
    "no_mutual_reviews": gettext_lazy("No two States may review one another."),
    "at_most_four": gettext_lazy("A State has at most four reviewing States, unless it consents."),
    "load": gettext_lazy("The number of States that a State reviews is limited (switch “load”)."),
}
MOST_NAMES = 12  # of States or instruments in one sentence

Names = Mapping[str, str]


def rule_words(rule: str, roles: Sequence[str] = ROLES) -> str:
    """What a rule of the certificate says of a draw of these roles."""
    if rule == "instruments_covered" and len(roles) == 1:
        return str(_COVERED_BY_ONE[roles[0]])
    return str(RULE_WORDS[rule])


def impossible_words(error: ImpossibleDrawError, names: Names, instruments: Names) -> list[str]:
    """Why nothing was drawn, sentence by sentence.

    ``names`` are those of the States by code, ``instruments`` of the instruments by short name; who has none stands as
    in the files.
    """
    if error.conflict is not None:
        sentences = conflict_sentences(error.conflict, names, instruments)
        return [*sentences, *mend_sentences(error.conflict, names, instruments)]
    if error.late_or_redrawn:
        message = _("No reviewing States can be found for %(state)s while all other pairs stay as they are.")
        return [message % {"state": _name(error.late_or_redrawn, names)}]
    if error.incomplete:
        message = _("These teams cannot be kept as they are, since somebody is missing: %(states)s.")
        return [message % {"states": _listed(error.incomplete, names)}, _("Keep what is possible, and draw the rest.")]
    if error.broken:
        return [_("What would be kept breaks these rules:"), *map(rule_words, error.broken)]
    return [
        _("No draw was found within the limits of the search, and no proof that there is none. Nothing was drawn."),
        _("Relax a rule (for instance the limits of the load), or take an exclusion away, and try again."),
    ]


def conflict_sentences(conflict: RuleConflict, names: Names, instruments: Names) -> list[str]:
    """The demands and rules that cannot all be met. Without any one of them the others can."""
    sentences = [_("These cannot all be met together; without any one of them the others can:")]
    for role, needed in dict.fromkeys((demand.role, demand.instruments) for demand in conflict.demands):
        states = [each.code for each in conflict.demands if (each.role, each.instruments) == (role, needed)]
        sentences.append(_demand_words(role, _instruments(needed, instruments), states, names))
    sentences += [_rule_in_conflict(rule, names) for rule in conflict.rules]
    return sentences


def mend_sentences(conflict: RuleConflict, names: Names, instruments: Names) -> list[str]:
    """Each single change with which a draw is possible."""
    if not conflict.mends:
        return [_("No single change would make a draw possible.")]
    changes = [_mend(each, names, instruments) for each in conflict.mends]
    return [_("Any one of these changes would make a draw possible:"), *changes]


def first_of(names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    if len(names) <= MOST_NAMES:
        return list_of([*names])
    more = ngettext("%(number)d more", "%(number)d more", len(names) - MOST_NAMES)
    return list_of([*names[:MOST_NAMES], more % {"number": len(names) - MOST_NAMES}])


def _demand_words(role: str, instruments: str, states: Sequence[str], names: Names) -> str:
    message = (
        _(
            "A reviewing State from its own regional group that is party to the %(instruments)s is needed by: "
            "%(states)s."
        )
        if role == SAME
        else _(
            "A reviewing State from another regional group that is party to the %(instruments)s is needed by: "
            "%(states)s."
        )
    )
    return message % {"instruments": instruments, "states": _listed(states, names)}


def _rule_in_conflict(rule: ConflictRule, names: Names) -> str:
    if rule.name == "exclude":
        reviewer, under_review = rule.about.split(">")
        message = _("%(reviewer)s does not review %(state)s (exclusion).")
        return message % {"reviewer": _name(reviewer, names), "state": _name(under_review, names)}
    if rule.name == "defer":
        message = _("%(state)s does not review in the year of its own review.")
        return message % {"state": _name(rule.about, names)}
    return str(_RULES_IN_CONFLICT[rule.name])


def _mend(mend: Mend, names: Names, instruments: Names) -> str:
    if mend.left_out is not None:
        code, instrument = mend.left_out
        message = _("%(state)s is left out for the %(instrument)s, and gets reviewing States for it in a later draw.")
        return message % {"state": _name(code, names), "instrument": _instruments([instrument], instruments)}
    if mend.allows_mutual:
        return _("States may review one another (no switch does that: it would be another rule of the mechanism).")
    key, _equals, value = mend.switch.removeprefix("-").partition("=")
    if key == "consent":
        return _("%(state)s consents to more than four reviewing States.") % {"state": _name(value, names)}
    if key == "exclude":
        reviewer, under_review = value.split(">")
        message = _("The exclusion goes by which %(reviewer)s does not review %(state)s.")
        return message % {"reviewer": _name(reviewer, names), "state": _name(under_review, names)}
    if key == "defer":
        return _("%(state)s does not defer.") % {"state": _name(value, names)}
    return _("The switch is set to %(switch)s.") % {"switch": in_own_order(mend.switch)}


def _instruments(slugs: Sequence[str], names: Names) -> str:
    return list_of([isolated(names[slug]) if slug in names else in_own_order(slug) for slug in slugs])


def _listed(codes: Sequence[str], names: Names) -> str:
    return first_of([_name(code, names) for code in sorted(codes)])


def _name(code: str, names: Names) -> str:
    return isolated(f"{names[code]} ({code})") if code in names else in_own_order(code)
