"""What the roles that serve may do to each table: S, I, U, D (docs/adr/0022).

What is never changed or taken out by a page cannot be, whatever the statement. ``test_table_rights.py``
fails for a table that is not decided here.
"""

from django.apps import AppConfig
from django.conf import settings
from django.db import connection

from core.database.proof import install_key
from core.database.rights import ALL, give, name_roles, named_roles
from core.database.row_security import let_through, protected_tables

_NOTHING, _READ, _APPEND, _KEEP = "", "S", "SI", "SIU"

# Written by the one process that keeps the clock.
_BEAT = tuple(
    f"django_celery_beat_{name}"
    for name in (
        "clockedschedule", "crontabschedule", "intervalschedule", "periodictask", "periodictasks", "solarschedule",
    )
)  # fmt: skip
# Of others: what signing in needs, and what Django has and we do not use.
_OF_OTHERS = {
    "account_emailaddress": _READ,
    "account_emailconfirmation": _READ,
    "auth_group": _READ,
    "auth_group_permissions": _READ,
    "auth_permission": _READ,
    "axes_accessattempt": ALL,
    "axes_accessattemptexpiration": ALL,
    "axes_accessfailurelog": _APPEND,
    "axes_accesslog": _KEEP,
    "django_admin_log": _APPEND,
    "django_content_type": _READ,
    "django_migrations": _READ,
    "django_session": ALL,
    "guardian_groupobjectpermission": _READ,
    "guardian_userobjectpermission": _READ,
    "mfa_authenticator": ALL,
    "socialaccount_socialaccount": _NOTHING,  # of allauth, which keeps nothing here (docs/adr/0103)
    "socialaccount_socialapp": _NOTHING,
    "socialaccount_socialtoken": _NOTHING,
    "usersessions_usersession": ALL,
    **dict.fromkeys(_BEAT, _NOTHING),
}

_CORE = {
    "core_actingkey": _NOTHING,
    "core_auditentry": _APPEND,
    "core_idempotentanswer": "SID",
    "core_institution": _KEEP,
    "core_job": _KEEP,
    "core_loadedrow": _NOTHING,
    "core_notification": _KEEP,
    "core_proposedrow": "SU",  # the loader alone proposes
    "core_pulse": _KEEP,
    "core_recordhead": _READ,
    "core_recordroot": _READ,
    "core_recordrootsecret": _READ,
    "core_servingrole": _READ,
    "core_taskday": _READ,  # the preview of reminders knows from it what was missed
}
# Over the record of acts workers alone give roots, and nobody takes one back.
_ROOTS = ("core_recordhead", "core_recordroot", "core_recordrootsecret")

_ACCOUNTS = {
    "accounts_accountrule": ALL,
    "accounts_affiliation": _KEEP,
    "accounts_apitoken": _KEEP,
    "accounts_confidentialityterms": ALL,
    "accounts_identitylink": _KEEP,
    "accounts_identityprovider": _KEEP,
    "accounts_linkrequest": _APPEND,
    "accounts_regionalgroup": ALL,
    "accounts_staffsession": _KEEP,
    "accounts_statecontact": ALL,
    "accounts_statelink": _KEEP,
    "accounts_stateparty": ALL,
    "accounts_termsacceptance": _APPEND,
    "accounts_user": _KEEP,
    "accounts_user_groups": _READ,
    "accounts_user_user_permissions": _READ,
}

_PORTAL = {
    "portal_exercise": _KEEP,
    "portal_handover": _APPEND,
    "portal_learner": _KEEP,
    "portal_mechanismchoice": _KEEP,
}

_DESK = {
    "dialogue_aside": _KEEP,
    "dialogue_asidenote": _KEEP,
    "dialogue_conclusionanswer": _APPEND,
    "dialogue_deskslip": _KEEP,
    "dialogue_deskvisit": _KEEP,
    "dialogue_dialoguemessage": ALL,
    "dialogue_feedbackreading": _APPEND,
    "dialogue_feedbackreply": _KEEP,
    "dialogue_jointclearance": _KEEP,
    "dialogue_releasebyexperts": _KEEP,
    "dialogue_sectionkeeper": ALL,
    "dialogue_sectionlead": "SID",
    "dialogue_slipreading": ALL,
}

_LOTS = {
    "lots_draw": _KEEP,
    "lots_drawentry": _KEEP,
    "lots_drawfile": _APPEND,
    "lots_drawrule": ALL,
    "lots_pairing": _APPEND,
    "lots_seedpart": _KEEP,
}

_OBSERVATIONS = {
    "observations_assistanceneed": ALL,
    "observations_assistancetype": ALL,
    "observations_followup": _KEEP,
    "observations_followupentry": _APPEND,
    "observations_languageset": _KEEP,
    "observations_naminganswer": _KEEP,
    "observations_objectionreply": _APPEND,
    "observations_followupshare": _KEEP,
    "observations_passagerevision": _APPEND,
    "observations_suggestion": ALL,
    "observations_term": ALL,
    "observations_translationorder": _KEEP,
    "observations_suggestionnote": "SID",
    "observations_publicationindex": "SD",  # a worker makes it; the page that ends the publication takes it out
    "observations_publishedtranslation": _KEEP,
    "observations_watchedword": ALL,
}

_QUESTIONNAIRES = {
    "questionnaires_adoption": _APPEND,
    "questionnaires_answer": _KEEP,
    "questionnaires_answerrevision": _APPEND,
    # An officer publishes on a page: rows of a version come, and its status goes on; triggers keep the rest.
    "questionnaires_answersshare": _KEEP,
    "questionnaires_condition": _APPEND,
    "questionnaires_consultedbody": ALL,
    "questionnaires_itemmapping": ALL,
    "questionnaires_law": _KEEP,
    "questionnaires_lawfile": _KEEP,
    "questionnaires_lawname": ALL,
    "questionnaires_lawversion": _APPEND,
    "questionnaires_marginmention": _KEEP,
    "questionnaires_marginnote": _KEEP,
    "questionnaires_marginthread": _KEEP,
    "questionnaires_part": _APPEND,
    "questionnaires_proposal": _KEEP,
    "questionnaires_proposalrevision": _APPEND,
    "questionnaires_question": _APPEND,
    "questionnaires_questionlink": ALL,
    "questionnaires_questionnaire": _KEEP,
    "questionnaires_questionnairedraft": ALL,
    "questionnaires_questionnaireversion": _KEEP,
    "questionnaires_questionoption": _APPEND,
    "questionnaires_readingleave": "SID",
    "questionnaires_response": _KEEP,
    "questionnaires_responsereading": _KEEP,
    "questionnaires_responsesubmission": _APPEND,
    "questionnaires_reusedanswer": _APPEND,
    "questionnaires_secondreading": _APPEND,
    "questionnaires_section": _APPEND,
    "questionnaires_section_articles": _APPEND,
    "questionnaires_sectionassignment": ALL,
}

_REVIEWS = {
    "reviews_absence": ALL,
    "reviews_accessrequest": _KEEP,
    "reviews_adherence": ALL,
    "reviews_adherencestatement": ALL,
    "reviews_agreedtext": _KEEP,
    "reviews_article": ALL,
    "reviews_blueprinttext": ALL,
    "reviews_broughtfile": _KEEP,
    "reviews_broughtpiece": _KEEP,
    "reviews_bulkact": _KEEP,
    "reviews_bulkactline": ALL,  # it goes with a review that is taken back, and stays otherwise
    "reviews_calendarfeed": _KEEP,
    "reviews_clarificationanswer": ALL,
    "reviews_clarificationrequest": ALL,
    "reviews_clearance": _KEEP,
    "reviews_cluster": ALL,
    "reviews_clusterarticle": ALL,
    "reviews_concern": _KEEP,
    "reviews_concernmessage": _APPEND,
    "reviews_concernstate": _KEEP,
    "reviews_consultationconfirmation": _APPEND,
    "reviews_consultationproposal": _APPEND,
    "reviews_dialoguemeeting": _APPEND,
    "reviews_dialoguemeeting_participants": _APPEND,
    "reviews_documentsymbol": ALL,
    "reviews_feedbackcomment": _KEEP,
    "reviews_holiday": ALL,
    "reviews_instrument": ALL,
    "reviews_lastfilter": ALL,
    "reviews_limit": ALL,
    "reviews_mechanism": ALL,
    "reviews_meetinganswer": _KEEP,
    "reviews_meetingnotes": ALL,
    "reviews_meetingpoll": _KEEP,
    "reviews_ministry": _KEEP,
    "reviews_ministrymember": _KEEP,
    "reviews_mute": ALL,
    "reviews_nomination": ALL,
    "reviews_nominationletter": _KEEP,
    "reviews_notesanswer": _KEEP,
    "reviews_noteverbale": ALL,
    "reviews_objection": _KEEP,
    "reviews_observation": _KEEP,
    "reviews_observation_articles": ALL,
    "reviews_observationheading": ALL,
    "reviews_observationrevision": _APPEND,
    "reviews_partialteam": _APPEND,
    "reviews_openedwords": "SD",  # a worker keeps them; the page that ends what was opened takes them out
    "reviews_participation": _KEEP,
    "reviews_passagedraft": ALL,
    "reviews_phase": ALL,
    "reviews_phaseperiod": ALL,
    "reviews_plannedmeeting": _KEEP,
    "reviews_pollanswer": _KEEP,
    "reviews_publication": _KEEP,
    "reviews_publicstatus": ALL,
    "reviews_readingitem": _KEEP,
    "reviews_receivednomination": _KEEP,
    "reviews_reminderhour": ALL,
    "reviews_reminderrule": ALL,
    "reviews_review": ALL,
    "reviews_reviewarticle": "SID",  # it goes with a review that is taken back
    "reviews_review_instruments": ALL,
    "reviews_reviewgroup": ALL,
    "reviews_reviewingstate": ALL,
    "reviews_reviewingstate_instruments": ALL,
    "reviews_reviewmilestone": ALL,
    "reviews_reviewusergrant": _READ,  # a view over who takes part
    "reviews_savedview": ALL,
    "reviews_silencenotice": _APPEND,
    "reviews_snooze": ALL,
    "reviews_statusconsent": _KEEP,
    "reviews_step": ALL,
    # How a review was opened goes with a review that is taken back; a trigger keeps the rest.
    "reviews_stepchange": "SID",
    "reviews_stepplan": ALL,
    "reviews_stepplanversion": ALL,
    "reviews_summarypassage": _KEEP,
    "reviews_summarypassage_articles": ALL,
    "reviews_summarypassage_observations": ALL,
    "reviews_supplementaryinformation": ALL,
    "reviews_taskdelegation": ALL,
    "reviews_textversion": _KEEP,
    "reviews_timechange": _KEEP,
    "reviews_timechangeanswer": _APPEND,
    "reviews_versionreading": _KEEP,
    "reviews_writtenfeedback": _KEEP,
}

PLAIN = {
    **_OF_OTHERS,
    **_CORE,
    **_ACCOUNTS,
    **_PORTAL,
    **_DESK,
    **_LOTS,
    **_OBSERVATIONS,
    **_QUESTIONNAIRES,
    **_REVIEWS,
}
# Workers and commands rewrite no more than pages do; the loader remembers what it has loaded, and the clock
# on which days it ran.
SYSTEM = {
    **PLAIN,
    **dict.fromkeys(_BEAT, ALL),
    **dict.fromkeys(_ROOTS, _APPEND),
    "accounts_linkrequest": ALL,
    "core_loadedrow": ALL,
    "core_proposedrow": ALL,
    "core_taskday": "SI",
    "observations_publicationindex": "SID",
    "reviews_openedwords": "SID",
    "reviews_readingitem": ALL,  # of which the loader takes out what the files no longer have
}
# Who is being let in is looked for here, in each row; of the rest the door reads what somebody may who is nobody.
_DOOR_WRITES = {
    "accounts_apitoken": "SU",  # by which a program is let in, and the day of it noted
    "accounts_identitylink": "S",  # by which a provider's word finds its person
    "accounts_linkrequest": "I",
    "accounts_statelink": "SU",  # which a mission follows, uses and asks to have renewed
    "accounts_user": "SU",
    "core_notification": "SI",  # to who signs in, or asks for a link
    "django_session": ALL,
    "mfa_authenticator": "SU",
    "portal_exercise": "SIU",  # of the practice portal, whose learners are nobody
    "portal_handover": "SI",
    "reviews_calendarfeed": "SU",
    "reviews_receivednomination": "SI",  # what a mission sends by its link
    "usersessions_usersession": ALL,
}
AT_THE_DOOR = frozenset(_DOOR_WRITES)
DOOR = {
    **{table: "S" if "S" in rights else _NOTHING for table, rights in PLAIN.items()},
    **{table: rights for table, rights in PLAIN.items() if table.startswith("axes_")},
    **_DOOR_WRITES,
}


def prepare_roles(sender: AppConfig, **kwargs: object) -> None:
    """After every migration, as the owner: key, roles, rights and policies. Repeating it changes nothing.

    Where there is one role for everything, that is the owner, who is held up by none of it.
    """
    if settings.DATABASE_ROLE != "owner" or not _proves():
        return
    roles = {purpose: role for purpose, role in named_roles().items() if _serves(role)}
    install_key()
    name_roles({role: purpose for purpose, role in roles.items()})
    if "plain" in roles:
        give(roles["plain"], PLAIN if "system" in roles else SYSTEM)
    if "system" in roles:
        give(roles["system"], SYSTEM)
        let_through(roles["system"], "system", protected_tables())
    if "door" in roles:
        give(roles["door"], DOOR)
        let_through(roles["door"], "door", AT_THE_DOOR)


def _proves() -> bool:
    """Whether the migrations have come to where anything is proven; they may have been taken back from there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('core_actingkey') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _serves(role: str) -> bool:
    """Whether there is such a role beside the one that migrates."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        return cursor.fetchone() is not None
