"""What the pages of the editor share: the draft, its place, and what becomes of a form that is out of date."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.language.i18n import isolated, language
from core.policy import explain, require
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, PolicyView, ServiceFormView
from questionnaires.definitions import Item, PartDefinition, QuestionnaireDefinition, SectionDefinition
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.forms.base import DraftForm
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import (
    definition_of,
    drafts,
    get_cluster,
    get_draft_for,
    item_at,
    known_instruments,
    part_at,
    section_at,
)
from questionnaires.editing.services.drafts import StaleError
from questionnaires.wording import full_number
from reviews.programme import get_mechanism
from reviews.programme.models import Cluster, Mechanism


class EditorPage(PolicyView):
    """A page of the questionnaires of a mechanism, for the secretariat; whoever is not in it learns of none."""

    def get_policy_target(self) -> Any:
        require(self.request.user, EditingAction.VIEW)
        self.mechanism  # noqa: B018 - found before anybody is asked anything
        return None

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def home_url(self) -> str:
        return reverse("questionnaires:editor-home", args=[self.mechanism.slug])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Questionnaires in the making"), self.home_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["mechanism"] = self.mechanism  # in place of its name, which the address gave
        return super().get_context_data(**kwargs)  # type: ignore[misc]


class ClusterPage(EditorPage):
    """A page of the questionnaire on one cluster, draft or not."""

    def get_policy_target(self) -> Any:
        require(self.request.user, EditingAction.VIEW)
        return self.cluster and None

    @cached_property
    def cluster(self) -> Cluster:
        return get_cluster(self.kwargs["mechanism"], self.kwargs["number"])

    @property
    def mechanism(self) -> Mechanism:
        return self.cluster.mechanism

    def get_caption(self) -> str:
        return cluster_words(self.cluster)

    def get_about(self) -> str:
        return cluster_words(self.cluster)


def cluster_words(cluster: Cluster) -> str:
    return _("Cluster %(roman)s: %(name)s") % {"roman": cluster.roman, "name": cluster.name}


class DraftPage(EditorPage):
    """A page of one draft."""

    policy_target: QuestionnaireDraft

    def get_policy_target(self) -> QuestionnaireDraft:
        return get_draft_for(self.request.user, self.kwargs["mechanism"], self.kwargs["number"])  # type: ignore[arg-type]

    @property
    def draft(self) -> QuestionnaireDraft:
        return self.policy_target

    @property
    def mechanism(self) -> Mechanism:
        return self.draft.cluster.mechanism

    @cached_property
    def definition(self) -> QuestionnaireDefinition:
        return definition_of(self.draft)

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.code: item for item in self.definition.items()}

    @cached_property
    def instruments(self) -> dict[str, str]:
        return known_instruments()

    def number_of(self, code: str) -> str:
        return full_number(self.items[code]) if code in self.items else code

    def url(self, name: str, *more: Any) -> str:
        """The address of another page of this draft."""
        return reverse(f"questionnaires:{name}", args=[self.mechanism.slug, self.draft.cluster.number, *more])

    def get_caption(self) -> str:
        return cluster_words(self.draft.cluster)

    def get_about(self) -> str:
        return cluster_words(self.draft.cluster)

    def get_trail(self) -> list[Crumb]:
        trail = super().get_trail()
        return trail if self.is_draft_itself else [*trail, Crumb(_("Draft"), self.url("draft-detail"))]

    is_draft_itself = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            draft=self.draft,
            definition=self.definition,
            address=[self.mechanism.slug, self.draft.cluster.number],
            instruments=self.instruments,
            edit_decision=explain(self.user, EditingAction.EDIT, self.draft),
            **{"official": language(self.definition.language), **kwargs},
        )


class DraftFormView(DraftPage, ServiceFormView):
    """A form about the draft. After a colleague's change it shows what stands now, and rests on that from then on."""

    policy_action = EditingAction.EDIT
    template_name = "questionnaires/editing/draft_form.html"
    stands: dict[str, str] | None = None
    """What is in the draft by now, in words by the names of the fields."""

    def rest(self, form: Any, error: ServiceError) -> None:
        if not isinstance(error, StaleError):
            return
        now = drafts().filter(pk=self.draft.pk).first()
        if now is None:
            return
        self.policy_target = now
        for name in ("definition", "items", "part", "section", "item"):
            self.__dict__.pop(name, None)
        self.stands = self.words_now()
        form.carry(seen=self.seen_now())

    def seen_now(self) -> str:
        """The fingerprint of what the page shows; what adds something rests on nothing."""
        return ""

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.seen_now()}

    def words_now(self) -> dict[str, str]:
        """What the form is about, as it stands in the draft."""
        return {}

    def back_url(self) -> str:
        return self.url("draft-detail")


class RemovalView(DraftFormView, ConfirmedActView):
    """Takes something out of the draft; the page says first what goes with it."""

    form_class = DraftForm
    template_name = "components/act_page.html"
    is_warning = True


class OfPart(DraftPage):
    """A page below one part of the draft."""

    @cached_property
    def part(self) -> PartDefinition:
        return part_at(self.definition, self.kwargs["instrument"])

    def get_policy_target(self) -> QuestionnaireDraft:
        draft = super().get_policy_target()
        self.policy_target = draft
        self.part  # noqa: B018 - found before anybody is asked anything
        return draft


class OfSection(OfPart):
    """A page below one section of the draft."""

    @cached_property
    def section(self) -> SectionDefinition:
        return section_at(self.definition, self.kwargs["instrument"], self.kwargs["section"])

    def get_policy_target(self) -> QuestionnaireDraft:
        draft = super().get_policy_target()
        self.section  # noqa: B018
        return draft

    def section_url(self) -> str:
        return self.url("draft-section", self.part.instrument, self.section.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "part": self.part, "section": self.section})


class BelowSection(OfSection):
    """The same with the section among the pages above."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(isolated(self.section.heading), self.section_url())]

    def back_url(self) -> str:
        return self.section_url()


class OfItem(BelowSection):
    """A page about one item, whose address names its section too."""

    @cached_property
    def item(self) -> Item:
        return item_at(self.section, self.kwargs["code"])

    def get_policy_target(self) -> QuestionnaireDraft:
        draft = super().get_policy_target()
        self.item  # noqa: B018
        return draft

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "item": self.item})
