from core.views.health import healthz
from core.views.policy import PolicyView

__all__ = ["PolicyView", "healthz"]
