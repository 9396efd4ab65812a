from modeltranslation.translator import TranslationOptions, register

from reviews.programme.models import Article, Cluster, Holiday, Instrument, Mechanism, Step, StepPlan


@register(Mechanism)
class MechanismTranslation(TranslationOptions):
    fields = ("name", "short_name", "words")


@register(Instrument)
class InstrumentTranslation(TranslationOptions):
    fields = ("name", "short_name")


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title",)


@register(Cluster)
class ClusterTranslation(TranslationOptions):
    fields = ("name",)


@register(Step)
class StepTranslation(TranslationOptions):
    fields = ("name", "description")


@register(StepPlan)
class StepPlanTranslation(TranslationOptions):
    fields = ("name",)


@register(Holiday)
class HolidayTranslation(TranslationOptions):
    fields = ("name",)
