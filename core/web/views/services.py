"""Views that hand a person's act to a service, and show its refusal where the person can mend it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from core.errors import ConflictError, ServiceError
from core.language.text import clean_markdown
from core.policy import PolicyRefusedError
from core.web.forms import AccessibleForm
from core.web.views.once import OncePerForm
from core.web.views.policy import PolicyView

UNPROCESSABLE = 422


class ServiceFormView(OncePerForm, PolicyView, FormView, ABC):  # type: ignore[type-arg]
    """A page with a form. Valid input goes to ``perform``; what the service refuses is shown by the field.

    A form with errors comes back with everything that was typed and status 422; success leads back, or on to
    ``success_url``, with ``success_message``. Where a colleague has saved in the meantime (ConflictError) the page
    shows both texts (``components/_text_conflict.html``), and the form rests on what stands now: saving once more
    replaces it knowingly.

    A page that holds only the form has no template of its own (``components/form_page.html``): ``lead`` stands over
    the form, ``submit_label`` on its button; ``keeps`` lets the browser keep what is typed until it is saved.
    """

    conflict: ConflictError | None = None
    lead: str | Promise = ""
    submit_label: str | Promise = gettext_lazy("Save")
    keeps: ClassVar[bool] = False
    success_message: str | Promise = ""
    previewed: ClassVar[str] = ""  # the field whose text the button "Preview" shows as a document sets it

    @abstractmethod
    def perform(self, form: Any) -> Any:
        """Call the service. May raise ServiceError."""

    def was_done_by_reader(self) -> bool:
        """Whether this person has just done what the policy refuses by now; then a second press leads on as well."""
        return False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PolicyRefusedError:
            if request.method == "POST" and self.was_done_by_reader():
                return HttpResponseRedirect(self.success_url_for(None))
            raise

    def said_before(self) -> Sequence[str | Promise]:
        """What the page says of the act before it is done, for programs: what it does, and who reads it."""
        return [self.lead] if self.lead else []

    def back_url(self) -> str:
        """Where the link beside the button leads; there is none where this is empty."""
        return ""

    def success_message_for(self, result: Any) -> str:
        return str(self.success_message)

    def success_url_for(self, result: Any) -> str:
        """Where success leads on to: unless a page says otherwise, where "back" leads as well."""
        return self.back_url() or str(self.get_success_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.previewed and "preview" in request.POST:
            return self.show_preview()
        if earlier := self.take_up(request):  # what was kept while the person signed in comes here as a GET
            return earlier
        return super().post(request, *args, **kwargs)

    def show_preview(self) -> HttpResponse:
        """The page as it was posted, with the text as a document will set it. Nothing is saved."""
        form = self.get_form()
        text, shown, refusal = form[self.previewed].data or "", "", None
        try:
            shown = clean_markdown(text, field=self.previewed)
        except ServiceError as error:
            refusal = error
        form.show_only(refusal)
        status = UNPROCESSABLE if refusal else HTTPStatus.OK
        return self.render_to_response(self.get_context_data(form=form, preview=shown), status=status)

    def form_valid(self, form: AccessibleForm) -> HttpResponse:
        try:
            self.require_an_end()
            result = self.perform(form)
        except ServiceError as error:
            if isinstance(error, ConflictError):
                self.conflict = error
            self.rest(form, error)
            form.refuse(error)
            return self.form_invalid(form)
        return self.carried_out(self.success_url_for(result), self.success_message_for(result))

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """Say on which revision the form rests when it is sent again."""
        if isinstance(error, ConflictError) and error.is_text_changed:
            form.rest_on(error.revision)

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        context = self.get_context_data(form=form, conflict=self.conflict)
        return self.render_to_response(context, status=UNPROCESSABLE)


class ConfirmedActView(ServiceFormView):
    """An act with a page of its own that says what it does, and asks once more.

    ``consequences`` are sentences; where they depend on what is acted on, ``get_consequences`` gives them. ``title`` is
    the words on the button, and of the page where ``get_title`` gives no others.
    """

    form_class = AccessibleForm
    template_name = "components/act_page.html"
    title: ClassVar[str | Promise]
    consequences: ClassVar[Sequence[str | Promise]] = ()
    is_warning: ClassVar[bool] = False

    def get_consequences(self) -> Sequence[str | Promise]:
        return self.consequences

    def said_before(self) -> Sequence[str | Promise]:
        return self.get_consequences()

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows what the act is about as it is by now: that is what a second press is for."""
        now = self.get_initial()
        form.carry(**{name: now[name] for name, field in form.fields.items() if field.widget.is_hidden and name in now})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.title, consequences=self.get_consequences(), is_warning=self.is_warning, **kwargs
        )


class ServiceActionView(OncePerForm, PolicyView, ABC):
    """One button: POST calls ``perform`` and leads back with what happened; a refusal is told in a message."""

    http_method_names = ["post"]

    @abstractmethod
    def perform(self) -> str:
        """Call the service and give the message of success. May raise ServiceError."""

    @abstractmethod
    def next_url(self) -> str:
        """Where the act leads back to."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if earlier := self.take_up(request):  # what was kept while the person signed in comes here as a GET
            return earlier
        try:
            self.require_an_end()
            message = self.perform()
        except ServiceError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.next_url())
        return self.carried_out(self.next_url(), message)
