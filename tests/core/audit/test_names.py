"""What the record of acts, clearances and jobs call a model stays, whatever app its class has moved to."""

import pytest
from django.apps import apps

from core.models.names import audit_name_of, model_named

OURS = {"core", "accounts", "reviews", "questionnaires", "lots", "dialogue", "observations", "portal"}
# Each model, and what it is called in entries whose hashes are chained, in clearances and in jobs. Whoever renames a
# class or moves it to another app changes what stands on the left; what stands on the right is never changed.
NAMES = dict(
    line.split()
    for line in """
    accounts.AccountRule accounts.accountrule
    accounts.Affiliation accounts.affiliation
    accounts.ApiToken accounts.apitoken
    accounts.ConfidentialityTerms accounts.confidentialityterms
    accounts.IdentityLink accounts.identitylink
    accounts.IdentityProvider accounts.identityprovider
    accounts.LinkRequest accounts.linkrequest
    accounts.RegionalGroup accounts.regionalgroup
    accounts.StaffSession accounts.staffsession
    accounts.StateContact accounts.statecontact
    accounts.StateLink accounts.statelink
    accounts.StateParty accounts.stateparty
    accounts.TermsAcceptance accounts.termsacceptance
    accounts.User accounts.user
    core.AuditEntry core.auditentry
    core.IdempotentAnswer core.idempotentanswer
    core.Institution core.institution
    core.Job core.job
    core.LoadedRow core.loadedrow
    core.Notification core.notification
    core.ProposedRow core.proposedrow
    core.Pulse core.pulse
    core.RecordHead core.recordhead
    core.RecordRoot core.recordroot
    core.RecordRootSecret core.recordrootsecret
    core.TaskDay core.taskday
    dialogue.Aside dialogue.aside
    dialogue.AsideNote dialogue.asidenote
    dialogue.ClarificationAnswer reviews.clarificationanswer
    dialogue.ClarificationRequest reviews.clarificationrequest
    dialogue.DeskSlip dialogue.deskslip
    dialogue.DeskVisit dialogue.deskvisit
    dialogue.DialogueMessage dialogue.dialoguemessage
    dialogue.FeedbackComment reviews.feedbackcomment
    dialogue.FeedbackReading dialogue.feedbackreading
    dialogue.FeedbackReply dialogue.feedbackreply
    dialogue.JointClearance dialogue.jointclearance
    dialogue.ReleaseByExperts dialogue.releasebyexperts
    dialogue.SectionKeeper dialogue.sectionkeeper
    dialogue.SectionLead dialogue.sectionlead
    dialogue.SlipReading dialogue.slipreading
    dialogue.SupplementaryInformation reviews.supplementaryinformation
    dialogue.WrittenFeedback reviews.writtenfeedback
    lots.Draw lots.draw
    lots.DrawEntry lots.drawentry
    lots.DrawFile lots.drawfile
    lots.DrawRule lots.drawrule
    lots.Pairing lots.pairing
    lots.SeedPart lots.seedpart
    observations.AgreedText reviews.agreedtext
    observations.BlueprintText reviews.blueprinttext
    observations.AssistanceNeed observations.assistanceneed
    observations.AssistanceType observations.assistancetype
    observations.FollowUp observations.followup
    observations.FollowUpEntry observations.followupentry
    observations.FollowUpShare observations.followupshare
    observations.LanguageSet observations.languageset
    observations.NamingAnswer observations.naminganswer
    observations.Objection reviews.objection
    observations.Observation reviews.observation
    observations.ObjectionReply observations.objectionreply
    observations.ObservationHeading reviews.observationheading
    observations.ObservationRevision reviews.observationrevision
    observations.PassageDraft reviews.passagedraft
    observations.PassageRevision observations.passagerevision
    observations.Publication reviews.publication
    observations.PublicationIndex observations.publicationindex
    observations.PublishedTranslation observations.publishedtranslation
    observations.Suggestion observations.suggestion
    observations.Term observations.term
    observations.TranslationOrder observations.translationorder
    observations.SuggestionNote observations.suggestionnote
    observations.SummaryPassage reviews.summarypassage
    observations.TextVersion reviews.textversion
    observations.VersionReading reviews.versionreading
    observations.WatchedWord observations.watchedword
    portal.BulkAct reviews.bulkact
    portal.BulkActLine reviews.bulkactline
    portal.MechanismChoice portal.mechanismchoice
    portal.SavedView reviews.savedview
    questionnaires.AnswersShare questionnaires.answersshare
    questionnaires.Adoption questionnaires.adoption
    questionnaires.Answer questionnaires.answer
    questionnaires.AnswerRevision questionnaires.answerrevision
    questionnaires.Condition questionnaires.condition
    questionnaires.ConsultedBody questionnaires.consultedbody
    questionnaires.ItemMapping questionnaires.itemmapping
    questionnaires.Law questionnaires.law
    questionnaires.LawName questionnaires.lawname
    questionnaires.LawFile questionnaires.lawfile
    questionnaires.LawVersion questionnaires.lawversion
    questionnaires.MarginMention questionnaires.marginmention
    questionnaires.MarginNote questionnaires.marginnote
    questionnaires.MarginThread questionnaires.marginthread
    questionnaires.Part questionnaires.part
    questionnaires.Proposal questionnaires.proposal
    questionnaires.ProposalRevision questionnaires.proposalrevision
    questionnaires.Question questionnaires.question
    questionnaires.QuestionLink questionnaires.questionlink
    questionnaires.QuestionOption questionnaires.questionoption
    questionnaires.Questionnaire questionnaires.questionnaire
    questionnaires.QuestionnaireDraft questionnaires.questionnairedraft
    questionnaires.QuestionnaireVersion questionnaires.questionnaireversion
    questionnaires.ReadingLeave questionnaires.readingleave
    questionnaires.Response questionnaires.response
    questionnaires.ResponseSubmission questionnaires.responsesubmission
    questionnaires.ResponseReading questionnaires.responsereading
    questionnaires.ReusedAnswer questionnaires.reusedanswer
    questionnaires.SecondReading questionnaires.secondreading
    questionnaires.Section questionnaires.section
    questionnaires.SectionAssignment questionnaires.sectionassignment
    reviews.Absence reviews.absence
    reviews.AccessRequest reviews.accessrequest
    reviews.Adherence reviews.adherence
    reviews.AdherenceStatement reviews.adherencestatement
    reviews.Article reviews.article
    reviews.BroughtFile reviews.broughtfile
    reviews.BroughtPiece reviews.broughtpiece
    reviews.CalendarFeed reviews.calendarfeed
    reviews.Clearance reviews.clearance
    reviews.Cluster reviews.cluster
    reviews.ClusterArticle reviews.clusterarticle
    reviews.Concern reviews.concern
    reviews.ConcernMessage reviews.concernmessage
    reviews.ConcernState reviews.concernstate
    reviews.ConsultationConfirmation reviews.consultationconfirmation
    reviews.ConsultationProposal reviews.consultationproposal
    reviews.DialogueMeeting reviews.dialoguemeeting
    reviews.DocumentSymbol reviews.documentsymbol
    reviews.Holiday reviews.holiday
    reviews.Instrument reviews.instrument
    reviews.LastFilter reviews.lastfilter
    reviews.Limit reviews.limit
    reviews.Mechanism reviews.mechanism
    reviews.MeetingAnswer reviews.meetinganswer
    reviews.MeetingNotes reviews.meetingnotes
    reviews.MeetingPoll reviews.meetingpoll
    reviews.Ministry reviews.ministry
    reviews.MinistryMember reviews.ministrymember
    reviews.Mute reviews.mute
    reviews.Nomination reviews.nomination
    reviews.NominationLetter reviews.nominationletter
    reviews.NotesAnswer reviews.notesanswer
    reviews.NoteVerbale reviews.noteverbale
    reviews.OpenedWords reviews.openedwords
    portal.Exercise portal.exercise
    portal.HandOver portal.handover
    portal.Learner portal.learner
    reviews.PartialTeam reviews.partialteam
    reviews.Participation reviews.participation
    reviews.Phase reviews.phase
    reviews.PhasePeriod reviews.phaseperiod
    reviews.PlannedMeeting reviews.plannedmeeting
    reviews.PollAnswer reviews.pollanswer
    reviews.PublicStatus reviews.publicstatus
    reviews.ReadingItem reviews.readingitem
    reviews.ReceivedNomination reviews.receivednomination
    reviews.ReminderHour reviews.reminderhour
    reviews.ReminderRule reviews.reminderrule
    reviews.Review reviews.review
    reviews.ReviewArticle reviews.reviewarticle
    reviews.ReviewGroup reviews.reviewgroup
    reviews.ReviewMilestone reviews.reviewmilestone
    reviews.ReviewUserGrant reviews.reviewusergrant
    reviews.ReviewingState reviews.reviewingstate
    reviews.SilenceNotice reviews.silencenotice
    reviews.Snooze reviews.snooze
    reviews.StatusConsent reviews.statusconsent
    reviews.Step reviews.step
    reviews.StepChange reviews.stepchange
    reviews.StepPlan reviews.stepplan
    reviews.StepPlanVersion reviews.stepplanversion
    reviews.TaskDelegation reviews.taskdelegation
    reviews.TimeChange reviews.timechange
    reviews.TimeChangeAnswer reviews.timechangeanswer
    dialogue.ConclusionAnswer dialogue.conclusionanswer
""".split("\n")
    if line
)
# Those whose classes have moved to another app since.
MOVED = {"dialogue": 5, "observations": 11, "portal": 3}


def test_every_model_of_ours_says_by_itself_what_it_is_called_for_good() -> None:
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] in OURS]
    said = {f"{model._meta.app_label}.{model.__name__}": vars(model).get("audit_name") for model in ours}
    assert said == NAMES
    assert [audit_name_of(model) for model in ours] == [*said.values()]


def test_no_two_models_have_one_name() -> None:
    assert len(set(NAMES.values())) == len(NAMES)


def test_a_name_leads_back_to_its_model_wherever_that_stands() -> None:
    moved = [model_named(name) for name in sorted(NAMES.values()) if model_named(name)._meta.label_lower != name]
    apps_of = [model._meta.app_label for model in moved]
    assert {app: apps_of.count(app) for app in set(apps_of)} == MOVED
    assert [audit_name_of(model) for model in moved] == [model._meta.db_table.replace("_", ".") for model in moved]


def test_a_name_that_nothing_has_leads_nowhere() -> None:
    with pytest.raises(LookupError):
        model_named("observations.agreedtext")
