"""What a draw was made of, and what came out, stays (docs/adr/0010, 0022)."""

from django.db import migrations

from core.database.guards import also_keeps, append_only, keeps, keeps_once_set

_INPUT = (
    "mechanism_id", "phase_id", "code", "is_training", "as_of", "switches", "input_sha256", "commitment_sha256",
    "prepared_by_id",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("lots", "0001_initial"), ("core", "0002_walls")]

    operations = [
        keeps("lots_draw", _INPUT),
        also_keeps("lots_draw", ("kind", "terms")),
        keeps_once_set("lots_draw", "seed"),
        keeps("lots_drawentry", ("draw_id", "state_party_id", "regional_group_id", "is_group_assigned", "instruments")),
        keeps("lots_seedpart", ("draw_id", '"order"', "kind", "source", "regional_group_id", "announcement")),
        *[keeps_once_set("lots_seedpart", part) for part in ("commitment", "value")],
        append_only("lots_drawfile"),
        append_only("lots_pairing"),
    ]
