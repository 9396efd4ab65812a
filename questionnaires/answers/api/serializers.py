"""Questions and answers as programs read and write them."""

from typing import Any

from rest_framework import serializers

from core.api.revisions import Revision
from core.api.serializers import ShortListField, StrictSerializer
from questionnaires.answers.services import AnswerInput, SaveStatus
from questionnaires.answers.validators import MAXIMUM_CITATIONS
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import AnswerSnapshot, ItemState, ReadContentSerializer
from questionnaires.responses.enums import ResponseStatus
from questionnaires.wording import full_number

_MOST_CHOICES = 100
_MOST_ROWS = 2 * MAXIMUM_CITATIONS  # empty ones among them


class CitationSerializer(StrictSerializer):
    """A legal reference: a law of the library by its name, or words, with the provision."""

    law = serializers.CharField(allow_blank=True, default="")
    provision = serializers.CharField(allow_blank=True, default="")
    link = serializers.CharField(allow_blank=True, default="")


class AnswerContentSerializer(StrictSerializer):
    """What an answer holds; it is written as a whole, so that what is left out is empty."""

    choices = ShortListField(child=serializers.CharField(), default=list, max_length=_MOST_CHOICES)
    text = serializers.CharField(allow_blank=True, default="", trim_whitespace=False)
    citations = CitationSerializer(many=True, default=list, max_length=_MOST_ROWS)  # type: ignore[call-arg]
    is_outside_competence = serializers.BooleanField(default=False)


class AnswerInputSerializer(AnswerContentSerializer):
    """What is sent for an answer."""

    def given(self, code: str, read: Revision) -> AnswerInput:
        """``read``: what the program has seen, the question of that version with the answer of that number."""
        return AnswerInput(code=code, base=read.number, version=read.version, **self.validated_data)


class AnswerSerializer(serializers.Serializer[ItemState]):
    """A question with its answer.

    ``revision`` is the ETag of the answer's address: the version of the questionnaire, a full stop and the number of
    the last save, which is 0 where nobody has answered.
    """

    # The context has the version (``ResponseForPrograms.version``).

    code = serializers.CharField(source="item.code")
    number = serializers.SerializerMethodField()
    question = serializers.CharField(source="item.text")
    kind = serializers.ChoiceField(QuestionKind.choices, source="item.kind")
    options = serializers.ListField(child=serializers.CharField(), source="item.options")
    is_asked = serializers.BooleanField()
    revision = serializers.SerializerMethodField()
    answer = AnswerContentSerializer()
    saved_by = serializers.CharField(source="answer.saved_by", allow_blank=True)
    saved_at = serializers.DateTimeField(source="answer.saved_at", allow_null=True)

    def get_revision(self, state: ItemState) -> str:
        return str(Revision(self.context["version"], state.answer.revision))

    def get_number(self, state: ItemState) -> str:
        return full_number(state.item)


class SavedAnswerSerializer(AnswerSerializer):
    """``status``: ``merged`` where a colleague's words came in at the same moment and both were put together.

    ``left_out``: the legal references that were, wholly or without their link, and why; the rest was saved.
    """

    status = serializers.ChoiceField([each.value for each in SaveStatus if each != SaveStatus.CONFLICT])
    left_out = serializers.DictField(child=serializers.CharField())


class SectionSerializer(serializers.Serializer[Any]):
    """A section that the caller may see, and how far it is on the caller's sheet."""

    instrument = serializers.CharField(source="place.part.instrument")
    section = serializers.CharField(source="place.section.slug")
    heading = serializers.CharField(source="place.section.heading")
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())


class SelfAssessmentSerializer(serializers.Serializer[Any]):
    """``is_official``: whether the caller writes the State's own answers; a contributor's are proposals."""

    questionnaire = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.ChoiceField(ResponseStatus.choices)
    language = serializers.CharField()
    is_official = serializers.BooleanField()
    sections = SectionSerializer(many=True)


class SectionAnswersSerializer(SectionSerializer):
    answers = AnswerSerializer(many=True)


def content_of(snapshot: AnswerSnapshot | AnswerInput) -> dict[str, Any]:
    """Both texts of a conflict, in the form in which they are read and written."""
    content: dict[str, Any] = AnswerContentSerializer(snapshot).data
    return content


class SaveOfAnswerSerializer(serializers.Serializer[Any]):
    """One save, with its key. ``is_conflict``: it came on top of an older one, and was kept beside the answer.

    ``number``: the save that it is, or of a conflict that on which it was made.
    """

    id = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()
    is_conflict = serializers.BooleanField()
    choices = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField(allow_blank=True)
    citations = CitationSerializer(many=True)
    is_outside_competence = serializers.BooleanField()
    saved_by = serializers.CharField(source="saved_by.full_name")
    saved_at = serializers.DateTimeField(source="created_at")


class AnswerHistorySerializer(serializers.Serializer[Any]):
    """The last save first. ``adopted_from``: by number of a save, whose proposal went into it."""

    code = serializers.CharField()
    saves = SaveOfAnswerSerializer(many=True)
    adopted_from = serializers.DictField(child=serializers.CharField())


class KeptAnswerSerializer(serializers.Serializer[Any]):
    """An answer that had no place in a later version of the questionnaire, or a proposal of a ministry.

    ``version``: in which it was asked; ``why``: why it has no place now; ``is_settled``: somebody has looked at it.
    """

    key = serializers.UUIDField(source="answer.pk")
    code = serializers.CharField(source="item.code")
    question = serializers.CharField(source="item.text")
    version = serializers.IntegerField()
    why = serializers.CharField()
    is_settled = serializers.SerializerMethodField()
    answer = ReadContentSerializer()
    saves = SaveOfAnswerSerializer(many=True, source="answer.revisions.all")

    def get_is_settled(self, kept: Any) -> bool:
        return getattr(kept.answer, "settled_by_id", None) is not None


class KeptAnswersSerializer(serializers.Serializer[Any]):
    answers = KeptAnswerSerializer(many=True)
    proposals = KeptAnswerSerializer(many=True)
