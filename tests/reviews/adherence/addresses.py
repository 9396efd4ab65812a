"""Who gets what where it is recorded what a State has joined: administrators, while their staff session is open."""

from typing import Any

from reviews.adherence.models import AdherenceStatement
from tests.permissions.urls_base import EVERYBODY, Access, Page, Scene, once

_NOBODY_WITHOUT_A_SESSION = once(Access(frozenset(), EVERYBODY))


def instrument(scene: Scene) -> list[Any]:
    return [scene.cast.state.iso3, "untoc"]


def statement(scene: Scene) -> list[Any]:
    return [*instrument(scene), AdherenceStatement.objects.get(adherence__state_party=scene.cast.state).pk]


TABLE = {
    "adherence": [
        Page("reviews:adherence", _NOBODY_WITHOUT_A_SESSION, instrument),
        Page("reviews:adherence", _NOBODY_WITHOUT_A_SESSION, instrument, "post"),
        Page("reviews:statement-add", _NOBODY_WITHOUT_A_SESSION, instrument),
        Page("reviews:statement-add", _NOBODY_WITHOUT_A_SESSION, instrument, "post"),
        Page("reviews:statement-change", _NOBODY_WITHOUT_A_SESSION, statement),
        Page("reviews:statement-change", _NOBODY_WITHOUT_A_SESSION, statement, "post"),
        Page("reviews:statement-delete", _NOBODY_WITHOUT_A_SESSION, statement),
        Page("reviews:statement-delete", _NOBODY_WITHOUT_A_SESSION, statement, "post"),
    ]
}
