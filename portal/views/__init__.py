from portal.views.dashboard import DashboardView
from portal.views.workspace import ReviewDetailView

__all__ = ["DashboardView", "ReviewDetailView"]
