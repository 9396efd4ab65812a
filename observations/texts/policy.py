"""The table of permissions on lists of observations, summaries, and the observations in them.

The reviewing States that cover an instrument draft; they and the State under review agree; the State under review
publishes (resolution 10/1, annex I, paragraph 10 (c)). ``decide_for`` is pure (tests/permissions/text_matrix.csv).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, refused
from observations.texts.enums import TextAction, TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, Publication
from reviews.cases import EXCHANGE_KINDS, NOT_NOW, ONLY_READERS, SECRETARIAT, Hat, hat_of, secretariat_role
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Clearance, Review, ReviewingState
from reviews.programme.enums import StepKind

# What binds a State or grants access asks for a recent sign-in, besides the right (core.policy).
BINDING = frozenset(
    {
        TextAction.TABLE_OBSERVATION,
        TextAction.PROPOSE,
        TextAction.CLEAR,
        TextAction.OBJECT,
        TextAction.PUBLISH,
        TextAction.WITHDRAW_PUBLICATION,
    }
)
_ONLY_DRAFTERS = _("Only experts and focal points of the reviewing States that cover this instrument draft here.")
_ONLY_DRAFTING_FOCAL_POINTS = _("Only a focal point of a reviewing State that covers this instrument does this.")
_ONLY_ITS_STATE = _("Until it lies on the shared table, only the State that drafted an observation changes it.")
_ONLY_FOCAL_POINTS_CHANGE = _(
    "Only a focal point changes what lies on the shared table. Copy it into the room of your State and write there."
)
_ONLY_ITS_FOCAL_POINT = _(
    "Only the focal point of the State that drafted this changes it on the shared table. Copy it into the room of "
    "your State, or object to the version that holds it."
)
_ONLY_ITS_FOCAL_POINT_WITHDRAWS = _(
    "Only the focal point of the State that drafted this takes it off the shared table. You can object to the version "
    "that holds it."
)
_NOT_ON_TABLE = _("Only what lies on the shared table is copied; a draft is changed where it lies.")
_ONLY_PARTIES = _(
    "Only the focal points of the State under review and of the reviewing States that cover this instrument."
)
_ONLY_STATE_UNDER_REVIEW = _("Only the State under review decides on publication; its focal point acts.")
_AGREED = _("This text is agreed; it can no longer be changed.")
_NOTHING_PROPOSED = _("No version is proposed at the moment.")
_NOT_OPEN = _("No version can be proposed while one is under consideration or agreed.")
_AT_ITS_STEP = _("Versions are proposed and cleared at the steps of the list of observations and of the summary.")
_DONE = _("Your State has cleared this version.")
_TEXT_KINDS = frozenset({StepKind.AGREED_TEXT})
_PUBLIC_KINDS = frozenset({StepKind.AGREED_TEXT, StepKind.CLOSING})
_NOT_AGREED = frozenset({TextStatus.DRAFTING, TextStatus.PROPOSED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the table needs to know of a text and of the asker's State.

    ``is_party``: the State agrees to this text. ``room``: whose an observation is while it lies in a room, None on the
    shared table. ``is_own``: the State drafted the observation; ``is_left``: the one that did is no party any more.
    ``has_cleared``: the State has cleared the standing version.
    """

    kind: TextKind
    status: TextStatus
    is_party: bool
    room: Any = None
    is_own: bool = False
    is_left: bool = False
    has_cleared: bool = False
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    grant: Grant
    side: Side | None
    who: Reason
    statuses: frozenset[TextStatus]
    closed: Reason
    kinds: frozenset[StepKind] = EXCHANGE_KINDS
    when: Reason = NOT_NOW


_RULES: Mapping[TextAction, Rule] = {
    TextAction.DRAFT_OBSERVATION: Rule(Grant.DRAFT, Side.REVIEWING, _ONLY_DRAFTERS, _NOT_AGREED, _AGREED),
    TextAction.EDIT_OBSERVATION: Rule(Grant.DRAFT, Side.REVIEWING, _ONLY_DRAFTERS, _NOT_AGREED, _AGREED),
    TextAction.TABLE_OBSERVATION: Rule(Grant.CLEAR, Side.REVIEWING, _ONLY_DRAFTING_FOCAL_POINTS, _NOT_AGREED, _AGREED),
    TextAction.WITHDRAW_OBSERVATION: Rule(Grant.DRAFT, Side.REVIEWING, _ONLY_DRAFTERS, _NOT_AGREED, _AGREED),
    TextAction.COPY_OBSERVATION: Rule(Grant.DRAFT, Side.REVIEWING, _ONLY_DRAFTERS, _NOT_AGREED, _AGREED),
    TextAction.EDIT_SUMMARY: Rule(
        Grant.DRAFT, Side.REVIEWING, _ONLY_DRAFTERS, _NOT_AGREED, _AGREED, _TEXT_KINDS, _AT_ITS_STEP
    ),
    TextAction.DRAFT_PASSAGE: Rule(
        Grant.DRAFT, Side.REVIEWING, _ONLY_DRAFTERS, _NOT_AGREED, _AGREED, _TEXT_KINDS, _AT_ITS_STEP
    ),
    TextAction.PROPOSE: Rule(
        Grant.CLEAR,
        Side.REVIEWING,
        _ONLY_DRAFTING_FOCAL_POINTS,
        frozenset({TextStatus.DRAFTING}),
        _NOT_OPEN,
        _TEXT_KINDS,
        _AT_ITS_STEP,
    ),
    TextAction.CLEAR: Rule(
        Grant.CLEAR,
        None,
        _ONLY_PARTIES,
        frozenset({TextStatus.PROPOSED}),
        _NOTHING_PROPOSED,
        _TEXT_KINDS,
        _AT_ITS_STEP,
    ),
    TextAction.OBJECT: Rule(
        Grant.CLEAR,
        None,
        _ONLY_PARTIES,
        frozenset({TextStatus.PROPOSED}),
        _NOTHING_PROPOSED,
        _TEXT_KINDS,
        _AT_ITS_STEP,
    ),
    TextAction.PREVIEW: Rule(
        Grant.READ,
        Side.UNDER_REVIEW,
        _ONLY_STATE_UNDER_REVIEW,
        frozenset({TextStatus.AGREED}),
        _("Only an agreed text can be published."),
        _PUBLIC_KINDS,
        _AT_ITS_STEP,
    ),
    TextAction.PUBLISH: Rule(
        Grant.CLEAR,
        Side.UNDER_REVIEW,
        _ONLY_STATE_UNDER_REVIEW,
        frozenset({TextStatus.AGREED}),
        _("Only an agreed text can be published."),
        _PUBLIC_KINDS,
        _AT_ITS_STEP,
    ),
    TextAction.WITHDRAW_PUBLICATION: Rule(
        Grant.CLEAR,
        Side.UNDER_REVIEW,
        _ONLY_STATE_UNDER_REVIEW,
        frozenset({TextStatus.AGREED}),
        _("Only an agreed text can be published."),
        _PUBLIC_KINDS,
        _AT_ITS_STEP,
    ),
}
_READING = frozenset({TextAction.VIEW, TextAction.RENDER})
# Passages lie on the table from the beginning, and are written by the reviewing States together.
_CHANGES_OF_TABLE = frozenset({TextAction.EDIT_OBSERVATION, TextAction.WITHDRAW_OBSERVATION, TextAction.EDIT_SUMMARY})


def decide_for(
    action: TextAction, hat: Hat | None, role: SecretariatRole | None, kind: StepKind, standing: Standing
) -> Decision:
    """The table itself. ``kind`` is the kind of the review's step."""
    if role is None and (hat is None or not hat.has(Grant.VIEW)):
        return INVISIBLE
    if standing.room is not None and (hat is None or standing.room not in hat.rooms):
        return INVISIBLE
    if action in _READING:
        may_read = role in SECRETARIAT or (hat is not None and hat.has(Grant.READ))
        return ALLOWED if may_read else refused(ONLY_READERS)
    rule = _RULES[action]
    if hat is None or not standing.is_party or not hat.has(rule.grant) or rule.side not in {None, hat.side}:
        return refused(rule.who)
    if standing.status not in rule.statuses:
        return refused(rule.closed)
    if kind not in rule.kinds:
        return refused(rule.when)
    return _finer(action, hat, standing)


def _finer(action: TextAction, hat: Hat, standing: Standing) -> Decision:
    """What depends on the one text: where an observation lies, what the State has done already."""
    if standing.room is not None and not standing.is_own:
        return refused(_ONLY_ITS_STATE)
    if action == TextAction.TABLE_OBSERVATION and standing.room is None:
        return refused(_("This observation lies on the shared table."))
    if action == TextAction.COPY_OBSERVATION and standing.room is not None:
        return refused(_NOT_ON_TABLE)
    if action in _CHANGES_OF_TABLE and standing.room is None:
        return _on_table(action, hat, standing)
    if action in {TextAction.CLEAR, TextAction.OBJECT} and standing.has_cleared:
        return refused(_DONE)
    if action == TextAction.PUBLISH and standing.is_public:
        return refused(_("This text is published."))
    if action == TextAction.WITHDRAW_PUBLICATION and not standing.is_public:
        return refused(_("This text is not published."))
    return ALLOWED


def _on_table(action: TextAction, hat: Hat, standing: Standing) -> Decision:
    """What lies before all States changes only with the word of a focal point, and no State's words by another."""
    if not hat.has(Grant.CLEAR):
        return refused(_ONLY_FOCAL_POINTS_CHANGE)
    if action == TextAction.EDIT_OBSERVATION and not standing.is_own:
        return refused(_ONLY_ITS_FOCAL_POINT)
    if action == TextAction.WITHDRAW_OBSERVATION and not (standing.is_own or standing.is_left):
        return refused(_ONLY_ITS_FOCAL_POINT_WITHDRAWS)
    return ALLOWED


def decide(actor: Actor, action: Any, target: AgreedText | Observation) -> Decision:
    """Answer for TextAction; ``target`` is a text, or an observation of a list."""
    review = target.review
    hat = hat_of(actor, review)
    standing = _standing(action, hat, target)
    return decide_for(action, hat, secretariat_role(actor), StepKind(review.step.kind), standing)


def _standing(action: TextAction, hat: Hat | None, target: AgreedText | Observation) -> Standing:
    text = target.agreed_text if isinstance(target, Observation) else target
    parties = states_agreeing(text.review, text.instrument_id)
    author = target.state_party_id if isinstance(target, Observation) else None
    return Standing(
        kind=TextKind(text.kind),
        status=TextStatus(text.status),
        is_party=hat is not None and hat.state_party_id in parties,
        room=target.room_id if isinstance(target, Observation) else None,
        is_own=hat is not None and hat.state_party_id == author,
        is_left=author is not None and author not in parties,
        has_cleared=action in {TextAction.CLEAR, TextAction.OBJECT} and hat is not None and _has_cleared(text, hat),
        is_public=action in {TextAction.PUBLISH, TextAction.WITHDRAW_PUBLICATION} and _is_public(text),
    )


def states_agreeing(review: Review, instrument_id: Any) -> frozenset[Any]:
    """Keys of the States whose focal points clear the texts on an instrument; one query for each review object."""
    if "_covering" not in review.__dict__:
        remember_covering([review])
    covering: dict[Any, set[Any]] = review.__dict__["_covering"]
    return frozenset({review.state_under_review_id, *covering.get(instrument_id, ())})


def remember_covering(reviews: Sequence[Review]) -> None:
    """Look up for all of these reviews at once which States cover which instrument; one query."""
    by_review: dict[Any, dict[Any, set[Any]]] = {review.pk: {} for review in reviews}
    rows = ReviewingState.instruments.through.objects.filter(reviewingstate__review__in=by_review)
    names = ("reviewingstate__review_id", "instrument_id", "reviewingstate__state_party_id")
    for review_id, instrument, state in rows.values_list(*names):
        by_review[review_id].setdefault(instrument, set()).add(state)
    for review in reviews:
        review.__dict__["_covering"] = by_review[review.pk]


def _has_cleared(text: AgreedText, hat: Hat) -> bool:
    standing = text.versions.filter(cancelled_at=None).values_list("number", flat=True)
    return Clearance.objects.filter(
        document_id=text.pk, version__in=standing, state_party_id=hat.state_party_id
    ).exists()


def _is_public(text: AgreedText) -> bool:
    return Publication.objects.filter(agreed_text=text, ended_at=None).exists()
