"""The approval of a note verbale: everybody whom it names takes part from the same moment on, or nobody."""

import pytest

from accounts.people.models import Affiliation, User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.access.models import AccessRequest
from reviews.access.notes import approve_note
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.nominations.selectors import people_of
from reviews.nominations.services.nominations import return_note, submit_note
from reviews.registration.services.participation import end_participation, register_participant
from reviews.visibility.selectors import reviews_visible_to
from tests.factories.accounts import UserFactory
from tests.reviews.access.access import carry_out, confirm, mission_of, told
from tests.reviews.nominations.notes import ANA, approve, named, note_by, people_in, seen, submitted_by
from tests.utils import SYSTEM, Cast, fresh, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
FOCAL_POINT, EXPERT = ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT


def approved_and_confirmed(cast: Cast, note: NoteVerbale) -> None:
    """By which another focal point goes: the State is heard first."""
    assert approve(cast.officer, note).status == NoteStatus.WAITING
    confirm(cast.people["second_expert"], AccessRequest.objects.get(note=note))


def test_everybody_whom_the_note_names_takes_part(cast: Cast) -> None:
    known = UserFactory(full_name="Known Before", email="known@veskaria.example", job_title="Judge", language="ar")
    other = cast.bystander_review
    other.reviewing_states.create(state_party=cast.state, basis="same_group")
    namings = [ANA, named(review=other.code, role="observer"), named(email=known.email, full_name="Another Name")]
    note = approve(cast.officer, submitted_by(cast.focal_point, cast.state, *namings))
    assert (note.status, note.checked_by) == (NoteStatus.APPROVED, cast.officer)
    ana = User.objects.get(email=ANA.email)
    assert (ana.full_name, ana.job_title, ana.organization, ana.phone, ana.language, ana.status) == (
        "Ana Zorić",
        "Prosecutor",
        "Prosecutor General",
        "+43 1 26060",
        "fr",
        "invited",
    )
    assert list(ana.participations.order_by("review__code").values_list("review__code", "role", "note_verbale")) == [
        (other.code, "observer", "12/2026"),
        ("1-XVE", "governmental_expert", "12/2026"),
    ]
    assert set(reviews_visible_to(ana)) == {cast.review, other}
    known.refresh_from_db()
    assert (known.full_name, known.job_title, known.language) == ("Known Before", "Judge", "ar"), "the profile stays"
    assert ("Known Before", EXPERT) in people_in(cast.review, cast.state)
    assert {each.participation.user for each in note.nominations.all() if each.participation} == {ana, known}
    assert Notification.objects.filter(recipient=ana, template="accounts/invitation").count() == 1
    assert Notification.objects.filter(recipient=known, template="accounts/invitation").count() == 0
    people = [cast.people[name] for name in ("focal_point", "expert", "second_expert", "contributor", "observer")]
    mails = Notification.objects.filter(template="reviews/note_news", key__startswith="note-approved")
    assert {mail.recipient for mail in mails} == {*people, ana, known}, "all of the State's people, at once"
    entry = AuditEntry.objects.get(verb="reviews.note.approved")
    assert (entry.actor, entry.after) == (cast.officer, {"people": 3, "sha256": note.sha256})


def test_the_replaced_focal_point_leaves_in_the_same_moment(cast: Cast) -> None:
    replaced = cast.participations["focal_point"]
    note = submitted_by(mission_of(cast.state), cast.state, named(role="focal_point", replaces=replaced.pk))
    assert reviews_visible_to(cast.focal_point).count() == 1
    approved_and_confirmed(cast, note)
    fresh(cast)
    assert reviews_visible_to(cast.focal_point).count() == 0
    active = cast.review.participations.get(state_party=cast.state, role=FOCAL_POINT, ended_at=None)
    assert active.user.email == ANA.email
    replaced.refresh_from_db()
    assert replaced.ended_at is not None and replaced.ended_at <= active.started_at


def test_an_expert_becomes_the_focal_point(cast: Cast) -> None:
    """The role that ends is shown before the approval, and the person keeps his or her account."""
    naming = named(email=cast.expert.email, role="focal_point", replaces=cast.participations["focal_point"].pk)
    note = submitted_by(mission_of(cast.state), cast.state, naming)
    (row,) = people_of(cast.administrator, note)
    assert (row.problem, row.former, row.account) == ("", "Governmental expert", "Expert")
    approved_and_confirmed(cast, note)
    assert [role for name, role in people_in(cast.review, cast.state) if name == "Expert"] == ["focal_point"]


def test_a_focal_point_is_heard_before_he_or_she_goes_by_a_note_of_somebody_else(cast: Cast) -> None:
    """A stolen account of a State in one review would take over its other reviews within a minute, unheard."""
    replaced = cast.participations["focal_point"]
    note = submitted_by(mission_of(cast.state), cast.state, named(role="focal_point", replaces=replaced.pk))
    assert approve(cast.officer, note).status == NoteStatus.WAITING
    assert carry_out() == 0
    assert not User.objects.filter(email=ANA.email).exists()
    assert cast.focal_point in told("The secretariat asks to change")


def test_who_names_the_own_successor_is_taken_at_the_word(cast: Cast) -> None:
    replaced = cast.participations["focal_point"]
    note = submitted_by(cast.focal_point, cast.state, named(role="focal_point", replaces=replaced.pk))
    assert approve(cast.officer, note).status == NoteStatus.APPROVED
    assert ("Ana Zorić", "focal_point") in people_in(cast.review, cast.state)


def test_two_people_change_places(cast: Cast) -> None:
    replaced = cast.participations["focal_point"].pk
    people = [
        named(email=cast.expert.email, full_name="Expert", role="focal_point", replaces=replaced),
        named(email=cast.focal_point.email, full_name="Focal Point", role="governmental_expert"),
    ]
    approved_and_confirmed(cast, submitted_by(mission_of(cast.state), cast.state, *people))
    roles = dict(people_in(cast.review, cast.state))
    assert (roles["Expert"], roles["Focal Point"]) == ("focal_point", "governmental_expert")


def test_a_milestone_is_reached_when_the_last_state_has_named_its_people(db: None) -> None:
    review = make_review()
    officer, checker = UserFactory(secretariat_role="officer"), UserFactory(secretariat_role="officer")
    for number, state in enumerate(each.state_party for each in review.reviewing_states.all()):
        people = [
            named(review=review.code, role=role, email=f"{role}{number}@x.example") for role in (FOCAL_POINT, EXPERT)
        ]
        approve(checker, submitted_by(officer, state, *people))
        milestones = ReviewMilestone.objects.filter(review=review, reached_on__isnull=False)
        reached = set(milestones.values_list("plan__slug", flat=True))
        assert ({"focal_points_appointed", "experts_designated"} <= reached) == (number == 1)


def test_all_are_registered_or_nobody_and_every_row_says_why(cast: Cast) -> None:
    people = [ANA, named(email=cast.bystander.email, full_name="By"), named(email="c@x.example", full_name="Cy")]
    note = submitted_by(cast.focal_point, cast.state, *people)
    before = Participation.objects.count(), User.objects.count()
    for user, state in ((cast.bystander, cast.same_group_state), (cast.stranger, cast.state)):
        register_participant(actor=SYSTEM, review=cast.review, user=user, state_party=state, role=EXPERT)
    NoteVerbale.objects.get(pk=note.pk).nominations.filter(email="c@x.example").update(email=cast.stranger.email)
    with pytest.raises(ServiceError) as refusal:
        approve(cast.officer, note)
    assert str(refusal.value) == (
        "Nothing was approved. "
        "By, review 1-XVE: This person takes part in this review for another State. "
        "Cy, review 1-XVE: Stranger takes part in this review in this role already."
    )
    assert (Participation.objects.count(), User.objects.count()) == (before[0] + 2, before[1])
    assert NoteVerbale.objects.get().status == NoteStatus.SUBMITTED
    assert [bool(row.problem) for row in people_of(cast.officer, note)] == [False, True, True]


def test_a_focal_point_who_came_meanwhile_is_not_replaced_silently(cast: Cast) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    note = submitted_by(cast.officer, cast.state, named(role="focal_point"))
    register_participant(
        actor=SYSTEM, review=cast.review, user=cast.focal_point, state_party=cast.state, role=FOCAL_POINT
    )
    with pytest.raises(ServiceError, match="Focal Point is the focal point in review 1-XVE"):
        approve(cast.administrator, note)
    assert not User.objects.filter(email=ANA.email).exists()


def test_whoever_was_to_be_replaced_may_have_left_meanwhile(cast: Cast) -> None:
    replaced = cast.participations["focal_point"]
    note = submitted_by(mission_of(cast.state), cast.state, named(role="focal_point", replaces=replaced.pk))
    end_participation(actor=SYSTEM, participation=replaced)
    approve(cast.administrator, note)
    assert ("Ana Zorić", "focal_point") in people_in(cast.review, cast.state)


def test_a_review_that_was_closed_meanwhile_is_named(cast: Cast) -> None:
    note = submitted_by(cast.officer, cast.state, ANA)
    Review.objects.filter(pk=cast.review.pk).update(step=cast.review.mechanism.steps.get(kind="closing"))
    with pytest.raises(ServiceError, match="Ana Zorić, review 1-XVE: There is no current review 1-XVE"):
        approve(cast.administrator, note)


def test_a_closed_account_is_named(cast: Cast) -> None:
    gone = UserFactory(is_active=False)
    note = submitted_by(cast.focal_point, cast.state, named(email=gone.email))
    with pytest.raises(ServiceError, match="The account with this address is closed"):
        approve(cast.officer, note)


def test_pressing_twice_approves_once(cast: Cast) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    mark = seen(note)
    for _press in range(2):
        assert approve_note(actor=cast.officer, note=note, seen=mark).status == NoteStatus.APPROVED
    assert Participation.objects.filter(user__email=ANA.email).count() == 1
    with pytest.raises(PolicyRefusedError, match="This note has been approved"):
        approve_note(actor=cast.administrator, note=note, seen=mark)


def test_nobody_approves_what_he_or_she_has_not_seen(cast: Cast) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    mark = seen(note)
    return_note(actor=cast.officer, note=note, reason="A name is wrong.")
    note.nominations.update(full_name="Ana Zorica")
    submit_note(actor=cast.focal_point, note=note)
    with pytest.raises(ServiceError, match="This note was changed after you had opened it"):
        approve_note(actor=cast.officer, note=note, seen=mark)
    with pytest.raises(ServiceError, match="This note was changed after you had opened it"):
        approve_note(actor=cast.officer, note=note, seen="")


def test_nobody_approves_alone(cast: Cast) -> None:
    note = submitted_by(cast.officer, cast.state, ANA)
    with pytest.raises(PolicyRefusedError, match="You have recorded this note"):
        approve(cast.officer, note)
    Affiliation.objects.create(user=cast.administrator, state_party=cast.state)
    with pytest.raises(PolicyRefusedError, match="You belong to the State that sent this note"):
        approve(cast.administrator, note)
    for name in ("focal_point", "expert", "auditor"):
        with pytest.raises(PolicyRefusedError):
            approve(cast.people[name], note)


def test_what_is_still_being_recorded_is_not_approved(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state, ANA)
    with pytest.raises(PolicyRefusedError, match="This note has not been submitted"):
        approve(cast.officer, note)
