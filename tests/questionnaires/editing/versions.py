"""What is published stays, also when a test that commits is over: such a test takes its versions back."""

from django.db import transaction
from django.db.models import F

from questionnaires.definitions.models import (
    Condition,
    ItemMapping,
    Part,
    Question,
    QuestionnaireVersion,
    QuestionOption,
    Section,
)
from questionnaires.margin.models import MarginThread
from questionnaires.responses.models import Answer, AnswerRevision, Response
from tests.guards import guards_off


def take_later_versions_back() -> None:
    """As the owner of the tables, who can switch the guards off. Responses go back to the version they came from."""
    later = QuestionnaireVersion.objects.filter(number__gt=1)
    frozen = [model._meta.db_table for model in (QuestionnaireVersion, Part, Section, Question, QuestionOption)]
    frozen += [Condition._meta.db_table, Section.articles.through._meta.db_table]
    frozen += [Response._meta.db_table, AnswerRevision._meta.db_table]
    with transaction.atomic(), guards_off(frozen):
        ItemMapping.objects.all().delete()
        AnswerRevision.objects.filter(answer__question__version__in=later).delete()
        Answer.objects.filter(question__version__in=later).delete()
        MarginThread.objects.filter(question__version__in=later).delete()
        Response.objects.filter(version__in=later).update(version=F("moved_from"), moved_from=None)
        Question.objects.filter(version__in=later).update(parent=None)
        later.delete()
        QuestionnaireVersion.objects.update(status="published")
