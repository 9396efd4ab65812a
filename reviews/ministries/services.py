"""Contributors are placed in ministries, and two spellings of one ministry are joined."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import one_line, require_text
from core.policy import require
from reviews.cases import language_of, lock_review
from reviews.cases.enums import ParticipationRole, ReviewAction
from reviews.cases.models import Participation, Review
from reviews.ministries.models import Ministry, MinistryMember

_MAXIMUM_NAME = 200  # characters
_Placed = Callable[[User, Ministry], None]
_told: list[_Placed] = []


def on_placed(told: _Placed) -> None:
    """Have ``told`` called, with who acts and the ministry, when somebody has come to it; in the same transaction."""
    if told not in _told:
        _told.append(told)


@transaction.atomic
def place_contributor(*, actor: User, participation: Participation, name: str) -> Ministry:
    """Note that a contributor is of the ministry of this name, which is a new one where there is none yet.

    He or she has what was sent to it from then on. Raises ServiceError, with the field, without a name, for somebody
    who is no contributor now, and for one who is of a ministry already.
    """
    review = participation.review
    require(actor, ReviewAction.INVITE_CONTRIBUTOR, review)
    lock_review(review)
    name = one_line(require_text(name, _("Enter the name."), maximum=_MAXIMUM_NAME, field="name"))
    is_contributor = participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR and participation.ended_at is None
    if not is_contributor or participation.state_party_id != review.state_under_review_id:
        raise ServiceError(_("Choose somebody who takes part as a contributor."), field="participation")
    if MinistryMember.objects.filter(participation=participation).exists():
        raise ServiceError(_("He or she is of a ministry already."), field="participation")
    ministry = _named(review, name)
    member = MinistryMember.objects.create(ministry=ministry, participation=participation)
    after = {"review": review.code, "ministry": str(member.ministry_id)}
    audit.record(actor, "reviews.contributor.placed", participation, after=after)
    for told in _told:
        told(actor, ministry)
    return ministry


def _named(review: Review, name: str) -> Ministry:
    """As the database compares names (``one_ministry_a_name``); of one that was joined into another, that one."""
    room = review.state_under_review
    same = Ministry.objects.alias(low=Lower("name")).filter(low=Lower(Value(name)))
    found: Ministry | None = same.filter(review=review, room=room).first()
    while found is not None and found.joined_into is not None:
        found = found.joined_into
    return found or Ministry.objects.create(review=review, room=room, language=language_of(review), name=name)


@transaction.atomic
def join_ministries(*, actor: User, ministry: Ministry, into: Ministry) -> None:
    """The people of one are of the other from now on; what was sent to it is for its caller. It stays, without people.

    Whoever is placed under its name is of the other too. Raises ServiceError, with the field, for one and the same, and
    where either was joined into another meanwhile.
    """
    require(actor, ReviewAction.INVITE_CONTRIBUTOR, into.review)
    lock_review(into.review)
    both = Ministry.objects.filter(review=into.review, pk__in=[ministry.pk, into.pk], joined_into=None)
    if both.count() != 2:
        raise ServiceError(_("Choose another ministry of your State."), field="into")
    MinistryMember.objects.filter(ministry=ministry).update(ministry=into)
    ministry.joined_into = into
    ministry.save(update_fields=["joined_into", "updated_at"])
    after = {"review": into.review.code, "into": str(into.pk)}
    audit.record(actor, "reviews.ministry.joined", ministry, before={"ministry": str(ministry.pk)}, after=after)
