"""Laws enter the library of a State, change and leave its use; every wording stays in its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.files.receiving import receive
from core.language.i18n import isolated
from core.language.text import one_line, require_text
from core.policy import require
from questionnaires.laws.enums import LawAction
from questionnaires.laws.models import Law, LawFile, LawName, LawVersion
from questionnaires.laws.names import LONGEST_TITLE, law_key, names_of
from questionnaires.laws.references import Reference, fingerprint_of as references_fingerprint, references_in
from questionnaires.laws.selectors import (
    citing_answers,
    files_said,
    fingerprint_of,
    known_articles,
    laws_of,
    library_of,
)
from questionnaires.laws.sheet import LawRow, compared, input_of
from questionnaires.laws.validators import (
    LANGUAGES,
    MOST_FILES,
    KnownArticles,
    LawInput,
    cleaned,
    too_many_names,
)
from reviews.cases.models import Review

KEPT = (
    "kind",
    "title",
    "translation",
    "number",
    "dated",
    "language",
    "status",
    "since",
    "link",
    "text",
    "also_cited_as",
    "articles",
)
NEW = "new"


@transaction.atomic
def add_law(*, actor: User, review: Review, given: LawInput) -> Law:
    """Enter a law into the library of the State under review; answers that name it cite it from now on.

    Raises ServiceError with the field, also where the library has a law of one of these names already.
    """
    require(actor, LawAction.WRITE, review)
    return write(actor, review, _new(review), given, known_articles())


@transaction.atomic
def change_law(*, actor: User, review: Review, law: UUID, given: LawInput, seen: int) -> Law:
    """Change an entry. ``seen``: its revision as the writer was shown it.

    Its earlier title stays a name of it, so that answers that use it still cite it. Raises ServiceError like
    ``add_law``, and where a colleague has changed the entry meanwhile.
    """
    require(actor, LawAction.WRITE, review)
    locked = _lock(review, law, seen)
    return write(actor, review, locked, given, known_articles())


@transaction.atomic
def end_law(*, actor: User, review: Review, law: UUID, seen: int) -> Law:
    """Offer a law no more. Answers that cite it say so to who writes them; nothing is deleted."""
    require(actor, LawAction.WRITE, review)
    locked = _lock(review, law, seen)
    if locked.ended_at is not None:
        raise ServiceError(_("This law is out of use already."))
    locked.ended_at = timezone.now()
    return _save(actor, review, locked, "questionnaires.law.ended")


@transaction.atomic
def use_law_again(*, actor: User, review: Review, law: UUID, seen: int) -> Law:
    require(actor, LawAction.WRITE, review)
    locked = _lock(review, law, seen)
    if locked.ended_at is None:
        raise ServiceError(_("This law is in use already."))
    locked.ended_at = None
    return _save(actor, review, locked, "questionnaires.law.used_again")


@dataclass(frozen=True, slots=True)
class LawFileInput:
    """What a person gives of a file: what it is, in which language, and itself."""

    title: str
    language: str
    file: UploadedFile  # type: ignore[type-arg]


@transaction.atomic
def add_law_file(*, actor: User, review: Review, law: UUID, given: LawFileInput) -> LawFile:
    """Put a file to an entry, whoever has changed that meanwhile; nothing of it is overwritten.

    Raises ServiceError with the field: no title, a file that is not accepted, that the entry has already, or too many.
    """
    require(actor, LawAction.WRITE, review)
    locked = _lock(review, law)
    title = require_text(given.title, _("Enter the title."), maximum=LONGEST_TITLE, field="title")
    if given.language not in LANGUAGES:
        raise ServiceError(_("Choose one of the languages, or another one."), field="language")
    row = LawFile(law=locked, title=one_line(title), language=given.language, added_by=actor)
    there = list(LawFile.objects.filter(law=locked, ended_at=None))
    if len(there) >= MOST_FILES:
        message = _("A law has at most %(most)d files. Take one off first that is not needed.")
        raise ServiceError(message % {"most": MOST_FILES}, field="file")
    receive(row, "file", given.file)
    if same := next((file for file in there if file.sha256 == row.sha256), None):
        message = _("This file is with the law already: %(title)s.")
        raise ServiceError(message % {"title": isolated(same.title)}, field="file")
    row.save()
    _save(actor, review, locked, "questionnaires.law.file_added", of=_facts_of(row))
    return row


@transaction.atomic
def end_law_file(*, actor: User, review: Review, law: UUID, file: UUID) -> LawFile:
    """Take a file off an entry. It is not deleted: what was sent may name it, and the entry of before did."""
    require(actor, LawAction.WRITE, review)
    locked = _lock(review, law)
    row = LawFile.objects.filter(law=locked, pk=file).first()
    if row is None or row.ended_at is not None:
        raise ServiceError(_("This file is not with the law any more."))
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at", "updated_at"])
    _save(actor, review, locked, "questionnaires.law.file_ended", of=_facts_of(row))
    return row


def _facts_of(file: LawFile) -> dict[str, str]:
    return {"file": str(file.pk), "sha256": file.sha256}


def write(actor: User, review: Review, law: Law, given: LawInput, known: KnownArticles, *, by: str = "") -> Law:
    """Fill and save an entry that is new, or held; the caller has asked the policy and is in a transaction."""
    columns, wrong = cleaned(given, known)
    for each in wrong.values():
        raise each
    is_new = law._state.adding
    if error := too_many_names(columns["also_cited_as"], () if is_new else names_of(law)):
        raise error
    if not is_new:
        columns["also_cited_as"] = _with_earlier_names(law, columns)
    for name, value in columns.items():
        setattr(law, name, value)
    _require_free(law)
    verb = "questionnaires.law.added" if is_new else "questionnaires.law.changed"
    return _save(actor, review, law, verb, is_new=is_new, by=by)


def content_of(law: Law, *, is_new: bool = False) -> dict[str, Any]:
    """What a version keeps of an entry. One that ``is_new`` has no files, and is not asked for any."""
    days = {name: day.isoformat() if (day := getattr(law, name)) else "" for name in ("dated", "since")}
    return {
        **{name: getattr(law, name) for name in KEPT},
        **days,
        "is_ended": law.ended_at is not None,
        **({} if is_new else _files_of(law)),
    }


def _files_of(law: Law) -> dict[str, Any]:
    return files_said(LawFile.objects.filter(law=law, ended_at=None))


def given_of(law: Law, articles: str) -> LawInput:
    """An entry as a person would type it; ``articles``: its articles in words."""
    return replace(LawInput(**{name: getattr(law, name) for name in KEPT if name != "articles"}), articles=articles)


def _lock(review: Review, key: UUID, seen: int | None = None) -> Law:
    """``seen``: the revision that has to stand; None for what overwrites nothing."""
    locked = laws_of(review).select_for_update(of=("self",)).filter(pk=key).first()
    if locked is None:
        raise ServiceError(_("There is no such law in the library of your State."))
    if seen is not None and locked.revision != seen:
        raise ServiceError(_("A colleague has changed this law meanwhile. Look at what stands now, then go on."))
    return locked


def _with_earlier_names(law: Law, columns: Mapping[str, Any]) -> str:
    """The names of an entry besides its title, with those under which answers may know it from before."""
    lines = columns["also_cited_as"].split("\n") if columns["also_cited_as"] else []
    known = {law_key(name) for name in (columns["title"], columns["translation"], *lines)}
    earlier = [law.title, law.translation]
    return "\n".join([*lines, *(name for name in earlier if law_key(name) and law_key(name) not in known)])


def _require_free(law: Law) -> None:
    """One name means one law of the State."""
    keys = names_of(law)
    taken = LawName.objects.filter(state_party=law.state_party_id, key__in=keys).exclude(law=law.pk)
    if other := taken.select_related("law").first():
        message = _("The library has this law already, or another one of this name: %(title)s. Add its number or year.")
        raise ServiceError(message % {"title": isolated(other.law.title)}, field=keys[other.key])


def _save(
    actor: User,
    review: Review,
    law: Law,
    verb: str,
    *,
    is_new: bool = False,
    by: str = "",
    of: Mapping[str, str] | None = None,
) -> Law:
    """``by``: what it comes of besides a form; ``of``: the file that it is about."""
    law.revision, law.saved_by = 1 if is_new else law.revision + 1, actor
    law.save()
    version = LawVersion.objects.create(
        law=law, review=review, number=law.revision, content=content_of(law, is_new=is_new), saved_by=actor
    )
    _name(law)
    after = {"law": str(law.pk), "revision": law.revision, "status": str(law.status)}
    audit.record(actor, verb, version, after=after | ({"by": by} if by else {}) | dict(of or {}))
    return law


def _name(law: Law) -> None:
    keys, stored = names_of(law), set(LawName.objects.filter(law=law).values_list("key", flat=True))
    LawName.objects.filter(law=law, key__in=stored - keys.keys()).delete()
    new = [LawName(law=law, state_party_id=law.state_party_id, key=key) for key in keys if key not in stored]
    try:
        with transaction.atomic():
            LawName.objects.bulk_create(new)
    except IntegrityError as error:  # a colleague was faster by a moment
        message = _("A colleague has just entered a law of this name. Look for it in the library.")
        raise ServiceError(message, field="title") from error


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a list."""

    added: int
    changed: int


@transaction.atomic
def bring_laws(*, actor: User, review: Review, rows: Sequence[LawRow], seen: str) -> Brought:
    """Carry out what a preview has shown. ``seen``: fingerprint of the library on which it rested.

    Raises ServiceError where a row is wrong, or the library is another one by now; nothing is written then.
    """
    require(actor, LawAction.BRING, review)
    list(laws_of(review).select_for_update(of=("self",)).order_by("pk"))
    if fingerprint_of(laws_of(review)) != seen:
        raise ServiceError(_("The library was changed meanwhile. Look at what follows now."))
    changes = compared(rows, library_of(review, with_texts=True).by_key)
    if any(change.row.problems for change in changes):
        raise ServiceError(_("Mend the file first: nothing is taken from a list in which a row is wrong."))
    known = known_articles()
    for change in changes:
        if change.is_new or change.is_changed:
            write(actor, review, change.law or _new(review), input_of(change), known, by="list")
    return Brought(sum(change.is_new for change in changes), sum(change.is_changed for change in changes))


@transaction.atomic
def take_over_references(*, actor: User, review: Review, choices: Mapping[str, str], seen: str) -> Brought:
    """Make entries of references in answers, or say which law they mean.

    ``choices`` by key of the reference: NEW, or the key of a law of which it is a name from now on. ``seen``: what
    the page has shown (`questionnaires.laws.references.fingerprint_of`). Answers stay word for word as they are.
    """
    require(actor, LawAction.TAKE_OVER, review)
    list(laws_of(review).select_for_update(of=("self",)).order_by("pk"))
    library = library_of(review)
    references = references_in(citing_answers(actor, review), library)
    if references_fingerprint(references, library) != seen:
        raise OutdatedError(_("Somebody has written meanwhile, and nothing was made. Look at what it means now."))
    chosen = [(reference, choices[reference.key]) for reference in references if choices.get(reference.key)]
    if not chosen:
        raise ServiceError(_("Choose for one reference at least what becomes of it."))
    known, added = known_articles(), 0
    for reference, choice in chosen:
        if choice == NEW:
            given = LawInput(title=reference.title, link=reference.link)
            write(actor, review, _new(review), given, known, by="references")
            added += 1
        else:
            _name_also(actor, review, choice, reference, known)
    return Brought(added, len(chosen) - added)


def _name_also(actor: User, review: Review, choice: str, reference: Reference, known: KnownArticles) -> None:
    try:
        law = laws_of(review).filter(pk=choice).first()
    except ValidationError:  # no key at all
        law = None
    if law is None:
        raise ServiceError(_("There is no such law in the library of your State."))
    given = given_of(law, ", ".join(law.articles))
    names = "\n".join(filter(None, (law.also_cited_as, reference.title)))
    write(actor, review, law, replace(given, also_cited_as=names), known, by="references")


def _new(review: Review) -> Law:
    return Law(state_party_id=review.state_under_review_id)
