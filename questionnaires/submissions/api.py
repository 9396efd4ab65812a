"""What was sent, for programs: what stands, each version as it was sent, and what has changed between two."""

from typing import Any, ClassVar

from django.db.models import TextChoices
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.permissions import PolicyPermission
from core.api.views import StrictView
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import ResponseForPrograms
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions.comparing import AnswerContentSent
from questionnaires.submissions.selectors.reading import submission_for
from questionnaires.submissions.selectors.submissions import get_sent_version
from questionnaires.submissions.selectors.versions import (
    ChangedQuestion,
    SentBeside,
    VersionHistory,
    beside_all,
    changed_questions,
    get_standing_version,
    says_other_of_laws,
)
from questionnaires.submissions.services import open_submission
from reviews.cases.models import Review
from reviews.navigation import ForPrograms
from reviews.visibility import get_review_for


class SubmissionForPrograms(ForPrograms, StrictView):
    """As ``SubmissionPage``: before anything was sent there is nothing; what a program reads its person has opened,
    and a version that somebody of a reviewing State has opened is recalled no more.
    """

    permission_classes = (PolicyPermission,)
    policy_action: ClassVar[TextChoices] = ResponseAction.VIEW_SUBMISSION
    scope_group = "answers"
    submission: ResponseSubmission

    def get_policy_target(self) -> ResponseSubmission:
        review = get_review_for(self.user, self.kwargs["mechanism"], self.kwargs["code"])
        self.require_state(review)
        self.submission = self.find(review)
        return self.submission

    def find(self, review: Review) -> ResponseSubmission:
        return submission_for(self.user, review, self.policy_action)

    def look_up(self) -> None:
        """Find what of it is asked for. Raises Http404 where there is none; then nothing was opened."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.look_up()
        if self.reads:
            open_submission(self.user, self.submission)


class StandingVersionSerializer(serializers.ModelSerializer[ResponseSubmission]):
    """``cleared_by`` is null for what was brought in. ``is_beside``: it only carries something beside the answers."""

    cleared_by = serializers.CharField(source="cleared_by.full_name", default=None, allow_null=True)
    is_beside = serializers.BooleanField()

    class Meta:
        model = ResponseSubmission
        fields = ["number", "sha256", "sent_at", "cleared_by", "is_beside"]


class SentVersionSerializer(StandingVersionSerializer):
    """``document``: the bytes of which ``sha256`` is the hash, as canonical JSON."""

    language = serializers.CharField()
    document = serializers.JSONField()

    class Meta(StandingVersionSerializer.Meta):
        fields = [*StandingVersionSerializer.Meta.fields, "language", "document"]


class StandingSerializer(StandingVersionSerializer):
    """``changed``: the codes of what has changed since the first version, or to which something was sent beside."""

    language = serializers.CharField()
    questionnaire = serializers.CharField(source="response.version.questionnaire.slug")
    version = serializers.IntegerField(source="response.version.number")
    versions = serializers.SerializerMethodField()
    changed = serializers.SerializerMethodField()

    class Meta(StandingVersionSerializer.Meta):
        fields = [
            *StandingVersionSerializer.Meta.fields,
            "language",
            "questionnaire",
            "version",
            "versions",
            "changed",
        ]

    def get_versions(self, submission: ResponseSubmission) -> list[int]:
        return [each.number for each in VersionHistory(submission).versions]

    def get_changed(self, submission: ResponseSubmission) -> list[str]:
        return sorted(VersionHistory(submission).marked)


class SentContentSerializer(serializers.Serializer[AnswerContentSent]):
    """A legal reference is a list: law, provision, link."""

    choices = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField(allow_blank=True)
    citations = serializers.SerializerMethodField()
    is_outside_competence = serializers.BooleanField()

    def get_citations(self, content: AnswerContentSent) -> list[list[str]]:
        return [list(reference[:3]) for reference in content.citations]


class BesideSerializer(serializers.Serializer[SentBeside]):
    """What was sent beside the answers, and with which version."""

    code = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    number = serializers.IntegerField()
    day = serializers.DateField()
    request = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    language = serializers.CharField()


class ChangedQuestionSerializer(serializers.Serializer[ChangedQuestion]):
    """``before`` and ``after`` are null where only something was sent beside the question."""

    code = serializers.CharField(source="item.code")
    instrument = serializers.CharField(source="place.part.instrument")
    section = serializers.CharField(source="place.section.slug")
    before = SentContentSerializer(source="change.before", allow_null=True, default=None)
    after = SentContentSerializer(source="change.after", allow_null=True, default=None)
    beside = BesideSerializer(many=True)


class SubmissionChangesSerializer(serializers.Serializer[Any]):
    questions = ChangedQuestionSerializer(many=True)
    beside = BesideSerializer(many=True)
    laws_differ = serializers.BooleanField()


class SubmissionApiView(SubmissionForPrograms):
    """What was sent and stands: by whom it was cleared, its hash, and the versions before it. Reading it opens
    the answers: whoever waits for them asks ``work/``.
    """

    serializer_class = StandingSerializer
    twin_of = ("questionnaires:submission-detail",)

    @extend_schema(responses=StandingSerializer, operation_id="submission_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return Response(StandingSerializer(self.submission).data)


class SubmissionVersionApiView(SubmissionForPrograms):
    """A version that stands or stood before, whole. Reading it opens the answers, as they were then."""

    serializer_class = SentVersionSerializer
    twin_of = ("questionnaires:submission-version",)

    def find(self, review: Review) -> ResponseSubmission:
        return get_standing_version(review, self.kwargs["number"])

    @extend_schema(responses=SentVersionSerializer, operation_id="submission_version_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return Response(SentVersionSerializer(self.submission).data)


class SubmissionChangesApiView(SubmissionForPrograms):
    """What the later of two versions says otherwise, question by question. Reading it opens the answers."""

    serializer_class = SubmissionChangesSerializer
    twin_of = ("questionnaires:submission-changes",)
    compared: list[ResponseSubmission]

    def look_up(self) -> None:
        history = VersionHistory(self.submission)
        self.compared = [history.at(number) for number in sorted((self.kwargs["before"], self.kwargs["after"]))]

    @extend_schema(responses=SubmissionChangesSerializer, operation_id="submission_changes_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        first, last = self.compared
        body = {
            "questions": changed_questions(first, last),
            "beside": beside_all(first, last),
            "laws_differ": says_other_of_laws(first, last),
        }
        return Response(SubmissionChangesSerializer(body).data)


class SentVersionApiView(ResponseForPrograms):
    """A version as it was sent, also one that was recalled, for those of its State who read the whole draft."""

    policy_action = ResponseAction.RENDER_DRAFT
    serializer_class = SentVersionSerializer
    twin_of = ("questionnaires:sent-version",)

    @extend_schema(responses=SentVersionSerializer, operation_id="sent_version_retrieve")
    def get(self, request: Request, number: int, **kwargs: Any) -> Response:
        return Response(SentVersionSerializer(get_sent_version(self.draft, number)).data)
