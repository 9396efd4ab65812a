"""Questionnaires in the making for programs of the secretariat: drafts, and versions as they were published."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.permissions import PolicyPermission
from core.api.views import StrictView, WholeListView
from core.policy import require
from questionnaires.definitions import index_of
from questionnaires.editing.comparison import Difference, differences
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.selectors import (
    clusters_of,
    definition_of,
    drafts,
    get_cluster,
    get_draft_for,
    get_version,
    published_definition,
    revision_of,
    versions_in,
)
from questionnaires.editing.translations import only_of_its_texts
from questionnaires.files import as_data
from reviews.programme import get_mechanism


class EditorForPrograms(StrictView):
    """As ``EditorPage``: for the secretariat; whoever is not in it learns of none."""

    permission_classes = (PolicyPermission,)
    policy_action = EditingAction.VIEW
    scope_group = "office"

    def get_policy_target(self) -> Any:
        require(self.request.user, EditingAction.VIEW)
        self.find()

    def find(self) -> Any:
        """What it is about, found before anybody is asked anything. Raises Http404."""
        self.cluster = get_cluster(self.kwargs["mechanism"], self.kwargs["number"])


class ClusterVersionSerializer(serializers.Serializer[Any]):
    """``running``: how many reviews answer it; ``moved``: how many States have moved from it to a later one."""

    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)
    running = serializers.IntegerField()
    moved = serializers.IntegerField()


class ClusterSerializer(serializers.Serializer[Any]):
    """``draft``: its revision, or null where there is none; ``versions``: the newest first."""

    number = serializers.IntegerField(source="cluster.number")
    name = serializers.CharField(source="cluster.name")
    versions = ClusterVersionSerializer(many=True)
    draft = serializers.CharField(allow_null=True)


@extend_schema_view(get=extend_schema(operation_id="editor_home_list"))
class EditorHomeApiView(EditorForPrograms, WholeListView):
    """The questionnaires of a mechanism: by cluster its versions, and whether there is a draft."""

    serializer_class = ClusterSerializer
    twin_of = ("questionnaires:editor-home",)

    def find(self) -> None:
        self.mechanism = get_mechanism(self.kwargs["mechanism"])

    def get_rows(self) -> Iterable[dict[str, Any]]:
        versions = list(versions_in(self.mechanism))
        there = {draft.cluster_id: draft for draft in drafts().filter(cluster__mechanism=self.mechanism)}
        for cluster in clusters_of(self.mechanism):
            own = [each for each in versions if each.questionnaire.cluster_id == cluster.pk]
            yield {"cluster": cluster, "versions": own, "draft": revision_of(there.get(cluster.pk)) or None}


class QuestionnaireFileSerializer(serializers.Serializer[Any]):
    """``questionnaire``: what a file of it holds. ``revision``: of a draft; the number of a version."""

    revision = serializers.CharField()
    questionnaire = serializers.JSONField()


class DraftForPrograms(EditorForPrograms):
    def find(self) -> None:
        self.draft = get_draft_for(self.request.user, self.kwargs["mechanism"], self.kwargs["number"])  # type: ignore[arg-type]


class DraftApiView(DraftForPrograms):
    """A draft whole, with its translations: what its file holds."""

    serializer_class = QuestionnaireFileSerializer
    twin_of = (
        "questionnaires:draft-detail",
        "questionnaires:draft-file",
        "questionnaires:draft-section",
        "questionnaires:draft-translations",
        "questionnaires:draft-translation",
    )

    @extend_schema(responses=QuestionnaireFileSerializer, operation_id="draft_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        body = {"revision": revision_of(self.draft), "questionnaire": as_data(definition_of(self.draft))}
        return Response(QuestionnaireFileSerializer(body).data)


class VersionApiView(EditorForPrograms):
    """A version as it was published: what its file holds."""

    serializer_class = QuestionnaireFileSerializer
    twin_of = ("questionnaires:version-file",)

    def find(self) -> None:
        super().find()
        self.found = get_version(self.cluster, self.kwargs["version"])

    @extend_schema(responses=QuestionnaireFileSerializer, operation_id="version_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        body = {"revision": str(self.found.number), "questionnaire": as_data(index_of(self.found.pk).definition)}
        return Response(QuestionnaireFileSerializer(body).data)


class FieldChangeSerializer(serializers.Serializer[Any]):
    """One field before and after."""

    name = serializers.CharField(source="label")
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    def get_before(self, change: Any) -> str:
        return "".join(run.text for run in change.runs if run.change != "added")

    def get_after(self, change: Any) -> str:
        return "".join(run.text for run in change.runs if run.change != "removed")


class ItemDifferenceSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(source="item.code")
    instrument = serializers.CharField()
    section = serializers.CharField(source="section.slug")
    changes = FieldChangeSerializer(many=True)


class HeadDifferenceSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    changes = FieldChangeSerializer(many=True)


class DifferenceSerializer(serializers.Serializer[Difference]):
    """``head``: the questionnaire, its parts and sections. ``same``: how many items stay where and as they are."""

    head = serializers.SerializerMethodField()
    added = ItemDifferenceSerializer(many=True)
    removed = ItemDifferenceSerializer(many=True)
    moved = ItemDifferenceSerializer(many=True)
    changed = ItemDifferenceSerializer(many=True)
    same = serializers.IntegerField()

    @extend_schema_field(HeadDifferenceSerializer(many=True))
    def get_head(self, difference: Difference) -> Any:
        rows = [{"name": name, "changes": changes} for name, changes in difference.head]
        return HeadDifferenceSerializer(rows, many=True).data


class DraftDifferencesApiView(DraftForPrograms):
    """In what the draft differs from the version that is published."""

    serializer_class = DifferenceSerializer
    twin_of = ("questionnaires:draft-differences",)

    @extend_schema(responses=DifferenceSerializer, operation_id="draft_differences_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        new = only_of_its_texts(definition_of(self.draft))
        return Response(DifferenceSerializer(differences(published_definition(self.draft.cluster), new)).data)
