from core.api.acts import acts_of
from observations.observations.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "observation-add",
    "observation-table-several",
    "observation-order",
    "observation-edit",
    "observation-copy",
    "observation-table",
    "observation-discuss",
    "observation-withdraw",
)
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
