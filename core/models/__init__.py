from core.models.audit import AuditEntry
from core.models.base import BaseModel
from core.models.job import Job
from core.models.outbox import Notification

__all__ = ["AuditEntry", "BaseModel", "Job", "Notification"]
