from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from core.database.identity import DOOR, is_at_the_door


class DoorRouter:
    """Whoever is being let in is looked for as the role of the door, which no person's page works as (docs/adr/0033).

    Both ways lead to one database. What is done at the door is no part of a transaction around it: each statement holds
    by itself, and nothing of the door waits for what the page has locked.
    """

    def _way(self, model: type[Model], **hints: Any) -> str:
        return DOOR if is_at_the_door() else DEFAULT_DB_ALIAS

    db_for_read = db_for_write = _way

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
