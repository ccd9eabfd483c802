"""What workers do of imports."""

from __future__ import annotations

from kontor.jobs.registry import handler
from kontor.properties.property_imports import running, service, undoing

handler(service.RUN)(running.run_import)
handler(service.UNDO)(undoing.undo_import)
