"""Casts with ministries that have something to propose on."""

from typing import Any

from accounts.people.models import User
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import (
    Proposal,
    SectionAssignment,
)
from questionnaires.responses.selectors.responses import sections_visible_to
from reviews.cases.enums import ParticipationRole
from tests import utils
from tests.factories.accounts import UserFactory
from tests.utils import Cast, save

FIREARMS, FIRST, SECOND = ("firearms", "article-3"), "I.firearms.68", "I.firearms.69"
RESPONSE = "/en/untoc/reviews/1-XVE/response/"
SECTION = f"{RESPONSE}firearms/article-3/"


WORDS = ("Words of the experts.", "Words of the first.", "Words of the second.")


def place(cast: Cast, *address: str) -> Any:
    return index_of(cast.response.version_id).section_at(*(address or FIREARMS))


def send(cast: Cast, name: str = "contributor", **given: Any) -> SectionAssignment:
    """Section 3 on firearms, where nothing else is said."""
    given = {"places": [place(cast)]} | given
    assign_sections(cast.focal_point, cast.response, participation=cast.participations[name], **given)
    return SectionAssignment.objects.filter(participation=cast.participations[name]).first()  # type: ignore[return-value]


def second_ministry(cast: Cast) -> User:
    """Another contributor of the same State."""
    person = UserFactory(full_name="Ines Second", organization="Ministry of Trade")
    role = ParticipationRole.NATIONAL_CONTRIBUTOR
    cast.participations["second"] = utils.register(cast.review, person, cast.state, role)
    return person


def proposed(cast: Cast, code: str = FIRST, text: str = "By the Firearms Act.", **given: Any) -> Proposal:
    send(cast)
    save(cast.response, cast.contributor, code, choices=("Yes",), text=text, **given)
    return Proposal.objects.get(participation=cast.participations["contributor"], question__code=code)


def codes(user: User, cast: Cast) -> list[str]:
    return [item.code for each in sections_visible_to(user, cast.response) for item in each.section.items]
