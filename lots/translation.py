from modeltranslation.translator import TranslationOptions, register

from lots.models import DrawRule


@register(DrawRule)
class DrawRuleTranslation(TranslationOptions):
    fields = ("name", "text")
