"""Notes verbales: recorded with their people, submitted, returned; who may, and what is refused in words."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from accounts.people.models import Affiliation
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.nominations.services.nominations import (
    NoteInput,
    add_nominations,
    change_note,
    discard_note,
    record_note,
    remove_nomination,
    return_note,
    submit_note,
)
from reviews.registration.services.participation import end_participation
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.reviews.nominations.notes import ANA, PDF, named, note_by, place_of, scan, submitted_by
from tests.utils import SYSTEM, Cast, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def stored() -> list[str]:
    return default_storage.listdir("notes-verbales")[1] if default_storage.exists("notes-verbales") else []


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(verb__contains=".no").order_by("id").values_list("verb", flat=True))


def mission_of(cast: Cast) -> Any:
    user = UserFactory(full_name="Mila Mission")
    Affiliation.objects.create(user=user, state_party=cast.state, is_permanent_mission=True)
    return user


def test_a_focal_point_a_mission_and_an_officer_record_for_the_state(cast: Cast) -> None:
    for number, actor in enumerate((cast.focal_point, mission_of(cast), cast.officer)):
        note = note_by(actor, cast.state, ANA, number=f"{number}/2026")
        assert (note.status, note.recorded_by, note.state_party) == (NoteStatus.RECORDING, actor, cast.state)
        assert note.scan.name == f"notes-verbales/{note.pk}.pdf"
        assert (note.scan_name, len(note.sha256)) == ("note.pdf", 64)
    assert verbs()[:2] == ["reviews.note.recorded", "reviews.nomination.added"]


def test_the_focal_point_of_a_reviewing_state_records_for_that_state_only(cast: Cast) -> None:
    assert note_by(cast.same_group_focal_point, cast.same_group_state).state_party == cast.same_group_state
    with pytest.raises(Http404):
        note_by(cast.same_group_focal_point, cast.state)


@pytest.mark.parametrize("name", ["expert", "contributor", "observer", "auditor"])
def test_others_of_the_state_and_the_auditor_are_told_who_records(cast: Cast, name: str) -> None:
    with pytest.raises(PolicyRefusedError, match="Only the focal points and the permanent mission of the State"):
        note_by(cast.people[name], cast.state)


@pytest.mark.parametrize("name", ["stranger", "bystander", "other_group_focal_point"])
def test_people_of_other_states_find_nothing(cast: Cast, name: str) -> None:
    with pytest.raises(Http404):
        note_by(cast.people[name], cast.state)


def test_a_focal_point_who_has_been_replaced_finds_nothing(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state)
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    Affiliation.objects.filter(user=cast.focal_point).update(ends_on=timezone.localdate())
    fresh(cast)
    with pytest.raises(Http404):
        change_note(actor=cast.focal_point, note=note, given=NoteInput("13/2026", dt.date(2026, 1, 12)))


def test_a_mission_whose_access_has_ended_finds_nothing_from_that_day_on(cast: Cast) -> None:
    mission = mission_of(cast)
    Affiliation.objects.filter(user=mission).update(ends_on=timezone.localdate())
    with pytest.raises(Http404):
        note_by(mission, cast.state)


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"number": " "}, "number", "Enter the number of the note."),
        ({"number": "n" * 101}, "number", "This is 101 characters long. The limit is 100."),
        ({"dated_on": dt.date(2999, 1, 1)}, "dated_on", "This day is still to come."),
        ({"scan": scan("note.docx")}, "scan", "Choose the scanned note as PDF, PNG or JPEG."),
        ({"scan": scan("note.svg", b"<svg/>")}, "scan", "Choose the scanned note as PDF, PNG or JPEG."),
        ({"scan": scan("note.pdf", b"<script>")}, "scan", "The content of this file is not what its name says."),
        ({"scan": scan("note.png", PDF)}, "scan", "The content of this file is not what its name says."),
        ({"scan": scan("note.pdf", b"")}, "scan", "This file is empty."),
    ],
)
def test_what_is_wrong_with_a_note_is_told_by_field(
    cast: Cast, given: dict[str, Any], field: str, message: str
) -> None:
    values = {"number": "12/2026", "dated_on": dt.date(2026, 1, 12), "scan": None} | given
    with pytest.raises(ServiceError) as refusal:
        record_note(actor=cast.focal_point, place=place_of(cast.state), given=NoteInput(**values))
    assert (refusal.value.field, str(refusal.value)) == (field, message)
    assert (NoteVerbale.objects.count(), stored()) == (0, [])


def test_a_number_is_recorded_once_for_a_state(cast: Cast) -> None:
    note_by(cast.focal_point, cast.state, number="12/2026")
    note_by(cast.same_group_focal_point, cast.same_group_state, number="12/2026")
    with pytest.raises(ServiceError, match="A note with this number is recorded for Veskaria already") as refusal:
        note_by(cast.officer, cast.state, number=" 12/2026 ")
    assert refusal.value.field == "number"


def test_a_new_scan_takes_the_place_of_the_one_before(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    note = note_by(cast.focal_point, cast.state)
    before = note.sha256
    with django_capture_on_commit_callbacks(execute=True):
        given = NoteInput("13/2026", dt.date(2026, 1, 13), scan("signed.pdf", PDF + b"\n"))
        changed = change_note(actor=cast.focal_point, note=note, given=given)
    assert (changed.number, changed.scan_name, changed.sha256 == before) == ("13/2026", "signed.pdf", False)
    assert stored() == [changed.scan.name.removeprefix("notes-verbales/")]


def test_a_note_is_discarded_with_its_people_and_its_scan(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    note = note_by(cast.focal_point, cast.state, ANA)
    with django_capture_on_commit_callbacks(execute=True):
        discard_note(actor=cast.focal_point, note=note)
    assert (NoteVerbale.objects.count(), Nomination.objects.count(), stored()) == (0, 0, [])
    with pytest.raises(ServiceError, match="This note was discarded meanwhile"):
        submit_note(actor=cast.focal_point, note=note)


def test_the_same_person_is_named_for_several_reviews(cast: Cast) -> None:
    other = cast.bystander_review
    other.reviewing_states.create(state_party=cast.state, basis="same_group")
    note = note_by(cast.focal_point, cast.state, ANA, named(review=other.code, role="observer"))
    assert list(note.nominations.values_list("review__code", "role")) == [
        (other.code, "observer"),
        ("1-XVE", "governmental_expert"),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"review": "1-XMB"}, "review", "There is no current review 1-XMB in which Veskaria takes part."),
        ({"review": "9-ZZZ"}, "review", "There is no current review 9-ZZZ in which Veskaria takes part."),
        ({"role": "director"}, "role", "Choose the role."),
        ({"full_name": ""}, "full_name", "Enter the name."),
        ({"email": "ana"}, "email", "This is not an e-mail address. It looks like name@ministry.example."),
        ({"phone": "1" * 41}, "phone", "This is 41 characters long. The limit is 40."),
        ({"language": "tlh"}, "language", "Choose the language."),
    ],
)
def test_what_is_wrong_with_a_person_is_told_by_field(
    cast: Cast, changes: dict[str, str], field: str, message: str
) -> None:
    note = note_by(cast.focal_point, cast.state)
    with pytest.raises(ServiceError) as refusal:
        add_nominations(actor=cast.focal_point, note=note, namings=[named(**changes)])
    assert (refusal.value.field, str(refusal.value)) == (field, message)


def test_a_reviewing_state_names_no_national_contributors(cast: Cast) -> None:
    note = note_by(cast.same_group_focal_point, cast.same_group_state)
    with pytest.raises(ServiceError, match="A reviewing State has no national contributors"):
        add_nominations(actor=cast.same_group_focal_point, note=note, namings=[named(role="national_contributor")])


def test_a_closed_review_takes_nobody(cast: Cast) -> None:
    note = note_by(cast.officer, cast.state)
    cast.review.step = cast.review.mechanism.steps.get(kind="closing")
    cast.review.save()
    with pytest.raises(ServiceError, match="There is no current review 1-XVE"):
        add_nominations(actor=cast.officer, note=note, namings=[ANA])


def test_nobody_is_named_twice_for_a_review(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state, ANA)
    with pytest.raises(ServiceError, match="This person is named for this review already"):
        add_nominations(actor=cast.focal_point, note=note, namings=[named(role="observer")])


def test_a_second_focal_point_says_whom_he_or_she_replaces(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state)
    with pytest.raises(ServiceError, match="Focal Point is the focal point in review 1-XVE") as refusal:
        add_nominations(actor=cast.focal_point, note=note, namings=[named(role="focal_point")])
    assert refusal.value.field == "replaces"
    replaced = cast.participations["focal_point"]
    (added,) = add_nominations(
        actor=cast.focal_point, note=note, namings=[named(role="focal_point", replaces=replaced.pk)]
    )
    assert added.replaces == replaced
    with pytest.raises(ServiceError, match="Another focal point is named for this review"):
        add_nominations(
            actor=cast.focal_point,
            note=note,
            namings=[named(role="focal_point", email="b@x.example", replaces=replaced.pk)],
        )


def test_nobody_replaces_somebody_in_another_role_or_of_another_state(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state)
    with pytest.raises(ServiceError, match="A person takes the place of somebody in the same role"):
        add_nominations(actor=cast.focal_point, note=note, namings=[named(replaces=cast.participations["observer"].pk)])
    foreign = cast.participations["same_group_expert"].pk
    (added,) = add_nominations(actor=cast.focal_point, note=note, namings=[named(replaces=foreign)])
    assert added.replaces is None


def test_a_state_is_not_told_who_takes_part_for_others(cast: Cast) -> None:
    """Neither that somebody is registered, nor that he or she belongs to another State or to the secretariat."""
    strangers = [cast.contributor.email, cast.officer.email, cast.bystander.email]
    note = note_by(cast.same_group_focal_point, cast.same_group_state)
    people = [named(email=email) for email in strangers]
    assert len(add_nominations(actor=cast.same_group_focal_point, note=note, namings=people)) == 3
    own = note_by(cast.officer, cast.same_group_state, number="13/2026")
    for email, message in (
        (cast.contributor.email, "This person takes part in this review for another State."),
        (cast.officer.email, "belongs to the secretariat and takes part for no State."),
    ):
        with pytest.raises(ServiceError, match=message):
            add_nominations(actor=cast.officer, note=own, namings=[named(email=email)])


def test_all_are_added_or_none(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state)
    people = [ANA, named(full_name="Bo", email="bo@x.example", review="1-XXX")]
    with pytest.raises(ServiceError, match="Bo, review 1-XXX: There is no current review 1-XXX"):
        add_nominations(actor=cast.focal_point, note=note, namings=people)
    assert note.nominations.count() == 0


def test_a_person_is_taken_out_once(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state, ANA)
    nomination = note.nominations.get()
    remove_nomination(actor=cast.focal_point, nomination=nomination)
    remove_nomination(actor=cast.focal_point, nomination=nomination)
    assert note.nominations.count() == 0
    assert verbs().count("reviews.nomination.removed") == 1


def test_a_note_is_submitted_with_its_scan_and_its_people(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state, with_scan=False)
    with pytest.raises(ServiceError, match="Add the scanned note first"):
        submit_note(actor=cast.focal_point, note=note)
    change_note(actor=cast.focal_point, note=note, given=NoteInput("12/2026", dt.date(2026, 1, 12), scan()))
    with pytest.raises(ServiceError, match="Add the people whom the note names first"):
        submit_note(actor=cast.focal_point, note=note)
    add_nominations(actor=cast.focal_point, note=note, namings=[ANA])
    assert submit_note(actor=cast.focal_point, note=note).status == NoteStatus.SUBMITTED


def test_the_officer_in_charge_is_told_once_that_a_note_waits(cast: Cast) -> None:
    OfficerFactory(full_name="Somebody Else")
    note = submitted_by(cast.focal_point, cast.state, ANA)
    mail = Notification.objects.get(template="reviews/note_news")
    assert (mail.recipient, mail.context["number"], mail.context["state"]) == (cast.officer, "12/2026", "Veskaria")
    assert mail.context["sentence"] == "A note verbale waits to be checked."
    assert ANA.full_name not in str(mail.context)
    assert mail.context["path"] == f"/en/untoc/states/XVE/nominations/{note.pk}/"


def test_all_other_officers_are_told_where_the_one_in_charge_has_recorded_it(cast: Cast) -> None:
    other = OfficerFactory(full_name="Somebody Else")
    submitted_by(cast.officer, cast.state, ANA)
    told = Notification.objects.filter(template="reviews/note_news").values_list("recipient", flat=True)
    assert set(told) == {other.pk, cast.administrator.pk}


def test_nothing_is_changed_while_it_is_checked(cast: Cast) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    given = NoteInput("12/2026", dt.date(2026, 1, 12))
    for act in (
        lambda: change_note(actor=cast.focal_point, note=note, given=given),
        lambda: discard_note(actor=cast.focal_point, note=note),
        lambda: add_nominations(actor=cast.focal_point, note=note, namings=[named(email="b@x.example")]),
        lambda: remove_nomination(actor=cast.focal_point, nomination=note.nominations.get()),
        lambda: submit_note(actor=cast.focal_point, note=note),
    ):
        with pytest.raises(PolicyRefusedError, match="This note is being checked"):
            act()


def test_a_note_is_returned_with_a_reason_and_comes_back(cast: Cast) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    with pytest.raises(ServiceError, match="Say what has to be changed") as refusal:
        return_note(actor=cast.officer, note=note, reason="  ")
    assert refusal.value.field == "reason"
    returned = return_note(actor=cast.officer, note=note, reason="The scan lacks its second page.")
    assert (returned.status, returned.checked_by) == (NoteStatus.RETURNED, cast.officer)
    mail = Notification.objects.get(context__sentence__startswith="The note verbale was returned")
    assert (mail.recipient, "second page" in str(mail.context)) == (cast.focal_point, False)
    again = submit_note(actor=cast.focal_point, note=note)
    assert (again.status, again.checked_by, again.return_reason) == (
        NoteStatus.SUBMITTED,
        None,
        "The scan lacks its second page.",
    )


def test_nobody_checks_what_he_or_she_has_recorded_nor_for_the_own_state(cast: Cast) -> None:
    note = submitted_by(cast.officer, cast.state, ANA)
    with pytest.raises(PolicyRefusedError, match="You have recorded this note; another officer checks it"):
        return_note(actor=cast.officer, note=note, reason="No.")
    national = OfficerFactory()
    Affiliation.objects.create(user=national, state_party=cast.state)
    with pytest.raises(PolicyRefusedError, match="You belong to the State that sent this note"):
        return_note(actor=national, note=note, reason="No.")
    with pytest.raises(PolicyRefusedError, match="Only an officer of the secretariat does this"):
        return_note(actor=cast.focal_point, note=note, reason="No.")


def test_an_officer_does_not_change_what_another_has_recorded(cast: Cast) -> None:
    """Otherwise he or she could add somebody and then approve alone."""
    note = note_by(cast.officer, cast.state, ANA)
    with pytest.raises(PolicyRefusedError, match="Another officer has recorded this note"):
        add_nominations(actor=cast.administrator, note=note, namings=[named(email="b@x.example")])
    assert add_nominations(actor=cast.focal_point, note=note, namings=[named(email="b@x.example")])
