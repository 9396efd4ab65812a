"""The questionnaires of a mechanism, a draft as a whole, and its life."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import UN_LANGUAGES
from core.policy import explain
from core.web.views import ConfirmedActView, ServiceActionView, ServiceFormView
from questionnaires.definitions import Item, QuestionnaireDefinition, parent_code
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.editing.comparison import differences
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.forms.drafts import DiscardForm, DraftPublishForm, StartForm
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.reach import Reach
from questionnaires.editing.selectors import (
    clusters_of,
    coverage_by_language,
    definition_of,
    drafts,
    findings_of,
    gone_before,
    published_definition,
    published_version,
    revision_of,
    seen_of_draft,
    seen_of_layout,
    versions_in,
)
from questionnaires.editing.services.drafts import (
    discard_draft,
    obstacles_to,
    publish_draft,
    start_draft,
    start_empty_draft,
)
from questionnaires.editing.services.edits import bring_back_item, move_part, move_section
from questionnaires.editing.translations import only_of_its_texts
from questionnaires.editing.views.base import ClusterPage, DraftFormView, DraftPage, EditorPage
from questionnaires.files import flaws_of
from questionnaires.wording import full_number


class EditorHomeView(EditorPage, TemplateView):
    """Each questionnaire with its versions, and the draft that is to become the next."""

    policy_action = EditingAction.VIEW
    title = gettext_lazy("Questionnaires in the making")
    template_name = "questionnaires/editing/home.html"

    def get_trail(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(versions_in(self.mechanism))
        present = {draft.cluster_id: draft for draft in drafts().filter(cluster__mechanism=self.mechanism)}
        rows = [
            {
                "cluster": cluster,
                "versions": [each for each in versions if each.questionnaire.cluster_id == cluster.pk],
                "draft": present.get(cluster.pk),
            }
            for cluster in clusters_of(self.mechanism)
        ]
        edit_decision = explain(self.user, EditingAction.EDIT)
        return super().get_context_data(rows=rows, edit_decision=edit_decision, **kwargs)


class DraftStartView(ClusterPage, ServiceActionView):
    """Makes a draft of what is published."""

    policy_action = EditingAction.EDIT
    draft: QuestionnaireDraft | None = None

    def perform(self) -> str:
        self.draft = start_draft(actor=self.user, cluster=self.cluster)
        return _("The draft is made. Nothing that is published changes before another officer publishes it.")

    def next_url(self) -> str:
        if self.draft is None:
            return self.home_url()
        return reverse("questionnaires:draft-detail", args=[self.mechanism.slug, self.cluster.number])


class DraftStartEmptyView(ClusterPage, ServiceFormView):
    policy_action = EditingAction.EDIT
    form_class = StartForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Begin an empty questionnaire")
    lead = gettext_lazy("Its parts, sections and items follow. Nothing is published before another officer does so.")

    def perform(self, form: StartForm) -> QuestionnaireDraft:
        return start_empty_draft(actor=self.user, cluster=self.cluster, **form.cleaned_data)

    def back_url(self) -> str:
        return self.home_url()

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:draft-detail", args=[self.mechanism.slug, self.cluster.number])


class DraftDetailView(DraftPage, TemplateView):
    """The tree of a draft: its parts and sections, and what is still to come."""

    policy_action = EditingAction.VIEW
    template_name = "questionnaires/editing/draft_detail.html"
    is_draft_itself = True

    def get_title(self) -> str:
        return _("Draft of the questionnaire")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gaps = {flaw.place for flaw in flaws_of(self.definition) if flaw.is_gap}
        return super().get_context_data(
            seen=seen_of_layout(self.definition),
            gaps=gaps,
            gap_sections={"/".join(place) for place in gaps if len(place) == 2},
            items_count=len(self.items),
            never=len(Reach(self.definition.items()).never_asked),
            publish_decision=explain(self.user, EditingAction.PUBLISH, self.draft),
            **kwargs,
        )


class DraftOrderView(DraftPage, ServiceActionView):
    """Moves a part or a section by one place; the button names it: ``water``, or ``water/article-5``."""

    policy_action = EditingAction.EDIT

    def perform(self) -> str:
        up = "up" in self.request.POST
        instrument, _slash, slug = self.request.POST.get("up" if up else "down", "").partition("/")
        common = {"actor": self.user, "draft": self.draft, "up": up, "seen": self.request.POST.get("seen", "")}
        if slug:
            move_section(instrument=instrument, slug=slug, **common)
        else:
            move_part(instrument=instrument, **common)
        return ""

    def next_url(self) -> str:
        named = self.request.POST.get("up") or self.request.POST.get("down") or ""
        return f"{self.url('draft-detail')}#s-{named.replace('/', '-')}"


class DraftDifferencesView(DraftPage, TemplateView):
    """In what the draft differs from the version that is published."""

    policy_action = EditingAction.VIEW
    template_name = "questionnaires/editing/draft_differences.html"
    title = gettext_lazy("What the draft changes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        difference = differences(published_definition(self.draft.cluster), only_of_its_texts(self.definition))
        gone = gone_before(self.draft.cluster, self.definition)
        return super().get_context_data(
            difference=difference,
            languages=dict(UN_LANGUAGES),
            version=published_version(self.draft.cluster),
            restorable=_restorable((each.item for each in difference.removed), self.definition),
            gone=gone,
            gone_restorable=_restorable((item for _number, _section, item in gone), self.definition),
            **kwargs,
        )


def _restorable(removed: Iterable[Item], definition: QuestionnaireDefinition) -> set[str]:
    """Of what was removed, the items whose part, or the item above them, is there: a sub-item comes with that one."""
    heads = {item.code for item in definition.items()}
    heads |= {f"{definition.cluster}.{part.instrument}" for part in definition.parts}
    return {item.code for item in removed if parent_code(item.code) in heads}


class ItemBringBackView(DraftPage, ServiceActionView):
    policy_action = EditingAction.EDIT

    def perform(self) -> str:
        bring_back_item(actor=self.user, draft=self.draft, code=self.kwargs["code"])
        return _("The item is back, with its sub-items.")

    def next_url(self) -> str:
        return self.url("draft-differences")


class DraftDiscardView(DraftFormView, ConfirmedActView):
    form_class = DiscardForm
    template_name = "components/act_page.html"
    title = gettext_lazy("Discard the draft")
    is_warning = True
    success_message = gettext_lazy("The draft is discarded.")

    def get_consequences(self) -> list[str]:
        return [
            _("The draft is deleted with all that was changed in it. Download its file first if you may need it."),
            _("What is published stays as it is. That the draft was discarded stands in the record of acts."),
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"revision": revision_of(self.draft)}

    def perform(self, form: DiscardForm) -> None:
        discard_draft(actor=self.user, draft=self.draft, revision=form.cleaned_data["revision"])

    def rest(self, form: Any, error: Any) -> None:
        now = drafts().filter(pk=self.draft.pk).first()
        if now is not None:
            form.carry(revision=revision_of(now))

    def success_url_for(self, result: object) -> str:
        return self.home_url()


class DraftPublishView(DraftPage, ConfirmedActView):
    """What will be published, beside what it follows; and the button, for an officer who has not edited it."""

    policy_action = EditingAction.PUBLISH
    form_class = DraftPublishForm
    template_name = "questionnaires/editing/draft_publish.html"
    title = gettext_lazy("Publish the version")

    @cached_property
    def cleaned(self) -> Any:
        return only_of_its_texts(self.definition)

    def get_consequences(self) -> list[str]:
        return [
            _("The version is frozen and hashed: nobody changes it any more."),
            _("Self-assessments that are opened from now on ask it."),
            _("Running ones keep the version that they are on, until the State under review moves them."),
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"seen": seen_of_draft(self.cleaned, published_version(self.draft.cluster))}

    def rest(self, form: Any, error: Any) -> None:
        now = drafts().filter(pk=self.draft.pk).first()
        if now is not None:
            self.policy_target = now
            self.__dict__["definition"] = definition_of(now)
            for name in ("cleaned", "items"):
                self.__dict__.pop(name, None)
            super().rest(form, error)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = published_version(self.draft.cluster)
        codes = dict(UN_LANGUAGES)
        coverage = coverage_by_language(self.definition, codes)
        return super().get_context_data(
            version=version,
            next_number=version.number + 1 if version else 1,
            difference=differences(published_definition(self.draft.cluster), self.cleaned),
            obstacles=obstacles_to(self.draft, self.definition),
            coverage=[(codes[code], each) for code, each in coverage.items()],
            findings=findings_of(self.definition.items()),
            number_of=full_number,
            running=getattr(version, "running", 0),
            languages=codes,
            **kwargs,
        )

    def back_url(self) -> str:
        return self.url("draft-detail")

    def perform(self, form: DraftPublishForm) -> QuestionnaireVersion:
        return publish_draft(actor=self.user, draft=self.draft, seen=form.cleaned_data["seen"])

    def success_message_for(self, result: QuestionnaireVersion) -> str:
        return _("Version %(number)s is published.") % {"number": result.number}

    def success_url_for(self, result: object) -> str:
        return self.home_url()
