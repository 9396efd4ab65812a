"""Many rows of a mechanism at once, typed or pasted a line each: its articles, and who has joined what."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text, require_text
from core.policy import require
from core.reference_site import reference_site
from portal.mechanisms.checking.kinds import is_day
from reviews.adherence import NewAdherence, record_adherences, wrong_day
from reviews.programme.enums import AdherenceKind, EvidenceMark
from reviews.programme.models import Adherence, Article, Cluster, ClusterArticle, Instrument

MOST_LINES = 400
_ARTICLE = re.compile(r"(?P<number>[0-9]{1,4})[.:)\t ]+(?P<title>.+)")
_BETWEEN = re.compile(r"\s*[;,\t]\s*")


@dataclass(frozen=True, slots=True)
class AddedArticles:
    """How many articles are new, and how many the cluster did not hold before."""

    new: int
    held: int


@transaction.atomic
def add_articles(
    *, actor: User, instrument: Instrument, lines: str, cluster: Cluster | None, mark: str, note: str
) -> AddedArticles:
    """Add articles, "3 National plans" a line, and have a cluster hold them. English titles.

    An article that is there stays as it is, and may come into one more cluster. Raises ServiceError (field ``lines``)
    with the number of each line that says no article, or says one another way than it stands; nothing is added then.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    note = clean_text(note, maximum=4000, field="note")
    # Two who add the same wait for each other.
    Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
    there = {row.number: row for row in Article.objects.filter(instrument=instrument)}
    wanted: dict[int, str] = {}
    wrong: list[str] = []
    for place, line in _lines(lines):
        match = _ARTICLE.fullmatch(line)
        number, title = (int(match["number"]), match["title"].strip()) if match else (0, "")
        if not number or len(title) > 300:
            wrong.append(_("Line %(line)s: a number and a title are expected, such as “3 National plans”.") % place)
        elif number in wanted or (number in there and there[number].title_en != title):  # type: ignore[attr-defined]
            wrong.append(
                _("Line %(line)s: article %(number)s has another title already.") % {**place, "number": number}
            )
        wanted[number] = title
    _refuse(wrong)
    new = [Article(instrument=instrument, number=number, title_en=title) for number, title in wanted.items()]
    added = [row for row in new if row.number not in there]
    for row in added:
        row.save()
        _record(actor, row, "reviews.article.added", number=row.number)
    if cluster is None:
        return AddedArticles(len(added), 0)
    rows = [row for row in [*there.values(), *added] if row.number in wanted]
    held = _hold(actor, cluster, rows, {"evidence_mark": EvidenceMark(mark), "evidence_note": note})
    return AddedArticles(len(added), held)


def _hold(actor: User, cluster: Cluster, rows: list[Article], known: dict[str, str]) -> int:
    """Have the cluster hold those that it does not; how many these are."""
    held = set(ClusterArticle.objects.filter(cluster=cluster, article__in=rows).values_list("article", flat=True))
    new = [row for row in rows if row.pk not in held]
    for row in new:
        link = ClusterArticle.objects.create(cluster=cluster, article=row, **known)
        _record(actor, link, "reviews.clusterarticle.added", number=row.number, cluster=cluster.number)
    return len(new)


@transaction.atomic
def add_adherences(*, actor: User, instrument: Instrument, lines: str, source: str, is_verified: bool) -> int:
    """Note who has joined an instrument, "KEN; 2004-06-16; accession" a line; how many are new.

    ``is_verified``: the actor has read the days of all lines in the source. Raises ServiceError with the field, for
    lines with the number of each that is wrong; nothing is noted then.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    source = require_text(source, _("Say where this is read."), maximum=300, field="source")
    Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
    states = {row.iso3: row for row in StateParty.objects.all()}
    there = set(Adherence.objects.filter(instrument=instrument).values_list("state_party__iso3", flat=True))
    acts: list[NewAdherence] = []
    wrong: list[str] = []
    for place, line in _lines(lines):
        code, day, kind = (*_BETWEEN.split(line), "", "", "")[:3]
        if code.upper() not in states:
            wrong.append(_("Line %(line)s: the portal knows no State with this code.") % place)
        elif code.upper() in there:
            wrong.append(_("Line %(line)s: this State is noted already; change it on its own page.") % place)
        elif not is_day(day):
            wrong.append(_("Line %(line)s: a day is expected, such as 2012-05-01.") % place)
        elif why := wrong_day(dt.date.fromisoformat(day)):
            wrong.append(_("Line %(line)s: %(why)s") % {**place, "why": why})
        elif kind not in AdherenceKind.values:
            words = _("Line %(line)s: one of these is expected after the day: %(kinds)s.")
            wrong.append(words % {**place, "kinds": ", ".join(AdherenceKind.values)})
        else:
            there.add(code.upper())
            acts.append(NewAdherence(states[code.upper()], AdherenceKind(kind), dt.date.fromisoformat(day)))
    _refuse(wrong)
    record_adherences(actor=actor, instrument=instrument, acts=acts, source=source, is_verified=is_verified)
    return len(acts)


def _lines(text: str) -> list[tuple[dict[str, int], str]]:
    """Those that hold anything, each with its number for the words about it."""
    cleaned = clean_text(text, maximum=60_000, field="lines")
    found = [({"line": number}, line.strip()) for number, line in enumerate(cleaned.splitlines(), 1) if line.strip()]
    if not found:
        raise ServiceError(_("Enter at least one line."), field="lines")
    if len(found) > MOST_LINES:
        raise ServiceError(_("Enter at most %(most)s lines at once.") % {"most": MOST_LINES}, field="lines")
    return found


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise ServiceError(" ".join(wrong[:10]), field="lines")


def _record(actor: User, row: Model, verb: str, **facts: object) -> None:
    audit.record(actor, verb, row, after={**facts, **reference_site.facts_of(actor)})
