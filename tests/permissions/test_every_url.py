"""The table of addresses is whole, and what lies outside the walk: pages too early, and Django's administration.

Every address of the table is walked as every kind of person in ``tests/walk``.
"""

from collections.abc import Iterator
from http.client import FORBIDDEN, NOT_FOUND, OK

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from accounts.staff_sessions.services import start_staff_session
from core.reference_site import reference_site
from tests.factories.accounts import AdministratorFactory
from tests.permissions import urls, urls_base
from tests.permissions.reading import answer_of, signed_in
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import EVERYBODY, Scene
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db

# Pages of the self-assessment and of the answers that were sent; jobs have no address before there is one.
LATER = [
    page
    for page in [*urls.TABLE["drafts"], *urls.TABLE["submissions"]]
    if urls_base.BEFORE not in page.access and ":job-" not in page.name
]


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


@pytest.mark.scene(urls_base.BEFORE)
def test_what_is_not_there_yet_is_not_found(scene: Scene) -> None:
    """Before the self-assessment is opened nobody finds a page of it, whatever he or she may see later."""
    clients = {name: signed_in(scene.cast.people[name]) for name in ("focal_point", "same_group_expert", "officer")}
    found = [
        f"{page}, {name}"
        for page in LATER
        for name, client in clients.items()
        if answer_of(client, page, scene).status != NOT_FOUND
    ]
    assert found == []


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


# Changed on a page of its own (reviews/periods).
READ_ONLY = {"admin:reviews_phaseperiod_add", "admin:reviews_reminderrule_add"}
OPENED = {name for name in ADMIN if name.endswith(("_changelist", "_add", ":index"))} - READ_ONLY


@pytest.mark.parametrize("name", sorted(OPENED))
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
        "questionnaires.QuestionLink",
        "reviews.Adherence",
        "reviews.Article",
        "observations.BlueprintText",
        "reviews.Cluster",
        "reviews.ClusterArticle",
        "reviews.Holiday",
        "reviews.Instrument",
        "reviews.Limit",
        "reviews.Mechanism",
        "observations.AssistanceType",
        "observations.ObservationHeading",
        "observations.Term",
        "observations.WatchedWord",
        "reviews.Phase",
        "reviews.PhasePeriod",
        "reviews.PublicStatus",
        "reviews.ReminderRule",
        "reviews.ReviewGroup",
        "reviews.Step",
        "reviews.StepPlan",
        "reviews.StepPlanVersion",
    }
