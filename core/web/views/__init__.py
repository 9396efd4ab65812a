from core.web.views.health import healthz, readyz
from core.web.views.institution import institution_logo, institution_style
from core.web.views.jobs import JobDetailView, JobDownloadView, to_job
from core.web.views.lists import ListPage
from core.web.views.once import ToldWhenDone
from core.web.views.policy import PolicyView
from core.web.views.polls import PollView, presence_facts
from core.web.views.public import PublicPage
from core.web.views.robots import favicon, robots
from core.web.views.roots import RootDetailView, RootFileView, RootKeyView, RootListView
from core.web.views.services import ConfirmedActView, ServiceActionView, ServiceFormView

__all__ = [
    "ConfirmedActView",
    "JobDetailView",
    "JobDownloadView",
    "ListPage",
    "PolicyView",
    "PollView",
    "PublicPage",
    "RootDetailView",
    "RootFileView",
    "RootKeyView",
    "RootListView",
    "ServiceActionView",
    "ServiceFormView",
    "ToldWhenDone",
    "favicon",
    "healthz",
    "institution_logo",
    "institution_style",
    "presence_facts",
    "readyz",
    "robots",
    "to_job",
]
