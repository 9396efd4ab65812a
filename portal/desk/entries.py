"""What lies at one place of the desk: on the side that one reads, and on the side where one writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.language.i18n import in_own_order, isolated
from dialogue.desk import CommentBox, QuestionPlace, Remark
from dialogue.exchange.models import ClarificationRequest, FeedbackComment
from dialogue.slips import SlipAt
from dialogue.slips.enums import SlipMark
from observations.texts.models import Observation
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import ItemState
from questionnaires.wording import full_number
from reviews.programme.models import Article


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request that the reader's State drafts; ``box``, and its ``form``, are there for those who may change it."""

    request: ClarificationRequest
    box: CommentBox | None
    form: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class OwnObservation:
    """An observation that the reader's State drafts."""

    observation: Observation
    may_edit: bool


_NO_SLIP = SlipAt()


@dataclass(frozen=True, slots=True)
class MarkButton:
    """A mark at a place, as its reader finds it; ``press``: what its button does."""

    mark: SlipMark
    is_set: bool

    @property
    def label(self) -> str:
        return str(self.mark.label)

    @property
    def press(self) -> str:
        return f"{self.mark}:{0 if self.is_set else 1}"


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A question with its answer, or an article as a whole, and what is written on it.

    ``home``: the key of the reader's State. ``draft`` is the comment of that State; ``box`` is there for those who may
    change it, with its form, and the addresses and forms of the two others for those who may ask and draft;
    ``further_forms``, by the key of a request, for those who may go on from its answer. ``passages``: of the laws that
    the answer cites, what the State has written out of them. ``slip``: what the reader's State keeps there for itself,
    with ``marks`` and the ``note`` of those who may write it; ``is_read_before``: the answer has changed since the
    reader marked it as read. ``changes``: what has happened there since the reader's last visit, in words.
    """

    place: QuestionPlace
    anchor: str
    draft: FeedbackComment | None
    box: CommentBox | None
    remarks: Sequence[Remark]
    home: Any
    state: ItemState | None = None
    article: Article | None = None
    clarifications: Sequence[ClarificationRequest] = ()
    observations: Sequence[Observation] = ()
    own_requests: Sequence[OwnRequest] = ()
    own_observations: Sequence[OwnObservation] = ()
    passages: Sequence[tuple[str, str, str]] = ()
    ask_url: str = ""
    observe_url: str = ""
    ask_form: SafeString | str = ""
    further_forms: Mapping[Any, SafeString] = field(default_factory=dict)
    observe_form: SafeString | str = ""
    slip: SlipAt = _NO_SLIP
    marks: Sequence[MarkButton] = ()
    mark_url: str = ""
    note: CommentBox | None = None
    box_form: SafeString | str = ""
    note_form: SafeString | str = ""
    marks_form: SafeString | str = ""
    is_read_before: bool = False
    changes: Sequence[str] = ()

    @property
    def set_marks(self) -> list[SlipMark]:
        return [each.mark for each in self.marks if each.is_set]

    @property
    def is_answer(self) -> bool:
        return self.state is not None and self.state.is_asked and self.state.item.kind != QuestionKind.GROUP

    @property
    def note_text(self) -> str:
        return self.slip.row.text if self.slip.row else ""

    @property
    def marked_words(self) -> str:
        """Who of the State has set which mark."""
        who = [(SlipMark.ASK, self.slip.ask_by), (SlipMark.OBSERVE, self.slip.observe_by)]
        people = [(mark, isolated(person.full_name)) for mark, person in who if person]
        people += [(SlipMark.READ, isolated(each.name)) for each in self.slip.readers]
        return " · ".join(f"{mark.label}: {name}" for mark, name in people)

    @property
    def about(self) -> str:
        """What it is, within a sentence."""
        return about(self.state, self.article)

    @property
    def requests_to_read(self) -> list[ClarificationRequest]:
        return [row for row in self.clarifications if row.room_id is None or row.room_id != self.home]

    @property
    def observations_to_read(self) -> list[Observation]:
        return [row for row in self.observations if row.room_id is None or row.room_id != self.home]

    @property
    def is_written_on(self) -> bool:
        has_draft = self.draft is not None and bool(self.draft.text)
        return has_draft or bool(self.remarks or self.clarifications or self.observations)

    @property
    def has_own(self) -> bool:
        """Whether anything stands on the side where one writes; marks that are unset and cannot be set are nothing."""
        has_draft = self.draft is not None and bool(self.draft.text)
        is_drafted = has_draft or bool(self.own_requests or self.own_observations or self.set_marks)
        may_write = bool(self.box or self.ask_url or self.observe_url or self.mark_url)
        return (
            is_drafted or may_write or bool(self.note_text or self.marked_words or self.is_read_before or self.changes)
        )

    @property
    def has_any(self) -> bool:
        return self.has_own or self.is_written_on


def about(state: ItemState | None, article: Article | None) -> str:
    if state is not None:
        return _("question %(number)s") % {"number": in_own_order(full_number(state.item))}
    return _("article %(number)s as a whole") % {"number": article.number if article else ""}
