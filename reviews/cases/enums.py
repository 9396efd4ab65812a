"""Sides, roles and grants of those who take part, what is done in a review, and what they are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class Side(models.TextChoices):
    UNDER_REVIEW = "under_review", _("State under review")
    REVIEWING = "reviewing", _("Reviewing State")


class ReviewingBasis(models.TextChoices):
    SAME_GROUP = "same_group", _("From the same regional group")
    OTHER_GROUP = "other_group", _("From another regional group")


class ParticipationRole(models.TextChoices):
    FOCAL_POINT = "focal_point", _("Focal point")
    GOVERNMENTAL_EXPERT = "governmental_expert", _("Governmental expert")
    NATIONAL_CONTRIBUTOR = "national_contributor", _("National contributor")
    OBSERVER = "observer", _("Observer")


class Grant(models.TextChoices):
    """Object permissions on a review, derived from participations (reviews/capacities/capacities.py, ROLE_GRANTS)."""

    VIEW = "view_review", _("See the review")
    READ = "read_review", _("Read what lies on the shared table")
    DRAFT = "draft_review", _("Draft for one's State")
    CONTRIBUTE = "contribute_review", _("Draft the sections sent to one's ministry")
    CLEAR = "clear_review", _("Clear for one's State")


class News(models.TextChoices):
    """What a mail tells; it names the review and holds no content."""

    CONSULTATION_PROPOSED = "consultation_proposed", _("Working languages and dates are proposed; please confirm.")
    CONSULTATION_AGREED = "consultation_agreed", _("All States have confirmed the working languages and the dates.")
    SILENCE_COUNTED = (
        "silence_counted",
        _("Your State's silence counts as its confirmation of the working languages and dates that were proposed."),
    )
    WENT_AHEAD = (
        "went_ahead",
        _("The secretariat recorded that the other States go ahead without a State that has not named its people."),
    )
    BROUGHT_IN = (
        "brought_in",
        _("Something of your State was brought in from another place; you confirm it for your State or object."),
    )
    BROUGHT_IN_OF_OTHER = (
        "brought_in_of_other",
        _("Something of another State was brought in from another place; its page says by whom."),
    )
    BROUGHT_IN_OBJECTED = "brought_in_objected", _("A State objects to what was brought in; its page says why.")
    ANSWERS_RECALLED = (
        "answers_recalled",
        _("The State under review has recalled its answers before anybody had opened them; you are told of new ones."),
    )
    ANSWERS_LAID_BEFORE = (
        "answers_laid_before",
        _("Your experts have laid the answers before you, to be cleared and sent or returned."),
    )
    ANSWERS_RETURNED = "answers_returned", _("Your focal point has returned the answers; their page says why.")
    SECOND_READER_ASKED = (
        "second_reader_asked",
        _("Your focal point asks you to read the answers before they are sent."),
    )
    SECOND_READER_SAID = "second_reader_said", _("An expert has read the answers before they are sent.")
    ANSWERS_REVISED = (
        "answers_revised",
        _("The State under review has sent a new version of its answers; its page says what has changed."),
    )
    VERSION_RECALLED = (
        "version_recalled",
        _("The newest version of the answers was recalled before anybody had opened it; the one before stands again."),
    )
    FEEDBACK_SENT = "feedback_sent", _("A reviewing State has sent its written feedback.")
    JOINT_CLEARED = (
        "joint_cleared",
        _("A reviewing State has cleared the joint feedback; it is sent once your State has cleared it too."),
    )
    JOINT_CHANGED = (
        "joint_changed",
        _("The joint feedback was changed after your State had cleared it; that clearance no longer counts."),
    )
    JOINT_TAKEN_BACK = (
        "joint_taken_back",
        _("A reviewing State has taken back its clearance of the joint feedback; its word is missing again."),
    )
    JOINT_SENT = "joint_sent", _("All reviewing States have cleared the joint feedback: it is sent.")
    JOINT_RECALLED = (
        "joint_recalled",
        _("The joint feedback was recalled before the State under review had opened it: it is your draft again."),
    )
    FEEDBACK_FORM = (
        "feedback_form",
        _("It was set whether the reviewing States send one feedback together or one each; its page says which."),
    )
    READER_ASKED = "reader_asked", _("A colleague asks you to read your State's written feedback before it is sent.")
    READER_SAID = "reader_said", _("A colleague has read your State's written feedback before it is sent.")
    FEEDBACK_RECALLED = (
        "feedback_recalled",
        _("A reviewing State has recalled its feedback before anybody had opened it; you are told of a new one."),
    )
    REPLY_SENT = "reply_sent", _("The State under review has replied to written feedback.")
    REPLY_RECALLED = (
        "reply_recalled",
        _("The State under review has recalled a reply before anybody had opened it; you are told of a new one."),
    )
    CLARIFICATION_SENT = "clarification_sent", _("A reviewing State asks for clarification.")
    # Of more than one feature, and alike for all: it gives away of none that it was used (docs/adr/0049).
    SOMETHING_NEW = "something_new", _("There is something new for you on the pages of this review.")
    CLARIFICATION_DUE = "clarification_due", _("A request for clarification waits for the answer of your State.")
    SOMETHING_WAITS = "something_waits", _("Something waits for your State on the pages of this review.")
    CLARIFICATION_ANSWERED = "clarification_answered", _("A request for clarification has been answered.")
    SUPPLEMENT_SENT = "supplement_sent", _("The State under review has sent supplementary information.")
    OFFER_SENT = "offer_sent", _("The State under review offers something that helps to prepare the review.")
    MEETING_INVITED = "meeting_invited", _("Your State is invited to a meeting of the experts; please answer.")
    MEETING_ANSWERED = "meeting_answered", _("A State has answered an invitation to a meeting of the experts.")
    MEETING_AGREED = "meeting_agreed", _("A meeting of the experts is agreed; the entry for your calendar is attached.")
    MEETING_MOVED = (
        "meeting_moved",
        _("The time of a meeting of the experts no longer holds; another one is asked for."),
    )
    MEETING_CHANGED = (
        "meeting_changed",
        _("An invitation to a meeting of the experts was changed; please answer it anew."),
    )
    MEETING_CANCELLED = "meeting_cancelled", _("A meeting of the experts was cancelled; its page says why.")
    POLL_ASKED = (
        "poll_asked",
        _("You are asked which of several times suit your State for a meeting; please say so."),
    )
    POLL_CHANGED = "poll_changed", _("The times of a poll for a meeting were changed; please say anew which suit.")
    POLL_CLOSED = "poll_closed", _("Every State has said which times suit it for a meeting; please pick one.")
    POLL_WITHDRAWN = "poll_withdrawn", _("A poll for a meeting was withdrawn; nothing more is asked of your State.")
    NOTES_LAID = "notes_laid", _("The notes of a meeting lie before your State; please agree to them or object.")
    NOTES_CHANGED = "notes_changed", _("The notes of a meeting were changed; please agree to them anew or object.")
    NOTES_OBJECTED = "notes_objected", _("A State objects to the notes of a meeting; their page says why.")
    NOTES_AGREED = "notes_agreed", _("All States that met have agreed to the notes of a meeting.")
    CONTRIBUTOR_INVITED = "contributor_invited", _("Your focal point has invited a national contributor.")
    CONTRIBUTOR_LET_GO = "contributor_let_go", _("Your focal point has ended the access of a national contributor.")
    SENT_TO_MINISTRY = (
        "sent_to_ministry",
        _("Questions of the self-assessment were sent to you; please propose answers."),
    )
    MAY_READ_ALL = "may_read_all", _("Your focal point lets you read all answers of your State’s self-assessment.")
    PROPOSAL_RETURNED = "proposal_returned", _("A proposal of yours was returned; its question says why.")
    MINISTRY_SAID = "ministry_said", _("A ministry has answered what was sent to it.")
    MINISTRY_DUE = "ministry_due", _("Answers are due that you were asked to propose.")
    MINISTRY_LATE = "ministry_late", _("A ministry is late with answers that it was asked to propose.")
    NOTE_MENTIONS = "note_mentions", _("Somebody of your State mentions you in a note at a question.")
    ASIDE_MENTIONS = "aside_mentions", _("Somebody of your State mentions you in an internal thread.")
    MESSAGE_RELEASED = "message_released", _("A State has released a message of the dialogue.")
    MESSAGE_RECALLED = (
        "message_recalled",
        _("A State has recalled a message of the dialogue before anybody had opened it."),
    )
    CONCLUSION_ASKED = (
        "conclusion_asked",
        _("A State holds that the dialogue can be concluded; the word of your State is asked for."),
    )
    CONCLUSION_DECLINED = "conclusion_declined", _("A State does not want the dialogue to be concluded yet.")
    DIALOGUE_CONCLUDED = "dialogue_concluded", _("The dialogue is concluded; the list of observations is drafted next.")
    TEXT_PROPOSED = "text_proposed", _("A version of a text is proposed for agreement; please clear it or object.")
    TEXT_CANCELLED = "text_cancelled", _("A proposed version was changed; the clearances given to it no longer count.")
    TEXT_OBJECTED = "text_objected", _("A State objects to the proposed version of a text.")
    SUGGESTION_LAID = (
        "suggestion_laid",
        _("A State suggests another wording of a text that you may change, or comments on it."),
    )
    SUGGESTION_DECIDED = (
        "suggestion_decided",
        _("Wording that you suggested was accepted or rejected, or your comment was answered; the page says which."),
    )
    SUGGESTION_NOTED = "suggestion_noted", _("A State has written below a suggestion of wording that concerns you.")
    SUGGESTION_MENTIONS = (
        "suggestion_mentions",
        _("Somebody of your State mentions you below a suggestion of wording."),
    )
    OBJECTION_REPLIED = "objection_replied", _("A State has replied to an objection to a version of a text.")
    OBJECTION_ENDED = "objection_ended", _("A State has ended its objection to a version of a text.")
    TEXT_CLEARANCE_TAKEN_BACK = (
        "text_clearance_taken_back",
        _("A State has taken back its clearance of the proposed version of a text."),
    )
    TEXT_AGREED = "text_agreed", _("All States have cleared the same version of a text: it is agreed.")
    TEAM_CHANGED = "team_changed", _("The lots were drawn once more: its page says which States review now, and what.")
    TEAM_DRAWN = (
        "team_drawn",
        _("The lots were drawn for this review, opened by hand: its page says which States review now, and what."),
    )
    ROOM_OFFERED = (
        "room_offered",
        _("A reviewing State opens its room to the others: it is a common room as soon as each has opened its own."),
    )
    ROOM_SHARED = (
        "room_shared",
        _("The reviewing States share one room from now on: they read each other's unsent drafts."),
    )
    ROOM_OWN = (
        "room_own",
        _("Each reviewing State has its own room again: nobody outside of your State reads your unsent drafts."),
    )
    TASK_HANDED_ON = "task_handed_on", _("A colleague has handed you the reminders of an act that your State owes.")
    FOLLOW_UP_DUE = "follow_up_due", _("A date draws near that your State has set itself for its follow-up.")
    TEXT_PUBLISHED = "text_published", _("The State under review has published a text.")
    TEXT_OPENED = "text_opened", _("The State under review has opened a text to all States parties.")
    ANSWERS_OPENED = (
        "answers_opened",
        _("The State under review has opened answers to others than the States of this review."),
    )
    NAMING_ASKED = "naming_asked", _("A text that names you is agreed; please say whether your name may be published.")
    TIME_ASKED = "time_asked", _("More time or a pause is asked for; please answer for your State.")
    TIME_AGREED = "time_agreed", _("More time or a pause is agreed; the dates have moved.")
    TIME_DECLINED = "time_declined", _("More time or a pause that was asked for is not agreed; the dates stay.")
    TIME_WITHDRAWN = "time_withdrawn", _("A request for more time or for a pause was withdrawn.")
    PAUSE_ENDED = "pause_ended", _("The pause of this review has ended; the clock runs again.")


class TimeChangeKind(models.TextChoices):
    EXTENSION = "extension", _("Extension")
    PAUSE = "pause", _("Pause")


class TimeChangeStatus(models.TextChoices):
    ASKED = "asked", _("Asked for")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed: the milestone was reached")

    @property
    def work_state(self) -> WorkState | None:
        return {
            TimeChangeStatus.ASKED: WorkState.WITH_OTHERS,
            TimeChangeStatus.AGREED: WorkState.DONE,
            TimeChangeStatus.DECLINED: WorkState.RETURNED,
            TimeChangeStatus.WITHDRAWN: None,
            TimeChangeStatus.LAPSED: None,
        }[self]


class ReviewAction(models.TextChoices):
    LIST = "reviews.list", _("See the list of one's reviews")
    OPEN = "reviews.open", _("Open a review")
    WITHDRAW = "reviews.withdraw", _("Withdraw a review that has not begun")
    CHANGE_TEAM = "reviews.change_team", _("Let other States review, as they were drawn")
    VIEW = "reviews.view", _("See a review")
    MAKE_FEED = "reviews.make_feed", _("Make a private calendar address")
    VIEW_PARTICIPANTS = "reviews.view_participants", _("See who takes part")
    ASK_TO_END = "reviews.ask_to_end", _("Ask for the end of a participation")
    INVITE_CONTRIBUTOR = "reviews.invite_contributor", _("Invite a contributor of one’s own State, or end that")
    READ_HANDOVER = "reviews.read_handover", _("Read what one's State has in hand")
    SET_ROOMS = "reviews.set_rooms", _("Open or close the common room of the reviewing States")
    SET_FEEDBACK_FORM = "reviews.set_feedback_form", _("Set whether the reviewing States send one feedback together")
    RECORD_CONSULTATIONS = "reviews.record_consultations", _("Record that the consultations were held")
    REMIND = "reviews.remind", _("Remind whoever owes the next act")
    MANAGE_REMINDERS = "reviews.manage_reminders", _("Postpone, hand over or mute one's own reminders")
    PROPOSE_CONSULTATION = "reviews.propose_consultation", _("Propose working languages and dates")
    CONFIRM_CONSULTATION = "reviews.confirm_consultation", _("Confirm working languages and dates")
    GO_AHEAD = "reviews.go_ahead", _("Go ahead with a partial team")
    READ_TABLE = "reviews.read_table", _("Read what the States have sent to each other")
    READ_REASONS = "reviews.read_reasons", _("Read the reasons and notes that States give for languages and dates")
    READ_RECORD = "reviews.read_record", _("Read the record of acts")
    KEEP_SLIPS = "reviews.keep_slips", _("Keep marks and private notes at the review desk")
    SPLIT_WORK = "reviews.split_work", _("Say who of one’s own State is on which section of the desk")
    LEAD_ON_SECTIONS = (
        "reviews.lead_on_sections",
        _("Tell the other reviewing State on which sections one’s own leads"),
    )
    ADD_CLARIFICATION = "reviews.add_clarification", _("Draft a request for clarification")
    VIEW_PREPARATION = "reviews.view_preparation", _("See what helps to prepare the review")
    ASK_ABOUT_LEGAL_SYSTEM = "reviews.ask_about_legal_system", _("Draft a question about the legal system")
    ADD_SUPPLEMENT = "reviews.add_supplement", _("Draft supplementary information")
    OFFER = "reviews.offer", _("Draft what one's State offers from the first day")
    LOG_MEETING = "reviews.log_meeting", _("Record a meeting")
    RECORD_PROCESSING = "reviews.record_processing", _("Record that documentation was processed")
    CONCLUDE_DIALOGUE = "reviews.conclude_dialogue", _("Conclude the dialogue")
    RECORD_CONCLUSION = "reviews.record_conclusion", _("Record that a State agreed to conclude the dialogue")
    ASK_TIME_CHANGE = "reviews.ask_time_change", _("Ask for an extension or a pause")
    ANSWER_TIME_CHANGE = "reviews.answer_time_change", _("Answer for a State on an extension or a pause")
    WITHDRAW_TIME_CHANGE = "reviews.withdraw_time_change", _("Withdraw a request for an extension or a pause")
    END_PAUSE = "reviews.end_pause", _("End a pause early")
    RECORD_TIME_CHANGE = "reviews.record_time_change", _("Record an agreement on time reached elsewhere")
    VIEW_PLANS = "reviews.view_plans", _("See the versions of the step plan")
    VIEW_PROGRAMME = "reviews.view_programme", _("See the programme of the phases")
    EDIT_PLAN = "reviews.edit_plan", _("Draft a version of the step plan")
    PUBLISH_PLAN = "reviews.publish_plan", _("Publish a version of the step plan")
    MOVE_TO_PLAN = "reviews.move_to_plan", _("Move running reviews to a version of the step plan")
    ASSIGN_OFFICER = "reviews.assign_officer", _("Put an officer in charge")
    GIVE_SYMBOLS = "reviews.give_symbols", _("Give the documents of a review their symbols")
    ASK_FOR_NOMINATIONS = "reviews.ask_for_nominations", _("Ask for the people whom States have not named")
