"""Which fixed words of the texts are kept in the six languages."""

from modeltranslation.translator import TranslationOptions, register

from observations.texts.models import BlueprintText, ObservationHeading


@register(BlueprintText)
class BlueprintTextTranslation(TranslationOptions):
    fields = ("text",)


@register(ObservationHeading)
class ObservationHeadingTranslation(TranslationOptions):
    fields = ("name", "text")
