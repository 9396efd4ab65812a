from core.api.acts import acts_of
from dialogue.slips.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("question-note", "article-note", "question-mark", "article-mark")
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
