"""How a law stands, in words: of an entry of the library, and of what was frozen of one."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _, pgettext_lazy

from core.language.i18n import UN_LANGUAGES, isolated
from core.templatetags.components import date_words
from questionnaires.laws.enums import STANDING_ELSEWHERE, LawKind, LawStatus
from questionnaires.laws.models import Law
from questionnaires.laws.validators import OTHER_LANGUAGE

LANGUAGE_NAMES = [*UN_LANGUAGES, (OTHER_LANGUAGE, pgettext_lazy("a language", "Another language"))]


def standing_of(law: Law | Mapping[str, Any]) -> str:
    """Whether a law is in force, and from when: "Repealed from 3 May 2025"."""
    kind, status, since = (
        (law["kind"], law["status"], parse_date(law["since"] or ""))
        if isinstance(law, Mapping)
        else (law.kind, law.status, law.since)
    )
    label = str(STANDING_ELSEWHERE[LawStatus(status)] if kind == LawKind.ELSEWHERE else LawStatus(status).label)
    if since is None:
        return label
    return _("%(status)s from %(day)s") % {"status": label, "day": date_words(since)}


def dated_words(law: Law | Mapping[str, Any]) -> str:
    """The date of a law in words; empty where none is said."""
    day = parse_date(law["dated"] or "") if isinstance(law, Mapping) else law.dated
    return date_words(day) if day else ""


def facts_words(law: Mapping[str, Any]) -> str:
    """What was frozen of a law besides its title and how it stands: its kind, number, date, language, translation."""
    own = [isolated(law[name]) if law.get(name) else "" for name in ("number", "translation")]
    facts = (kind_words(law["kind"]), own[0], dated_words(law), language_words(law.get("language") or ""), own[1])
    return " · ".join(filter(None, facts))


def flag_of(law: Law, answered_at: dt.datetime | None) -> str:
    """What whoever wrote an answer should know of a law that it cites; empty where there is nothing.

    Of an amendment only where it came after the answer; a day that is still to come says nothing yet of the status.
    """
    has_come = law.since is None or law.since <= timezone.localdate()
    if law.kind == LawKind.ELSEWHERE and law.status == LawStatus.REPEALED and has_come:
        return _("Cites an answer given elsewhere that is no longer correct: %(title)s") % {
            "title": isolated(law.title)
        }
    facts = {"title": isolated(law.title), "day": date_words(law.since) if law.since else ""}
    if law.status == LawStatus.REPEALED and has_come:
        dated, plain = _("Cites a law repealed on %(day)s: %(title)s"), _("Cites a law that is repealed: %(title)s")
        return (dated if law.since else plain) % facts
    is_later = law.since and answered_at and law.since > timezone.localdate(answered_at)
    if law.status == LawStatus.AMENDED and has_come and is_later:
        return _("Cites a law amended on %(day)s, after the answer was written: %(title)s") % facts
    if law.ended_at is not None:
        return _("Cites a law that your library does not use any more: %(title)s") % facts
    return ""


def articles_words(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Articles as people write them ("TIP 5, 6; SOM 6"); ``names``: short names of instruments by slug."""
    numbers: dict[str, list[str]] = {}
    for code in codes:
        slug, _space, number = code.rpartition(" ")
        numbers.setdefault(slug, []).append(number)
    return "; ".join(f"{names.get(slug, slug)} {', '.join(each)}" for slug, each in numbers.items())


def kind_words(code: str) -> str:
    return str(LawKind(code).label)


def language_words(code: str) -> str:
    """The language of a law, in the reader's; empty where none is said."""
    return str(dict(LANGUAGE_NAMES).get(code, code))
