"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.editing.views import bench, drafts, files, items, mapping, sections, translations, word

_HOME = "<slug:mechanism>/questionnaires/"
_CLUSTER = f"{_HOME}<int:number>/"
_DRAFT = f"{_CLUSTER}draft/"
_PART = f"{_DRAFT}parts/<slug:instrument>/"
_SECTION = f"{_PART}sections/<slug:section>/"
_ITEM = f"{_SECTION}<str:code>/"
_LANGUAGE = f"{_DRAFT}translations/<slug:language>/"

urlpatterns = [
    path("questionnaires/<slug:questionnaire>/word/", word.PublishedWordView.as_view(), name="questionnaire-word"),
    path(_HOME, drafts.EditorHomeView.as_view(), name="editor-home"),
    path(f"{_CLUSTER}start/", drafts.DraftStartView.as_view(), name="draft-start"),
    path(f"{_CLUSTER}empty/", drafts.DraftStartEmptyView.as_view(), name="draft-start-empty"),
    path(f"{_CLUSTER}bring-in/", files.BringInView.as_view(), name="draft-bring-in"),
    path(f"{_CLUSTER}versions/<int:version>/file/", files.VersionFileView.as_view(), name="version-file"),
    path(f"{_CLUSTER}versions/<int:version>/xlsform/", files.VersionXlsformView.as_view(), name="version-xlsform"),
    path(f"{_CLUSTER}versions/<int:version>/word/", word.VersionWordView.as_view(), name="version-word"),
    path(f"{_CLUSTER}versions/<int:version>/to/<int:target>/", mapping.VersionMapView.as_view(), name="version-map"),
    path(
        f"{_CLUSTER}versions/<int:version>/to/<int:target>/<str:code>/",
        mapping.MappingChangeView.as_view(),
        name="version-map-item",
    ),
    path(_DRAFT, drafts.DraftDetailView.as_view(), name="draft-detail"),
    path(f"{_DRAFT}file/", files.DraftFileView.as_view(), name="draft-file"),
    path(f"{_DRAFT}xlsform/", files.DraftXlsformView.as_view(), name="draft-xlsform"),
    path(f"{_DRAFT}word/", word.DraftWordView.as_view(), name="draft-word"),
    path(f"{_DRAFT}order/", drafts.DraftOrderView.as_view(), name="draft-order"),
    path(f"{_DRAFT}head/", sections.HeadChangeView.as_view(), name="draft-head"),
    path(f"{_DRAFT}differences/", drafts.DraftDifferencesView.as_view(), name="draft-differences"),
    path(f"{_DRAFT}bring-back/<str:code>/", drafts.ItemBringBackView.as_view(), name="draft-item-back"),
    path(f"{_DRAFT}discard/", drafts.DraftDiscardView.as_view(), name="draft-discard"),
    path(f"{_DRAFT}publish/", drafts.DraftPublishView.as_view(), name="draft-publish"),
    path(f"{_DRAFT}bench/", bench.BenchView.as_view(), name="draft-bench"),
    path(
        f"{_DRAFT}bench/<slug:instrument>/<slug:section>/",
        bench.BenchSectionView.as_view(),
        name="draft-bench-section",
    ),
    path(f"{_DRAFT}translations/", translations.TranslationListView.as_view(), name="draft-translations"),
    path(_LANGUAGE, translations.TranslationView.as_view(), name="draft-translation"),
    path(f"{_LANGUAGE}head/", translations.HeadTranslationView.as_view(), name="draft-translation-head"),
    path(
        f"{_LANGUAGE}<slug:instrument>/<slug:section>/",
        translations.SectionTranslationView.as_view(),
        name="draft-translation-section",
    ),
    path(f"{_DRAFT}add-part/", sections.PartAddView.as_view(), name="draft-part-add"),
    path(f"{_PART}change/", sections.PartChangeView.as_view(), name="draft-part-change"),
    path(f"{_PART}remove/", sections.PartRemoveView.as_view(), name="draft-part-remove"),
    path(f"{_PART}add-section/", sections.SectionAddView.as_view(), name="draft-section-add"),
    path(_SECTION, sections.DraftSectionView.as_view(), name="draft-section"),
    path(f"{_SECTION}order/", sections.SectionOrderView.as_view(), name="draft-section-order"),
    path(f"{_SECTION}change/", sections.SectionChangeView.as_view(), name="draft-section-change"),
    path(f"{_SECTION}remove/", sections.SectionRemoveView.as_view(), name="draft-section-remove"),
    path(f"{_SECTION}add-item/", items.ItemAddView.as_view(), name="draft-item-add"),
    path(f"{_ITEM}change/", items.ItemChangeView.as_view(), name="draft-item-change"),
    path(f"{_ITEM}move/", items.ItemMoveView.as_view(), name="draft-item-move"),
    path(f"{_ITEM}remove/", items.ItemRemoveView.as_view(), name="draft-item-remove"),
    path(f"{_ITEM}condition/", items.ConditionView.as_view(), name="draft-condition"),
    path(f"{_ITEM}condition/add/", items.ClauseAddView.as_view(), name="draft-clause-add"),
    path(f"{_ITEM}condition/remove/", items.ClauseRemoveView.as_view(), name="draft-clause-remove"),
]
