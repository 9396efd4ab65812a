"""The texts on which States agree, for programs: where each stands, and one with its words and its objections."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import CodeField, ObjectTwin, RowSerializer, WholeListTwin
from core.hashes import document_hash
from observations.clearance.selectors import versions_of
from observations.clearance.services import note_reading
from observations.clearance.views import TextDetailView, TextListView
from observations.objections import threads_on
from observations.summaries import passages_with_sources
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import Objection, SummaryPassage, TextVersion
from observations.versions import agreements_on_texts
from observations.wording import document_from, document_of
from reviews.cases.models import Clearance
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin
from reviews.visibility import states_taking_part


class ClearanceSerializer(RowSerializer):
    state_party = StateSerializer()

    class Meta:
        model = Clearance
        fields = ["state_party", "cleared_at"]


class AgreementSerializer(serializers.Serializer[Any]):
    """``number``: of the version that stands, null where none is proposed; ``missing``: States whose word it needs."""

    kind = CodeField(choices=TextKind.choices, source="text.kind")
    instrument = serializers.CharField(source="text.instrument.slug")
    status = CodeField(choices=TextStatus.choices, source="text.status")
    agreed_at = serializers.DateTimeField(source="text.agreed_at", allow_null=True)
    number = serializers.IntegerField(allow_null=True)
    proposed_at = serializers.DateTimeField(allow_null=True)
    clearances = ClearanceSerializer(many=True)
    missing = StateSerializer(many=True)
    objections = serializers.IntegerField()


class VersionSerializer(RowSerializer):
    proposed_for = StateSerializer(allow_null=True)

    class Meta:
        model = TextVersion
        fields = ["number", "sha256", "words", "proposed_for", "created_at", "cancelled_at"]


class ObjectionReplySerializer(serializers.Serializer[Any]):
    state_party = StateSerializer()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()


class ObjectionSerializer(RowSerializer):
    """``paragraph``: its number in the version that it was made to, 0 for the whole; ``resolved_in``: the number of the
    version of which its State says so.
    """

    state_party = StateSerializer()
    version = serializers.IntegerField(source="version.number")
    resolved_in = serializers.IntegerField(source="resolved_in.number", allow_null=True, default=None)
    replies = ObjectionReplySerializer(many=True, source="replies.all")

    class Meta:
        model = Objection
        fields = [
            "id",
            "state_party",
            "version",
            "paragraph",
            "reason",
            "created_at",
            "ending",
            "ended_at",
            "resolved_in",
            "replies",
        ]


class PassageSerializer(RowSerializer):
    """``order`` names the passage in addresses."""

    heading = serializers.CharField(source="heading.kind")
    articles: Any = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)

    class Meta:
        model = SummaryPassage
        fields = ["id", "order", "heading", "articles", "text", "revision"]


class TextSerializer(serializers.Serializer[Any]):
    """``document``: the version that stands, or else the draft on the shared table; ``sha256``: of exactly that."""

    kind = CodeField(choices=TextKind.choices)
    instrument = serializers.CharField()
    status = CodeField(choices=TextStatus.choices)
    language = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()
    document = serializers.JSONField()
    clearances = ClearanceSerializer(many=True)
    missing = StateSerializer(many=True)
    versions = VersionSerializer(many=True)
    objections = ObjectionSerializer(many=True)
    passages = PassageSerializer(many=True)


class TextListApiView(ReviewTwin, WholeListTwin):
    """The lists and summaries of a review: where each stands, who has cleared it, whose clearance is missing."""

    shows = TextListView
    twin_of = ("observations:text-list",)
    scope_group = "texts"
    serializer_class = AgreementSerializer

    def get_rows(self) -> Iterable[Any]:
        states = list(states_taking_part(self.review))
        return agreements_on_texts([self.review], {self.review.pk: states})[self.review.pk]


class TextApiView(ReviewTwin, ObjectTwin):
    """One text with its words; a version that is read here counts as seen."""

    shows = TextDetailView
    twin_of = ("observations:text-detail",)
    scope_group = "texts"
    serializer_class = TextSerializer

    def get_object(self) -> dict[str, Any]:
        page = self.shown
        text, version, agreement = page.text, page.version, page.agreement
        if version is not None and self.reads:
            note_reading(self.user, text, version)
        document = document_from(version.document, version.rendered) if version else document_of(text)
        threads = threads_on(self.user, text, document, version, page.own_state)
        found = [*threads.over, *(thread for at in threads.at.values() for thread in at)]
        return {
            "kind": text.kind,
            "instrument": text.instrument.slug,
            "status": text.status,
            "language": text.language,
            "number": version.number if version else None,
            "sha256": version.sha256 if version else document_hash(document.as_json()),
            "document": version.document if version else document.as_json(),
            "clearances": agreement.clearances,
            "missing": agreement.missing,
            "versions": versions_of(text).defer("document", "rendered"),
            "objections": [thread.objection for thread in found],
            "passages": passages_with_sources(text) if text.kind == TextKind.SUMMARY else [],
        }
