"""Kinds of questions, how a version stands, and what is done with questionnaires and responses: one table has both."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class QuestionKind(models.TextChoices):
    YES_NO = "yes_no", _("Yes or no")
    YES_PART_NO = "yes_part_no", _("Yes, in part or no")
    SINGLE = "single", _("One of several")
    MULTIPLE = "multiple", _("Any of several")
    TEXT = "text", _("Text")
    GROUP = "group", _("Heads its sub-items")


class ItemFate(models.TextChoices):
    """What becomes of an item, and of an answer to it, from one version to another."""

    EQUAL = "equal", _("Equal")
    WORDS = "words", _("Only words differ")
    CARRIED = "carried", _("Any answer can be carried over")
    PERSON = "person", _("Some answers need a person")
    GONE = "gone", _("Gone")


class ResponseAction(models.TextChoices):
    OPEN = "responses.open", _("Open the self-assessment")
    VIEW_DRAFT = "responses.view_draft", _("See the draft answers")
    ANSWER = "responses.answer", _("Write answers")
    PROPOSE = "responses.propose", _("Propose answers")
    NOTE = "responses.note", _("Write margin notes")
    ASSIGN = "responses.assign", _("Send sections to a ministry")
    LET_READ = "responses.let_read", _("Let a contributor read all official answers")
    READ_OFFICIAL = "responses.read_official", _("Read all official answers")
    REMIND = "responses.remind", _("Remind a ministry")
    RETURN_PROPOSAL = "responses.return_proposal", _("Return a proposal to a ministry")
    SUBMIT_FOR_CLEARANCE = "responses.submit_for_clearance", _("Submit for clearance")
    MOVE = "responses.move", _("Move to the next version")
    RETURN = "responses.return", _("Return to the experts")
    CLEAR = "responses.clear", _("Clear and send")
    ASK_SECOND_READER = "responses.ask_second_reader", _("Have the answers read by a second person")
    READ_AS_SECOND = "responses.read_as_second", _("Say that one has read the answers as the second person")
    RECALL = "responses.recall", _("Recall the answers")
    REVISE = "responses.revise", _("Prepare a new version")
    GIVE_UP = "responses.give_up", _("Give the new version up")
    RENDER_DRAFT = "responses.render_draft", _("Make a file of the draft")
    VIEW_SUBMISSION = "responses.view_submission", _("Read the answers that were sent")
    RENDER_SUBMISSION = "responses.render_submission", _("Make a file of the answers that were sent")
    VIEW_VERSION = "responses.view_version", _("Read a published questionnaire")
