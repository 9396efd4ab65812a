"""Takes a row out with all that hangs on it, asking for no right that is not needed."""

from django.db import models, router
from django.db.models.deletion import Collector


def delete_with_parts(thing: models.Model) -> None:
    """As ``thing.delete()``, but no statement goes to a table in which nothing hangs on the thing.

    Django sends one to each, and the plain role may delete nothing from tables that are only appended to.
    """
    collector = Collector(using=router.db_for_write(type(thing), instance=thing), origin=thing)
    collector.collect([thing])
    collector.fast_deletes = [rows for rows in collector.fast_deletes if rows.exists()]
    collector.delete()
