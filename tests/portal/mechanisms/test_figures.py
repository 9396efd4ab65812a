"""What is said of a mechanism in figures is what its printed texts and the depositary say."""

import pytest

from portal.mechanisms.contents import _parties
from portal.mechanisms.selectors import standing_mechanisms
from portal.mechanisms.shipped import figures_of_files, read_folder
from reviews.programme.models import Adherence, Mechanism
from reviews.shipped import shipped_mechanisms

pytestmark = pytest.mark.django_db


def test_questions_are_counted_as_they_are_numbered_in_print(mechanism: Mechanism) -> None:
    [shown] = [each for each in standing_mechanisms() if each.slug == mechanism.slug]
    assert shown.figures.questions == 334
    assert figures_of_files(read_folder(shipped_mechanisms()["untoc"]))["questions"] == 334


def test_fictional_states_are_no_states_parties(mechanism: Mechanism) -> None:
    number = Adherence.objects.filter(instrument__slug="untoc", state_party__is_fictional=False).count()
    assert number < Adherence.objects.filter(instrument__slug="untoc").count()
    assert _parties(mechanism).words == f"{number} States parties"
    Adherence.objects.filter(state_party__is_fictional=False).delete()
    assert _parties(mechanism).words == "25 States parties", "as of an example"
