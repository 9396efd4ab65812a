"""Everything about a review lands in its chain, and each State reads of it what is its to read."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from core import audit
from core.audit import entries
from core.models import AuditEntry
from reviews.capacities.chains import chain_of_review
from reviews.cases.models import Participation
from reviews.record.selectors import ALL, SECRETARIAT_TABLE, RecordScope, entries_for, scope_of, slice_of
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.at_once import discard_clarification, draft_clarification, send_clarification
from tests.permissions.pieces import Planter
from tests.sharing import shared
from tests.utils import SYSTEM, Cast

pytestmark = pytest.mark.django_db

APPS = ("accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews")
# Verbs that are put together: the file and function, and what comes of it.
COMPOSED = {
    "questionnaires/sending/services.py _set_status": {
        f"questionnaires.response.{each}"
        for each in (
            "submitted_for_clearance",
            "returned",
            "cleared",
            "recalled",
            "revision_begun",
            "revision_given_up",
        )
    },
    "reviews/dates/services.py _decide": {f"reviews.time.{each}" for each in ("agreed", "declined", "withdrawn")},
    "core/reference_site.py _audit": {f"reviews.phase.{each}" for each in ("added", "changed", "deleted")},
    "accounts/lifecycle/services/members.py add_member": {"accounts.user.member_added"},
    "accounts/lifecycle/services/members.py add_second_member": {"accounts.user.added_alone"},
    "reviews/adherence/services.py record_adherence": {f"reviews.adherence.{each}" for each in ("added", "changed")},
    "reviews/adherence/services.py write_statement": {
        f"reviews.adherencestatement.{each}" for each in ("added", "changed")
    },
    "accounts/contacts/services.py import_contacts": {f"accounts.statecontact.{each}" for each in ("added", "changed")},
    "accounts/sign_in/services/factors.py _note": {f"accounts.user.factor_{each}" for each in ("added", "removed")},
    "accounts/staff_sessions/services.py _audit": {f"accounts.staff_session.{each}" for each in ("started", "ended")},
    "accounts/lifecycle/services/accounts.py _record": {
        f"accounts.user.{each}" for each in ("address_changed", "closed", "reopened", "role_changed")
    },
    "reviews/access/services.py _record": {
        f"reviews.access.{each}"
        for each in (
            "prepared",
            "approved",
            "taken_on_alone",
            "returned",
            "withdrawn",
            "confirmed",
            "delayed",
            "refused",
            "done",
        )
    },
    "questionnaires/editing/services/drafts.py keep": {
        f"questionnaires.draft.{each}" for each in ("changed", "brought_in")
    },
    "questionnaires/clearance/services.py ask_second_reader": {
        f"questionnaires.response.second_reader_{each}" for each in ("asked", "left_out")
    },
    "questionnaires/margin/services.py resolve_thread": {
        f"questionnaires.response.thread_{each}" for each in ("resolved", "reopened")
    },
    "dialogue/threads/services.py _turn": {f"dialogue.thread.{each}" for each in ("closed", "reopened")},
    "observations/suggestion_notes/services.py mark_resolved": {
        f"observations.suggestionnote.{each}" for each in ("resolved", "reopened")
    },
    "dialogue/asides/services.py resolve_aside": {f"dialogue.aside.{each}" for each in ("resolved", "reopened")},
    "questionnaires/laws/services.py _save": {
        f"questionnaires.law.{each}" for each in ("added", "changed", "ended", "used_again", "file_added", "file_ended")
    },
    "reviews/bringing/services.py say_for_state": {
        f"reviews.broughtpiece.{each}" for each in ("confirmed", "objected")
    },
    "observations/objections/services.py _end": {
        f"reviews.objection.{each}" for each in ("withdrawn", "resolved", "renewed")
    },
    "observations/suggestions/services.py _decide": {
        f"observations.suggestion.{each}" for each in ("accepted", "rejected", "withdrawn")
    },
    "reviews/bringing/services.py _record": {
        f"reviews.broughtfile.{each}"
        for each in ("prepared", "laid_before", "confirmed", "brought_in", "set_aside", "withdrawn")
    },
    "portal/mechanisms/services/choosing.py _record": {
        f"portal.mechanismchoice.{each}"
        for each in ("brought_in", "withdrawn", "loaded", "started_again", "confirmed", "chosen")
    },
    "portal/mechanisms/services/filling.py _record": {
        "reviews.article.added",
        "reviews.clusterarticle.added",
    },
    "portal/reference/services.py _record": {f"portal.reference.{each}" for each in ("taken", "declined")},
    "reviews/participants/services.py _note": {f"reviews.contributor.{each}" for each in ("invited", "let_go")},
}


_RECORDING = {"audit.record", "audit.record_all"}


def calls_of_record() -> Iterator[tuple[str, ast.expr]]:
    """The file and function around each call of ``audit.record`` or ``record_all``, and the expression of its verb."""
    root = Path(settings.BASE_DIR)
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            for function in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(function, ast.FunctionDef):
                    for node in ast.walk(function):
                        if isinstance(node, ast.Call) and ast.unparse(node.func) in _RECORDING:
                            yield f"{path.relative_to(root)} {function.name}", node.args[1]


@cache
def verbs_of_the_code() -> set[str]:
    verbs: set[str] = set()
    for name, verb in calls_of_record():
        verbs |= {verb.value} if isinstance(verb, ast.Constant) else COMPOSED[name]
    return verbs


def test_every_verb_of_the_code_has_a_label() -> None:
    verbs = verbs_of_the_code()
    assert {verb for verb in verbs if not audit.has_label(verb)} == set()
    assert len(verbs) > 50


def test_every_label_is_of_a_verb_of_the_code() -> None:
    assert set(entries._verbs) - verbs_of_the_code() == set()


def test_a_verb_that_nobody_names_is_shown_as_it_is() -> None:
    assert (audit.verb_label("tests.other"), audit.has_label("tests.other")) == ("tests.other", False)
    assert audit.verb_label("reviews.phase.changed") == "changed: phase"


def refers_to(model: Any, name: str) -> bool:
    return any(field.is_relation and field.many_to_one and field.name == name for field in model._meta.get_fields())


def test_every_model_of_a_review_or_mechanism_that_is_acted_on_says_where_its_acts_belong() -> None:
    """Rows that are only ever written together with another one, which the act names, need not say it."""
    never_named = {
        "Adoption",
        "Answer",
        "AsideNote",
        "AnswerRevision",
        "AnswersShare",
        "BulkActLine",
        "Clearance",
        "ConclusionAnswer",
        "ConsultedBody",
        "DeskSlip",  # what a State keeps for itself at the desk is no act
        "DeskVisit",
        "DrawEntry",
        "FeedbackReading",
        "FollowUpEntry",
        "FollowUpShare",
        "LanguageSet",  # the act names the text
        "LastFilter",
        "MarginMention",
        "MarginNote",
        "MarginThread",
        "Mute",
        "NamingAnswer",  # the act names the review
        "OpenedWords",  # the act names what is opened
        "PartialTeam",
        "Proposal",
        "ProposalRevision",
        "ReleaseByExperts",
        "ReminderRule",
        "ReviewArticle",
        "ReviewMilestone",
        "ReusedAnswer",
        "ReviewingState",
        "SecondReading",
        "SectionKeeper",  # how a State splits its work is no act, and that it leads is not for the State under review
        "SectionLead",
        "StepChange",
    }
    models = [model for app in APPS[2:] for model in apps.get_app_config(app).get_models()]
    concerned = {model for model in models if refers_to(model, "review") or refers_to(model, "mechanism")}
    missing = {model.__name__ for model in concerned - set(entries._locators)}
    assert missing == never_named


@shared
def scene(cast: Cast) -> Cast:
    """A review that has gone all its way, with drafts in every room."""
    utils.take_cast_to("written_feedback", cast)
    Planter(cast).plant("written_feedback")
    audit.chain_now()
    return utils.fresh(cast)


def test_everything_about_a_review_lands_in_its_chain(cast: Cast) -> None:
    utils.take_cast_to("closed", cast)
    audit.chain_now()
    about = AuditEntry.objects.filter(verb__regex=r"^(reviews|questionnaires)\.").exclude(
        verb="questionnaires.version.published"
    )
    chains = {chain_of_review(cast.review), chain_of_review(cast.bystander_review)}
    assert set(about.values_list("chain", flat=True)) == chains
    own = AuditEntry.objects.filter(chain=chain_of_review(cast.review))
    keys = {str(cast.review.pk), *(str(row.pk) for row in Participation.objects.filter(review=cast.review))}
    assert not AuditEntry.objects.filter(target_id__in=keys).exclude(pk__in=own).exists()
    assert audit.first_break_anywhere() is None
    assert {state for entry in own for state in entry.concerned_states} == {"XVE", "XLE", "XAL"}


def test_an_entry_says_for_which_state_the_person_acted(scene: Cast) -> None:
    own = AuditEntry.objects.filter(chain=chain_of_review(scene.review))
    assert set(own.filter(actor=scene.focal_point).values_list("acting_state", flat=True)) == {"XVE"}
    assert set(own.filter(actor=scene.same_group_expert).values_list("acting_state", flat=True)) == {"XLE"}
    assert set(own.filter(actor=None).values_list("acting_state", flat=True)) == {""}


def verbs_read(reader: str, cast: Cast) -> list[str]:
    entries = entries_for(RecordScope(chain_of_review(cast.review), reader)).order_by("sequence")
    return [entry.verb.partition(".")[2] for entry in entries if entry.verb.startswith("reviews.clarification")]


def test_a_draft_in_a_room_is_read_by_its_state_alone_and_what_is_sent_by_all(scene: Cast) -> None:
    before = {reader: verbs_read(reader, scene) for reader in ("XVE", "XLE", "XAL", SECRETARIAT_TABLE, ALL)}
    actor, instrument = scene.same_group_focal_point, scene.review.instruments.get(slug="untoc")
    kept, thrown = (
        draft_clarification(
            actor=actor, review=scene.review, instrument=instrument, question_code="I.untoc.23", text="Why?"
        )
        for _time in range(2)
    )
    discard_clarification(actor=actor, request=thrown)
    send_clarification(actor=actor, request=kept)
    audit.chain_now()
    after = {reader: verbs_read(reader, scene)[len(before[reader]) :] for reader in before}
    in_room = ["clarification.drafted", "clarification.drafted", "clarification.discarded", "clarification.sent"]
    assert after == {
        "XVE": ["clarification.sent"],
        "XLE": in_room,
        "XAL": ["clarification.sent"],
        SECRETARIAT_TABLE: ["clarification.sent"],
        ALL: in_room,
    }


def test_what_a_state_does_at_home_the_others_do_not_read(scene: Cast) -> None:
    end_participation(actor=SYSTEM, participation=scene.participations["contributor"])
    audit.chain_now()
    rooms = dict(
        AuditEntry.objects.filter(chain=chain_of_review(scene.review)).order_by("-id").values_list("verb", "room")
    )
    at_home = AuditEntry.objects.filter(target_id=str(scene.participations["contributor"].pk))
    assert list(at_home.values_list("verb", "room").order_by("id")) == [
        ("reviews.participation.registered", "XVE"),
        ("reviews.participation.ended", "XVE"),
    ]
    assert rooms["questionnaires.response.submitted_for_clearance"] == "XVE"
    assert rooms["questionnaires.response.opened"] == rooms["questionnaires.response.cleared"] == ""
    assert rooms["reviews.supplement.added"] == "XVE"
    others = entries_for(RecordScope(chain_of_review(scene.review), "XLE"))
    assert set(others.values_list("room", flat=True)) == {"", "XLE"}


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("focal_point", "XVE"),
        ("observer", "XVE"),
        ("other_group_expert", "XAL"),
        ("officer", SECRETARIAT_TABLE),
        ("administrator", ALL),
        ("auditor", ALL),
    ],
)
def test_people_read_for_whom_they_stand(cast: Cast, name: str, reader: str) -> None:
    assert scope_of(cast.people[name], cast.review) == RecordScope(chain_of_review(cast.review), reader)


@pytest.mark.parametrize("reader", ["XVE", "XLE", "XAL", SECRETARIAT_TABLE, ALL])
def test_a_slice_shows_what_the_page_shows_and_hashes_of_the_rest(scene: Cast, reader: str) -> None:
    scope = RecordScope(chain_of_review(scene.review), reader)
    record = slice_of(scope)
    shown = [entry["sequence"] for entry in record["entries"] if "content" in entry]
    on_page = list(entries_for(scope).order_by("sequence").values_list("sequence", flat=True))
    assert shown == on_page
    assert [entry["sequence"] for entry in record["entries"]] == list(range(1, len(record["entries"]) + 1))
    hidden = [set(entry) for entry in record["entries"] if "content" not in entry]
    assert hidden == [{"sequence", "content_hash", "hash"}] * len(hidden)
    assert (hidden == []) == (reader == ALL)
    told = {entry["content"]["acting_state"] for entry in record["entries"] if "origin" in entry}
    assert told - {reader} == (set() if reader != ALL else told)
