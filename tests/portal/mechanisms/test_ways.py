"""The three ways in which a mechanism comes into an empty portal, and the way out of it as a file."""

import json

import pytest
from django.test import Client
from django.urls import resolve, reverse

from accounts.people.models import User
from core import jobs
from core.errors import ServiceError
from core.models import Job, LoadedRow
from core.policy import PolicyRefusedError
from core.web.addresses import first_words
from lots.draws.models import DrawRule
from observations.texts.models import BlueprintText
from portal.mechanisms.checking.kinds import SLUG
from portal.mechanisms.enums import ChoiceStatus
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.policy import LOAD
from portal.mechanisms.selectors import (
    failed_loads,
    figures_of_choice,
    running_load,
    shipped_ones,
    standing_mechanisms,
)
from portal.mechanisms.services.choosing import (
    FaultyFileError,
    begin_empty,
    bring_file,
    choose_shipped,
    confirm_choice,
    withdraw_choice,
)
from portal.mechanisms.shipped import empty_files, figures_of_files
from portal.mechanisms.written import archive_of, files_of_mechanism
from portal.reference import load_all
from questionnaires.definitions import published_versions
from reviews.programme.models import Adherence, Instrument, Mechanism, Step
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.portal.mechanisms.folders import SHIPPED, changed, files_of, load, without_mechanisms, zipped
from tests.utils import login_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_chosen() -> None:
    without_mechanisms()


@pytest.fixture
def administrator() -> User:
    return AdministratorFactory.create()


def brought(slug: str, administrator: User) -> MechanismChoice:
    content = zipped(files_of(slug), folder=f"{slug}/")
    choice = bring_file(actor=administrator, file_name="mechanism.zip", content=content)
    return confirm_choice(actor=OfficerFactory(), choice=choice, shown=choice.sha256, language="en")


# --- What comes with the portal


def test_a_start_loads_no_mechanism_before_one_is_chosen() -> None:
    load_all()
    assert not Mechanism.objects.exists()
    assert [each.slug for each in shipped_ones("en")] == SHIPPED


@pytest.mark.parametrize("slug", SHIPPED)
def test_what_comes_with_the_portal_is_loaded_as_by_a_start(slug: str, administrator: User) -> None:
    shown = next(each for each in shipped_ones("en") if each.slug == slug)
    choice = choose_shipped(actor=administrator, slug=slug, language="en")
    assert load(choice).status == "done"
    assert [(each.slug, each.figures) for each in standing_mechanisms()] == [(slug, shown.figures)]
    assert LoadedRow.objects.filter(key=slug).exists(), "starts follow its files"
    assert load_all().differences == []


def test_it_is_loaded_once(administrator: User) -> None:
    load(choose_shipped(actor=administrator, slug=SHIPPED[0], language="en"))
    with pytest.raises(ServiceError, match="is in the portal already"):
        choose_shipped(actor=administrator, slug=SHIPPED[0], language="en")


def test_while_one_is_loaded_no_other_is_chosen(administrator: User) -> None:
    choose_shipped(actor=administrator, slug=SHIPPED[0], language="en")
    with pytest.raises(PolicyRefusedError, match="is being loaded"):
        choose_shipped(actor=administrator, slug=SHIPPED[1], language="en")


def test_it_takes_two_as_soon_as_there_are_two(administrator: User) -> None:
    other = OfficerFactory.create()
    client, slug = login_as(Client(), administrator), SHIPPED[0]
    asks = client.get(reverse("portal:mechanism-load", args=[slug])).content.decode()
    assert "Another member of the secretariat confirms it before it is loaded." in asks
    choice = choose_shipped(actor=administrator, slug=slug, language="en")
    assert (choice.status, running_load()) == (ChoiceStatus.WAITING, None)
    with pytest.raises(ServiceError, match="waits to be confirmed already"):
        choose_shipped(actor=administrator, slug=slug, language="en")
    with pytest.raises(PolicyRefusedError, match="Two members"):
        confirm_choice(actor=administrator, choice=choice, shown="", language="en")
    page = login_as(Client(), other).get(reverse("portal:mechanism-choice", args=[choice.pk]))
    assert page.context["brought"].questionnaires, "what the second one confirms is there to be read"
    assert load(confirm_choice(actor=other, choice=choice, shown="", language="en")).status == "done"
    assert [each.slug for each in standing_mechanisms()] == [slug]


def test_who_is_alone_again_loads_what_waited(administrator: User) -> None:
    other = OfficerFactory.create()
    waits = choose_shipped(actor=administrator, slug=SHIPPED[0], language="en")
    User.objects.filter(pk=other.pk).update(is_active=False)
    withdraw_choice(actor=administrator, choice=waits)
    assert load(choose_shipped(actor=administrator, slug=SHIPPED[0], language="en")).status == "done"


# --- Out of a file


@pytest.mark.parametrize("slug", SHIPPED)
def test_what_is_downloaded_and_brought_in_is_the_same_to_the_byte(slug: str, administrator: User) -> None:
    load(choose_shipped(actor=administrator, slug=slug, language="en"))
    first = archive_of(Mechanism.objects.get())
    adherences = Adherence.objects.count()
    without_mechanisms()
    choice = bring_file(actor=administrator, file_name=f"{slug}.zip", content=first)
    assert figures_of_choice(choice) == next(each for each in shipped_ones("en") if each.slug == slug).figures
    load(confirm_choice(actor=OfficerFactory(), choice=choice, shown=choice.sha256, language="en"))
    assert archive_of(Mechanism.objects.get()) == first
    assert Adherence.objects.count() == adherences


@pytest.mark.parametrize("slug", SHIPPED)
def test_the_folder_itself_can_be_brought_in(slug: str, administrator: User) -> None:
    load(brought(slug, administrator))
    assert Adherence.objects.exists()
    assert {each.slug for each in standing_mechanisms()} == {slug}
    published = {version.questionnaire.cluster.number for version in published_versions()}
    assert len(published) == standing_mechanisms()[0].figures.clusters


def test_a_start_leaves_what_came_out_of_a_file_alone(administrator: User) -> None:
    slug = SHIPPED[0]
    files = changed(files_of(slug), "mechanism.json", lambda data: data["limits"][-1].update(evidence_note="Ours."))
    choice = bring_file(actor=administrator, file_name="own.zip", content=zipped(files))
    load(confirm_choice(actor=OfficerFactory(), choice=choice, shown=choice.sha256, language="en"))
    before = archive_of(Mechanism.objects.get())
    load_all()
    assert archive_of(Mechanism.objects.get()) == before


def test_an_instrument_that_no_mechanism_reviews_may_be_in_two_files_that_agree(administrator: User) -> None:
    load(choose_shipped(actor=administrator, slug="untoc", language="en"))
    rows = json.loads(files_of_mechanism(Mechanism.objects.get())["mechanism.json"])["other_instruments"]
    joined = Adherence.objects.filter(instrument__mechanism=None).first()
    assert joined is not None
    own = next(slug for slug in SHIPPED if slug != "untoc")

    def zip_with(**differs: object) -> bytes:
        others = [{**row, **differs} for row in rows]
        return zipped(changed(files_of(own), "mechanism.json", lambda data: data.update(other_instruments=others)))

    with pytest.raises(FaultyFileError) as refusal:
        bring_file(actor=administrator, file_name="a.zip", content=zip_with(days_to_force=1))
    assert [fault.place for fault in refusal.value.faults] == ["other_instruments[0].days_to_force"]
    choice = bring_file(actor=administrator, file_name="a.zip", content=zip_with())
    load(confirm_choice(actor=OfficerFactory(), choice=choice, shown=choice.sha256, language="en"))
    assert Mechanism.objects.count() == 2
    assert Adherence.objects.filter(pk=joined.pk).exists()


def test_a_file_takes_two(administrator: User) -> None:
    choice = bring_file(actor=administrator, file_name="a.zip", content=zipped(files_of(SHIPPED[0])))
    with pytest.raises(PolicyRefusedError, match="Two members"):
        confirm_choice(actor=administrator, choice=choice, shown=choice.sha256, language="en")
    assert not Mechanism.objects.exists()
    withdraw_choice(actor=administrator, choice=choice)
    with pytest.raises(PolicyRefusedError, match="was withdrawn"):
        confirm_choice(actor=OfficerFactory(), choice=choice, shown=choice.sha256, language="en")


def test_what_is_wrong_by_the_time_it_is_confirmed_is_told(administrator: User) -> None:
    choice = bring_file(actor=administrator, file_name="a.zip", content=zipped(files_of(SHIPPED[0])))
    load(choose_shipped(actor=administrator, slug=SHIPPED[0], language="en"))
    with pytest.raises(ServiceError, match=r"mechanism\.json, slug: a mechanism with this short name is in the portal"):
        confirm_choice(actor=OfficerFactory(), choice=choice, shown=choice.sha256, language="en")


def test_a_load_that_fails_leaves_nothing(administrator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    choice = brought(SHIPPED[0], administrator)

    def fail(*args: object) -> None:
        raise ServiceError("Something does not fit.")

    monkeypatch.setattr("portal.reference.load.import_definitions_of", fail)
    with pytest.raises(ServiceError):
        load(choice)
    choice.refresh_from_db()
    assert choice.status == ChoiceStatus.CONFIRMED
    assert (Mechanism.objects.count(), Instrument.objects.count(), Step.objects.count()) == (0, 0, 0)


# --- Empty


def begun(administrator: User, like: str) -> Mechanism:
    choice = begin_empty(
        actor=administrator,
        slug="tides",
        name={"en": "Review of the Tides Convention", "ar": "استعراض"},
        short_name={"en": "Tides Review"},
        like=like,
        language="en",
    )
    load(choice)
    return Mechanism.objects.get(slug="tides")


@pytest.mark.parametrize("like", SHIPPED)
def test_an_empty_one_begins_with_the_steps_and_rules_of_another(like: str, administrator: User) -> None:
    mechanism = begun(administrator, like)
    of_other = figures_of_files(files_of(like))
    figures = standing_mechanisms()[0].figures
    assert (figures.instruments, figures.clusters, figures.questions) == (0, 0, 0)
    assert figures.steps == of_other["steps"]
    assert mechanism.name == "Review of the Tides Convention"
    assert DrawRule.objects.filter(mechanism=mechanism).exists()
    assert not BlueprintText.objects.filter(key__startswith="short_").exists()


def test_what_was_evidence_for_the_other_is_none_for_this_one(administrator: User) -> None:
    mechanism = begun(administrator, SHIPPED[0])
    limits = set(mechanism.limits.values_list("evidence_mark", "evidence_note"))
    assert limits == {("I", f"Taken over from another mechanism ({SHIPPED[0]}); not looked at yet.")}


def test_it_may_begin_with_those_of_one_that_stands(administrator: User) -> None:
    load(choose_shipped(actor=administrator, slug=SHIPPED[0], language="en"))
    own = Mechanism.objects.get()
    Step.objects.filter(mechanism=own, order=1).update(name_en="Our own first step")
    mechanism = begun(administrator, SHIPPED[0])
    assert mechanism.steps.order_by("order")[0].name == "Our own first step"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("slug", {"slug": "Tides Review"}),
        ("name_en", {"name": {"ar": "استعراض"}}),
        ("short_name_en", {"short_name": {}}),
    ],
)
def test_what_an_empty_one_needs_is_told_by_the_field(
    field: str, given: dict[str, object], administrator: User
) -> None:
    facts = {"slug": "tides", "name": {"en": "Tides"}, "short_name": {"en": "Tides"}, "like": SHIPPED[0], **given}
    with pytest.raises(ServiceError) as refusal:
        begin_empty(actor=administrator, language="en", **facts)  # type: ignore[arg-type]
    assert refusal.value.field == field


@pytest.mark.parametrize("name", ["instruments", "other_instruments", "questionnaires", "adherences.csv"])
def test_what_came_into_the_row_of_an_empty_one_is_not_loaded(name: str, administrator: User) -> None:
    files, slug = files_of(SHIPPED[0]), json.loads(files_of(SHIPPED[0])["mechanism.json"])["slug"]
    empty = empty_files(files, slug=slug, name={"en": "A"}, short_name={"en": "A"}, note="")
    if name in {"instruments", "other_instruments"}:
        rows = json.loads(files["mechanism.json"])["instruments"]
        empty = changed(empty, "mechanism.json", lambda data: data.update({name: rows}))
    else:
        empty = {**empty, **{each: text for each, text in files.items() if each.startswith(name)}, name: ""}
    choice = MechanismChoice.objects.create(
        way="empty", slug=slug, short_name="A", files=empty, status="confirmed", chosen_by=administrator
    )
    jobs.start_act(kind=LOAD, target=choice, requested_by=administrator, language="en", details={})
    with pytest.raises(ServiceError, match="holds rules and fixed words alone"):
        load(choice)


def test_no_short_name_is_a_word_that_other_addresses_begin_with(administrator: User) -> None:
    """Of each page: one under a mechanism of that name would be another page."""
    here = {"questionnaires", "states", "draws", "setup", "reference-data", "reviews", "sign-in"}
    assert first_words() >= here
    for word in first_words():
        if SLUG.fullmatch(word):
            with pytest.raises(ServiceError, match="use another one") as refusal:
                begin_empty(
                    actor=administrator, slug=word, name={"en": "A"}, short_name={}, like=SHIPPED[0], language="en"
                )
            assert refusal.value.field == "slug"
    own = {name: reverse(name, args=["night-sky"]) for name in ("reviews:review-list", "lots:draw-list")}
    assert {name: resolve(address).view_name for name, address in own.items()} == {name: name for name in own}
    assert not first_words() & set(SHIPPED)


def test_a_load_that_failed_is_shown_and_can_be_tried_again_or_withdrawn(administrator: User) -> None:
    late = bring_file(actor=administrator, file_name="a.zip", content=zipped(files_of(SHIPPED[0])))
    load(choose_shipped(actor=administrator, slug=SHIPPED[1], language="en"))
    officer = OfficerFactory.create()
    confirm_choice(actor=officer, choice=late, shown=late.sha256, language="en")
    job = jobs.latest_act(late, LOAD)
    assert job is not None
    assert running_load() == (late, job), "what was chosen before is loaded after"
    with pytest.raises(PolicyRefusedError, match="being loaded"):
        withdraw_choice(actor=officer, choice=late)
    Job.objects.filter(pk=job.pk).update(status="failed", error="The worker was lost.")
    page = login_as(Client(), officer)
    text = page.get(reverse("portal:mechanism-choice", args=[late.pk])).content.decode()
    assert "The worker was lost." in text
    assert "Not loaded" in text
    page.post(reverse("portal:mechanism-again", args=[late.pk]))
    again = jobs.latest_act(late, LOAD)
    assert again is not None
    assert again.pk != job.pk
    Job.objects.filter(pk=again.pk).update(status="failed", error="Again.")
    again.refresh_from_db()
    assert failed_loads() == [(late, again)]
    withdraw_choice(actor=officer, choice=late)
    assert (running_load(), failed_loads()) == (None, [])


def test_a_load_that_failed_stays_listed_while_another_one_succeeds(administrator: User) -> None:
    lost, other = (choose_and_fail(administrator, SHIPPED[0]), SHIPPED[1])
    load(choose_shipped(actor=administrator, slug=other, language="en"))
    assert [choice for choice, _job in failed_loads()] == [lost]
    text = login_as(Client(), administrator).get(reverse("portal:mechanism-list")).content.decode()
    assert "The worker was lost." in text
    assert f'href="{reverse("portal:mechanism-choice", args=[lost.pk])}"' in text
    again = choose_shipped(actor=administrator, slug=SHIPPED[0], language="en")
    assert again == lost, "what is chosen again is the same choice, and leaves none behind that nobody loads"
    load(again)
    assert failed_loads() == []
    assert set(MechanismChoice.objects.values_list("status", flat=True)) == {ChoiceStatus.LOADED}


def choose_and_fail(administrator: User, slug: str) -> MechanismChoice:
    choice = choose_shipped(actor=administrator, slug=slug, language="en")
    Job.objects.filter(target_id=choice.pk).update(status="failed", error="The worker was lost.")
    return choice


def test_the_archive_says_what_its_rows_say_and_no_more(administrator: User) -> None:
    load(choose_shipped(actor=administrator, slug=SHIPPED[0], language="en"))

    rules = json.loads(files_of_mechanism(Mechanism.objects.get())["mechanism.json"])
    given = json.loads(files_of(SHIPPED[0])["mechanism.json"])
    for key in ("slug", "instruments", "articles", "phases", "steps", "draw_rules", "observation_headings"):
        for mine, theirs in zip(rules[key], given[key], strict=True) if isinstance(rules[key], list) else ():
            assert {name: theirs.get(name) for name in mine} == mine
