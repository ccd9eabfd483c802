"""Writing an export: a ZIP of NDJSON files and the stored files themselves, row by row, so that its size costs no memory."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import orjson
from django.conf import settings as django_settings
from django.db import models

from kontor.accounts.models import Membership, Person
from kontor.core.clock import now
from kontor.core.config import settings
from kontor.core.tenancy import TenantModel, tenant
from kontor.enquiries.models import Mail
from kontor.goods.imports import files as import_files
from kontor.privacy import inventory

PAGE: Final = 500
COPY_BYTES: Final = 1 << 20
README: Final = """Data of Kontor, exported on {at}.

data/…ndjson   one table each, one row a line, as JSON. Ids lead from one table to another. Times are UTC.
files/…        stored files as they are.
manifest.json  how many rows each table has, and what is left out and why.
"""
Beat = Callable[[str], None]


@dataclass(slots=True)
class Written:
    """What an archive holds."""

    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(self.tables.values())


class Archive:
    """An open export. `beat` is called between pages and files: it tells how far it is, and may raise to end it."""

    def __init__(self, target: zipfile.ZipFile, beat: Beat) -> None:
        self._zip, self._beat, self.written = target, beat, Written()

    def text(self, name: str, content: str | bytes) -> None:
        """One small file."""
        self._zip.writestr(name, content)

    def table(
        self, name: str, model: type[models.Model], wanted: Mapping[str, Any], tenants: Sequence[UUID | None]
    ) -> None:
        """The rows of `model` that fit `wanted`, those of each tenant in a transaction of its own; None is the house."""
        count = 0
        with self._zip.open(f"data/{name}.ndjson", "w", force_zip64=True) as out:
            for tenant_id in tenants:
                for page in _pages(model, wanted, tenant_id):
                    self._beat(name)
                    for row in page:
                        out.write(orjson.dumps(row, default=str, option=orjson.OPT_UTC_Z) + b"\n")
                    count += len(page)
        self.written.tables[name] = count

    def folder(self, name: str, folder: Path) -> None:
        """Every file below a folder; pictures are packed already, so nothing is packed again."""
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                self.file(f"{name}/{path.relative_to(folder).as_posix()}", path)

    def file(self, name: str, path: Path) -> None:
        """One stored file; one that went meanwhile is left out."""
        self._beat(name)
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return
        with source, self._zip.open(zipfile.ZipInfo(f"files/{name}"), "w", force_zip64=True) as out:
            shutil.copyfileobj(source, out, COPY_BYTES)
        self.written.files += 1

    def close(self, left_out: Mapping[str, str]) -> None:
        """Writes what is in it and what is not."""
        manifest = {
            "exported_at": now(),
            "tables": self.written.tables,
            "files": self.written.files,
            "left_out": dict(left_out),
        }
        options = orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z
        self.text("manifest.json", orjson.dumps(manifest, option=options))


def write_business(path: Path, tenant_id: UUID, beat: Beat) -> Written:
    """Everything that a business keeps. Replaces what an earlier attempt left at `path`."""

    def fill(archive: Archive) -> None:
        for model in inventory.exported():
            label = model._meta.label
            found = inventory.BUSINESS_ROWS.get(label)
            archive.table(label.lower(), model, found(tenant_id) if found else {}, [tenant_id])
        archive.text("data/people.ndjson", b"".join(_members(tenant_id)))
        archive.folder("media", media_folder(tenant_id))
        for name, raw in _mails(tenant_id):
            archive.text(name, raw)
        archive.folder("imports", import_files.folder_of(tenant_id))

    return _write(path, beat, fill, {**inventory.NOT_EXPORTED, **inventory.NOT_A_BUSINESS})


def write_person(path: Path, person: Person, beat: Beat) -> Written:
    """Everything that the house keeps about a person, from all businesses they belong to."""
    members = Membership.objects.filter(person=person).order_by("created_at", "id")
    tenants = list(members.values_list("tenant_id", flat=True))

    def fill(archive: Archive) -> None:
        for model in inventory.ours():
            if find := inventory.PERSON_ROWS.get(model._meta.label):
                where: Sequence[UUID | None] = tenants if issubclass(model, TenantModel) else [None]
                archive.table(model._meta.label.lower(), model, find(person), where)
        if person.avatar:
            archive.file("avatar.webp", avatar_file(person.avatar))

    return _write(path, beat, fill, inventory.NOT_A_PERSON)


def _write(path: Path, beat: Beat, fill: Callable[[Archive], None], left_out: Mapping[str, str]) -> Written:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        archive = Archive(target, beat)
        archive.text("README.txt", README.format(at=f"{now():%Y-%m-%d %H:%M} UTC"))
        fill(archive)
        archive.close(left_out)
    draft.replace(path)  # a worker that dies before leaves a draft, which the next attempt overwrites
    return archive.written


def _pages(
    model: type[models.Model], wanted: Mapping[str, Any], tenant_id: UUID | None
) -> Iterator[list[dict[str, Any]]]:
    """Rows by key, some at a time, each page in a short transaction."""
    key, last = model._meta.pk.attname, None
    while True:
        door: AbstractContextManager[None] = tenant(tenant_id) if tenant_id else nullcontext()
        with door:
            rows = model._default_manager.filter(**wanted).order_by("pk").values(*inventory.columns(model))
            page = list((rows.filter(pk__gt=last) if last is not None else rows)[:PAGE])
        if page:
            yield page
        if len(page) < PAGE:
            return
        last = page[-1][key]


def _mails(tenant_id: UUID) -> Iterator[tuple[str, bytes]]:
    """Portals' mails as they came, one at a time."""
    with tenant(tenant_id):
        mail_ids = list(Mail.objects.order_by("id").values_list("id", flat=True))
    for mail_id in mail_ids:
        with tenant(tenant_id):
            raw = Mail.objects.filter(id=mail_id).values_list("raw", flat=True).first()
        if raw is not None:
            yield f"files/mails/{mail_id}.eml", bytes(raw)


def _members(tenant_id: UUID) -> Iterator[bytes]:
    names = ("person_id", "person__email", "person__first_name", "person__last_name", "role", "is_active")
    for row in Membership.objects.filter(tenant_id=tenant_id).order_by("id").values(*names):
        yield orjson.dumps({name.removeprefix("person__"): value for name, value in row.items()}) + b"\n"


def media_folder(tenant_id: UUID) -> Path:
    """Where a business's pictures are."""
    return Path(django_settings.MEDIA_ROOT) / str(tenant_id)


def avatar_file(name: str) -> Path:
    """Where a person's picture is."""
    return Path(django_settings.MEDIA_ROOT) / "avatars" / name[:2] / f"{name}.webp"


def folder_of(tenant_id: UUID) -> Path:
    """Where a business's exports are."""
    return settings().data_dir / "exports" / str(tenant_id)
