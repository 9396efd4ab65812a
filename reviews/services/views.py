"""Saved views of the cockpit."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from core.text import plain_line, require_text
from reviews.enums import CockpitAction
from reviews.models import Mechanism, SavedView

_MAXIMUM_NAME = 80  # characters


@transaction.atomic
def save_view(
    *, actor: User, mechanism: Mechanism, name: str, query: str, is_shared: bool = False, is_default: bool = False
) -> SavedView:
    """Keep a filter under a name. ``query`` comes from the form of the filter, which has checked it.

    Raises ServiceError for no name, or one that the actor has given already.
    """
    require(actor, CockpitAction.SAVE_VIEW, mechanism)
    view = SavedView(owner=actor, mechanism=mechanism, query=query, is_shared=is_shared)
    _write(view, name, is_default=is_default)
    audit.record(actor, "reviews.view.saved", view, after={"shared": is_shared})
    return view


@transaction.atomic
def change_view(*, actor: User, view: SavedView, name: str, is_shared: bool, is_default: bool) -> SavedView:
    """Rename a view, share it or no longer, let it open first or no longer. Raises ServiceError like ``save_view``."""
    require(actor, CockpitAction.CHANGE_VIEW, view)
    before = view.is_shared
    view.is_shared = is_shared
    _write(view, name, is_default=is_default)
    audit.record(actor, "reviews.view.changed", view, before={"shared": before}, after={"shared": is_shared})
    return view


@transaction.atomic
def delete_view(*, actor: User, view: SavedView) -> None:
    require(actor, CockpitAction.CHANGE_VIEW, view)
    audit.record(actor, "reviews.view.deleted", view)
    view.delete()


def _write(view: SavedView, name: str, *, is_default: bool) -> None:
    view.name = plain_line(require_text(name, _("Give the view a name."), maximum=_MAXIMUM_NAME, field="name"))
    own = SavedView.objects.select_for_update().filter(owner=view.owner, mechanism=view.mechanism).exclude(pk=view.pk)
    if own.filter(name=view.name).exists():
        raise ServiceError(_("You have a view of this name already."), field="name")
    if is_default:
        own.filter(is_default=True).update(is_default=False)
    view.is_default = is_default
    view.save()
