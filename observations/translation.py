"""Which fixed words of the texts are kept in the six languages."""

from modeltranslation.translator import TranslationOptions, register

from observations.needs.models import AssistanceType
from observations.texts.models import BlueprintText, ObservationHeading


@register(BlueprintText)
class BlueprintTextTranslation(TranslationOptions):
    fields = ("text",)


@register(AssistanceType)
class AssistanceTypeTranslation(TranslationOptions):
    fields = ("name",)


@register(ObservationHeading)
class ObservationHeadingTranslation(TranslationOptions):
    fields = ("name", "text")
