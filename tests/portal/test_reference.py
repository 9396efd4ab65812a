"""Loading the reference data again changes nothing."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import StateParty
from core.models import AuditEntry
from lots.models import DrawRule
from questionnaires.models import Question, QuestionnaireVersion
from reviews.models import Adherence, Article, StepPlan

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing() -> None:
    models = (StateParty, Adherence, Article, StepPlan, DrawRule, QuestionnaireVersion, Question)
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in models}
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in models} == before
    assert f"{StateParty.objects.count():6} States" in out.getvalue()
    assert AuditEntry.objects.count() == 0, "no version was published anew"


def test_a_state_that_was_changed_by_hand_is_put_right() -> None:
    StateParty.objects.filter(iso3="XVE").update(name_en="Somewhere else")
    call_command("load_reference", stdout=StringIO())
    assert StateParty.objects.get(iso3="XVE").name_en == "Veskaria"  # type: ignore[attr-defined]


def test_a_rule_of_the_draw_that_is_gone_from_the_file_goes() -> None:
    kept = DrawRule.objects.count()
    first = DrawRule.objects.order_by("order")[0]
    DrawRule.objects.create(mechanism=first.mechanism, key="gone", order=99, evidence_mark="I")
    call_command("load_reference", stdout=StringIO())
    assert (DrawRule.objects.count(), DrawRule.objects.filter(key="gone").count()) == (kept, 0)
