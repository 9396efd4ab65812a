from modeltranslation.translator import TranslationOptions, register

from accounts.models import ConfidentialityTerms, RegionalGroup, StateParty


@register(RegionalGroup)
class RegionalGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(StateParty)
class StatePartyTranslation(TranslationOptions):
    fields = ("name",)


@register(ConfidentialityTerms)
class ConfidentialityTermsTranslation(TranslationOptions):
    fields = ("text",)
