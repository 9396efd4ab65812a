"""The portal's own format: a version or a draft as a file, and a file that becomes the draft."""

from pathlib import PurePath
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.storage import XLSX, attachment
from core.language.i18n import UN_LANGUAGES
from core.web.views import ServiceFormView
from core.web.views.services import UNPROCESSABLE
from questionnaires.definitions import QuestionnaireDefinition, index_of
from questionnaires.editing.comparison import differences
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.exports import xlsform_of
from questionnaires.editing.files import MOST_BYTES, read_data, read_definition
from questionnaires.editing.forms.drafts import FileForm
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import (
    definition_of,
    drafts,
    get_version,
    published_definition,
    published_version,
    revision_of,
    stand_of,
)
from questionnaires.editing.services.drafts import StaleError
from questionnaires.editing.services.files import bring_in, obstacles_of
from questionnaires.editing.translations import only_of_its_texts
from questionnaires.editing.views.base import ClusterPage, DraftPage
from questionnaires.editing.word.reading import WordReading, read_word
from questionnaires.editing.xlsform import XlsformReading, read_xlsform
from questionnaires.files import as_data, as_json

_JSON = "application/json"
_SALT = "questionnaires.editing.file"
_PREVIEW_FOR = 12 * 60 * 60  # seconds for which what was read from a file can be stored
MOST_SHOWN = 50


class DraftFileView(DraftPage):
    policy_action = EditingAction.VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = f"{self.definition.slug}-draft.json"
        return attachment(as_json(self.definition), file_name=name, content_type=_JSON)


class VersionFileView(ClusterPage):
    """A version as it was published; those that the portal ships are their files, byte for byte."""

    policy_action = EditingAction.VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        version = get_version(self.cluster, self.kwargs["version"])
        definition = index_of(version.pk).definition
        name = f"{definition.slug}-v{version.number}.json"
        return attachment(as_json(definition), file_name=name, content_type=_JSON)


class DraftXlsformView(DraftPage):
    policy_action = EditingAction.VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = f"{self.definition.slug}-draft.xlsx"
        return attachment(xlsform_of(self.definition, "draft"), file_name=name, content_type=XLSX)


class VersionXlsformView(ClusterPage):
    policy_action = EditingAction.VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        version = get_version(self.cluster, self.kwargs["version"])
        definition = index_of(version.pk).definition
        name = f"{definition.slug}-v{version.number}.xlsx"
        return attachment(xlsform_of(definition, str(version.number)), file_name=name, content_type=XLSX)


class BringInView(ClusterPage, ServiceFormView):
    """A file is chosen, what it would change is shown, and then it is stored as the draft: one address for all."""

    policy_action = EditingAction.EDIT
    form_class = FileForm
    template_name = "questionnaires/editing/bring_in.html"
    title = gettext_lazy("Bring in a file")
    success_message = gettext_lazy("The file is the draft now.")
    is_stored = False

    def get_title(self) -> str:
        return _("What the file would change") if self.is_stored else str(self.title)

    @cached_property
    def draft(self) -> QuestionnaireDraft | None:
        """As it stands when the request begins: what a file is read beside, compared with and stored over."""
        return drafts().filter(cluster=self.cluster).first()

    def form_valid(self, form: Any) -> HttpResponse:
        """Show what would change, or store what was shown."""
        unsaid: list[str] = []
        try:
            if reading := self._reading(form):
                definition, problems, unsaid = reading.definition, reading.problems, reading.unsaid
            else:
                definition, problems = read_definition(self._data(form))
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        if definition is not None:
            problems = obstacles_of(definition, self.cluster, self.draft)
        if definition is None or problems:
            form.add_error("file", _("This file cannot be the draft. Nothing is stored."))
            context = self.get_context_data(
                form=form, problems=problems[:MOST_SHOWN], more=max(0, len(problems) - MOST_SHOWN)
            )
            return self.render_to_response(context, status=UNPROCESSABLE)
        if self.request.POST.get("act") == "store" and form.cleaned_data["packed"] and "file" not in self.request.FILES:
            self.definition = definition
            return super().form_valid(form)
        return self.show(form, definition, unsaid)

    def _reading(self, form: FileForm) -> XlsformReading | WordReading | None:
        """What a workbook or a document says beside what stands; None for another file, and for none."""
        file = form.cleaned_data["file"]
        ending = PurePath(file.name).suffix.lower() if file else ""
        if ending == ".xlsx":
            return read_xlsform(file.name, file.read(MOST_BYTES + 1), self._standing())
        if ending == ".docx":
            stand = stand_of(self.draft, published_version(self.cluster))
            return read_word(file.name, file.read(MOST_BYTES + 1), self._standing(), stand)
        return None

    def _standing(self) -> QuestionnaireDefinition:
        """What such a file is read beside: the draft, or what is published."""
        draft = self.draft
        standing = definition_of(draft) if draft else published_definition(self.cluster)
        if standing is None:
            message = _("Begin an empty questionnaire first: such a file is read beside what stands.")
            raise ServiceError(message, field="file")
        return standing

    def _data(self, form: FileForm) -> Any:
        if file := form.cleaned_data["file"]:
            return read_data(file.read(MOST_BYTES + 1))
        if not form.cleaned_data["packed"]:
            raise ServiceError(_("Choose the file."), field="file")
        try:
            owner, packed = signing.loads(form.cleaned_data["packed"], salt=_SALT, max_age=_PREVIEW_FOR)
        except signing.BadSignature as error:
            message = _("Choose the file again: too much time has passed.")
            raise ServiceError(message, field="file") from error
        if owner != str(self.user.pk):
            raise ServiceError(_("Choose the file."), field="file")
        return packed

    def show(self, form: FileForm, definition: QuestionnaireDefinition, unsaid: list[str]) -> HttpResponse:
        """What the file would change in the draft, or in what is published where there is no draft."""
        self.is_stored = True
        draft = self.draft
        before = definition_of(draft) if draft else published_definition(self.cluster)
        data = as_data(definition)
        if definition.translations:  # those of former words too, which help whoever translates the new ones
            data["translations"] = {code: dict(texts) for code, texts in definition.translations.items()}
        packed = signing.dumps([str(self.user.pk), data], salt=_SALT, compress=True)
        form.carry(packed=packed, revision=revision_of(draft))
        difference = differences(before and only_of_its_texts(before), only_of_its_texts(definition))
        context = self.get_context_data(
            form=form,
            difference=difference,
            unsaid=unsaid[:MOST_SHOWN],
            more_unsaid=max(0, len(unsaid) - MOST_SHOWN),
            languages=dict(UN_LANGUAGES),
            counts_same=True,
        )
        return self.render_to_response(context)

    def perform(self, form: FileForm) -> QuestionnaireDraft:
        revision = form.cleaned_data["revision"]
        return bring_in(actor=self.user, cluster=self.cluster, definition=self.definition, revision=revision)

    def form_invalid(self, form: Any) -> HttpResponse:
        context = self.get_context_data(form=form, problems=[])
        return self.render_to_response(context, status=UNPROCESSABLE)

    def rest(self, form: Any, error: ServiceError) -> None:
        """After a colleague's change the file has to be chosen again, and is compared with what stands then."""
        self.__dict__.pop("draft", None)
        if isinstance(error, StaleError):
            form.carry(packed="")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cluster=self.cluster, has_draft=self.draft is not None, **kwargs)

    def back_url(self) -> str:
        return self.home_url()

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:draft-detail", args=[self.mechanism.slug, self.cluster.number])
