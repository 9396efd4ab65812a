from core.forms.base import AccessibleForm, ErrorLink
from core.forms.fields import AccessibleBoundField
from core.forms.renderers import AccessibleRenderer

__all__ = ["AccessibleBoundField", "AccessibleForm", "AccessibleRenderer", "ErrorLink"]
