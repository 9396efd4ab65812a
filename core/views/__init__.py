from core.views.health import healthz, readyz
from core.views.jobs import JobDetailView, JobDownloadView, to_job
from core.views.policy import PolicyView
from core.views.public import PublicPage
from core.views.robots import favicon, robots
from core.views.roots import RootDetailView, RootFileView, RootKeyView, RootListView
from core.views.services import ConfirmedActView, ServiceActionView, ServiceFormView

__all__ = [
    "ConfirmedActView",
    "JobDetailView",
    "JobDownloadView",
    "PolicyView",
    "PublicPage",
    "RootDetailView",
    "RootFileView",
    "RootKeyView",
    "RootListView",
    "ServiceActionView",
    "ServiceFormView",
    "favicon",
    "healthz",
    "readyz",
    "robots",
    "to_job",
]
