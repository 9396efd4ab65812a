"""Translations of a version that stands: one that is written in the room of a State, one that is confirmed."""

from typing import Any

from observations.texts.models import AgreedText
from observations.translations.services import save_translation
from tests.observations.language_sets.sets import propose
from tests.observations.translations.orders import confirmed, now, ordered, translator, written
from tests.utils import Cast


def plant_translations(pieces: Any, cast: Cast, text: AgreedText, mark: str) -> None:
    person, orders = translator(), cast.same_group_focal_point
    draft = ordered(orders, text, "fr", remark=f"{mark} remark to a translator.")
    written_keys = list(draft.words)[:1]
    save_translation(actor=person, order=draft, texts=dict.fromkeys(written_keys, f"{mark} traduction."), base=1)
    pieces.translation_draft = now(draft)
    whole = written(ordered(orders, text, "es", remark=f"{mark} remark to another."), person)
    pieces.translation_confirmed = confirmed(whole, orders)
    propose(orders, text, "es", "fr")


def confirmed_into_french(cast: Cast, text: AgreedText, audience: str) -> list[str]:
    """The key of what goes with a text that becomes public; of one that does not, nothing."""
    if audience != "public":
        return []
    translator()
    orders = cast.focal_point
    return [str(confirmed(written(ordered(orders, text, "fr"), orders), orders).pk)]
