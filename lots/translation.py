from modeltranslation.translator import TranslationOptions, register

from lots.draws.models import DrawRule


@register(DrawRule)
class DrawRuleTranslation(TranslationOptions):
    fields = ("name", "text")
