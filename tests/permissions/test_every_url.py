"""Every address against every kind of person, with words planted into every confidential field.

Anonymous: to the sign-in page. A stranger: not found, as if it were not there. Without the right: refused, and told
why. An address that is missing from the table fails, and so does a page, a file, a mail or an entry of the audit trail
with a word in it that its reader must not meet (``canaries.py``).
"""

from collections.abc import Callable, Iterator
from http.client import FORBIDDEN, FOUND, NOT_FOUND, OK

import pytest
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from accounts.services.staff_sessions import end_staff_session, start_staff_session
from core import audit
from core.enums import JobStatus
from core.models import Job
from core.reference_site import reference_site
from core.typed import WRITTEN_IN
from questionnaires.models import ResponseSubmission
from questionnaires.selectors.jobs import DRAFT_PDF, SUBMISSION_PDF
from questionnaires.selectors.versions import index_of
from questionnaires.services.responses import assign_sections
from tests import utils
from tests.factories.accounts import AdministratorFactory
from tests.factories.core import JobFactory
from tests.permissions import canaries, urls, urls_base
from tests.permissions.pieces import Planter
from tests.permissions.reading import Answered, answer_of, signed_in
from tests.permissions.test_matrix import TABLES, rows_of
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import EVERYBODY, STAGES, Access, Page, Scene
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db

CHECKS = [
    pytest.param(stage, pages, id=f"{group}, {stage}")
    for stage in STAGES
    for group, pages in urls.TABLE.items()
    if any(stage in page.access for page in pages)
]
# Pages of the self-assessment and of the answers that were sent; jobs have no address before there is one.
LATER = [
    page
    for page in [*urls.DRAFTS, *urls.SUBMISSIONS]
    if urls_base.BEFORE not in page.access and ":job-" not in page.name
]
NOT_SIGNED_IN = "nobody"
REASONS = {
    cell.removeprefix("no: ")
    for name in TABLES
    for row in rows_of(name)
    for cell in row.values()
    if cell.startswith("no: ")
}


def build_scene(stage: str) -> Scene:
    cast = utils.make_cast("consultations")
    if stage != urls_base.BEFORE:
        cast.response = utils.take_to("self_assessment", cast.review, cast.focal_point, cast.expert)
        assert cast.response is not None
        place = index_of(cast.response.version_id).section_at(*urls_base.SENT_SECTION)
        contributor = cast.participations["contributor"]
        assign_sections(cast.focal_point, cast.response, participation=contributor, places=[place])
        for code, given in urls_base.ANSWERED.items():
            utils.save(cast.response, cast.expert, code, **given)
        utils.take_cast_to(stage, cast)
    submission = ResponseSubmission.objects.filter(review=cast.review).first()
    draft_job = finished_job(DRAFT_PDF, cast.response, cast) if cast.response else None
    submission_job = finished_job(SUBMISSION_PDF, submission, cast) if submission else None
    pieces = Planter(cast).plant(stage)
    audit.chain_now()
    scene = Scene(utils.fresh(cast), submission, draft_job, submission_job, pieces)
    if stage == urls_base.DRAFT:
        outside_the_review(scene)
    canaries.plant(utils.fresh(cast).people, scene.canaries)
    utils.fresh(cast)
    return scene


def outside_the_review(scene: Scene) -> None:
    """What has nothing to do with the step of the review is there at one of them."""
    scene.notes.make_all()
    scene.requests.make_all()
    scene.feeds.agree()
    scene.cockpit.make_all()
    administrator = scene.cast.administrator
    start_staff_session(actor=administrator, reason="To mend what was mistyped.", state_party=scene.cast.state)
    end_staff_session(actor=administrator)


def finished_job(kind: str, target: models.Model, cast: Cast) -> Job:
    job = JobFactory(
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        requested_by=cast.expert,
        status=JobStatus.DONE,
        progress=100,
    )
    job.result.save(f"{job.pk}.pdf", ContentFile(b"%PDF-1.7"))
    return job


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


def test_every_address_is_in_the_table() -> None:
    there = {name for name in names(get_resolver().url_patterns) if not name.startswith("admin:")}
    assert {page.name for page in PAGES} == there


def test_everybody_of_the_table_is_in_the_cast(cast: Cast) -> None:
    assert EVERYBODY - set(cast.people) == set()


@pytest.mark.parametrize(("stage", "pages"), CHECKS)
def test_every_page_for_everybody(
    stage: str, pages: list[Page], record_property: Callable[[str, object], None]
) -> None:
    scene = build_scene(stage)
    clients = {name: signed_in(scene.cast.people[name]) for name in sorted(EVERYBODY)}
    wrong = [
        f"{page}, {name}: {problem}"
        for page in pages
        if stage in page.access
        for name, client in clients.items()
        if (problem := problem_with(answer_of(client, page, scene), page, page.access[stage], name, scene))
    ]
    assert wrong == []
    record_property("answers", sum(stage in page.access for page in pages) * len(clients))
    record_property("words", len(scene.canaries.fields))


def problem_with(answered: Answered, page: Page, access: Access, name: str, scene: Scene) -> str:
    """What is wrong with an answer, in words; empty when nothing is."""
    expected = page.success if name in access.may else FORBIDDEN if name in access.refused else NOT_FOUND
    if answered.status != expected:
        return f"{answered.status} and not {int(expected)}"
    if expected == FORBIDDEN and not names_a_reason(answered):
        return "refused without a reason"
    if leaked := scene.canaries.leaked_to(name, answered.text):
        return f"leaks {leaked}"
    if told := scene.canaries.told(answered.traces):
        return f"a mail or the audit trail tells {told}"
    return ""


def names_a_reason(answered: Answered) -> bool:
    return any(reason in answered.text for reason in REASONS)


def test_what_is_not_there_yet_is_not_found() -> None:
    """Before the self-assessment is opened nobody finds a page of it, whatever he or she may see later."""
    scene = build_scene(urls_base.BEFORE)
    clients = {name: signed_in(scene.cast.people[name]) for name in ("focal_point", "same_group_expert", "officer")}
    found = [
        f"{page}, {name}"
        for page in LATER
        for name, client in clients.items()
        if answer_of(client, page, scene).status != NOT_FOUND
    ]
    assert found == []


@pytest.mark.parametrize("stage", [urls_base.BEFORE, urls_base.DRAFT, urls_base.SENT, *STAGES[4:]])
def test_people_who_are_not_signed_in_are_sent_to_sign_in(stage: str) -> None:
    scene = build_scene(stage)
    wrong = []
    for entry in PAGES:
        if stage in entry.access:
            answered = answer_of(Client(), entry, scene)
            if not is_right_for_anonymous(entry, answered.status, answered.location):
                wrong.append(f"{entry}: {answered.status} {answered.location}")
            if leaked := scene.canaries.leaked_to(NOT_SIGNED_IN, answered.text):
                wrong.append(f"{entry} leaks {leaked}")
    assert wrong == []


def is_right_for_anonymous(page: Page, status: int, location: str) -> bool:
    if page.anonymous:
        return status == page.anonymous
    if page.method == "post" and WRITTEN_IN.keys() & page.data.keys():
        return status == FORBIDDEN  # the words come back on a page that leads to sign in (tests/core/test_typed.py)
    return (status, location) == (FOUND, "/en/sign-in/")


# --- Django's administration: reference data only


ADMIN = sorted({name for name in names(get_resolver().url_patterns) if name.startswith("admin:")} - {"admin:None"})
_WITH_OBJECT = ("_history", "_delete", "_change")


def admin_address(name: str) -> str:
    page = name.removeprefix("admin:")
    args: list[object] = []
    if page.endswith(_WITH_OBJECT) and page != "password_change":
        label = page.rpartition("_")[0].replace("_", ".")
        model = {each._meta.label_lower: each for each in reference_site._registry}[label]
        args = [model.objects.all()[0].pk]
    elif page == "app_list":
        args = ["reviews"]
    elif page == "view_on_site":
        args = [1, 1]
    with translation.override("en"):
        return reverse(name, args=args)


@pytest.mark.parametrize("name", ADMIN)
def test_only_those_who_look_after_the_reference_data_open_it(name: str, cast: Cast) -> None:
    address = admin_address(name)
    assert Client().get(address, follow=True).redirect_chain[-1][0].startswith("/en/sign-in/")
    only = "Only administrators of the secretariat look after the reference data."
    without_session = "This needs an open staff session: begin one and give the reason."
    told = {"officer": only, "administrator": without_session, "focal_point": only, "stranger": only}
    for person, reason in told.items():
        http_response = login_as(Client(), cast.people[person]).get(address, follow=True)
        assert (person, http_response.status_code) == (person, FORBIDDEN)
        assert reason in http_response.content.decode()


@pytest.mark.parametrize("name", [name for name in ADMIN if name.endswith(("_changelist", "_add", ":index"))])
def test_those_who_look_after_the_reference_data_open_it(name: str) -> None:
    steward = AdministratorFactory()
    start_staff_session(actor=steward, reason="Correct a date of deposit.", state_party=None)
    assert login_as(Client(), steward).get(admin_address(name)).status_code == OK


def test_nothing_of_a_review_is_in_the_administration() -> None:
    assert {model._meta.label for model in reference_site._registry} == {
        "accounts.AccountRule",
        "accounts.ConfidentialityTerms",
        "accounts.RegionalGroup",
        "accounts.StateParty",
        "lots.DrawRule",
        "reviews.Adherence",
        "reviews.Article",
        "reviews.BlueprintText",
        "reviews.Cluster",
        "reviews.Holiday",
        "reviews.Instrument",
        "reviews.Limit",
        "reviews.Mechanism",
        "reviews.ObservationHeading",
        "reviews.Phase",
        "reviews.PhasePeriod",
        "reviews.PublicStatus",
        "reviews.ReminderRule",
        "reviews.ReviewGroup",
        "reviews.Step",
        "reviews.StepPlan",
        "reviews.StepPlanVersion",
    }
