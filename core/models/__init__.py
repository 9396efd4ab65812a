from core.models.audit import AuditEntry
from core.models.base import BaseModel
from core.models.idempotent import IdempotentAnswer
from core.models.institution import Institution
from core.models.job import Job
from core.models.loaded import LoadedRow, ProposedRow
from core.models.outbox import Notification
from core.models.pulse import Pulse
from core.models.roots import RecordHead, RecordRoot, RecordRootSecret
from core.models.task_day import TaskDay
from core.models.written import MarkdownField, RenderedField

__all__ = [
    "AuditEntry",
    "BaseModel",
    "IdempotentAnswer",
    "Institution",
    "Job",
    "LoadedRow",
    "MarkdownField",
    "Notification",
    "ProposedRow",
    "Pulse",
    "RecordHead",
    "RecordRoot",
    "RecordRootSecret",
    "RenderedField",
    "TaskDay",
]
