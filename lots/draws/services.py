"""Every act on a draw waits for the one before it, and sees what it has done."""

from lots.draws.models import Draw


def lock_draw(draw: Draw) -> Draw:
    """The draw as it is stored, held until the transaction ends. The caller asks the policy about this one."""
    return Draw.objects.select_for_update(of=("self",)).select_related("mechanism", "phase").get(pk=draw.pk)
