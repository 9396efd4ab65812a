"""The twin of a page's act, made of the page's own view: its policy, its form and its service (docs/adr/0102)."""

import copy
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.urls import URLPattern, path, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.forms import (
    FormMark,
    checksums_in,
    errors_of,
    fields_of,
    is_file,
    mark_of,
    marks_in,
    plain,
    posted,
    rests_on_something,
    schema_of,
    values_in,
)
from core.api.idempotency import answered_once
from core.api.permissions import PolicyPermission
from core.api.revisions import RevisionMissingError, RevisionMovedError
from core.api.views import StrictView
from core.errors import ConflictError, OutdatedError, ServiceError
from core.web.forms import AccessibleForm

_MARK = re.compile(r'(?:W/)?"([0-9a-f]{32}(?:\.[0-9a-f]{32}){2})"')


class ChoiceSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class FieldSerializer(serializers.Serializer[Any]):
    """``value``: what stands there now, which stays where the field is left out."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    help = serializers.CharField()
    kind = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    choices = ChoiceSerializer(many=True, allow_null=True)
    max_length = serializers.IntegerField(allow_null=True)
    min_value = serializers.IntegerField(allow_null=True)
    max_value = serializers.IntegerField(allow_null=True)
    value = serializers.JSONField(allow_null=True)


class ActSerializer(serializers.Serializer[Any]):
    """``said``: what the page says the act does, and who reads it. ``rests``: whether If-Match is needed.
    ``checksums``: of what the act is about, to be compared with what was read of it. ``marks``: what else the form
    carries unseen, such as revisions and who is to read it; a fingerprint stands by its name where it was read, too.
    """

    title = serializers.CharField()
    said = serializers.ListField(child=serializers.CharField())
    rests = serializers.BooleanField()
    checksums = serializers.DictField(child=serializers.CharField())
    marks = serializers.DictField(child=serializers.CharField())
    fields = FieldSerializer(many=True)  # type: ignore[assignment]


class DoneSerializer(serializers.Serializer[Any]):
    """``done``: what the page says of it; ``at``: the page to which it leads; ``id``: of what was made or changed."""

    done = serializers.CharField()
    at = serializers.CharField()
    id = serializers.CharField(allow_null=True)


class _Unheard:
    """In place of Django's messages: nobody reads what a page would say on its next one."""

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        """Nothing is kept."""


class ActView(StrictView):
    """GET tells the form of ``page``, a ``ServiceFormView`` or ``ServiceActionView``; POST hands it to its service.

    Nothing of the page is shown: what it does in ``dispatch``, ``post`` and ``form_valid`` is left out
    (tests/core/api/test_acts.py names which have ways of their own). What the page reads of the request beside its
    form it says itself (``takes``). The first of ``twin_of`` is the page's address.
    """

    http_method_names = ["get", "post", "options"]  # no HEAD: a form that was read opens what it is about
    permission_classes = (PolicyPermission,)
    page: ClassVar[Any]
    page_facts: ClassVar[Mapping[str, Any]] = {}  # with which its address was made
    page_view: Any
    heeds_key: ClassVar[bool] = True
    """Whether its answer is kept by the request's key, in a transaction with the act (``answered_once``)."""

    @property
    def policy_action(self) -> Any:
        """Also where there is no page any more, since the act has ended what it was of."""
        return getattr(self, "page_view", self.page).policy_action

    def get_policy_target(self) -> Any:
        self.page_view = self.page_for(f"{self.request.method}")
        return self.page_view.policy_target

    def page_for(self, method: str, sent: QueryDict | None = None) -> Any:
        """The page's view, as if a browser had asked it so. Raises what the page raises, such as Http404."""
        view = self.page(**self.page_facts)
        view.setup(self._as_for_a_page(method, sent), *self.args, **self.kwargs)
        view.policy_target = view.get_policy_target()
        return view

    def _as_for_a_page(self, method: str, sent: QueryDict | None) -> HttpRequest:
        asked: Any = copy.copy(self.request._request)
        asked.method, asked.GET, asked.POST = method, QueryDict(), sent or QueryDict()
        asked._files, asked._messages, asked.htmx = MultiValueDict(), _Unheard(), False
        asked.path = asked.path_info = reverse(self.twin_of[0], kwargs=self.kwargs)
        asked.resolver_match = resolve(asked.path)
        return asked

    @extend_schema(responses=ActSerializer)
    def get(self, request: Request, **kwargs: Any) -> Response:
        page, bounds = self._as_it_stands()
        body = {
            "title": plain(page.get_title()),
            **self._shown(page, bounds),
            "rests": rests_on_something(bounds),
            "fields": fields_of(bounds),
        }
        return Response(body, headers={"ETag": f'"{self._mark_of(bounds)}"'})

    def _shown(self, page: Any, bounds: list[BoundField]) -> dict[str, Any]:
        """What whoever acts is to have read beside the fields."""
        said = page.said_before() if hasattr(page, "said_before") else ()
        return {"said": [plain(each) for each in said], "checksums": checksums_in(bounds), "marks": marks_in(bounds)}

    def _mark_of(self, bounds: list[BoundField]) -> FormMark:
        return mark_of(bounds, at=self.request.path, reader=self.request.user.pk)

    @extend_schema(responses=DoneSerializer)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return answered_once(request, lambda: self._carry_out(request)) if self.heeds_key else self._carry_out(request)

    def _carry_out(self, request: Request) -> Response:
        given = request.data  # first of all: what cannot be read is refused as that
        _page, bounds = self._as_it_stands()
        self._require_read(request, bounds)
        sent = posted(bounds, given)
        page = self.page_for("POST", sent)
        beside = self.beside(sent)
        form = page.get_form() if hasattr(page, "get_form") else beside
        self._require_valid(form, beside)
        try:
            return Response(self._done(page, form))
        except (ConflictError, OutdatedError) as error:
            raise self._moved(str(error), self._mark_of(bounds), error) from error
        except ServiceError as error:
            form.refuse(error)
            raise ValidationError(errors_of(form)) from error

    def _done(self, page: Any, form: Any) -> dict[str, Any]:
        if not hasattr(page, "get_form"):
            return {"done": plain(page.perform()), "at": page.next_url(), "id": None}
        result = page.perform(form)
        key = str(result.pk) if isinstance(result, Model) else None
        return {"done": plain(page.success_message_for(result)), "at": page.success_url_for(result), "id": key}

    def beside(self, sent: QueryDict | None = None) -> AccessibleForm:
        """The form of what the page reads beside its own."""
        form = AccessibleForm(sent)
        form.fields.update(copy.deepcopy(dict(self.page.takes)))
        return form

    def _as_it_stands(self) -> tuple[Any, list[BoundField]]:
        """The page, and the fields of its form; a file is given on the page alone."""
        page = self.page_for("GET")
        own = [bound for bound in page.get_form() if not is_file(bound.field)] if hasattr(page, "get_form") else []
        return page, [*own, *self.beside()]

    def _require_read(self, request: Request, bounds: list[BoundField]) -> None:
        given = request.headers.get("If-Match", "").strip()
        if given in {"", "*"}:
            if rests_on_something(bounds):
                words = _("Say in If-Match on which revision this rests: the ETag of what you have read.")
                raise RevisionMissingError(words)
            return
        if (mark := _MARK.fullmatch(given)) is None:
            raise ValidationError({"If-Match": [_("Give one ETag as you have read it.")]})
        if mark[1] != str(self._mark_of(bounds)):
            words = _("This has changed since you read it, and nothing was done.")
            raise self._moved(words, FormMark(*mark[1].split(".")))

    def _require_valid(self, *given: forms.BaseForm) -> None:
        are_valid = [form.is_valid() for form in given]  # a form may look at more than its fields
        wrong = {name: found for form in given for name, found in errors_of(form).items()}
        if wrong or not all(are_valid):
            raise ValidationError(wrong)

    def _moved(self, words: str, read: FormMark, error: Exception | None = None) -> RevisionMovedError:
        """With what stands by now and what was sent. The ETag on which the next act may rest is there only where
        nothing else has changed than what is told here of the fields; else the form is to be read anew.
        """
        page, bounds = self._as_it_stands()
        more = {"current": values_in(bounds), "yours": self.request.data, **self._shown(page, bounds)}
        if isinstance(error, ConflictError):
            more |= {"then": [plain(each) for each in error.then], "now": [plain(each) for each in error.now]}
        if (now := self._mark_of(bounds)).differs_as_told(read):
            more["revision"] = str(now)
        return RevisionMovedError(words, **more)

    @classmethod
    def request_schema(cls) -> dict[str, Any]:
        """What may be sent, as far as it is known before it is known what it is about."""
        form: Any = getattr(cls.page, "form_class", None)
        own = form.base_fields if form else {}
        is_form = hasattr(cls.page, "get_form")
        is_open = is_form and (form is None or form.__init__ is not AccessibleForm.__init__)
        return schema_of({**own, **cls.page.takes}, is_open=is_open)


def acts_of(
    app: str,
    pages: Iterable[URLPattern],
    names: Collection[str],
    *,
    scope_group: str,
    base: type[ActView] = ActView,
) -> list[URLPattern]:
    """The addresses of the twins of those of these ``pages`` that are called so, under the same paths and names.

    ``scope_group``: what they belong to among the scopes of access tokens. Raises LookupError for a name that is that
    of no page here.
    """
    pages = list(pages)
    if unknown := set(names) - {page.name for page in pages}:
        raise LookupError(f"no page of {app} is called so: {sorted(unknown)}")
    return [_act(app, page, scope_group, base) for page in pages if page.name in names]


def _act(app: str, page: Any, scope_group: str, base: type[ActView]) -> URLPattern:
    view = page.callback.view_class
    facts = {
        "page": view,
        "page_facts": page.callback.view_initkwargs,
        "twin_of": (f"{app}:{page.name}",),
        "scope_group": scope_group,
        "__module__": __name__,
    }
    twin: Any = type(f"{view.__name__}Act", (base,), facts)
    return path(str(page.pattern), twin.as_view(), name=page.name)
