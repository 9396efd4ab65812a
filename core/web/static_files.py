import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names files by their content, also in the ``import`` lines of our own JavaScript modules.

    Packages' scripts are left alone: their comments hold lines that look like imports.
    """

    support_js_module_import_aggregation = True

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        is_import = (template or "").startswith(("import", "export"))
        if is_import and not name.startswith("js/"):
            return lambda match: match["matched"]
        converter: Any = super().url_converter(name, hashed_files, template)
        return converter
