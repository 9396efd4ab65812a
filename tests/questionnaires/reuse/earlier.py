"""A second cycle: what the State of the cast has sent in a review before, and what is offered of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accounts.people.models import User
from questionnaires.definitions.selectors import index_of
from questionnaires.definitions.services import import_version
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.reuse.enums import Reuse
from questionnaires.reuse.selectors import EarlierAnswer, Offering
from questionnaires.reuse.services import ChosenAnswer, take_earlier
from questionnaires.sending.services import open_response, submit_response_for_clearance
from reviews.cases.enums import ParticipationRole
from reviews.programme.models import Cluster, Phase
from tests import utils
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.questionnaires.bringing.answers import course_of, file_of, row
from tests.reviews.bringing.files import brought_in
from tests.utils import SYSTEM, Cast, clear_answers, save

RESPONSE = "/en/untoc/reviews/1-XVE/response/"
LIST = f"{RESPONSE}earlier/"
TAKE = f"{LIST}take/"
ASIDE = f"{LIST}set-aside/"
SECTION = f"{RESPONSE}untoc/article-5/"
OTHER_OPTIONS = {"options": ("Fully", "Not at all"), "kind": "single"}
FIRST, UNDER_FIRST, CASES = "I.untoc.3", "I.untoc.3.a", "I.untoc.27"
ALONE = "I.untoc.4"  # on which nothing else hangs
LONE: Any = {ALONE: {"choices": ("Yes",), "text": "In a note of 2004."}}
CASES_TIP, CASES_SOM, CASES_FIREARMS = "I.tip.45", "I.som.60", "I.firearms.77"
Given = Mapping[str, Mapping[str, Any]]
ANSWERS: Given = {
    FIRST: {"choices": ("Yes",), "text": "By the Penal Code of then."},
    UNDER_FIRST: {"choices": ("Yes",)},
    CASES: {"text": "The case of the two ships.", "citations": [{"law": "Penal Code", "provision": "12", "link": ""}]},
}
_EARLIER = 9  # the number of the phase of the earlier cycle


def earlier_phase(cluster: int = 1, number: int = _EARLIER) -> Phase:
    of = Cluster.objects.get(mechanism__slug=utils.MECHANISM, number=cluster)
    known = {"cluster": of, "evidence_mark": "I"}
    return Phase.objects.get_or_create(mechanism=of.mechanism, number=number, defaults=known)[0]


def drafted_before(state: str = "XVE", answers: Given = ANSWERS, *, phase: int | None = None) -> tuple[Response, User]:
    """A response of the State in an earlier review, and its focal point, who has no part in the review of the cast."""
    review = utils._open(state, phase=phase or earlier_phase().number)
    focal_point = UserFactory(full_name="Focal Point Of Then")
    utils.register(review, focal_point, review.state_under_review, ParticipationRole.FOCAL_POINT)
    response = open_response(SYSTEM, review)
    for code, given in answers.items():
        save(response, focal_point, code, **given)
    return response, focal_point


def sent_before(state: str = "XVE", answers: Given = ANSWERS, *, phase: int | None = None) -> ResponseSubmission:
    response, focal_point = drafted_before(state, answers, phase=phase)
    submit_response_for_clearance(focal_point, response)
    return clear_answers(focal_point, response)


def brought_before(state: str = "XVE") -> ResponseSubmission:
    """Brought in by two officers, as sent elsewhere in an earlier review of the State."""
    officer = OfficerFactory()
    review = course_of(utils._open(state, officer, phase=earlier_phase().number), officer)
    brought_in(file_of(review, officer, [row(FIRST, "Yes", "By the Penal Code of long ago.")]))
    return ResponseSubmission.objects.get(review=review)


def offers(response: Response, *codes: str) -> dict[str, list[EarlierAnswer]]:
    items = index_of(response.version_id).items
    return Offering(response).of([items[code] for code in codes or ANSWERS], {})


def keep(cast: Cast, *codes: str, actor: User | None = None, how: Reuse = Reuse.KEPT, seen: int = 0) -> None:
    """Take the first offer of each."""
    assert cast.response is not None
    found = offers(cast.response, *codes)
    take_earlier(
        actor=actor or cast.expert,
        response=cast.response,
        version=index_of(cast.response.version_id).number,
        how=how,
        chosen=[ChosenAnswer(code, found[code][0].key, seen) for code in codes],
    )


def official(cast: Cast) -> dict[str, str]:
    codes = index_of(cast.response.version_id).codes
    return {codes[each.question_id]: each.text for each in Answer.objects.filter(response=cast.response)}


def second_version(cast: Cast, code: str, **change: Any) -> None:
    """The questionnaire is published anew with one item changed (or, without ``change``, left out)."""
    definition = index_of(cast.response.version_id).definition
    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(
                    section,
                    items=tuple(
                        replace(item, **change) if item.code == code else item
                        for item in section.items
                        if change or item.code != code
                    ),
                )
                for section in part.sections
            ),
        )
        for part in definition.parts
    )
    published = import_version(SYSTEM, replace(definition, parts=parts))
    Response.objects.filter(pk=cast.response.pk).update(version=published)
    cast.response = Response.objects.get(pk=cast.response.pk)
