from core.web.forms.base import AccessibleForm, ErrorLink, FilterForm
from core.web.forms.fields import AccessibleBoundField, NamesField
from core.web.forms.renderers import AccessibleRenderer
from core.web.forms.texts import TextForm
from core.web.forms.uploads import Read, UploadForm

__all__ = [
    "AccessibleBoundField",
    "AccessibleForm",
    "AccessibleRenderer",
    "ErrorLink",
    "FilterForm",
    "NamesField",
    "Read",
    "TextForm",
    "UploadForm",
]
