"""What the agreed lists of a mechanism hold, counted by State, and blurred before anybody sees it.

Lists are counted in the order in which the portal came to know them, the first 5, 10, 20, 40 …: what is told changes
with each doubling alone, and the chance in it hangs by exactly which lists are counted.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from core.database.identity import looking_past_rooms
from observations.needs.models import AssistanceNeed, AssistanceType
from observations.texts import ON_AGREED_LIST
from observations.texts.enums import ObservationKind, TextKind, TextStatus
from observations.texts.models import Observation, ObservationHeading, TextVersion
from portal.cockpit import LEAST_GROUP, LEAST_TOLD
from portal.general_review.blurring import blurred
from portal.general_review.telling import Line, ToldTable, put_together, told_one_by_one, told_table
from reviews.programme.models import Article, ClusterArticle, Instrument, Limit, Mechanism

JOIN = "+"  # between the short names of groups that stand together
LEAST_LIMIT = "general_review_least"


@dataclass(frozen=True, slots=True)
class KnownList:
    """An agreed list. ``key``: of its standing version; one that is brought in anew is another list."""

    key: UUID
    state: UUID
    instrument: str


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """One observation of an agreed list: of which, and where it counts. ``types``: of the needs that it records."""

    of: KnownList
    heading: str
    articles: tuple[int, ...]
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreedLists:
    """What is counted. ``known``: the lists, in the order in which the portal came to know them; ``regions``: by State,
    its regional group; ``articles``: by instrument, those of the programme, whether anything was observed on them or
    not: a row that came with an observation would tell of it. So are ``types`` of assistance: those of the mechanism.
    """

    rows: Sequence[AgreedRow]
    known: Sequence[KnownList]
    regions: Mapping[UUID, str]
    articles: Mapping[str, Sequence[int]]
    types: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A table as it is told. ``lists``: of how many States it counts; ``key``: the instrument, or what it is by."""

    key: str
    lists: int
    columns: Sequence[str]
    table: ToldTable


@dataclass(frozen=True, slots=True)
class GeneralFigures:
    """``headings`` and ``instruments`` are names by short name, in their order; ``least``: what is told at least.

    ``types`` of assistance are names by key, of each instrument.
    """

    headings: Mapping[str, str]
    instruments: Mapping[str, str]
    least: int
    by_instrument: CountedTable | None
    by_article: Sequence[CountedTable]
    by_region: CountedTable | None
    by_type: Sequence[CountedTable] = ()
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.by_instrument is None


def least_told(mechanism: Mechanism) -> int:
    """A rule of the mechanism, which may be raised and not lowered below ``LEAST_TOLD``."""
    found = Limit.objects.filter(mechanism=mechanism, key=LEAST_LIMIT).values_list("value", flat=True).first()
    return max(found or LEAST_TOLD, LEAST_TOLD)


def general_figures(mechanism: Mechanism) -> GeneralFigures:
    """A constant number of queries. The caller has asked the policy."""
    headings = dict(
        ObservationHeading.objects.filter(mechanism=mechanism).order_by("order").values_list("kind", "name")
    )
    named = Instrument.objects.filter(mechanism=mechanism).order_by("order")
    instruments = dict(named.values_list("slug", "short_name"))
    articles: dict[str, list[int]] = {}
    of_programme = ClusterArticle.objects.filter(cluster__mechanism=mechanism).values("article")
    numbers = Article.objects.filter(pk__in=of_programme).order_by("instrument__order", "number")
    for slug, number in numbers.values_list("instrument__slug", "number"):
        articles.setdefault(slug, []).append(number)
    types: dict[str, dict[str, str]] = {}
    for each in AssistanceType.objects.filter(instrument__mechanism=mechanism).select_related("instrument"):
        types.setdefault(each.instrument.slug, {})[each.key] = each.name
    with looking_past_rooms():
        known, regions = _known(mechanism)
        rows = _rows(mechanism, known)
        while (again := _known(mechanism)) != (known, regions):  # one moment for both: the chance hangs by the lists
            known, regions = again
            rows = _rows(mechanism, known)
        lists = AgreedLists(rows, known, regions, articles, {slug: [*named] for slug, named in types.items()})
    return replace(figures_of(lists, headings, instruments, least_told(mechanism), _key(mechanism)), types=types)


def figures_of(
    lists: AgreedLists, headings: Mapping[str, str], instruments: Mapping[str, str], least: int, key: bytes
) -> GeneralFigures:
    told = _Telling([*headings], least, key)
    everybody = counted(lists.known)
    by_article = [_by_article(told, slug, lists) for slug in instruments]
    by_type = [_by_type(told, slug, lists) for slug in instruments if slug in lists.types]
    return GeneralFigures(
        headings,
        instruments,
        least,
        told.table("instruments", everybody, lists.rows, instruments, lambda row: (row.of.instrument,), merges=False),
        [table for table in by_article if table is not None],
        _by_region(told, everybody, lists),
        [table for table in by_type if table is not None],
    )


def counted(known: Sequence[KnownList]) -> frozenset[KnownList]:
    """The first 5, 10, 20, 40 … of lists in their order; none where these are of fewer than ``LEAST_GROUP`` States."""
    doublings = (len(known) // LEAST_GROUP).bit_length() - 1
    first = frozenset(known[: LEAST_GROUP << doublings]) if doublings >= 0 else frozenset()
    return first if len(_states_of(first)) >= LEAST_GROUP else frozenset()


def _states_of(lists: Iterable[KnownList]) -> frozenset[UUID]:
    return frozenset(each.state for each in lists)


def _by_region(told: "_Telling", counted_lists: frozenset[KnownList], lists: AgreedLists) -> CountedTable | None:
    """By regional group alone, never crossed with articles; groups of few States stand together."""
    together = joined_groups(Counter(lists.regions[state] for state in _states_of(counted_lists)))
    name_of = {region: JOIN.join(group) for group in together for region in group}
    return told.table(
        "regions",
        counted_lists,
        lists.rows,
        [JOIN.join(group) for group in together],
        lambda row: (name_of[lists.regions[row.of.state]],) if row.of in counted_lists else (),
        merges=False,
    )


def joined_groups(members: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Groups with fewer than ``LEAST_GROUP`` members as one, with the smallest others while that is too small."""
    groups = sorted(members)
    few = [group for group in groups if members[group] < LEAST_GROUP]
    many = [group for group in groups if group not in few]
    while many and 0 < sum(members[group] for group in few) < LEAST_GROUP:
        smallest = min(many, key=lambda group: (members[group], group))
        many.remove(smallest)
        few.append(smallest)
    return [*((group,) for group in many), *([tuple(sorted(few))] if few else [])]


def _by_article(told: "_Telling", slug: str, lists: AgreedLists) -> CountedTable | None:
    return told.table(
        slug,
        counted([each for each in lists.known if each.instrument == slug]),
        [row for row in lists.rows if row.of.instrument == slug],
        [str(number) for number in lists.articles.get(slug, ())],
        lambda row: tuple(map(str, row.articles)),
    )


def _by_type(told: "_Telling", slug: str, lists: AgreedLists) -> CountedTable | None:
    """Of how many States the list records a need of each type; crossed with nothing."""
    return replace(told, headings=[ObservationKind.ASSISTANCE_NEED]).table(
        f"{slug}-needs",
        counted([each for each in lists.known if each.instrument == slug]),
        [row for row in lists.rows if row.of.instrument == slug],
        lists.types[slug],
        lambda row: row.types,
        has_sums=False,
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """How all tables of a mechanism are told."""

    headings: Sequence[str]
    least: int
    key: bytes

    def table(
        self,
        name: str,
        lists: frozenset[KnownList],
        rows: Iterable[AgreedRow],
        lines: Iterable[str],
        places: Callable[[AgreedRow], tuple[str, ...]],
        *,
        merges: bool = True,
        has_sums: bool = True,
    ) -> CountedTable | None:
        """How many States have something in each place below each heading; None where too few have agreed lists."""
        if not lists:
            return None
        states, drawn = len(_states_of(lists)), _drawn_for(lists)
        having: dict[Hashable, set[UUID]] = {}
        for row in rows:
            for place in places(row):
                if row.of in lists:
                    having.setdefault((place, row.heading), set()).add(row.of.state)

        def told(line: str, kind: str) -> int:
            return blurred(len(having.get((line, kind), ())), self.key, f"{name}|{line}|{kind}|{drawn}")

        blurred_lines = [Line((line,), tuple(told(line, kind) for kind in self.headings)) for line in lines]
        shown = put_together(blurred_lines) if merges else blurred_lines
        whole = told_table(shown, states, self.least) if has_sums else told_one_by_one(shown, self.least)
        return CountedTable(name, states, self.headings, whole)


def _drawn_for(lists: Iterable[KnownList]) -> str:
    """What the chance hangs by: the same for the same lists, however often somebody looks, and another for any other.

    Were it one for two sets of lists, the difference of what is told would be that of what they hold.
    """
    return sha256("|".join(sorted(str(each.key) for each in lists)).encode()).hexdigest()


def _key(mechanism: Mechanism) -> bytes:
    made: bytes = salted_hmac(
        "portal.general_review", mechanism.slug, secret=settings.SECRET_KEY, algorithm="sha256"
    ).digest()
    return made


def _known(mechanism: Mechanism) -> tuple[list[KnownList], dict[UUID, str]]:
    """In the order in which the portal came to know them: a list that is brought in has a day of long ago."""
    state = "agreed_text__review__state_under_review"
    rows: Any = (
        TextVersion.objects.filter(
            cancelled_at=None,
            agreed_text__kind=TextKind.LIST_OF_OBSERVATIONS,
            agreed_text__status=TextStatus.AGREED,
            agreed_text__review__mechanism=mechanism,
        )
        .order_by(Greatest("agreed_text__agreed_at", "created_at"), "pk")
        .values_list("pk", state, "agreed_text__instrument__slug", f"{state}__regional_group__slug")
    )
    known: list[KnownList] = []
    regions: dict[UUID, str] = {}
    for key, of_state, instrument, region in rows:
        known.append(KnownList(key, of_state, instrument))
        regions[of_state] = region or ""
    return known, regions


def _rows(mechanism: Mechanism, known: Iterable[KnownList]) -> list[AgreedRow]:
    """Of the versions that are ``known``, whatever was agreed since these were read."""
    by_key = {each.key: each for each in known}
    through = Observation.articles.through
    numbers = through.objects.filter(observation=OuterRef("pk")).order_by("article__number").values("article__number")
    types = AssistanceNeed.objects.filter(observation=OuterRef("pk")).order_by("order").values("type__key")
    rows = (
        Observation.objects.filter(
            ON_AGREED_LIST,
            agreed_text__versions__cancelled_at=None,
            review__mechanism=mechanism,
        )
        .order_by()
        .annotate(version=F("agreed_text__versions"), numbers=ArraySubquery(numbers), types=ArraySubquery(types))
        .values_list("version", "heading__kind", "numbers", "types")
    )
    return [
        AgreedRow(by_key[key], kind, tuple(found), tuple(needed)) for key, kind, found, needed in rows if key in by_key
    ]
