"""What the files of a mechanism hold is published, where nothing is yet."""

from pathlib import Path

from accounts.people import Actor
from questionnaires.definitions import QuestionnaireDefinition, check_applicability, definition_hash, import_version
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.files.content import load_definitions
from reviews.programme.models import Cluster


def import_definitions_of(actor: Actor, folder: Path) -> list[QuestionnaireDefinition]:
    """Publish those questionnaires of a mechanism's folder of data files of which there is no version yet.

    What was published since stays. Give those files whose text no version holds: officers decide about them. Raises
    ServiceError where one that is published from its file does not fit the programme any more.
    """
    others = []
    for definition in load_definitions(folder):
        versions = QuestionnaireVersion.objects.filter(questionnaire__slug=definition.slug).order_by("number")
        known = dict(versions.values_list("sha256", "status"))
        sha256 = definition_hash(definition)
        if not known:
            import_version(actor, definition)
        elif sha256 not in known:
            others.append(definition)
        elif known[sha256] == VersionStatus.PUBLISHED:
            cluster = Cluster.objects.get(mechanism__slug=definition.mechanism, roman=definition.cluster)
            check_applicability(cluster, definition)
    return others
