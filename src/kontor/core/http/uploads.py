"""Files that people send: read to a temporary file by the server, and from there in pieces.

@routes.post("", scope="write", upload=True)
def upload(actor: Signed, file: UploadFile) -> …:
    with stored(file) as path: ...
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from fastapi import UploadFile

from kontor.core.config import settings
from kontor.core.http.problems import TooLarge


def file_name(file: UploadFile) -> str:
    """The sender's name of the file, without folders and control characters; `file` where there is none."""
    name = PurePosixPath(PureWindowsPath(file.filename or "").name).name
    printable = "".join(sign for sign in name if sign.isprintable()).strip()[:200]
    return printable if printable.strip(".") else "file"


@contextmanager
def stored(file: UploadFile) -> Iterator[Path]:
    """The upload as a file on disk, gone when the block ends. Raises TooLarge beyond MAX_UPLOAD_SIZE."""
    limit = settings().max_upload_size
    with tempfile.NamedTemporaryFile(prefix="kontor-upload-") as copy:
        file.file.seek(0, 2)
        if file.file.tell() > limit:
            raise TooLarge(limit=limit)
        file.file.seek(0)
        shutil.copyfileobj(file.file, copy, 1024 * 1024)
        copy.flush()
        yield Path(copy.name)
