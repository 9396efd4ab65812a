"""Files that are brought in, as officers would make them."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from accounts.people.models import User
from reviews.bringing.kinds import way_of
from reviews.bringing.models import BroughtFile
from reviews.bringing.services import bring_in, lay_before
from tests.factories.accounts import OfficerFactory

Row = Mapping[str, Any]


def as_csv(rows: Sequence[Row], *, name: str = "reviews.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    """With the columns of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, out.getvalue().encode(encoding))


def as_xlsx(rows: Sequence[Row], *, name: str = "reviews.xlsx") -> SimpleUploadedFile:
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))  # type: ignore[union-attr]
    for row in rows:
        book.active.append(list(row.values()))  # type: ignore[union-attr]
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def upload(client: Client, address: str, file: SimpleUploadedFile, **more: str) -> Any:
    return client.post(address, {"file": file, **more}, follow=True)


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def brought_in(file: BroughtFile, *, by: User | None = None) -> BroughtFile:
    """Laid before another officer, confirmed by one, and carried out."""
    file.refresh_from_db()
    if file.status == "prepared":
        lay_before(actor=file.brought_by, file=file, seen=way_of(file).seen_of(file))
    done = bring_in(actor=by or OfficerFactory.create(), file=file, seen=way_of(file).seen_of(file))
    file.refresh_from_db()
    return done
