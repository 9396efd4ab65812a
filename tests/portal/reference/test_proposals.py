"""A new release proposes differences, which an administrator takes or declines row by row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.states.models import RegionalGroup, StateParty
from core.errors import ServiceError
from core.models import AuditEntry, ProposedRow
from core.policy import PolicyRefusedError
from portal.reference.selectors import ReleaseProposal, proposals
from portal.reference.services import decline_proposal, take_proposal
from reviews.programme.models import Adherence, ClusterArticle, Limit, Mechanism, PhasePeriod
from tests.portal.reference.conftest import ChangeFile
from tests.query_counts import assert_query_count
from tests.reviews.periods.programmes import in_session
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
NAME: Any = "name_en"


@pytest.fixture
def start_with(change_file: ChangeFile) -> ChangeFile:
    """Change a file of the mechanism, as the next version of the portal would, and start it."""

    def change(name: str, how: Callable[[Any], Any]) -> None:
        change_file(name, how)
        load()

    return change


def load() -> None:
    call_command("load_reference", verbosity=0)


def named(name: str) -> Callable[[Any], Any]:
    return lambda data: data["name"].update(en=name)


@pytest.fixture
def administrator(db: None) -> User:
    return in_session()


@pytest.fixture
def ours(mechanism: Mechanism) -> Mechanism:
    """The mechanism, which the institution calls otherwise."""
    Mechanism.objects.filter(pk=mechanism.pk).update(**{NAME: "Peer Review of Our Institution"})
    load()
    return mechanism


def name_of(mechanism: Mechanism) -> str:
    return str(Mechanism.objects.values_list(NAME, flat=True).get(pk=mechanism.pk))


def waiting() -> list[ReleaseProposal]:
    return [each for each in proposals() if each.proposed.declined_at is None]


def act(proposal: ReleaseProposal) -> dict[str, Any]:
    return {"key": proposal.proposed.pk, "shown": proposal.shown}


def told(proposal: ReleaseProposal) -> list[tuple[str, str, str]]:
    return [(each.name, each.here, each.there) for each in proposal.columns]


def test_where_nobody_had_a_say_nothing_is_proposed(start_with: Any) -> None:
    load()
    assert proposals() == []
    start_with("mechanism.json", named("Another Name"))
    assert proposals() == [], "such a row follows the files"


def test_it_is_taken_and_follows_the_files_from_then_on(ours: Mechanism, administrator: User, start_with: Any) -> None:
    start_with("mechanism.json", named("The Second Name"))
    (proposal,) = waiting()
    assert told(proposal) == [(NAME, "Peer Review of Our Institution", "The Second Name")]
    assert proposal.proposed.is_new
    take_proposal(actor=administrator, **act(proposal))
    assert name_of(ours) == "The Second Name"
    assert proposals() == []
    entry = AuditEntry.objects.get(verb="portal.reference.taken")
    assert entry.actor == administrator
    assert entry.before == {NAME: "Peer Review of Our Institution"}
    assert entry.after == {NAME: "The Second Name", "staff_session": entry.after["staff_session"]}
    # Without a start in between.
    start_with("mechanism.json", named("The Third Name"))
    assert name_of(ours) == "The Third Name"
    assert ProposedRow.objects.count() == 0


def test_a_declined_one_is_not_proposed_until_the_files_change_again(
    ours: Mechanism, administrator: User, start_with: Any
) -> None:
    start_with("mechanism.json", named("The Second Name"))
    (proposal,) = waiting()
    decline_proposal(actor=administrator, **act(proposal))
    load()
    assert (waiting(), len(proposals())) == ([], 1)
    assert name_of(ours) == "Peer Review of Our Institution"
    assert AuditEntry.objects.filter(verb="portal.reference.declined", actor=administrator).count() == 1
    with pytest.raises(ServiceError, match="declined already"):
        decline_proposal(actor=administrator, **act(proposal))
    start_with("mechanism.json", named("The Third Name"))
    (again,) = waiting()
    assert told(again) == [(NAME, "Peer Review of Our Institution", "The Third Name")]
    assert again.proposed.declined_by is None


def test_one_that_was_declined_can_still_be_taken(ours: Mechanism, administrator: User) -> None:
    (proposal,) = waiting()
    assert not proposal.proposed.is_new, "the files say what they said when the row was loaded"
    decline_proposal(actor=administrator, **act(proposal))
    (declined,) = proposals()
    take_proposal(actor=administrator, **act(declined))
    assert name_of(ours) != "Peer Review of Our Institution"
    assert proposals() == []


def test_who_was_shown_something_else_changes_nothing(ours: Mechanism, administrator: User, start_with: Any) -> None:
    (proposal,) = waiting()
    Mechanism.objects.filter(pk=ours.pk).update(**{NAME: "Renamed Meanwhile"})
    for service in (take_proposal, decline_proposal):
        with pytest.raises(ServiceError, match="have changed since"):
            service(actor=administrator, **act(proposal))
    assert name_of(ours) == "Renamed Meanwhile"
    assert [each.columns[0].here for each in waiting()] == ["Renamed Meanwhile"]


def test_a_link_to_another_row_is_told_by_its_name(administrator: User) -> None:
    state = StateParty.objects.exclude(regional_group=None).order_by("iso3")[0]
    group, other = state.regional_group, RegionalGroup.objects.exclude(pk=state.regional_group_id)[0]
    StateParty.objects.filter(pk=state.pk).update(regional_group=other)
    load()
    (proposal,) = waiting()
    assert told(proposal) == [("regional_group", str(other), str(group))]
    take_proposal(actor=administrator, **act(proposal))
    state.refresh_from_db()
    assert state.regional_group == group


def test_dates_of_the_programme_are_not_taken_one_by_one(administrator: User) -> None:
    period = PhasePeriod.objects.order_by("phase", "review_group")[0]
    PhasePeriod.objects.filter(pk=period.pk).update(evidence_note="Decision of our own.")
    load()
    (proposal,) = waiting()
    assert not proposal.can_be_taken
    with pytest.raises(ServiceError, match="on its own page"):
        take_proposal(actor=administrator, **act(proposal))


def test_a_date_of_deposit_is_taken_on_the_page_of_the_state(administrator: User, login_as: LoginAs) -> None:
    """There it goes with where it is read; here the institution's source would stand beside the release's date."""
    row = Adherence.objects.select_related("state_party", "instrument").order_by("pk")[0]
    Adherence.objects.filter(pk=row.pk).update(deposited_on="2020-02-02", source="A note of ours.")
    load()
    (proposal,) = waiting()
    with pytest.raises(ServiceError, match="on its own page"):
        take_proposal(actor=administrator, **act(proposal))
    row.refresh_from_db()
    assert (str(row.deposited_on), row.source) == ("2020-02-02", "A note of ours.")
    client = login_as(administrator)
    page = client.get(reverse("portal:proposal-list")).content.decode()
    address = reverse("reviews:adherence", args=[row.state_party.iso3, row.instrument.slug])
    assert f'href="{address}"' in page
    assert "Take what the release says" not in page
    assert client.get(address).status_code == 200


def test_what_was_decided_is_new_no_more(ours: Mechanism, administrator: User, start_with: Any) -> None:
    start_with("mechanism.json", named("The Second Name"))
    (proposal,) = waiting()
    decline_proposal(actor=administrator, **act(proposal))
    load()
    (declined,) = proposals()
    assert not declined.proposed.is_new
    start_with("mechanism.json", named("The Third Name"))
    assert [each.proposed.is_new for each in waiting()] == [True]
    (again,) = waiting()
    take_proposal(actor=administrator, **act(again))
    load()
    Mechanism.objects.filter(pk=ours.pk).update(**{NAME: "Ours Again"})
    load()
    assert [each.proposed.is_new for each in waiting()] == [False]


def test_a_row_that_cannot_be_so_is_told_and_stays(administrator: User) -> None:
    """The files have a value that the column does not take (any more)."""
    limit = Limit.objects.order_by("key")[0]
    Limit.objects.filter(pk=limit.pk).update(evidence_note="Ours.")
    load()
    (proposal,) = waiting()
    ProposedRow.objects.update(release={**proposal.proposed.release, "unit": "x" * 5000})
    (proposal,) = waiting()
    with pytest.raises(ServiceError, match="cannot be so"):
        take_proposal(actor=administrator, **act(proposal))
    limit.refresh_from_db()
    assert limit.evidence_note == "Ours."


@pytest.mark.parametrize("name", ["officer", "administrator", "auditor", "focal_point"])
def test_nobody_decides_without_a_staff_session(cast: Cast, ours: Mechanism, name: str) -> None:
    (proposal,) = waiting()
    for service in (take_proposal, decline_proposal):
        with pytest.raises(PolicyRefusedError):
            service(actor=cast.people[name], **act(proposal))


def test_the_page_shows_both_sides_and_takes_one(ours: Mechanism, administrator: User, login_as: LoginAs) -> None:
    client, url = login_as(administrator), reverse("portal:proposal-list")
    before = client.get(url).content.decode()
    assert "Peer Review of Our Institution" in before
    (proposal,) = waiting()
    take = reverse("portal:proposal-take", args=[proposal.proposed.pk])
    assert take in before
    answer = client.post(take, {"shown": "another"}, follow=True)
    assert "Nothing was done; look again." in answer.content.decode()
    answer = client.post(take, {"shown": proposal.shown}, follow=True).content.decode()
    assert "is what the release says now." in answer
    assert "Nothing waits for you" in answer


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (StateParty, {"iso2": "QQ"}),
        (Adherence, {"deposited_on": "2020-02-02"}),
        (ClusterArticle, {"evidence_note": "Ours."}),
        (PhasePeriod, {"evidence_note": "Ours."}),
    ],
)
def test_the_page_takes_a_constant_number_of_queries(
    administrator: User, login_as: LoginAs, model: Any, changed: dict[str, str]
) -> None:
    client, url = login_as(administrator), reverse("portal:proposal-list")
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True)[:3])
    for known in (keys[:1], keys):
        model.objects.filter(pk__in=known).update(**changed)
        load()
        with assert_query_count("proposals"):
            assert client.get(url).content.decode().count("Keep what we have") == len(known)


def test_many_stand_on_several_pages(administrator: User, login_as: LoginAs) -> None:
    keys = StateParty.objects.order_by("pk").values_list("pk", flat=True)[:51]
    StateParty.objects.filter(pk__in=list(keys)).update(legal_system="other law")
    load()
    client, url = login_as(administrator), reverse("portal:proposal-list")
    shown = [client.get(url, {"page": page}).content.decode().count("Keep what we have") for page in (1, 2)]
    assert shown == [50, 1]
