"""Answers of plain values, for the few lists where building and checking models costs more than reading the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import Response


def plain(values: Mapping[str, Any]) -> Response:
    """`values` as JSON, unchecked, in the notation of Pydantic's models (times end in Z).

    The route names its `response_model` for the document, and a test reads the answer back through that model.
    """
    return Response(orjson.dumps(values, option=orjson.OPT_UTC_Z), media_type="application/json")
