"""Three hundred people who save at once, each an own answer, on the processes and with the limits of ``make run``."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.terms.selectors import newest_terms_number
from accounts.terms.services import accept_terms
from questionnaires.definitions.conditions import asked_codes
from questionnaires.definitions.definition import Item
from questionnaires.definitions.enums import QuestionKind
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Response
from questionnaires.sending.services import open_response
from reviews.cases.enums import ParticipationRole, ReviewingBasis
from reviews.opening.services.reviews import Reviewer, open_review
from reviews.registration.services.participation import register_participant
from tools.bench.load import Client, RequestTally, together
from tools.bench.saves import TEXT
from tools.bench.servers import cookies_of, serving
from tools.bench.world import OFFICER, World

PEOPLE, IN_A_REVIEW, SAVES = 300, 15, 5
THREADS = 4  # of each process, as the supervisor starts them


@dataclass(frozen=True, slots=True)
class CrowdWriter:
    """A person with an own question: where it is saved, and what makes it no other text than the one before."""

    path: str
    item: Item
    cookies: dict[str, str]


def measure(world: World) -> RequestTally:
    """Raises what the first person met whose save was refused, or who got no answer."""
    writers = list(_writers(world))
    with serving("tools.bench.crowd_settings", threads=THREADS) as port:
        return together(len(writers), SAVES, lambda number: _saving(port, writers[number]))


def _writers(world: World) -> list[CrowdWriter]:
    writers: list[CrowdWriter] = []
    for number in range(PEOPLE // IN_A_REVIEW):
        response = _self_assessment(world, number)
        for place, item in enumerate(_asked(response)[:IN_A_REVIEW]):
            user = _expert(response, f"crowd-{number}-{place}")
            path = f"/en/untoc/reviews/{response.review.code}/response/answers/{item.code}/"
            writers.append(CrowdWriter(path, item, cookies_of(user)))
    return writers


def _self_assessment(world: World, number: int) -> Response:
    """Of a fictional State of its own, reviewed by two others."""
    states = StateParty.objects.filter(is_fictional=True, adherences__instrument__slug="untoc").order_by("iso3")
    state = states.exclude(pk=world.review.state_under_review_id)[number]
    same = states.filter(regional_group=state.regional_group).exclude(pk=state.pk)[0]
    other = states.exclude(regional_group=state.regional_group)[0]
    review = open_review(
        actor=OFFICER,
        phase=world.review.phase,
        state_under_review=state,
        reviewers=[Reviewer(same, ReviewingBasis.SAME_GROUP), Reviewer(other, ReviewingBasis.OTHER_GROUP)],
        starts_on=dt.date(2020, 12, 1),
    )
    return open_response(OFFICER, review)


def _expert(response: Response, name: str) -> User:
    user = User.objects.create_user(f"{name}@bench.example", None, full_name=name.title())
    accept_terms(actor=user, number=newest_terms_number())
    register_participant(
        actor=OFFICER,
        review=response.review,
        user=user,
        state_party=response.review.state_under_review,
        role=ParticipationRole.GOVERNMENTAL_EXPERT,
    )
    return user


def _asked(response: Response) -> list[Item]:
    """What is asked whatever the others answer meanwhile: nothing of it hangs on an answer."""
    index = index_of(response.version_id)
    items = [item for place in index.applicable_sections(response.party_to) for item in place.section.items]
    asked = asked_codes(items, {})
    return [item for item in items if item.code in asked and item.kind != QuestionKind.GROUP]


def _saving(port: int, writer: CrowdWriter) -> Callable[[], None]:
    client, base = Client(port, writer.cookies), 0

    def request() -> None:
        nonlocal base
        answer = {"choices": writer.item.options[base % 2]} if writer.item.options else {"text": f"{TEXT}{base}"}
        reply = client.post(writer.path, urlencode({**answer, "base": base}).encode())
        if reply.status != 200 or reply.json()["status"] != "saved":
            raise RuntimeError(f"a save answered {reply.status}: {reply.body[:300]!r}")
        base = reply.json()["revision"]

    return request
