"""Triggers of the database's own in the place of those that a setting of the session switches off (docs/adr/0022)."""

import pgtrigger.migrations
from django.db import migrations

from core.database.guards import append_only, keeps, keeps_once_set

_INPUT = (
    "mechanism_id", "phase_id", "code", "is_training", "as_of", "switches", "input_sha256", "commitment_sha256",
    "prepared_by_id",
)  # fmt: skip
_OLD = {
    "draw": ("frozen_input", "seed_stays", "record_stays"),
    "drawentry": ("frozen_entry", "record_stays"),
    "seedpart": ("frozen_source", "commitment_stays", "value_stays", "record_stays"),
    "drawfile": ("written_once",),
    "pairing": ("written_once",),
}


class Migration(migrations.Migration):
    dependencies = [("lots", "0001_initial"), ("core", "0005_guards")]

    operations = [
        *[pgtrigger.migrations.RemoveTrigger(model, name) for model, names in _OLD.items() for name in names],
        keeps("lots_draw", _INPUT),
        keeps_once_set("lots_draw", "seed"),
        keeps("lots_drawentry", ("draw_id", "state_party_id", "regional_group_id", "is_group_assigned", "instruments")),
        keeps("lots_seedpart", ("draw_id", '"order"', "kind", "source", "regional_group_id", "announcement")),
        keeps_once_set("lots_seedpart", "commitment"),
        keeps_once_set("lots_seedpart", "value"),
        append_only("lots_drawfile"),
        append_only("lots_pairing"),
    ]
