from modeltranslation.translator import TranslationOptions, register

from core.models import Institution


@register(Institution)
class InstitutionTranslation(TranslationOptions):
    fields = ("name", "short_name")
