from lots.models.draw import Draw, DrawEntry, DrawFile, Pairing, SeedPart
from lots.models.rules import DrawRule

__all__ = ["Draw", "DrawEntry", "DrawFile", "DrawRule", "Pairing", "SeedPart"]
