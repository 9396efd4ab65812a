"""Languages are agreed by the word of all; what is published in them is confirmed, and made by a worker (record 98)."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from core.database.identity import identified_as
from observations.language_sets.models import LanguageSet
from observations.publications.models import PublishedTranslation
from observations.texts.models import AgreedText
from tests import journey
from tests.observations.clearance.texts import propose as propose_version, table
from tests.observations.language_sets.sets import agree, propose
from tests.observations.publications.publishing import agree_on_lists, make_public
from tests.observations.translations.orders import confirmed, ordered, translator, written
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.security.statements import change_of, copy_of
from tests.security.test_walls_of_names import done_by, refused_to
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]


@pytest.fixture
def languages(cast: Cast, cast_at: Callable[[str], Cast]) -> LanguageSet:
    """Proposed by the State under review, agreed to by one of the two others."""
    cast_at("observations")
    text = journey.list_of(cast.review)
    table(cast, text, "The State should consider it.")
    propose_version(cast, text)
    row = propose(cast.focal_point, AgreedText.objects.get(pk=text.pk), "fr")
    return agree(text, row, cast.same_group_focal_point)


@pytest.mark.stage("observations")
def test_languages_are_agreed_by_the_word_of_all_and_proposed_in_the_own_name(
    cast: Cast, languages: LanguageSet
) -> None:
    now = timezone.now()
    refused_to(cast, "focal_point", change_of(languages, agreed_at=now), "not every State has agreed")
    refused_to(cast, "focal_point", change_of(languages, languages=["es"]), ".")
    refused_to(cast, "expert same_group_expert", change_of(languages, replaced_at=now), "is said by a focal point")
    fitting = {"replaced_at": None, "proposed_by_id": cast.focal_point.pk}
    refused_to(cast, "same_group_focal_point officer", copy_of(languages, **fitting), "in their own names")
    refused_to(cast, "focal_point", copy_of(languages, agreed_at=now), "proposed before they are agreed")
    with plain_role(), identified_as(cast.stranger):
        assert LanguageSet.objects.count() == 0
    agree(languages.version.agreed_text, languages, cast.other_group_focal_point)
    assert languages.agreed_at is not None
    refused_to(cast, "focal_point", change_of(languages, agreed_at=None), ".")
    alone = change_of(languages, replaced_at=now)
    refused_to(cast, "focal_point same_group_focal_point officer", alone, "stand until all have agreed to others")
    other = propose(cast.focal_point, languages.version.agreed_text, "es")
    refused_to(cast, "focal_point", alone, "stand until all have agreed to others")
    agree(other.version.agreed_text, other, cast.same_group_focal_point, cast.other_group_focal_point)
    languages.refresh_from_db()
    assert languages.replaced_at is not None


@pytest.mark.stage.with_args(agree_on_lists)
def test_what_is_published_in_a_language_is_confirmed_and_its_files_are_made_by_workers(cast: Cast) -> None:
    translator()
    text = journey.list_of(cast.review)
    order = confirmed(written(ordered(cast.focal_point, text), cast.focal_point), cast.focal_point)
    second = confirmed(written(ordered(cast.focal_point, text, "ru"), cast.focal_point), cast.focal_point)
    draft = ordered(cast.focal_point, text, "es")
    make_public(cast, text, translations=[str(order.pk)])
    row = PublishedTranslation.objects.get()
    by_workers = "made by workers"
    refused_to(cast, "focal_point", change_of(row, pdf="x.pdf"), by_workers)
    refused_to(cast, "focal_point", change_of(row, is_agreed=True), by_workers)
    other = {"language": "es", "order_id": draft.pk}
    refused_to(cast, "focal_point", copy_of(row, **other), "a confirmed translation of its")
    fitting = {"language": "ru", "order_id": second.pk, "sha256": second.confirmed_sha256}
    refused_to(cast, "focal_point", copy_of(row, **fitting, is_agreed=True), by_workers)
    done_by(cast, "focal_point", copy_of(row, **fitting))
    refused_to(cast, "same_group_focal_point officer stranger", copy_of(row, language="ar"), ".")
    with plain_role():
        assert list(PublishedTranslation.objects.values_list("language", flat=True)) == ["fr", "ru"], "all read it"
