"""What somebody could do who runs statements of his own as the role with which the pages are served (docs/adr/0022)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.utils import timezone

from accounts.staff_sessions.services import start_staff_session
from core.audit.roots.checking import findings
from core.audit.roots.giving import give_root
from core.database.identity import SYSTEM, identified_as, looking_past_rooms, opening_rooms
from core.database.proof import proof_of
from core.models import RecordHead
from dialogue.exchange.models import FeedbackComment
from observations.texts.models import TextVersion
from questionnaires.responses.models import ResponseSubmission
from reviews.cases.models import Clearance, ReviewingState
from reviews.dates.services import make_feed
from tests import utils
from tests.core.audit.roots import kept_in
from tests.dialogue.exchange.exchange import clarification
from tests.dialogue.threads.threads import begin
from tests.plain_role import HAS_TWO_ROLES, plain_role, system_role
from tests.reviews.minutes.minutes import held, write
from tests.security.statements import refused, refused_at_the_end, run
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.stage("summary"),
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything"),
]


@pytest.fixture
def agreed(cast: Cast) -> Iterator[Cast]:
    """A review of which everything has been cleared that a State clears; the focal point is named throughout."""
    with identified_as(cast.focal_point):
        yield cast


def test_no_setting_makes_a_submission_be_rewritten(agreed: Cast) -> None:
    submission = ResponseSubmission.objects.get(response=agreed.response)
    run("SELECT set_config('pgtrigger.ignore', '{pgtrigger_frozen_11601,frozen,append_only,keeps}', true)")
    refused("UPDATE questionnaires_responsesubmission SET sha256 = 'other' WHERE id = %s", submission.pk)
    refused("SET session_replication_role = replica")


def test_the_owner_does_not_rewrite_a_submission_by_a_slip(agreed: Cast) -> None:
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        ResponseSubmission.objects.update(sha256="other")
    with pytest.raises(ProgrammingError, match="Cannot delete rows"), transaction.atomic():
        Clearance.objects.all()._raw_delete("default")


def test_a_clearance_stays(agreed: Cast) -> None:
    assert Clearance.objects.exists()
    refused("DELETE FROM reviews_clearance")
    refused("UPDATE reviews_clearance SET version = 7", words="Cannot update rows")
    refused("UPDATE reviews_clearance SET taken_back_at = now()", words="Cannot update rows")


def test_a_version_that_was_proposed_stays_as_it_is(agreed: Cast) -> None:
    version = TextVersion.objects.all()[0]
    refused("UPDATE reviews_textversion SET words = 0 WHERE id = %s", version.pk, words="Cannot update rows")
    refused("DELETE FROM reviews_textversion")


def test_feedback_that_was_sent_stays_as_it_is(agreed: Cast) -> None:
    comment = FeedbackComment.objects.filter(feedback__status="sent")[0]
    changed = "UPDATE reviews_feedbackcomment SET text = 'other' WHERE id = %s"
    with identified_as(comment.saved_by):
        refused(changed, comment.pk, words="written feedback that was sent is frozen")
    refused("DELETE FROM reviews_feedbackcomment")


# --- Who acts


CONFIDENTIAL = ("questionnaires_answer", "reviews_writtenfeedback", "reviews_observation", "reviews_agreedtext")
ZEROS = "0" * 64


def found_saying(said: str) -> int:
    """How many rows with content are there for who is nobody and has the session say something."""
    with identified_as(AnonymousUser()), plain_role():
        run("SELECT set_config('app.actor', %s, true)", said)
        found = sum(run(f"SELECT 1 FROM {table}") for table in CONFIDENTIAL)  # noqa: S608 - our own names
        assert run("SELECT 1 WHERE current_setting('app.actor') = %s", said) == 1
    return found


@pytest.mark.parametrize("said", ["system", "{}", "{}||9999999999|" + ZEROS, "{}|look|9999999999|" + ZEROS])
def test_nobody_becomes_another_by_a_setting(agreed: Cast, said: str) -> None:
    assert found_saying(said.format(agreed.focal_point.pk)) == 0
    assert found_saying(proof_of(f"{agreed.focal_point.pk}|")) > 0, "with the key it would"


def test_a_proof_of_the_system_is_none_for_pages(agreed: Cast) -> None:
    """Not even with the key: the system is a role, which no page has."""
    assert found_saying(proof_of(SYSTEM)) == 0


def test_the_key_is_read_by_nobody_who_serves(agreed: Cast) -> None:
    refused("SELECT inner_key FROM core_actingkey")
    refused("UPDATE core_servingrole SET purpose = 'system'")


def test_who_looks_past_the_rooms_writes_nothing_there(agreed: Cast) -> None:
    with identified_as(agreed.stranger), looking_past_rooms():
        assert run("SELECT 1 FROM questionnaires_answer") > 0
        assert run("UPDATE questionnaires_answer SET text = 'other'") == 0
    with identified_as(agreed.stranger), opening_rooms():
        assert run("UPDATE questionnaires_response SET language = 'ar'") == 0


ENTRY = """
    INSERT INTO core_auditentry
        (chain, at, actor_id, actor_label, acting_state, concerned_states, room, address, address_nonce, verb,
         target_type, target_id, target_label, reason, nonce, earlier_hash, content_hash, previous_hash, hash)
    VALUES ('p', now(), %s, %s, %s, '{}', '', 'system', 'n', 'reviews.text.cleared', 't', 'i', 'l', '',
         'n', '', 'c', '', '')
"""
NOT_THE_ONE = "takes the person who acts from the proof"


def test_nobody_records_what_another_has_not_done(agreed: Cast) -> None:
    person, state = agreed.focal_point, agreed.state.iso3
    refused(ENTRY, agreed.expert.pk, agreed.expert.full_name, state, words=NOT_THE_ONE)
    refused(ENTRY, None, person.full_name, state, words=NOT_THE_ONE)
    with identified_as(AnonymousUser()):
        refused(ENTRY, None, "", "", words=NOT_THE_ONE)
        refused(ENTRY, person.pk, person.full_name, state, words=NOT_THE_ONE)
    assert run(ENTRY, person.pk, person.full_name, state) == run(ENTRY, person.pk, person.full_name, "") == 1


def test_nobody_records_an_act_under_another_name_or_for_another_state(agreed: Cast) -> None:
    """Pages show the name and the State as they stand in the entry."""
    person, officer = agreed.focal_point, agreed.officer
    refused(ENTRY, person.pk, agreed.expert.full_name, agreed.state.iso3, words="the name of who acts")
    refused(ENTRY, person.pk, "", agreed.state.iso3, words="the name of who acts")
    refused(ENTRY, person.pk, person.full_name, agreed.same_group_state.iso3, words="takes a State")
    with identified_as(officer):
        refused(ENTRY, officer.pk, officer.full_name, agreed.state.iso3, words="takes a State")
        assert run(ENTRY, officer.pk, officer.full_name, "") == 1


# --- Before anybody is known


AT_THE_DOOR = {
    "accounts_user": "password, phone",
    "accounts_staffsession": "*",
    "core_auditentry": "*",
    "core_notification": "*",
    "django_session": "session_key",
    "mfa_authenticator": "data",
    "reviews_calendarfeed": "*",
    "usersessions_usersession": "*",
}


@pytest.fixture
def doors(agreed: Cast, client: Client) -> Cast:
    """Rows in each of the tables."""
    utils.login_as(client, agreed.focal_point)
    Authenticator.objects.create(user=agreed.focal_point, type=Authenticator.Type.TOTP, data={"secret": "s"})
    start_staff_session(actor=agreed.administrator, reason="A reason that is long enough.", state_party=agreed.state)
    make_feed(actor=agreed.focal_point, review=None)
    return agreed


@pytest.mark.parametrize(("table", "columns"), AT_THE_DOOR.items())
def test_who_is_nobody_reads_nothing_of_people_and_sessions(doors: Cast, table: str, columns: str) -> None:
    statement = f"SELECT {columns} FROM {table}"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0, "there is something to find"
    with identified_as(AnonymousUser()):
        assert run(statement) == 0


def test_a_person_finds_no_key_of_a_session_and_no_factor_of_another(doors: Cast) -> None:
    with identified_as(doors.expert):
        assert run("SELECT session_key FROM django_session") == 0
        assert run("SELECT data FROM mfa_authenticator") == 0
        assert run("SELECT * FROM usersessions_usersession") == 0
    assert run("SELECT data FROM mfa_authenticator") == 1


def test_who_is_nobody_lets_nobody_in(doors: Cast) -> None:
    part = doors.participations["expert"]
    with identified_as(AnonymousUser()):
        assert run("UPDATE accounts_user SET email = 'other@a.example'") == 0
        assert run("UPDATE reviews_participation SET user_id = %s", doors.stranger.pk) == 0
        refused(
            "INSERT INTO reviews_participation (id, created_at, updated_at, review_id, user_id, state_party_id, role,"
            " side, started_at) VALUES (gen_random_uuid(), now(), now(), %s, %s, %s, 'observer', 'reviewing', now())",
            part.review_id, doors.stranger.pk, part.state_party_id,
            words="row-level security",
        )  # fmt: skip


def test_a_person_gives_nobody_a_key_by_a_statement_of_the_own(doors: Cast) -> None:
    """Not even a focal point or an officer: who takes part is written at the door of access alone (docs/adr/0021)."""
    part = doors.participations["expert"]
    for person in (doors.focal_point, doors.officer, doors.administrator, doors.stranger):
        with identified_as(person):
            for statement, words in (
                ("UPDATE reviews_participation SET role = 'focal_point' WHERE ended_at IS NULL", "row-level security"),
                ("UPDATE reviews_participation SET user_id = acting_person()", "row-level security"),
                ("UPDATE accounts_affiliation SET user_id = acting_person()", "row-level security"),
                ("UPDATE accounts_user SET full_name = 'Other' WHERE id <> acting_person()", "row-level security"),
                ("UPDATE accounts_user SET secretariat_role = 'auditor' WHERE id = acting_person()", "door of access"),
                ("UPDATE accounts_user SET is_staff = NOT is_staff WHERE id = acting_person()", "door of access"),
                ("UPDATE accounts_user SET email = 'other@a.example' WHERE id = acting_person()", "door of access"),
            ):
                refused(statement, words=words)
            refused(
                "INSERT INTO reviews_participation (id, created_at, updated_at, review_id, user_id, state_party_id,"
                " role, side, started_at, note_verbale)"
                " VALUES (gen_random_uuid(), now(), now(), %s, %s, %s, 'observer', 'reviewing', now(), '')",
                part.review_id, person.pk, part.state_party_id,
                words="row-level security",
            )  # fmt: skip
            refused(
                "INSERT INTO accounts_affiliation (id, created_at, updated_at, user_id, state_party_id, starts_on,"
                " is_permanent_mission) VALUES (gen_random_uuid(), now(), now(), %s, %s, now(), true)",
                person.pk, part.state_party_id,
                words="row-level security",
            )  # fmt: skip
            # What somebody is granted is a view over that.
            refused_at_the_end(
                "INSERT INTO reviews_reviewusergrant (content_object_id, user_id, permission_id)"
                " SELECT content_object_id, %s, permission_id FROM reviews_reviewusergrant LIMIT 1",
                person.pk,
                words="cannot insert into view",
            )
            refused_at_the_end("DELETE FROM reviews_reviewusergrant", words="cannot delete from view")
            assert run("UPDATE accounts_user SET full_name = 'Own' WHERE id = acting_person()") == 1


def test_no_statement_of_a_page_changes_who_reviews_and_what(doors: Cast) -> None:
    """By which a room would be opened, or a State be left out of an agreement."""
    review = doors.review.pk
    for person in (doors.focal_point, doors.same_group_focal_point, doors.officer):
        with identified_as(person):
            for statement in (
                "UPDATE reviews_reviewingstate SET review_id = (SELECT id FROM reviews_review WHERE id <> %s LIMIT 1)",
                "UPDATE reviews_reviewingstate SET state_party_id = (SELECT state_under_review_id FROM reviews_review"
                " WHERE id = %s)",
                "INSERT INTO reviews_reviewingstate (id, created_at, updated_at, basis, review_id, state_party_id)"
                " SELECT gen_random_uuid(), now(), now(), 'same_group', id, state_under_review_id FROM reviews_review"
                " WHERE id = %s",
                "INSERT INTO reviews_reviewingstate_instruments (reviewingstate_id, instrument_id)"
                " SELECT t.id, i.id FROM reviews_reviewingstate t, reviews_instrument i WHERE t.review_id = %s",
            ):
                refused(statement, review, words="written when the review is opened")
            for table in ("reviewingstate_instruments", "review_instruments", "reviewarticle"):
                refused_at_the_end(
                    f"DELETE FROM reviews_{table}",  # noqa: S608 - our own names
                    words="goes with its review|stays as the review",
                )


@pytest.mark.stage("observations")
def test_no_text_is_agreed_on_without_the_clearance_of_each_state(cast: Cast) -> None:
    with identified_as(cast.focal_point):
        refused(
            "UPDATE reviews_agreedtext SET status = 'agreed', agreed_at = now()", words="not every State has cleared"
        )


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("kind", ["request", "notes", "message"])
def test_no_common_room_begins_over_a_draft_by_a_statement(cast: Cast, kind: str) -> None:
    states = ReviewingState.objects.filter(review=cast.review)
    for name in ("same_group_focal_point", "other_group_focal_point"):
        with plain_role(), identified_as(cast.people[name]):
            own = cast.participations[name].state_party_id
            assert states.filter(state_party=own).update(opens_room_at=timezone.now()) == 1
    if kind == "request":
        clarification(cast.review, cast.same_group_expert, "For the own State alone?")
    elif kind == "message":
        begin(cast.same_group_expert, cast.review, "For the own State alone?")
    else:
        write(cast.same_group_expert, held(cast), "For the own State alone.")
    with identified_as(cast.other_group_focal_point):
        share = "UPDATE reviews_review SET reviewers_share_room = true WHERE id = %s"
        refused(share, cast.review.pk, words="something unsent")


def test_no_page_gives_a_root_takes_one_back_or_shows_what_it_was_made_of(cast: Cast, tmp_path: Path) -> None:
    with kept_in(tmp_path / "roots"):
        with system_role():
            root = give_root(dt.date(2026, 11, 25))
            assert findings() == []
        assert run("SELECT hash FROM core_recordroot") == 1, "which everybody may read"
        assert (run("SELECT * FROM core_recordhead"), run("SELECT * FROM core_recordrootsecret")) == (0, 0), "as nobody"
        refused("DELETE FROM core_recordroot")
        refused("UPDATE core_recordroot SET signature = ''")
        refused("INSERT INTO core_recordrootsecret VALUES (%s, '')", root.pk)
        with system_role(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            RecordHead.objects.all()._raw_delete("default")
