"""What the agreed lists of a mechanism hold, counted by State, and blurred before anybody sees it.

Lists are counted in fives, in the order of their agreement: between two tables that are told, several States have come.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.crypto import salted_hmac

from core.database.identity import looking_past_rooms
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, ObservationHeading
from portal.cockpit import LEAST_GROUP, LEAST_TOLD
from portal.general_review.blurring import blurred
from portal.general_review.telling import Line, ToldTable, put_together, told_table
from reviews.programme.models import Article, ClusterArticle, Instrument, Limit, Mechanism

JOIN = "+"  # between the short names of groups that stand together
LEAST_LIMIT = "general_review_least"


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """One observation of an agreed list: whose list, and where it counts."""

    state: UUID
    instrument: str
    heading: str
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AgreedLists:
    """What is counted. ``agreed``: by instrument, and by "" for all, the States whose lists are agreed, in the order of
    that; ``regions``: the regional group of each; ``articles``: by instrument, those of the programme, whether anything
    was observed on them or not: a row that came with an observation would tell of it.
    """

    rows: Sequence[AgreedRow]
    agreed: Mapping[str, Sequence[UUID]]
    regions: Mapping[UUID, str]
    articles: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A table as it is told. ``lists``: of how many States it counts; ``key``: the instrument, or what it is by."""

    key: str
    lists: int
    columns: Sequence[str]
    table: ToldTable


@dataclass(frozen=True, slots=True)
class GeneralFigures:
    """``headings`` and ``instruments`` are names by short name, in their order; ``least``: what is told at least."""

    headings: Mapping[str, str]
    instruments: Mapping[str, str]
    least: int
    by_instrument: CountedTable | None
    by_article: Sequence[CountedTable]
    by_region: CountedTable | None

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
    with looking_past_rooms():
        agreed, regions = _agreed(mechanism)
        lists = AgreedLists(_rows(mechanism), agreed, regions, articles)
    return figures_of(lists, headings, instruments, least_told(mechanism), _key(mechanism))


def figures_of(
    lists: AgreedLists, headings: Mapping[str, str], instruments: Mapping[str, str], least: int, key: bytes
) -> GeneralFigures:
    told = _Telling([*headings], least, key)
    everybody = told.counted(lists.agreed.get("", ()))
    by_article = [_by_article(told, slug, lists) for slug in instruments]
    return GeneralFigures(
        headings,
        instruments,
        least,
        told.table("instruments", everybody, lists.rows, instruments, lambda row: (row.instrument,), merges=False),
        [table for table in by_article if table is not None],
        _by_region(told, everybody, lists),
    )


def _by_region(told: "_Telling", states: frozenset[UUID], lists: AgreedLists) -> CountedTable | None:
    """By regional group alone, never crossed with articles; groups of few States stand together."""
    together = joined_groups(Counter(lists.regions[state] for state in states))
    name_of = {region: JOIN.join(group) for group in together for region in group}
    return told.table(
        "regions",
        states,
        lists.rows,
        [JOIN.join(group) for group in together],
        lambda row: (name_of[lists.regions[row.state]],) if row.state in states else (),
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
        told.counted(lists.agreed.get(slug, ())),
        [row for row in lists.rows if row.instrument == slug],
        [str(number) for number in lists.articles.get(slug, ())],
        lambda row: tuple(map(str, row.articles)),
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """How all tables of a mechanism are told."""

    headings: Sequence[str]
    least: int
    key: bytes

    def counted(self, states: Sequence[UUID]) -> frozenset[UUID]:
        """Of States in the order of their agreement those that are counted yet."""
        return frozenset(states[: len(states) // LEAST_GROUP * LEAST_GROUP])

    def table(
        self,
        name: str,
        states: frozenset[UUID],
        rows: Iterable[AgreedRow],
        lines: Iterable[str],
        places: Callable[[AgreedRow], tuple[str, ...]],
        *,
        merges: bool = True,
    ) -> CountedTable | None:
        """How many States have something in each place below each heading; None where too few have agreed lists."""
        if not states:
            return None
        having: dict[Hashable, set[UUID]] = {}
        for row in rows:
            for place in places(row):
                if row.state in states:
                    having.setdefault((place, row.heading), set()).add(row.state)
        blurred_lines = [
            Line((line,), tuple(self._blurred(name, line, kind, len(states), having) for kind in self.headings))
            for line in lines
        ]
        shown = put_together(blurred_lines) if merges else blurred_lines
        return CountedTable(name, len(states), self.headings, told_table(shown, len(states), self.least))

    def _blurred(self, table: str, line: str, kind: str, states: int, having: Mapping[Hashable, set[UUID]]) -> int:
        """The same as long as the same number of States is counted, however often somebody looks."""
        count = len(having.get((line, kind), ()))
        return min(blurred(count, self.key, f"{table}|{line}|{kind}|{states}"), states)


def _key(mechanism: Mechanism) -> bytes:
    made: bytes = salted_hmac(
        "portal.general_review", mechanism.slug, secret=settings.SECRET_KEY, algorithm="sha256"
    ).digest()
    return made


def _agreed(mechanism: Mechanism) -> tuple[dict[str, list[UUID]], dict[UUID, str]]:
    lists = AgreedText.objects.filter(
        kind=TextKind.LIST_OF_OBSERVATIONS, status=TextStatus.AGREED, review__mechanism=mechanism
    )
    found: dict[str, list[UUID]] = {"": []}
    regions: dict[UUID, str] = {}
    state = "review__state_under_review"
    rows: Any = lists.order_by("agreed_at", "pk").values_list(
        "instrument__slug", state, f"{state}__regional_group__slug"
    )
    for instrument, key, region in rows:
        regions[key] = region or ""
        for name in (instrument, ""):
            known = found.setdefault(name, [])
            if key not in known:
                known.append(key)
    return found, regions


def _rows(mechanism: Mechanism) -> list[AgreedRow]:
    through = Observation.articles.through
    numbers = through.objects.filter(observation=OuterRef("pk")).order_by("article__number").values("article__number")
    rows = (
        Observation.objects.filter(
            room=None,
            withdrawn_at=None,
            agreed_text__kind=TextKind.LIST_OF_OBSERVATIONS,
            agreed_text__status=TextStatus.AGREED,
            review__mechanism=mechanism,
        )
        .order_by()
        .annotate(numbers=ArraySubquery(numbers))
        .values_list(
            "review__state_under_review",
            "agreed_text__instrument__slug",
            "heading__kind",
            "numbers",
        )
    )
    return [AgreedRow(state, slug, kind, tuple(found)) for state, slug, kind, found in rows]
