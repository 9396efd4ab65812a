"""The tables as files: CSV, JSON, and JSON-LD; and what describes them all, a data package and a catalogue."""

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation

from core.files.spreadsheets import safe_row
from core.hashes import text_hash
from portal.open_data.tables import TABLES, OpenTable, Value, tables_of
from reviews.programme.models import Mechanism

CSV, JSON, LINKED = "csv", "json", "jsonld"
MEDIA_TYPES = {CSV: "text/csv", JSON: "application/json", LINKED: "application/ld+json"}
PACKAGE, CATALOGUE = "datapackage.json", "catalog.jsonld"  # as Frictionless and DCAT call them


def address_of(mechanism: Mechanism, name: str = "") -> str:
    """The whole address of a file of a mechanism; it stays what it is."""
    return f"{settings.SITE_URL.rstrip('/')}/data/{mechanism.slug}/{name}"


@dataclass(frozen=True)
class TableFile:
    """A table of a mechanism as it is now."""

    mechanism: Mechanism
    table: OpenTable

    @cached_property
    def rows(self) -> list[Sequence[Value]]:
        return list(self.table.rows(self.mechanism))

    def content(self, ending: str) -> str:
        """The whole file, which ends in one of ``MEDIA_TYPES``."""
        if ending == CSV:
            return self._as_csv()
        rows = [self._as_object(row) for row in self.rows]
        if ending == JSON:
            return in_json(rows)
        return in_json({"@context": _context(self.mechanism), "@graph": [self._linked(row) for row in rows]})

    def _as_csv(self) -> str:
        """As RFC 4180 has it, with a line of names."""
        file = io.StringIO()
        writer = csv.writer(file)
        writer.writerow([column.name for column in self.table.columns])
        writer.writerows(safe_row(_as_text(value) for value in row) for row in self.rows)
        return file.getvalue()

    def _as_object(self, row: Sequence[Value]) -> dict[str, Any]:
        named = zip(self.table.columns, row, strict=True)
        return {column.name: value.isoformat() if isinstance(value, dt.date) else value for column, value in named}

    def _linked(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row with its own address, and with those of the rows to which it points."""
        columns = {column.name: column for column in self.table.columns}
        key = "/".join(str(row[name]) for name in self.table.key)
        told = {
            name: _row_address(self.mechanism, columns[name].of, value) if columns[name].of and value else value
            for name, value in row.items()
            if value not in ("", None)
        }
        return {"@id": _row_address(self.mechanism, self.table.name, key), "@type": self.table.name, **told}


def _title(mechanism: Mechanism) -> str:
    with translation.override("en"):
        return mechanism.name


def in_json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _row_address(mechanism: Mechanism, table: str, key: Any) -> str:
    return f"{address_of(mechanism, table)}#{key}"


def _context(mechanism: Mechanism) -> dict[str, Any]:
    """What the names mean: each is an address in the data package, where it is described; some point to rows."""
    pointing = {column.name for table in TABLES for column in table.columns if column.of}
    links = {name: {"@type": "@id"} for name in sorted(pointing | {"page", "data"})}
    return {"@vocab": f"{address_of(mechanism, PACKAGE)}#", **links}


def data_package(mechanism: Mechanism) -> dict[str, Any]:
    """All tables with their columns, sizes and checksums, as Frictionless Data has it (Tabular Data Package)."""
    return {
        "profile": "tabular-data-package",
        "name": mechanism.slug,
        "id": address_of(mechanism, PACKAGE),
        "title": _title(mechanism),
        "homepage": settings.SITE_URL,
        "resources": [_resource(TableFile(mechanism, table)) for table in tables_of(mechanism)],
    }


def _resource(file: TableFile) -> dict[str, Any]:
    content, table = file.content(CSV), file.table
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.{CSV}",
        "format": CSV,
        "mediatype": MEDIA_TYPES[CSV],
        "encoding": "utf-8",
        "bytes": len(content.encode()),
        "hash": f"sha256:{text_hash(content)}",
        "schema": {
            "fields": [
                {"name": column.name, "type": column.kind, "description": column.meaning} for column in table.columns
            ],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": column.name, "reference": {"resource": _own(column.of, table), "fields": "code"}}
                for column in table.columns
                if column.of
            ],
        },
    }


def _own(of: str, table: OpenTable) -> str:
    """A table names itself by an empty name."""
    return "" if of == table.name else of


def catalogue(mechanism: Mechanism) -> dict[str, Any]:
    """Where the files are, for catalogues of data (DCAT)."""
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": address_of(mechanism),
        "@type": "dcat:Catalog",
        "dct:title": _title(mechanism),
        "dcat:dataset": [_dataset(mechanism, table) for table in tables_of(mechanism)],
    }


def _dataset(mechanism: Mechanism, table: OpenTable) -> dict[str, Any]:
    return {
        "@id": address_of(mechanism, table.name),
        "@type": "dcat:Dataset",
        "dct:title": table.title,
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": address_of(mechanism, f"{table.name}.{ending}")},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
            }
            for ending, media_type in MEDIA_TYPES.items()
        ],
    }
