"""What the plain role may do to each table is decided, table by table, and so it is in the database (docs/adr/0022)."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from core.database.rights import RIGHTS, differing, give, rights_of
from core.database.row_security import protected_tables
from portal.reference.table_rights import PLAIN, SYSTEM, prepare_roles
from tests.plain_role import HAS_TWO_ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]


def test_each_table_is_decided() -> None:
    assert set(rights_of(settings.DATABASE_PLAIN_ROLE)) == set(PLAIN)


def test_each_role_has_the_rights_that_were_decided() -> None:
    assert rights_of(settings.DATABASE_PLAIN_ROLE) == PLAIN
    assert rights_of(settings.DATABASE_SYSTEM_ROLE) == SYSTEM


def test_no_policy_believes_what_a_session_says_and_the_system_is_let_through() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, roles::text[], concat(qual, with_check) FROM pg_policies")
        policies = cursor.fetchall()
    believing = {table for table, _roles, words in policies if "app.actor" in words and "core_on_errand" not in words}
    assert believing == {table for table, _roles, words in policies if "= 'system'" in words} == set()
    through = {table for table, roles, words in policies if roles == [settings.DATABASE_SYSTEM_ROLE]}
    assert through == protected_tables()


def test_preparing_twice_changes_nothing() -> None:
    def policies() -> list[tuple[str, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT p.*, c.xmin::text FROM pg_policies p JOIN pg_class c ON relname = tablename")
            return sorted(map(repr, cursor.fetchall()))

    before = policies()
    prepare_roles(apps.get_app_config("core"))
    assert policies() == before


def test_the_next_migration_takes_back_what_somebody_gave() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE ON reviews_observationrevision TO {settings.DATABASE_PLAIN_ROLE}")
    assert differing(settings.DATABASE_PLAIN_ROLE, PLAIN) == {"reviews_observationrevision": "SID"}
    give(settings.DATABASE_PLAIN_ROLE, PLAIN)
    assert differing(settings.DATABASE_PLAIN_ROLE, PLAIN) == {}


def test_a_table_from_which_nothing_goes_has_a_trigger_that_says_so_to_the_owner_too() -> None:
    """What is neither changed nor taken out by the plain role is guarded against the owner's slips as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND tgtype & 2 = 2 AND tgtype & 16 = 16 AND tgqual IS NULL AND tgenabled = 'O'"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    appended = {table for table, rights in PLAIN.items() if "I" in rights and "U" not in rights}
    notes = {"accounts_linkrequest", "axes_accessfailurelog", "django_admin_log", "portal_handover"}
    notes.add("core_idempotentanswer")  # of which each goes after a day
    assert appended - guarded == notes, "which bind nobody"


ONLY_ADDED = {
    "accounts_termsacceptance", "core_auditentry", "core_recordhead", "core_recordroot", "core_recordrootsecret",
    "dialogue_conclusionanswer", "dialogue_feedbackreading", "dialogue_sectionlead", "lots_drawfile", "lots_pairing",
    "observations_followupentry", "observations_objectionreply", "observations_passagerevision",
    "observations_suggestionnote",
    "questionnaires_adoption", "questionnaires_answerrevision",
    "questionnaires_lawversion", "questionnaires_proposalrevision", "questionnaires_responsesubmission",
    "questionnaires_reusedanswer", "questionnaires_secondreading",
    "reviews_concernmessage", "reviews_consultationconfirmation",
    "reviews_consultationproposal", "reviews_dialoguemeeting", "reviews_dialoguemeeting_participants",
    "reviews_observationrevision", "reviews_partialteam",
    "reviews_reviewarticle", "reviews_silencenotice", "reviews_stepchange", "reviews_timechangeanswer",
}  # fmt: skip
FROZEN_IN_PART = {
    "accounts_apitoken", "accounts_identitylink", "accounts_identityprovider",
    "accounts_staffsession", "accounts_statelink", "accounts_user", "core_job", "core_notification", "lots_draw",
    "lots_drawentry", "lots_seedpart", "questionnaires_answer", "questionnaires_proposal", "questionnaires_condition",
    "dialogue_aside", "dialogue_asidenote", "dialogue_deskslip", "dialogue_dialoguemessage",
    "dialogue_feedbackreply", "dialogue_jointclearance",
    "dialogue_releasebyexperts", "dialogue_sectionkeeper",
    "dialogue_slipreading", "observations_assistanceneed", "observations_followup", "observations_followupshare",
    "observations_languageset", "observations_naminganswer", "observations_suggestion",
    "observations_publishedtranslation", "observations_translationorder",
    "portal_mechanismchoice", "questionnaires_law", "questionnaires_lawfile", "questionnaires_marginnote",
    "questionnaires_answersshare",
    "questionnaires_consultedbody", "questionnaires_marginthread", "questionnaires_part",
    "questionnaires_question", "questionnaires_readingleave",
    "questionnaires_questionnaireversion",
    "questionnaires_questionoption", "questionnaires_response", "questionnaires_section",
    "questionnaires_section_articles", "questionnaires_sectionassignment",
    "reviews_accessrequest", "reviews_agreedtext", "reviews_clarificationanswer",
    "reviews_bulkact", "reviews_bulkactline",
    "reviews_broughtfile", "reviews_broughtpiece", "reviews_clarificationrequest", "reviews_meetinganswer",
    "reviews_meetingnotes", "reviews_meetingpoll", "reviews_notesanswer", "reviews_pollanswer",
    "reviews_passagedraft", "reviews_plannedmeeting", "reviews_timechange",
    "reviews_clearance", "reviews_concern",
    "reviews_concernstate", "reviews_documentsymbol", "reviews_feedbackcomment", "reviews_ministry",
    "reviews_ministrymember", "reviews_nomination",
    "reviews_nominationletter", "reviews_noteverbale", "reviews_objection",
    "reviews_observation", "reviews_observation_articles",
    "reviews_publication", "reviews_receivednomination", "reviews_review",
    "reviews_review_instruments", "reviews_reviewingstate", "reviews_reviewingstate_instruments",
    "reviews_reviewmilestone",
    "reviews_statusconsent", "reviews_stepplan", "reviews_stepplanversion", "reviews_summarypassage",
    "reviews_summarypassage_articles", "reviews_summarypassage_observations", "reviews_supplementaryinformation",
    "reviews_textversion", "reviews_writtenfeedback",
}  # fmt: skip


def test_what_is_only_added_to_and_what_is_frozen_is_guarded_by_name() -> None:
    """Named here, table by table, beside the rights: whoever takes a right or a trigger away changes this list too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, bool_or(tgtype & 16 = 16 AND tgqual IS NULL"
            " AND proname IN ('core_refuse', 'core_audit_guard')) FROM pg_trigger"
            " JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE NOT tgisinternal AND tgtype & 2 = 2 AND tgtype & 16 = 16 AND tgenabled = 'O' GROUP BY relname"
        )
        found = dict(cursor.fetchall())
    assert {table for table, whole in found.items() if whole} == ONLY_ADDED
    assert {table for table, whole in found.items() if not whole} == FROZEN_IN_PART
    assert {table for table in ONLY_ADDED if "U" in PLAIN[table] or "U" in SYSTEM[table]} == set()


def test_no_trigger_is_left_that_a_setting_switches_off() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE prosrc LIKE '%pgtrigger%' OR prosrc LIKE '%current_setting%'"
        )
        assert cursor.fetchall() == []


def test_the_letters_are_those_of_the_database() -> None:
    assert list(RIGHTS.values()) == ["SELECT", "INSERT", "UPDATE", "DELETE"]
