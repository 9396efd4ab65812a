from modeltranslation.translator import TranslationOptions, register

from accounts.states.models import RegionalGroup, StateParty
from accounts.terms.models import ConfidentialityTerms


@register(RegionalGroup)
class RegionalGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(StateParty)
class StatePartyTranslation(TranslationOptions):
    fields = ("name",)


@register(ConfidentialityTerms)
class ConfidentialityTermsTranslation(TranslationOptions):
    fields = ("text",)
