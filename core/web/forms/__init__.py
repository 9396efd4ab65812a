from core.web.forms.base import AccessibleForm, ErrorLink, FilterForm
from core.web.forms.fields import AccessibleBoundField
from core.web.forms.renderers import AccessibleRenderer

__all__ = ["AccessibleBoundField", "AccessibleForm", "AccessibleRenderer", "ErrorLink", "FilterForm"]
