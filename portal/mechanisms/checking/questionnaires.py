"""The questionnaires of a mechanism's folder: their shape, their own rules, and whether they fit its programme."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _, gettext as translated

from portal.mechanisms.checking.kinds import MOST_FAULTS, Fault
from portal.mechanisms.checking.rules import Data, PortalFacts
from questionnaires.definitions import NOT_PARTY_TO, QuestionnaireDefinition, SectionDefinition
from questionnaires.files import built, flaw_words, flaws_of, misfits

_FORMAT_VERSION = 1


def wrong_questionnaires(found: Mapping[str, Any], rules: Data, portal: PortalFacts) -> Iterator[Fault]:
    """``found``: by the name of its file, what was read of it; ``rules`` is ``mechanism.json``, without a fault."""
    clusters = {row["roman"]: row for row in rules["clusters"]}
    of_clusters: set[str] = set()
    for name, data in found.items():
        misfitting = islice(misfits(data), MOST_FAULTS)
        wrong = [Fault(name, misfit.place, translated(misfit.message) % misfit.facts) for misfit in misfitting]
        if not wrong and data["format_version"] != _FORMAT_VERSION:
            words = _("only %(version)s can be read") % {"version": _FORMAT_VERSION}
            wrong = [Fault(name, "format_version", words)]
        if wrong:
            yield from wrong
            continue
        definition = built(data)
        yield from (Fault(name, *each) for each in _wrong_flaws(definition))
        yield from (Fault(name, *each) for each in _wrong_head(definition, rules, clusters, portal))
        if definition.cluster in of_clusters:
            yield Fault(name, "cluster", _("“%(value)s” stands there twice") % {"value": definition.cluster})
        of_clusters.add(definition.cluster)
        if definition.cluster in clusters:
            yield from (Fault(name, *each) for each in _wrong_sections(definition, clusters[definition.cluster], rules))


def _wrong_flaws(definition: QuestionnaireDefinition) -> Iterator[tuple[str, str]]:
    items = {item.code: item for item in definition.items()}
    for flaw in flaws_of(definition):
        yield "/".join(flaw.place), flaw_words(flaw, items)


def _wrong_head(
    definition: QuestionnaireDefinition, rules: Data, clusters: Mapping[str, Any], portal: PortalFacts
) -> Iterator[tuple[str, str]]:
    if definition.mechanism != rules["slug"]:
        words = _("“%(value)s” stands there, and “%(wanted)s” is expected")
        yield "mechanism", words % {"value": definition.mechanism[:50], "wanted": rules["slug"]}
    if definition.cluster not in clusters:
        words = _("“%(value)s” is not among %(where)s")
        yield "cluster", words % {"value": definition.cluster[:20], "where": "clusters"}
    if definition.slug in portal.questionnaires:
        yield "slug", _("a questionnaire with this short name is in the portal already")


def _wrong_sections(definition: QuestionnaireDefinition, cluster: Data, rules: Data) -> Iterator[tuple[str, str]]:
    known = {(row["instrument"], row["number"]) for row in rules["articles"]}
    slugs = {row["slug"] for row in rules["instruments"]}
    for part in definition.parts:
        if part.instrument not in slugs:
            words = _("“%(value)s” is not among %(where)s")
            yield part.instrument, words % {"value": part.instrument[:50], "where": "instruments"}
            continue
        for section in part.sections:
            place = f"{part.instrument}/{section.slug}"
            for number in section.articles:
                if number.isdecimal() and (part.instrument, int(number)) not in known:
                    words = _("“%(value)s” is not among %(where)s")
                    yield place, words % {"value": number, "where": "articles"}
            if wrong := _wrong_readers(section, part.instrument, cluster):
                yield place, wrong


def _wrong_readers(section: SectionDefinition, instrument: str, cluster: Data) -> str:
    """A section is for the States whose review the programme has its articles in (``ClusterArticle``)."""
    reviewed = {str(number): "" for number in cluster["articles"].get(instrument, [])}
    for condition in cluster["conditions"]:
        if condition["instrument"] == instrument:
            reviewed |= {str(number): condition["unless_party_to"] or "" for number in condition["articles"]}
    asked = (section.applicability or "").removeprefix(NOT_PARTY_TO)
    of_programme = {reviewed[number] for number in section.articles if number in reviewed} or {""}
    if of_programme == {asked}:
        return ""
    words = _("the programme reviews these articles for other States than “applicability” says: “%(value)s”")
    return words % {"value": ", ".join(f"{NOT_PARTY_TO}{each}" for each in sorted(of_programme) if each)}
