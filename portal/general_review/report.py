"""The figures in words: title, paragraphs and tables, which page, Word and Excel set; in the active language."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, pgettext

from accounts.states import regional_groups
from core.language.i18n import in_own_order, list_of
from core.templatetags.components import date_words
from portal.cockpit import Report, ReportTable, number_told
from portal.general_review.blurring import least_of
from portal.general_review.selectors import JOIN, CountedTable, GeneralFigures
from portal.general_review.telling import ToldLine
from reviews.programme.models import Mechanism


def general_report(mechanism: Mechanism, figures: GeneralFigures, now: dt.datetime) -> Report:
    """A draft for the general report: what was agreed in all reviews together. It names no State and ranks none."""
    day = date_words(timezone.localdate(now))
    title = _("What was observed in the country reviews: draft for the general report")
    return Report(title, mechanism.name, day, _paragraphs(figures, day), tables_of(figures), method(figures))


def tables_of(figures: GeneralFigures) -> list[ReportTable]:
    tables = []
    if figures.by_instrument is not None:
        first = figures.by_instrument
        tables.append(_table(_("By instrument"), _("Instrument"), first, figures, figures.instruments))
    for table in figures.by_article:
        title = _("By article: %(instrument)s") % {"instrument": figures.instruments[table.key]}
        tables.append(_table(title, _("Article"), table, figures, {}))
    for table in figures.by_type:
        slug = table.key.removesuffix("-needs")
        title = _("Technical assistance needed: %(instrument)s") % {"instrument": figures.instruments[slug]}
        tables.append(_table(title, _("Type of assistance"), table, figures, figures.types.get(slug, {})))
    if figures.by_region is not None:
        names = {group.slug: group.name for group in regional_groups()}
        tables.append(_table(_("By regional group"), _("Regional group"), figures.by_region, figures, names))
    return tables


def _paragraphs(figures: GeneralFigures, day: str) -> list[str]:
    if figures.by_instrument is None:
        words = _("The lists that are counted are of fewer than five States: nothing can be said without naming one.")
        return [words]
    words = ngettext(
        "As of %(day)s the agreed lists of observations of %(number)d State are counted.",
        "As of %(day)s the agreed lists of observations of %(number)d States are counted.",
        figures.by_instrument.lists,
    )
    counted = words % {"day": day, "number": figures.by_instrument.lists}
    headings = list_of([*figures.headings.values()])
    each = _(
        "Each number of a single row says in the lists of about how many States something stands below a heading: "
        "%(headings)s."
    )
    return [f"{counted} {each % {'headings': headings}}"]


def method(figures: GeneralFigures) -> str:
    told = _(
        "So that nobody can make out a State, chance is added to every number before it is told: two of three are at "
        "most 1 off and nine of ten at most 3, and looking again gives the same. On average nothing is added; a number "
        "may therefore be larger than that of the lists. A dash stands for fewer than %(least)d, for none, or for a "
        "number from which one of these could be worked out; lists are counted as they come, the first 5, 10, 20, 40 "
        "and so on."
    ) % {"least": figures.least}
    sums = _(
        "Rows with little stand together. Such a row counts a State once for each article or type in it, and a sum "
        "once for each number: these say how often something was observed, not in how many States. They hold the "
        "chance of all their numbers, and are told only where they are larger than that: of four numbers from "
        "%(four)d on, of a hundred from %(hundred)d on."
    ) % {"four": least_of(figures.least, 4), "hundred": least_of(figures.least, 100)}
    return f"{told} {sums} {_('The numbers say nothing of how well a State does.')}"


def _table(
    title: str, head: str, counted: CountedTable, figures: GeneralFigures, names: Mapping[str, str]
) -> ReportTable:
    told = counted.table
    heads = [head, *(figures.headings.get(kind, "") for kind in counted.columns)]
    if len(counted.columns) == 1:  # how often a type is needed: a State may need several, so that no sum says anything
        rows = [[_name(line, names), *map(number_told, line.values)] for line in told.lines]
        return ReportTable(title, heads, rows, _of_lists(counted), has_sum=False)
    heads.append(pgettext("of a table", "Sum"))
    rows = [[_name(line, names), *map(number_told, (*line.values, line.total))] for line in told.lines]
    has_sum = len(rows) > 1 and told.total is not None
    if has_sum:
        rows.append([pgettext("of a table", "Sum"), *map(number_told, (*told.sums, told.total))])
    return ReportTable(title, heads, rows, _of_lists(counted), has_sum=has_sum)


def _of_lists(counted: CountedTable) -> str:
    words = ngettext("Of the lists of %(number)d State.", "Of the lists of %(number)d States.", counted.lists)
    return words % {"number": counted.lists}


def _name(line: ToldLine, names: Mapping[str, str]) -> str:
    """Of a row that is put together of many, how many these are."""
    if len(line.names) > 1:
        return _others(line.names, is_of_types=bool(names))
    keys = line.names[0].split(JOIN)
    return list_of([in_own_order(names.get(key) or key) if key else _("No group") for key in keys])


def _others(keys: Sequence[str], *, is_of_types: bool) -> str:
    if is_of_types:
        words = ngettext("%(number)d type with little together", "%(number)d types with little together", len(keys))
        return words % {"number": len(keys)}
    words = ngettext("%(number)d article with little together", "%(number)d articles with little together", len(keys))
    return words % {"number": len(keys)}
