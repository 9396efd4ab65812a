"""A contract for import-linter: a feature is entered by its door, the names of its package (docs/architecture.md)."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Nobody outside a feature imports its modules, but those of the open layers; and a feature not its own door.

    ``apps`` are the packages whose sub-packages are features; configuration may import whatever it likes.
    """

    apps: Any = fields.ListField(subfield=fields.StringField())
    libraries: Any = fields.ListField(subfield=fields.StringField(), required=False)
    open_layers: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        broken = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_broken(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}")

    def _is_broken(self, importer: str, imported: str) -> bool:
        app, feature, layer = [*imported.split(".", 3), "", ""][:3]
        if (
            app not in self.apps
            or feature in {"", "templatetags"}
            or f"{app}.{feature}" in (self.libraries or ())
            or importer.startswith("config.")
        ):
            return False
        if importer.count(".") == 1 and importer.startswith(f"{app}."):
            return False  # what an app itself puts together of its features: addresses, translations, administration
        is_inside = importer.startswith(f"{app}.{feature}.")
        return is_inside if not layer else not is_inside and layer not in self.open_layers
