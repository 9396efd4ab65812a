from django.forms.renderers import TemplatesSetting

from core.forms.fields import AccessibleBoundField


class AccessibleRenderer(TemplatesSetting):
    """Renders our forms from ``templates/components``; Django's administration keeps its own renderer."""

    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"
    bound_field_class = AccessibleBoundField
