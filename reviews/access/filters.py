from django.utils.translation import gettext_lazy as _

from core.web.filters import PortalFilterSet, SelectFilter
from reviews.access.enums import AccessStatus


class AccessFilterSet(PortalFilterSet):
    """Requests for access by status; an address that says nothing means those that wait for a second officer."""

    defaults = {"status": AccessStatus.PREPARED}

    status = SelectFilter(label=_("Status"), choices=AccessStatus.choices)
