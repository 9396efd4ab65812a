"""Pages of translations: of a text, of one's own, and of one side by side with its original."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from core.errors import OutdatedError, ServiceError
from core.language.i18n import isolated
from core.policy import can, explain, require
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, PolicyView, ServiceActionView, ServiceFormView, to_job
from observations.language_sets import LanguageSetAction, languages_for, languages_of
from observations.texts import BelowText
from observations.translations.documents import FORMATS, start_translation_document
from observations.translations.enums import TranslationAction
from observations.translations.forms import (
    ALL_READ,
    READ,
    TEXT,
    ConfirmTranslationForm,
    HandInForm,
    OrderForm,
    TextTranslationForm,
    marks_of,
)
from observations.translations.machine import has_machine
from observations.translations.models import TranslationOrder
from observations.translations.over_set import in_languages
from observations.translations.pages import BelowTranslation, DoneBySpokesperson, TranslationPage
from observations.translations.selectors import (
    confirmations,
    document_in_translation,
    hash_of_translation,
    is_of_standing_version,
    own_orders,
    progress_of,
    rows_of_text,
    segments_beside,
    terms_for,
)
from observations.translations.services import (
    OrderInput,
    confirm_translation,
    draft_by_machine,
    end_order,
    hand_in,
    order_translation,
    save_translation,
)
from observations.versions import agreement_on_text, standing_version


class OwnTranslationsView(PolicyView, TemplateView):
    """What is ordered from the reader: all that a translator has here."""

    policy_action = TranslationAction.LIST_OWN
    title = gettext_lazy("Translations")
    template_name = "observations/translations/own_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(order, *progress_of(order)) for order in own_orders(self.user)]
        return super().get_context_data(rows=rows, today=timezone.localdate(), **kwargs)


class TextTranslationListView(BelowText, TemplateView):
    """The language versions of a text, and what was ordered."""

    policy_action = TranslationAction.LIST
    title = gettext_lazy("Language versions")
    template_name = "observations/translations/translation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = standing_version(self.text)
        return super().get_context_data(
            version=version,
            rows=rows_of_text(self.user, self.text),
            in_languages=in_languages(self.text, version),
            agreement=agreement_on_text(self.text, version),
            order_decision=explain(self.user, TranslationAction.ORDER, self.text),
            propose_decision=explain(self.user, LanguageSetAction.PROPOSE, self.text),
            may_agree=can(self.user, LanguageSetAction.AGREE, self.text),
            **kwargs,
        )


class OrderView(BelowText, ServiceFormView):
    """A focal point orders a translation of the version that stands."""

    policy_action = TranslationAction.ORDER
    form_class = OrderForm
    title = gettext_lazy("Order a translation")
    template_name = "observations/translations/order_form.html"
    submit_label = gettext_lazy("Order a translation")
    keeps = True
    success_message = gettext_lazy("The translation is ordered; the translator is told by mail.")
    says = (
        gettext_lazy(
            "The translator reads this text and the translation, and nothing else of the review: neither "
            "its pages nor who takes part, but for the names in the text. You end the access at any time; "
            "it ends with your confirmation."
        ),
        gettext_lazy(
            "What the blueprint words in that language is there from the beginning, and so is what an "
            "earlier translation says of segments that are the same."
        ),
    )

    def said_before(self) -> Sequence[str | Promise]:
        return self.says

    @property
    def list_url(self) -> str:
        return reverse(
            "observations:translation-list", args=[*self.address, self.kwargs["instrument"], self.kwargs["kind"]]
        )

    def back_url(self) -> str:
        return self.list_url

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "languages": languages_for(self.text)}

    def get_initial(self) -> dict[str, Any]:
        version = standing_version(self.text)
        languages = languages_for(self.text)
        return {
            "sha256": version.sha256 if version else "",
            "own_language": get_language(),
            **({"language": languages[0][0]} if len(languages) == 1 else {}),
            **self._as_before(),
        }

    def _as_before(self) -> dict[str, Any]:
        """Of an order that is to be renewed: the same language and person."""
        key = self.request.GET.get("from", "")
        before = next((row.order for row in rows_of_text(self.user, self.text) if str(row.order.pk) == key), None)
        if before is None:
            return {}
        person = before.translator
        return {"language": before.language, "full_name": person.full_name}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        if isinstance(error, OutdatedError):
            form.carry(sha256=error.now)

    def perform(self, form: OrderForm) -> TranslationOrder:
        given = dict(form.cleaned_data)
        sha256 = given.pop("sha256")
        return order_translation(actor=self.user, text=self.text, given=OrderInput(**given), sha256=sha256)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(version=standing_version(self.text), **kwargs)


class TextTranslationView(TranslationPage, ServiceFormView):
    """The original and its translation side by side; to be written by those who may."""

    policy_action = TranslationAction.VIEW
    form_class = TextTranslationForm
    template_name = "observations/translations/translation.html"
    success_message = gettext_lazy("The translation is saved.")

    def get_title(self) -> str | Promise:
        return _("Translation into %(language)s") % {"language": self.order.get_language_display()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(self.user, TranslationAction.WRITE, self.order)
        return super().post(request, *args, **kwargs)

    @cached_property
    def segments(self) -> list[Any]:
        return segments_beside(self.order)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "segments": self.segments, "language": self.order.language}

    def get_initial(self) -> dict[str, Any]:
        return {"base": self.order.revision, "shown": marks_of(self.segments)}

    def perform(self, form: TextTranslationForm) -> TranslationOrder:
        base = form.cleaned_data["base"]
        return save_translation(actor=self.user, order=self.order, texts=form.texts, base=base, read=form.read)

    def rest(self, form: Any, error: ServiceError) -> None:
        """Below each box stands what is saved by now, where that is something else than was written in it."""
        super().rest(form, error)
        self.look_again()
        del self.segments
        form.rest_on_segments(self.segments)

    def success_url_for(self, result: object) -> str:
        return self.order_url()

    def _rows(self, form: Any) -> list[dict[str, Any]]:
        fields, terms = form.fields, terms_for(self.order)
        return [
            {
                "beside": each,
                "terms": terms.get(each.segment.key, ()),
                "field": form[each.segment.key + TEXT],
                "read": form[each.segment.key + READ] if each.segment.key + READ in fields else None,
                "typed": form[each.segment.key + TEXT].value() or "",
            }
            for each in self.segments
            if each.segment.key + TEXT in fields
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        order, may_write = self.order, can(self.user, TranslationAction.WRITE, self.order)
        done, total = progress_of(order)
        context |= {
            "rows": self._rows(form),
            "all_read": form[ALL_READ] if ALL_READ in form.fields else None,
            "may_write": may_write,
            "done": done,
            "total": total,
            "is_current": is_of_standing_version(order) if self.reads_text else order.version.cancelled_at is None,
            "has_machine": has_machine() and may_write and done < total,
            "confirm": explain(self.user, TranslationAction.CONFIRM, order),
            "may_end": can(self.user, TranslationAction.END, order),
            "may_hand_in": can(self.user, TranslationAction.HAND_IN, order),
            "may_render": can(self.user, TranslationAction.RENDER, order),
            "confirmed": list(confirmations([order])) if order.confirmed_at else [],
        }
        return context


class HandInView(BelowTranslation, ConfirmedActView):
    policy_action = TranslationAction.HAND_IN
    form_class = HandInForm
    title = gettext_lazy("Hand the translation in")
    success_message = gettext_lazy("The translation is handed in; the State that ordered it is told by mail.")
    consequences = (
        gettext_lazy("The focal point of the State that ordered it is asked by mail to look at it and confirm it."),
        gettext_lazy("You may go on changing it until it is confirmed; hand it in again then."),
    )

    def get_initial(self) -> dict[str, Any]:
        return {"base": self.order.revision}

    def perform(self, form: HandInForm) -> TranslationOrder:
        return hand_in(actor=self.user, order=self.order, base=form.cleaned_data["base"])


class ConfirmTranslationView(DoneBySpokesperson, ConfirmedActView):
    """Shows the whole document in the other language; what is confirmed is that."""

    policy_action = TranslationAction.CONFIRM
    form_class = ConfirmTranslationForm
    template_name = "observations/translations/translation_confirm.html"
    title = gettext_lazy("Confirm the translation")
    success_message = gettext_lazy("Your State has confirmed the translation.")

    def done_by(self, state: Any) -> str:
        for row in confirmations([self.order]):
            if row.state_party_id == state and row.sha256 == self.request.POST.get("sha256"):
                facts = {"person": isolated(row.focal_point.full_name), "time": datetime_words(row.cleared_at)}
                return _("This was done at %(time)s: %(person)s confirmed these words for your State.") % facts
        return ""

    def get_consequences(self) -> Sequence[str | Promise]:
        words = self._what_it_is() % {"language": self.order.original_language}
        if self.order.confirmed_at:
            return (_("Your State says that this wording renders the text."), words)
        return (
            _("Your State says that this wording renders the text; it lies on the shared table and never changes."),
            _("The order ends: its page is closed to the translator."),
            _("The focal points of the other States may confirm it after you."),
            words,
        )

    def _what_it_is(self) -> str:
        agreed = languages_of(self.order.agreed_text, self.order.version).agreed
        if agreed is not None and self.order.language in agreed.languages:
            return _(
                "The States agree on the text in this language too: once each has confirmed exactly these words, and "
                "the other languages of the agreement, it is as agreed as the text in %(language)s."
            )
        return _("It is a courtesy: the text in %(language)s stays the authentic one.")

    def get_initial(self) -> dict[str, Any]:
        return {"sha256": hash_of_translation(self.order)}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        self.look_again()
        super().rest(form, error)

    def perform(self, form: ConfirmTranslationForm) -> TranslationOrder:
        return confirm_translation(actor=self.user, order=self.order, sha256=form.cleaned_data["sha256"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(document=document_in_translation(self.order), **kwargs)


class EndView(DoneBySpokesperson, ConfirmedActView):
    policy_action = TranslationAction.END
    title = pgettext_lazy("of a translation", "End the order")
    is_warning = True
    success_message = gettext_lazy("The order has ended.")
    consequences = (
        gettext_lazy("The translator loses access to the text and the translation at once, and is told by mail."),
        gettext_lazy("What was translated stays with your State; an order of the same language goes on from it."),
    )

    def done_by(self, state: Any) -> str:
        ended = self.order.ended_at if self.order.ordered_for_id == state else None
        return _("This order ended at %(time)s.") % {"time": datetime_words(ended)} if ended else ""

    def perform(self, form: AccessibleForm) -> None:
        end_order(actor=self.user, order=self.order)


class MachineView(BelowTranslation, ServiceActionView):
    """Has the provider of the institution draft what has no translation."""

    policy_action = TranslationAction.WRITE

    def perform(self) -> str:
        draft_by_machine(actor=self.user, order=self.order)
        return _("A machine has drafted what was missing. Each draft is marked until somebody has read it.")

    def next_url(self) -> str:
        return self.order_url()


class TranslationDocumentView(TranslationPage):
    """Queues the document of a confirmed translation, and leads on to its progress."""

    http_method_names = ["post"]
    policy_action = TranslationAction.RENDER

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = FORMATS.get(self.kwargs["format"])
        if kind is None:
            raise Http404
        return to_job(start_translation_document(self.user, self.order, kind=kind))
