"""The built web UI as files: hashed assets for ever, `index.html` fresh each time and for every page address."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kontor.core.http.problems import NoPath, WrongMethod, document

HERE = Path(__file__).resolve()
PACKAGED, BUILT = HERE.parent / "web_dist", HERE.parents[2] / "web" / "dist"  # in a wheel; in a clone
IMMUTABLE = "public, max-age=31536000, immutable"
NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Kontor</title>"
    "<p>The web UI is not built yet: run <code>make web</code>. The API is at <a href=/docs>/docs</a>."
)


class WebUi(StaticFiles):
    """Serves `folder`; an address that is no file is a page of the app, so it gets `index.html`.

    A missing asset stays a 404: an old tab must learn that its version is gone.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or (PACKAGED if PACKAGED.is_dir() else BUILT)
        super().__init__(directory=folder, check_dir=False)
        self.config_checked = True  # the folder may appear later: a build takes its time
        self._index = folder / "index.html"

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or the app."""
        if scope["method"] not in ("GET", "HEAD"):
            return document(WrongMethod(), headers={"Allow": "GET, HEAD"})
        try:
            response = await super().get_response(path, scope)
        except HTTPException:
            is_page = not PurePosixPath(path).suffix or path in (".", "")
            return self._app() if is_page else document(NoPath())
        hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = IMMUTABLE if hashed else "no-cache"
        return response

    def _app(self) -> Response:
        headers = {"Cache-Control": "no-cache"}
        if not self._index.is_file():
            return HTMLResponse(NOT_BUILT, status_code=503, headers=headers)
        return FileResponse(self._index, headers=headers)
