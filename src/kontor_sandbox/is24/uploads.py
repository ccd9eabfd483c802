"""An upload taken apart: the file and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP

from kontor_sandbox.exchange import Request
from kontor_sandbox.is24.errors import Refusal, invalid

MOST_BYTES = 50 * 1024 * 1024
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})
DOCUMENTS = frozenset({"application/pdf"})


@dataclass(frozen=True, slots=True)
class Upload:
    """The two parts of a multipart upload."""

    file_name: str
    media_type: str
    content: bytes
    metadata: bytes
    metadata_is_json: bool


def taken_apart(request: Request) -> Upload:
    """The parts named `attachment` and `metadata`, in any order; raises Refusal."""
    header = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode("latin-1")
    parts = {}
    for part in message_from_bytes(header + request.body, policy=HTTP).walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            parts[name] = part
    file, metadata = parts.get("attachment"), parts.get("metadata")
    if file is None or not file.get_filename():
        raise invalid("the name of the attachment file must be specified.")
    if metadata is None:
        raise invalid("the metadata of the attachment must be specified.")
    content = file.get_payload(decode=True)
    about = metadata.get_payload(decode=True)
    if not isinstance(content, bytes) or not isinstance(about, bytes):
        raise invalid("a part of the upload holds parts itself.")
    media_type = file.get_content_type()
    if media_type not in PICTURES | DOCUMENTS:
        raise Refusal(415, "ERROR_COMMON_MEDIA_TYPE_UNSUPPORTED", "Media type is not supported.")
    if len(content) > MOST_BYTES:
        raise invalid(f"the attachment is larger than {MOST_BYTES} bytes")
    return Upload(str(file.get_filename()), media_type, content, about, "json" in metadata.get_content_type())
