from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template import loader

from core.web.forms.fields import AccessibleBoundField


class AccessibleRenderer(DjangoTemplates):
    """Renders our forms from ``templates/components``, and the plain widgets from Django's own templates."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"
    bound_field_class = AccessibleBoundField

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("components/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)
