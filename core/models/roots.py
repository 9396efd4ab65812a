from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordRoot(models.Model):
    """The root of one night over the heads of all chains of the record, as it was given out (docs/adr/0023).

    Public as it is: nothing of it tells which chains there are or what happened in them. Written only by
    ``core.audit.roots.giving.give_root``; never changed or taken out (triggers of the database forbid it). ``hash`` is
    that of the statement (``core.audit.roots.statements``), and what people call the root.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    day = models.DateField(_("day"), unique=True)
    earlier = models.CharField(_("hash of the root before"), max_length=64)
    tree = models.CharField(_("top of the tree"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    key = models.CharField(_("fingerprint of the key"), max_length=64, blank=True)
    public_key = models.CharField(_("public key"), max_length=64, blank=True)
    signature = models.CharField(_("signature"), max_length=128, blank=True)

    audit_name = "core.recordroot"

    class Meta:
        verbose_name = _("root of the record")
        verbose_name_plural = _("roots of the record")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.day.isoformat()}"

    @property
    def groups(self) -> list[str]:
        """The hash in groups that a person can compare."""
        return [self.hash[place : place + 8] for place in range(0, len(self.hash), 8)]


class RecordRootSecret(models.Model):
    """What hides the leaves of one root: with it one can try out what a leaf says. No page for everybody reads it."""

    root = models.OneToOneField(RecordRoot, models.PROTECT, primary_key=True, related_name="secret")
    seed = models.CharField(_("seed"), max_length=64)

    audit_name = "core.recordrootsecret"

    class Meta:
        verbose_name = _("secret of a root")
        verbose_name_plural = _("secrets of roots")

    def __str__(self) -> str:
        return f"secret of root {self.root_id}"


class RecordHead(models.Model):
    """The head of a chain as it is under ``root`` and every later one, until there is another row for the chain.

    So a night costs a row for each chain that has grown. Never changed or taken out. A chain that has gone has a head
    without an entry: number 0.
    """

    id = models.BigAutoField(primary_key=True)
    root = models.ForeignKey(RecordRoot, models.PROTECT, related_name="heads", verbose_name=_("since root"))
    chain = models.CharField(_("chain"), max_length=100)
    sequence = models.BigIntegerField(_("number of the last entry"))
    hash = models.CharField(_("hash of the last entry"), max_length=64)

    audit_name = "core.recordhead"

    class Meta:
        verbose_name = _("kept head")
        verbose_name_plural = _("kept heads")
        ordering = ["root", "chain"]
        constraints = [models.UniqueConstraint(fields=["chain", "root"], name="one_head_a_chain_and_root")]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"
