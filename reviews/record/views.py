"""The records of acts: who did what when, for which State; to read, to take away, and to verify."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import View

from core import audit
from core.audit.roots.selectors import latest_root, roots_asked
from core.files.storage import attachment
from core.models import AuditEntry
from core.policy import can
from core.templatetags.components import datetime_words
from core.verifier import verify_record
from core.web.pages import Crumb
from core.web.views import ListPage
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPage
from reviews.nominations import StatePage
from reviews.nominations.enums import NominationAction
from reviews.record.selectors import (
    ALL,
    RecordScope,
    entries_for,
    file_name_of_slice,
    names_of_codes,
    scope_of,
    scope_of_state,
    slice_of,
)

VERIFIER = "verify_record.py"


class Scoped(View, ABC):
    """What of a record the page or file is about."""

    @property
    @abstractmethod
    def scope(self) -> RecordScope: ...

    @property
    def own_label(self) -> str:
        """What the page is about anyway, so that no row has to name it."""
        return ""


class RecordPage(ReviewPage, Scoped):
    """Of the record of a review."""

    policy_action = ReviewAction.READ_RECORD

    @cached_property
    def scope(self) -> RecordScope:
        return scope_of(self.request.user, self.review)  # type: ignore[arg-type]

    @property
    def own_label(self) -> str:
        return self.review.code


class StateRecordPage(StatePage, Scoped):
    """Of what the record of a mechanism holds on a State: the acts on its notes verbales and its permanent mission."""

    policy_action = NominationAction.READ_RECORD

    @cached_property
    def scope(self) -> RecordScope:
        return scope_of_state(self.place.mechanism, self.place.state_party)

    def get_trail(self) -> list[Crumb]:
        """Who may read the record may not always see the nominations."""
        sees_nominations = can(self.user, NominationAction.VIEW_STATE, self.place)
        return [*super().get_trail(), *([self.nominations_crumb()] if sees_nominations else [])]


class EntriesView(ListPage, Scoped):
    """What the reader may read, the newest first."""

    def get_rows(self) -> Any:
        return entries_for(self.scope)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        head = audit.head_of(self.scope.chain)
        return super().get_context_data(
            rows=self._rows(self.page.object_list),
            zone=self._zone,
            head=head,
            reader=self._reader(),
            reads_all=self.scope.reader == ALL,
            command=self._command(head),
            newest_root=latest_root(),
            **kwargs,
        )

    @cached_property
    def _zone(self) -> ZoneInfo:
        """The reader's zone where the profile names one, else the portal's."""
        name = getattr(self.request.user, "time_zone", "")
        try:
            return ZoneInfo(name or timezone.get_current_timezone_name())
        except (ValueError, OSError):
            return ZoneInfo("UTC")

    def _rows(self, entries: Iterable[AuditEntry]) -> list[dict[str, Any]]:
        shown = list(entries)
        names = names_of_codes({entry.acting_state for entry in shown})
        with timezone.override(self._zone):
            return [
                {
                    "entry": entry,
                    "time": datetime_words(entry.at),
                    "who": _("The portal") if entry.actor_id is None else entry.actor_label,
                    "capacity": self._capacity(entry, names),
                    "what": audit.verb_label(entry.verb),
                    "on": "" if entry.target_label == self.own_label else entry.target_label,
                }
                for entry in shown
            ]

    def _capacity(self, entry: AuditEntry, names: dict[str, str]) -> str:
        if entry.acting_state:
            return names.get(entry.acting_state, entry.acting_state)
        return "" if entry.actor_id is None or entry.room == AuditEntry.NOBODY else _("Secretariat")

    def _reader(self) -> str:
        return names_of_codes({self.scope.reader}).get(self.scope.reader, "")

    def _command(self, head: audit.ChainHead | None) -> str:
        given = f' --head "{head.sequence} {head.hash}"' if head else ""
        return f"python3 {VERIFIER} {file_name_of_slice(self.scope)}{given}"


class RecordView(RecordPage, EntriesView):
    title = gettext_lazy("Record of acts")
    template_name = "reviews/record/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reads_table = can(self.user, ReviewAction.READ_TABLE, self.review)
        return super().get_context_data(reads_table=reads_table, **kwargs)


class StateRecordView(StateRecordPage, EntriesView):
    title = gettext_lazy("Record of acts")
    template_name = "reviews/record/state_record.html"


class SliceView(Scoped):
    """The slice of the reader's State as one file (docs/audit.md), with the way to the newest root.

    ``?root=`` names an earlier one by its number; a number that no root has is no root.
    """

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        roots = roots_asked(request.GET.get("root", ""))
        content = json.dumps(slice_of(self.scope, roots), ensure_ascii=False, indent=1) + "\n"
        return attachment(content, file_name=file_name_of_slice(self.scope), content_type="application/json")


class RecordDownloadView(RecordPage, SliceView):
    pass


class StateRecordDownloadView(StateRecordPage, SliceView):
    pass


class VerifierView(View):
    """The program that verifies such a file, as it is in the repository."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = Path(verify_record.__file__).read_text("utf-8")
        return attachment(content, file_name=VERIFIER, content_type="text/x-python; charset=utf-8")


class RecordVerifierView(RecordPage, VerifierView):
    pass


class StateRecordVerifierView(StateRecordPage, VerifierView):
    pass
