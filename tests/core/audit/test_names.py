"""What the record of acts, clearances and jobs call a model stays, whatever app its class has moved to."""

import pytest
from django.apps import apps

from core.models.names import audit_name_of, model_named

OURS = {"core", "accounts", "reviews", "questionnaires", "lots", "dialogue", "observations", "portal"}
# Stored in entries whose hashes are chained. A model that is new gets a name here; none is taken out or changed.
STORED = frozenset("""
    accounts.accountrule accounts.affiliation accounts.confidentialityterms accounts.linkrequest
    accounts.regionalgroup accounts.staffsession accounts.stateparty accounts.termsacceptance accounts.user
    core.auditentry core.job core.loadedrow core.notification core.pulse core.recordhead core.recordroot
    core.recordrootsecret core.taskday lots.draw lots.drawentry lots.drawfile lots.drawrule lots.pairing
    lots.seedpart questionnaires.answer questionnaires.answerrevision questionnaires.condition questionnaires.part
    questionnaires.question questionnaires.questionnaire questionnaires.questionnaireversion
    questionnaires.questionoption questionnaires.response questionnaires.responsesubmission questionnaires.section
    questionnaires.sectionassignment reviews.absence reviews.accessrequest reviews.adherence reviews.agreedtext
    reviews.article reviews.blueprinttext reviews.bulkact reviews.bulkactline reviews.calendarfeed
    reviews.clarificationanswer reviews.clarificationrequest reviews.clearance reviews.cluster
    reviews.clusterarticle reviews.consultationconfirmation reviews.consultationproposal reviews.dialoguemeeting
    reviews.feedbackcomment reviews.holiday reviews.instrument reviews.limit reviews.mechanism reviews.meetinganswer
    reviews.mute reviews.nomination reviews.noteverbale reviews.objection reviews.observation
    reviews.observationheading reviews.observationrevision reviews.partialteam reviews.participation
    reviews.passagedraft reviews.phase reviews.phaseperiod reviews.plannedmeeting reviews.publication
    reviews.publicstatus reviews.reminderhour reviews.reminderrule reviews.review reviews.reviewarticle
    reviews.reviewgroup reviews.reviewingstate reviews.reviewmilestone reviews.reviewusergrant reviews.savedview
    reviews.silencenotice reviews.snooze reviews.statusconsent reviews.step reviews.stepchange reviews.stepplan
    reviews.stepplanversion reviews.summarypassage reviews.supplementaryinformation reviews.taskdelegation
    reviews.textversion reviews.timechange reviews.timechangeanswer reviews.versionreading reviews.writtenfeedback
""".split())  # fmt: skip
# Those whose classes have moved to another app since.
MOVED = {"dialogue": 5, "observations": 11, "portal": 3}


def test_every_model_of_ours_has_the_name_that_is_stored() -> None:
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] in OURS]
    assert {audit_name_of(model) for model in ours} == STORED


def test_a_name_leads_back_to_its_model_wherever_that_stands() -> None:
    moved = [model_named(name) for name in sorted(STORED) if model_named(name)._meta.label_lower != name]
    apps_of = [model._meta.app_label for model in moved]
    assert {app: apps_of.count(app) for app in set(apps_of)} == MOVED
    assert [audit_name_of(model) for model in moved] == [model._meta.db_table.replace("_", ".") for model in moved]


def test_a_name_that_nothing_has_leads_nowhere() -> None:
    with pytest.raises(LookupError):
        model_named("observations.agreedtext")
