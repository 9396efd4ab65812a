"""The table of permissions on lists of observations, summaries, and the observations in them.

The reviewing States that cover an instrument draft; they and the State under review agree; the State under review
publishes (resolution 10/1, annex I, paragraph 10 (c)). Printed whole in tests/permissions/text_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core.policy import PolicyCondition, Predicate, Rule, Table, at, during, may, unless
from observations.texts.enums import TextAction, TextStatus
from observations.texts.models import AgreedText, Objection, Observation, Publication
from observations.texts.parties import PartyFacts, in_a_room, in_own_room, own, party
from reviews.audiences.enums import SharingAudience
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtPiece
from reviews.capacities import (
    IN_EXCHANGE,
    ONLY_READERS,
    Capacity,
    ReviewFacts,
    asker_in,
    drafter,
    focal_point,
    reader,
    reviewing,
    sees_review,
    under_review,
)
from reviews.cases.models import Clearance, Review
from reviews.programme.enums import StepKind
from reviews.visibility import covering_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts(PartyFacts):
    """What the table needs to know of a text and of the asker's State.

    ``is_party``: the State agrees to this text. ``room``: whose an observation is while it lies in a room, None on the
    shared table. ``is_own``: the State drafted the observation, or made the objection; ``is_left``: the one that did is
    no party any more. ``has_ended``: the objection has.
    ``is_public``: everybody reads it; ``is_shared``: others than the States of the review do.
    ``has_cleared``: the State has cleared the standing version. Of a text that was brought in, where that is asked:
    ``waits_for_own_word``: the State has not confirmed it; ``is_objected``: one of its States objects.
    """

    status: TextStatus
    is_left: bool = False
    has_ended: bool = False
    has_cleared: bool = False
    is_public: bool = False
    is_shared: bool = False
    waits_for_own_word: bool = False
    is_objected: bool = False


left: Predicate[TextFacts] = Predicate(lambda facts: facts.is_left)
ended: Predicate[TextFacts] = Predicate(lambda facts: facts.has_ended)
cleared: Predicate[TextFacts] = Predicate(lambda facts: facts.has_cleared)
public: Predicate[TextFacts] = Predicate(lambda facts: facts.is_public)
shared: Predicate[TextFacts] = Predicate(lambda facts: facts.is_shared)
unconfirmed: Predicate[TextFacts] = Predicate(lambda facts: facts.waits_for_own_word)
objected: Predicate[TextFacts] = Predicate(lambda facts: facts.is_objected)
_CONFIRMED = frozenset({StateWord.CONFIRMED})  # of a text that was not brought in nothing is waited for
_NOT_AGREED = during(
    {TextStatus.DRAFTING, TextStatus.PROPOSED}, else_=_("This text is agreed; it can no longer be changed.")
)
_PROPOSED = during({TextStatus.PROPOSED}, else_=_("No version is proposed at the moment."))
_AGREED = during({TextStatus.AGREED}, else_=_("Only an agreed text can be published."))
_WHY_AT_ITS_STEP = _("Versions are proposed and cleared at the steps of the list of observations and of the summary.")
_AT_ITS_STEP = at({StepKind.AGREED_TEXT}, else_=_WHY_AT_ITS_STEP)
_FROM_ITS_STEP_ON = at({StepKind.AGREED_TEXT, StepKind.CLOSING}, else_=_WHY_AT_ITS_STEP)
_ITS_STATE: PolicyCondition[TextFacts] = unless(
    in_a_room & ~own,
    else_=_("Until it lies on the shared table, only the State that drafted an observation changes it."),
)
# What lies before all States changes only with the word of a focal point, and no State's words by another. Passages lie
# on the table from the beginning, and are written by the reviewing States together.
_WITH_A_FOCAL_POINT: PolicyCondition[TextFacts] = may(
    in_a_room | focal_point,
    else_=_(
        "Only a focal point changes what lies on the shared table. Copy it into the room of your State and write there."
    ),
)
_DRAFTS: PolicyCondition[TextFacts] = may(
    party & drafter & reviewing,
    else_=_("Only experts and focal points of the reviewing States that cover this instrument draft here."),
)
_SPEAKS_FOR_A_DRAFTING_STATE: PolicyCondition[TextFacts] = may(
    party & focal_point & reviewing,
    else_=_("Only a focal point of a reviewing State that covers this instrument does this."),
)
_SPEAKS_FOR_A_PARTY: PolicyCondition[TextFacts] = may(
    party & focal_point,
    else_=_("Only the focal points of the State under review and of the reviewing States that cover this instrument."),
)


def _publishing(who: Predicate[ReviewFacts]) -> tuple[PolicyCondition[TextFacts], ...]:
    only = _("Only the State under review decides on publication; its focal point acts.")
    return may(party & who & under_review, else_=only), _AGREED, _FROM_ITS_STEP_ON


_ON_PUBLICATIONS = {TextAction.PUBLISH, TextAction.PUBLISH_TRANSLATIONS, TextAction.WITHDRAW_PUBLICATION}
_IS_OPEN = unless(ended, else_=_("This objection has ended."))
_NOT_TWICE = unless(cleared, else_=_("Your State has cleared this version."))
PERMISSIONS: Table[TextFacts] = Table(
    TextAction,
    sees=sees_review & (~in_a_room | in_own_room),
    rules={
        TextAction.VIEW: Rule(ONLY_READERS),
        TextAction.RENDER: Rule(ONLY_READERS),
        TextAction.DRAFT_OBSERVATION: Rule(_DRAFTS, _NOT_AGREED, IN_EXCHANGE, _ITS_STATE),
        TextAction.EDIT_OBSERVATION: Rule(
            _DRAFTS,
            _NOT_AGREED,
            IN_EXCHANGE,
            _ITS_STATE,
            _WITH_A_FOCAL_POINT,
            may(
                in_a_room | own | left,
                else_=_(
                    "Only the focal point of the State that drafted this changes it on the shared table. Copy it into "
                    "the room of your State, or object to the version that holds it."
                ),
            ),
        ),
        TextAction.TABLE_OBSERVATION: Rule(
            _SPEAKS_FOR_A_DRAFTING_STATE,
            _NOT_AGREED,
            IN_EXCHANGE,
            _ITS_STATE,
            may(in_a_room, else_=_("This observation lies on the shared table.")),
            binds=True,
        ),
        TextAction.TABLE_SEVERAL: Rule(_SPEAKS_FOR_A_DRAFTING_STATE, _NOT_AGREED, IN_EXCHANGE, _ITS_STATE, binds=True),
        TextAction.ARRANGE: Rule(_SPEAKS_FOR_A_DRAFTING_STATE, _NOT_AGREED, IN_EXCHANGE, _ITS_STATE),
        TextAction.DISCUSS_OBSERVATION: Rule(
            _SPEAKS_FOR_A_DRAFTING_STATE,
            _NOT_AGREED,
            IN_EXCHANGE,
            _ITS_STATE,
            unless(in_a_room, else_=_("Only what lies on the shared table is discussed.")),
            may(own | left, else_=_("Only the focal point of the State that drafted this says that it was discussed.")),
        ),
        TextAction.WITHDRAW_OBSERVATION: Rule(
            _DRAFTS,
            _NOT_AGREED,
            IN_EXCHANGE,
            _ITS_STATE,
            _WITH_A_FOCAL_POINT,
            may(
                in_a_room | own | left,
                else_=_(
                    "Only the focal point of the State that drafted this takes it off the shared table. You can object "
                    "to the version that holds it."
                ),
            ),
        ),
        TextAction.COPY_OBSERVATION: Rule(
            _DRAFTS,
            _NOT_AGREED,
            IN_EXCHANGE,
            _ITS_STATE,
            unless(
                in_a_room,
                else_=_("Only what lies on the shared table is copied; a draft is changed where it lies."),
            ),
        ),
        TextAction.EDIT_SUMMARY: Rule(_DRAFTS, _NOT_AGREED, _AT_ITS_STEP, _ITS_STATE, _WITH_A_FOCAL_POINT),
        TextAction.DRAFT_PASSAGE: Rule(_DRAFTS, _NOT_AGREED, _AT_ITS_STEP, _ITS_STATE),
        TextAction.PROPOSE: Rule(
            _SPEAKS_FOR_A_DRAFTING_STATE,
            during(
                {TextStatus.DRAFTING},
                else_=_("No version can be proposed while one is under consideration or agreed."),
            ),
            _AT_ITS_STEP,
            _ITS_STATE,
            binds=True,
        ),
        TextAction.CLEAR: Rule(_SPEAKS_FOR_A_PARTY, _PROPOSED, _AT_ITS_STEP, _ITS_STATE, _NOT_TWICE, binds=True),
        TextAction.OBJECT: Rule(_SPEAKS_FOR_A_PARTY, _PROPOSED, _AT_ITS_STEP, _ITS_STATE, _NOT_TWICE, binds=True),
        TextAction.REPLY_TO_OBJECTION: Rule(_SPEAKS_FOR_A_PARTY, _NOT_AGREED, _AT_ITS_STEP, _ITS_STATE, _IS_OPEN),
        TextAction.END_OBJECTION: Rule(
            _SPEAKS_FOR_A_PARTY,
            _NOT_AGREED,
            _AT_ITS_STEP,
            _ITS_STATE,
            may(own, else_=_("Only the State that made an objection ends it; its focal point acts.")),
            _IS_OPEN,
            binds=True,
        ),
        TextAction.TAKE_BACK: Rule(
            _SPEAKS_FOR_A_PARTY,
            _PROPOSED,
            _AT_ITS_STEP,
            _ITS_STATE,
            may(cleared, else_=_("Your State has not cleared this version.")),
            binds=True,
        ),
        TextAction.PREVIEW: Rule(*_publishing(reader), _ITS_STATE),
        TextAction.PUBLISH: Rule(
            *_publishing(focal_point),
            _ITS_STATE,
            unless(public, else_=_("This text is published.")),
            unless(objected, else_=_("This text was brought in, and a State objects to it.")),
            unless(unconfirmed, else_=_("This text was brought in. Your State confirms it before it is published.")),
            binds=True,
        ),
        TextAction.PUBLISH_TRANSLATIONS: Rule(
            *_publishing(focal_point), _ITS_STATE, may(shared, else_=_("This text is not published.")), binds=True
        ),
        TextAction.WITHDRAW_PUBLICATION: Rule(
            *_publishing(focal_point), _ITS_STATE, may(shared, else_=_("This text is not published.")), binds=True
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: AgreedText | Observation | Objection) -> TextFacts:
    """For TextAction; ``target`` is a text, an observation of a list, or an objection to a version."""
    text = _text_of(target)
    review = text.review if isinstance(target, Objection) else target.review
    asker, parties = asker_in(actor, review), states_agreeing(text.review, text.instrument_id)
    capacity = asker["capacity"]
    author = None if isinstance(target, AgreedText) else target.state_party_id
    words = _words_on(text) if action == TextAction.PUBLISH else {}
    audience = _audience_of(text) if action in _ON_PUBLICATIONS else ""
    return TextFacts(
        **asker,
        status=TextStatus(text.status),
        is_party=capacity is not None and capacity.state_party_id in parties,
        room=target.room_id if isinstance(target, Observation) else None,
        is_own=capacity is not None and capacity.state_party_id == author,
        is_left=author is not None and author not in parties,
        has_ended=isinstance(target, Objection) and target.ended_at is not None,
        has_cleared=action in {TextAction.CLEAR, TextAction.OBJECT, TextAction.TAKE_BACK}
        and capacity is not None
        and _has_cleared(text, capacity),
        is_public=audience == SharingAudience.PUBLIC,
        is_shared=audience != "",
        waits_for_own_word=StateWord.CONFIRMED not in words.get(capacity and capacity.state_party_id, _CONFIRMED),
        is_objected=any(StateWord.OBJECTED in said for said in words.values()),
    )


def _text_of(target: AgreedText | Observation | Objection) -> AgreedText:
    if isinstance(target, Objection):
        return target.version.agreed_text
    return target.agreed_text if isinstance(target, Observation) else target


def states_agreeing(review: Review, instrument_id: Any) -> frozenset[Any]:
    """Keys of the States whose focal points clear the texts on an instrument; one query for each review."""
    return frozenset({review.state_under_review_id, *covering_of(review).get(instrument_id, ())})


def _has_cleared(text: AgreedText, capacity: Capacity) -> bool:
    standing = text.versions.filter(cancelled_at=None).values_list("number", flat=True)
    return Clearance.objects.filter(
        document_id=text.pk, version__in=standing, state_party_id=capacity.state_party_id, taken_back_at=None
    ).exists()


def _words_on(text: AgreedText) -> dict[Any, set[str]]:
    """What each State says of the standing version, where that was brought in; by its key."""
    standing = text.versions.filter(cancelled_at=None, brought_piece__isnull=False)
    pieces = BroughtPiece.objects.filter(review=text.review_id, file__in=standing.values("brought_piece__file"))
    words: dict[Any, set[str]] = {}
    for state, word in pieces.values_list("state_party_id", "word"):
        words.setdefault(state, set()).add(word)
    return words


def _audience_of(text: AgreedText) -> str:
    """Who reads it beyond the States of the review; "" for nobody."""
    rows = Publication.objects.filter(agreed_text=text, ended_at=None)
    return rows.values_list("audience", flat=True).first() or ""
