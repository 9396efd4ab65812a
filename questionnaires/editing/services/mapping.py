"""Where an item of an earlier version goes in a later one, where that is not the item with the same code."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import in_own_order
from core.policy import require
from questionnaires.definitions import Item, index_of, said_of_items
from questionnaires.definitions.models import ItemMapping, Questionnaire, QuestionnaireVersion
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.services.drafts import StaleError
from questionnaires.wording import full_number

NOWHERE = "-"


class TakenError(ServiceError):
    """Another item (``other``, its code in the earlier version) goes to the one that was chosen."""

    def __init__(self, other: Item) -> None:
        message = _("Question %(other)s goes there already. Say first where that one goes.")
        super().__init__(message % {"other": in_own_order(full_number(other))}, field="goes_to")
        self.other = other.code


@transaction.atomic
def say_where_item_goes(
    *, actor: User, old: QuestionnaireVersion, new: QuestionnaireVersion, code: str, goes_to: str, seen: str
) -> None:
    """Have an item go to another one (its code), or to none (``NOWHERE``); by its own code again where it is empty.

    ``seen``: where it went as it was shown (``place_of_item``). States that have moved already are not touched. Raises
    StaleError where a colleague has said otherwise since, TakenError where two items would go to one.
    """
    require(actor, EditingAction.EDIT)
    list(Questionnaire.objects.select_for_update().filter(pk=old.questionnaire_id))
    said = said_of_items(old.pk, new.pk)
    if place_of_item(said, code) != seen:
        raise StaleError
    items = index_of(new.pk).items
    wanted = {**said, code: "" if goes_to == NOWHERE else goes_to}
    if goes_to in {"", code}:
        del wanted[code]
    elif goes_to != NOWHERE and (goes_to not in items or items[goes_to].kind == "group"):
        raise ServiceError(_("Choose an item of the later version."), field="goes_to")
    _refuse_two_in_one(old, new, wanted, code)
    place = wanted.get(code, code)
    if place == said.get(code, code):
        return
    rows = ItemMapping.objects.filter(old_version=old, new_version=new)
    rows.filter(old_code=code).delete()
    if said_of_items(old.pk, new.pk).get(code, code) != place:  # what is said of the steps between may be otherwise
        rows.create(old_version=old, new_version=new, old_code=code, new_code=place, decided_by=actor)
    facts = {"from": old.number, "to": new.number, "item": code}
    audit.record(
        actor,
        "questionnaires.version.mapped",
        new,
        before={"goes_to": said.get(code, code)},
        after={**facts, "goes_to": place},
    )


def place_of_item(said: dict[str, str], code: str) -> str:
    """What a form has for it: empty for the item with the same code, ``NOWHERE`` for none."""
    place = said.get(code, code)
    return "" if place == code else place or NOWHERE


def _refuse_two_in_one(old: QuestionnaireVersion, new: QuestionnaireVersion, said: dict[str, str], code: str) -> None:
    there, here = index_of(new.pk).items, index_of(old.pk).items
    goes = {code: said.get(code, code) for code in here}
    counts = Counter(place for place in goes.values() if place in there)
    for place in (place for place, number in counts.items() if number > 1):
        other = next(other for other, goes_to in goes.items() if goes_to == place and other != code)
        raise TakenError(here[other])
