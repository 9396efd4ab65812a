from core.views.health import healthz
from core.views.policy import PolicyView
from core.views.robots import favicon, robots
from core.views.services import ServiceActionView, ServiceFormView

__all__ = ["PolicyView", "ServiceActionView", "ServiceFormView", "favicon", "healthz", "robots"]
