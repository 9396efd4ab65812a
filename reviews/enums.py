from django.db import models
from django.utils.translation import gettext_lazy as _


class AdherenceKind(models.TextChoices):
    RATIFICATION = "ratification", _("Ratification")
    ACCESSION = "accession", _("Accession")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    SUCCESSION = "succession", _("Succession")


class EvidenceMark(models.TextChoices):
    """How well a rule is known (the marks of the reference data)."""

    STATED = "S", _("Stated in resolution 10/1 or its annexes")
    PUBLIC_PAGE = "U", _("Stated on the mechanism's public pages")
    OTHER_PAGE = "P", _("Another published page")
    INFERENCE = "I", _("An inference")
    MEMORY = "M", _("Not verified")


class StepKind(models.TextChoices):
    """The only thing that code knows of a step; the steps themselves are rows of a mechanism."""

    CONSULTATION = "consultation", _("Consultation")
    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    FEEDBACK = "feedback", _("Feedback")
    DIALOGUE = "dialogue", _("Dialogue")
    AGREED_TEXT = "agreed_text", _("Agreed text")
    PROCESSING = "processing", _("Processing")
    CLOSING = "closing", _("Closing")


class StepOwner(models.TextChoices):
    """Who owes what a step or a milestone asks for."""

    STATE_UNDER_REVIEW = "state_under_review", _("State under review")
    REVIEWING_STATES = "reviewing_states", _("Reviewing States")
    ALL = "all", _("All States of the review")
    SECRETARIAT = "secretariat", _("Secretariat")


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


class NoteStatus(models.TextChoices):
    """A note verbale is recorded, checked by a second officer, and approved or returned to whoever recorded it.

    One that an officer recorded lies with the State meanwhile, where somebody represents it (``AccessRequest``).
    """

    RECORDING = "recording", _("Being recorded")
    SUBMITTED = "submitted", _("To be checked")
    RETURNED = "returned", _("Returned")
    WAITING = "waiting", _("With the State")
    APPROVED = "approved", _("Approved")


class Grant(models.TextChoices):
    """Object permissions on a review, derived from participations (reviews/permissions/hats.py, ROLE_GRANTS)."""

    VIEW = "view_review", _("See the review")
    READ = "read_review", _("Read what lies on the shared table")
    DRAFT = "draft_review", _("Draft for one's State")
    CONTRIBUTE = "contribute_review", _("Draft the sections sent to one's ministry")
    CLEAR = "clear_review", _("Clear for one's State")


class ObservationKind(models.TextChoices):
    """The four headings of the blueprint (resolution 10/1, annex II); their wording is rows of the mechanism."""

    GAP_OR_CHALLENGE = "gap_or_challenge", _("Gap or challenge")
    BEST_PRACTICE = "best_practice", _("Best practice")
    SUGGESTION = "suggestion", _("Suggestion")
    ASSISTANCE_NEED = "assistance_need", _("Technical assistance need")


class TextKind(models.TextChoices):
    """The two outputs of a review, one of each for every instrument that has articles in the cluster."""

    LIST_OF_OBSERVATIONS = "list_of_observations", _("List of observations")
    SUMMARY = "summary", _("Summary")


class TextStatus(models.TextChoices):
    DRAFTING = "drafting", _("Being drafted")
    PROPOSED = "proposed", _("Proposed for agreement")
    AGREED = "agreed", _("Agreed")


class FeedbackStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")


class ClarificationStatus(models.TextChoices):
    """``DRAFT`` until the focal point of the asking State sends it; ``CLOSED`` by the asking State."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class MeetingMeans(models.TextChoices):
    """How the experts met; the list of observations names the means used (annex II, paragraph 5)."""

    VIDEOCONFERENCE = "videoconference", _("Videoconference")
    CONFERENCE_CALL = "conference_call", _("Conference call")
    VIRTUAL_NETWORK = "virtual_network", _("Virtual network")
    IN_PERSON = "in_person", _("Meeting in person")


class MeetingStatus(models.TextChoices):
    """Of a meeting to come. A no leaves it open: another time is found, or it is cancelled."""

    INVITED = "invited", _("Waiting for answers")
    NOT_AGREED = "not_agreed", _("Not agreed")
    AGREED = "agreed", _("Agreed")
    CANCELLED = "cancelled", _("Cancelled")


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
    FEEDBACK_SENT = "feedback_sent", _("A reviewing State has sent its written feedback.")
    CLARIFICATION_SENT = "clarification_sent", _("A reviewing State asks for clarification.")
    CLARIFICATION_ANSWERED = "clarification_answered", _("A request for clarification has been answered.")
    SUPPLEMENT_SENT = "supplement_sent", _("The State under review has sent supplementary information.")
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
    CONTRIBUTOR_INVITED = "contributor_invited", _("Your focal point has invited a national contributor.")
    CONTRIBUTOR_LET_GO = "contributor_let_go", _("Your focal point has ended the access of a national contributor.")
    DIALOGUE_CONCLUDED = "dialogue_concluded", _("The dialogue is concluded; the list of observations is drafted next.")
    TEXT_PROPOSED = "text_proposed", _("A version of a text is proposed for agreement; please clear it or object.")
    TEXT_CANCELLED = "text_cancelled", _("A proposed version was changed; the clearances given to it no longer count.")
    TEXT_OBJECTED = "text_objected", _("A State objects to the proposed version of a text.")
    TEXT_AGREED = "text_agreed", _("All States have cleared the same version of a text: it is agreed.")
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
    TEXT_PUBLISHED = "text_published", _("The State under review has published a text.")
    TIME_ASKED = "time_asked", _("More time or a pause is asked for; please answer for your State.")
    TIME_AGREED = "time_agreed", _("More time or a pause is agreed; the dates have moved.")
    TIME_DECLINED = "time_declined", _("More time or a pause that was asked for is not agreed; the dates stay.")
    TIME_WITHDRAWN = "time_withdrawn", _("A request for more time or for a pause was withdrawn.")
    PAUSE_ENDED = "pause_ended", _("The pause of this review has ended; the clock runs again.")


class NoteNews(models.TextChoices):
    """What a mail tells of a note verbale; it names the State and the number, and nobody who is in the note."""

    WAITS = "waits", _("A note verbale waits to be checked.")
    RETURNED = "returned", _("The note verbale was returned; its page says why.")
    APPROVED = "approved", _("The note verbale was approved; those whom it names have been registered.")
    MISSING = "missing", _("Your State has not named all its people for its reviews; please name them.")
    MISSION = "mission", _("You have been registered for the permanent mission of your State: you name its people.")


class DurationUnit(models.TextChoices):
    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class DayRule(models.TextChoices):
    """What becomes of an indicative date on a day off of the place that owes it."""

    KEEP = "keep", _("Keep the day")
    NEXT_WORKING_DAY = "next_working_day", _("Move to the next working day")


class TimeChangeKind(models.TextChoices):
    EXTENSION = "extension", _("Extension")
    PAUSE = "pause", _("Pause")


class TimeChangeStatus(models.TextChoices):
    ASKED = "asked", _("Asked for")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed: the milestone was reached")


class ReminderAudience(models.TextChoices):
    """Who is written to about an act, among those who owe it or stand above them."""

    EXPERTS = "experts", _("Experts")
    FOCAL_POINTS = "focal_points", _("Focal points")
    PERMANENT_MISSIONS = "permanent_missions", _("Permanent missions")
    SECRETARIAT = "secretariat", _("Officer of the secretariat in charge")


class ReviewAction(models.TextChoices):
    LIST = "reviews.list", _("See the list of one's reviews")
    OPEN = "reviews.open", _("Open a review")
    WITHDRAW = "reviews.withdraw", _("Withdraw a review that has not begun")
    VIEW = "reviews.view", _("See a review")
    MAKE_FEED = "reviews.make_feed", _("Make a private calendar address")
    VIEW_PARTICIPANTS = "reviews.view_participants", _("See who takes part")
    ASK_TO_END = "reviews.ask_to_end", _("Ask for the end of a participation")
    INVITE_CONTRIBUTOR = "reviews.invite_contributor", _("Invite a contributor of one’s own State, or end that")
    READ_HANDOVER = "reviews.read_handover", _("Read what one's State has in hand")
    SET_ROOMS = "reviews.set_rooms", _("Open or close the common room of the reviewing States")
    RECORD_CONSULTATIONS = "reviews.record_consultations", _("Record that the consultations were held")
    REMIND = "reviews.remind", _("Remind whoever owes the next act")
    MANAGE_REMINDERS = "reviews.manage_reminders", _("Postpone, hand over or mute one's own reminders")
    PROPOSE_CONSULTATION = "reviews.propose_consultation", _("Propose working languages and dates")
    CONFIRM_CONSULTATION = "reviews.confirm_consultation", _("Confirm working languages and dates")
    GO_AHEAD = "reviews.go_ahead", _("Go ahead with a partial team")
    READ_TABLE = "reviews.read_table", _("Read what the States have sent to each other")
    READ_REASONS = "reviews.read_reasons", _("Read the reasons and notes that States give for languages and dates")
    READ_RECORD = "reviews.read_record", _("Read the record of acts")
    ADD_CLARIFICATION = "reviews.add_clarification", _("Draft a request for clarification")
    ADD_SUPPLEMENT = "reviews.add_supplement", _("Draft supplementary information")
    LOG_MEETING = "reviews.log_meeting", _("Record a meeting")
    RECORD_PROCESSING = "reviews.record_processing", _("Record that documentation was processed")
    CONCLUDE_DIALOGUE = "reviews.conclude_dialogue", _("Conclude the dialogue")
    ASK_TIME_CHANGE = "reviews.ask_time_change", _("Ask for an extension or a pause")
    ANSWER_TIME_CHANGE = "reviews.answer_time_change", _("Answer for a State on an extension or a pause")
    WITHDRAW_TIME_CHANGE = "reviews.withdraw_time_change", _("Withdraw a request for an extension or a pause")
    END_PAUSE = "reviews.end_pause", _("End a pause early")
    RECORD_TIME_CHANGE = "reviews.record_time_change", _("Record an agreement on time reached elsewhere")
    VIEW_PLANS = "reviews.view_plans", _("See the versions of the step plan")
    EDIT_PLAN = "reviews.edit_plan", _("Draft a version of the step plan")
    PUBLISH_PLAN = "reviews.publish_plan", _("Publish a version of the step plan")
    MOVE_TO_PLAN = "reviews.move_to_plan", _("Move running reviews to a version of the step plan")
    ASSIGN_OFFICER = "reviews.assign_officer", _("Put an officer in charge")
    ASK_FOR_NOMINATIONS = "reviews.ask_for_nominations", _("Ask for the people whom States have not named")


class StateAction(models.TextChoices):
    """What is seen outside a single review by those who take part in some."""

    VIEW_DIRECTORY = "states.view_directory", _("See the directory of focal points")
    VIEW_REMINDER_RULES = "states.view_reminder_rules", _("See when reminders are sent to whom")
    VIEW_STAFF_SESSIONS = "states.view_staff_sessions", _("See the staff sessions that concerned a State")


class ExchangeAction(models.TextChoices):
    """What is done with one piece of the exchange between the States: feedback, clarification, supplement."""

    VIEW_FEEDBACK = "exchange.view_feedback", _("Read a State's written feedback")
    DRAFT_FEEDBACK = "exchange.draft_feedback", _("Draft written feedback")
    CLEAR_FEEDBACK = "exchange.clear_feedback", _("Clear and send written feedback")
    VIEW_CLARIFICATION = "exchange.view_clarification", _("Read a request for clarification")
    EDIT_CLARIFICATION = "exchange.edit_clarification", _("Change a request for clarification")
    SEND_CLARIFICATION = "exchange.send_clarification", _("Send a request for clarification")
    ANSWER_CLARIFICATION = "exchange.answer_clarification", _("Draft the answer to a request for clarification")
    SEND_ANSWER = "exchange.send_answer", _("Send the answer to a request for clarification")
    CLOSE_CLARIFICATION = "exchange.close_clarification", _("Close a request for clarification")
    VIEW_SUPPLEMENT = "exchange.view_supplement", _("Read supplementary information")
    EDIT_SUPPLEMENT = "exchange.edit_supplement", _("Change supplementary information")
    SEND_SUPPLEMENT = "exchange.send_supplement", _("Send supplementary information")


class MeetingAction(models.TextChoices):
    """What is done about meetings of the experts to come."""

    INVITE = "meetings.invite", _("Invite to a meeting")
    ANSWER = "meetings.answer", _("Answer an invitation to a meeting for a State")
    CHANGE = "meetings.change", _("Change a meeting to come")
    CANCEL = "meetings.cancel", _("Cancel a meeting")
    DOWNLOAD = "meetings.download", _("Take the calendar entry of a meeting along")


class TextAction(models.TextChoices):
    """What is done with a list of observations or a summary."""

    VIEW = "texts.view", _("Read a list of observations or a summary")
    DRAFT_OBSERVATION = "texts.draft_observation", _("Draft an observation")
    EDIT_OBSERVATION = "texts.edit_observation", _("Change an observation")
    TABLE_OBSERVATION = "texts.table_observation", _("Lay an observation on the shared table")
    WITHDRAW_OBSERVATION = "texts.withdraw_observation", _("Withdraw an observation")
    COPY_OBSERVATION = "texts.copy_observation", _("Copy an observation into the own room")
    EDIT_SUMMARY = "texts.edit_summary", _("Change a passage of a summary")
    DRAFT_PASSAGE = "texts.draft_passage", _("Draft a passage in the own room")
    PROPOSE = "texts.propose", _("Propose a version for agreement")
    CLEAR = "texts.clear", _("Clear a version")
    OBJECT = "texts.object", _("Object to a version")
    RENDER = "texts.render", _("Make the document of a list of observations or a summary")
    PREVIEW = "texts.preview", _("See what an outsider would see")
    PUBLISH = "texts.publish", _("Publish a list of observations or a summary")
    WITHDRAW_PUBLICATION = "texts.withdraw_publication", _("End the publication")


class NominationAction(models.TextChoices):
    """What is done with the nominations of a State, and with one note verbale."""

    LIST = "nominations.list", _("See the notes verbales of all States")
    VIEW_STATE = "nominations.view_state", _("See the nominations of a State")
    READ_RECORD = "nominations.read_record", _("Read the record of acts on the nominations of a State")
    RECORD = "nominations.record", _("Record a note verbale")
    VIEW = "nominations.view", _("Read a note verbale")
    CHANGE = "nominations.change", _("Change a note verbale and its people")
    SUBMIT = "nominations.submit", _("Submit a note verbale")
    RETURN = "nominations.return", _("Return a note verbale")
    APPROVE = "nominations.approve", _("Approve a note verbale")
    ALONE = "nominations.alone", _("Take on a note verbale alone, with seven days")
    ASK_FOR_MISSION = "nominations.ask_for_mission", _("Ask for access of a person of a permanent mission, or its end")
    SET_STATUS_CONSENT = (
        "nominations.set_status_consent",
        _("Agree that the steps of a State’s reviews are public, or end that"),
    )


class CockpitAction(models.TextChoices):
    """What the secretariat does over many reviews at once; a view is a saved filter, an act waits to be confirmed."""

    VIEW = "cockpit.view", _("See the cockpit, and take its lists and figures along")
    SAVE_VIEW = "cockpit.save_view", _("Save a view of the cockpit")
    OPEN_VIEW = "cockpit.open_view", _("Open a saved view")
    CHANGE_VIEW = "cockpit.change_view", _("Change or delete a saved view")
    PREPARE_ACT = "cockpit.prepare_act", _("Prepare an act on many reviews")
    VIEW_ACT = "cockpit.view_act", _("See an act on many reviews and its result")
    CONFIRM_ACT = "cockpit.confirm_act", _("Confirm an act on many reviews")
    CARRY_ON = "cockpit.carry_on", _("Carry on with an act on many reviews that has stopped")


class BulkKind(models.TextChoices):
    """An act that can be done to many reviews at once."""

    REMIND = "remind", _("Remind whoever owes the next act")
    ASSIGN_OFFICER = "assign_officer", _("Put an officer in charge")
    ASK_FOR_NOMINATIONS = "ask_for_nominations", _("Ask for the people whom States have not named")
    EXTEND = "extend", _("Ask for more time for the next milestone")


class BulkStatus(models.TextChoices):
    PREPARED = "prepared", _("To be confirmed")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")


class LineStatus(models.TextChoices):
    """What becomes of one review in an act on many."""

    FORESEEN = "foreseen", _("Foreseen")
    SKIPPED = "skipped", _("Left out")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not done")


class SkipReason(models.TextChoices):
    """Why an act on many reviews leaves one out."""

    CLOSED = "closed", _("The review is closed.")
    NOTHING_OWED = "nothing_owed", _("Nothing is owed.")
    NOBODY = "nobody", _("Nobody whom the portal knows could be written to.")
    TODAY = "today", _("This mail has gone out today already.")
    IN_CHARGE = "in_charge", _("This officer is in charge already.")
    COMPLETE = "complete", _("All States have named their people.")
    ASKED = "asked", _("An extension of this milestone is being asked for already.")
    NOT_LATER = "not_later", _("The new date would not be later than the present one.")
