"""How a field of our forms looks and what it tells assistive technology (WCAG 2.2: 1.3.1, 3.3.1, 3.3.2)."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

# The component class of each widget; subclasses come before their parents.
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.widgets.Input, "govuk-input"),
)
_TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "components/widgets/checkboxes.html"),
    (forms.RadioSelect, "components/widgets/radios.html"),
    (forms.Select, "components/widgets/select.html"),
)


class AccessibleBoundField(BoundField):
    """Adds the front end's classes, and names hint and error as the field's description."""

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error"

    @property
    def aria_describedby(self) -> str:
        ids = [self.hint_id] if self.help_text else []
        if self.errors:
            ids.append(self.error_id)
        return " ".join(ids)

    @property
    def can_be_mended(self) -> bool:
        """Whether its error is one that the form takes away where the person ticks the box beside it."""
        return self.name in getattr(self.form, "mendable", ())

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_marked_optional(self) -> bool:
        """Filters are all optional and say nothing of it; forms that are filled in mark what may stay empty."""
        return getattr(self.form, "marks_optional_fields", True)

    @property
    def first_input_id(self) -> str:
        """Where a link to this field leads: its input, or the first of its boxes."""
        return f"{self.auto_id}_0" if self.use_fieldset else str(self.id_for_label)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        name = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
        classes = [name, str(built.pop("class", widget.attrs.get("class", "")))]
        if name and self.errors:
            classes.append(f"{name}--error")
        if joined := " ".join(filter(None, classes)):
            built["class"] = joined
        return built

    def as_widget(self, widget: forms.Widget | None = None, attrs: Any = None, only_initial: bool = False) -> Any:
        widget = widget or self.field.widget
        template = next((template for kind, template in _TEMPLATES if isinstance(widget, kind)), None)
        if template:
            widget.template_name = template
        return super().as_widget(widget, attrs, only_initial)


class NamesField(forms.MultipleChoiceField):
    """Several names, such as keys of rows, which the service knows or refuses."""

    def valid_value(self, value: str) -> bool:
        return True
