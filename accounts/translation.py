from modeltranslation.translator import TranslationOptions, register

from accounts.models import RegionalGroup, StateParty


@register(RegionalGroup)
class RegionalGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(StateParty)
class StatePartyTranslation(TranslationOptions):
    fields = ("name",)
