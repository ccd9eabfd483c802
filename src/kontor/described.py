"""What `kontor settings` prints: `.env.example` and `docs/settings.md`, from the one place where settings are declared."""

from __future__ import annotations

from typing import Any

from pydantic import AliasChoices, SecretStr
from pydantic_core import PydanticUndefined

from kontor.core.config import Settings

CHOSEN = {"KONTOR_DATA": "~/.local/share/kontor, as root /var/lib/kontor"}  # core.installation


def describe_settings(form: str) -> str:
    """Every setting with its default and meaning: as an environment file, or as a Markdown table."""
    rows = []
    for field_name, field in Settings.model_fields.items():
        name = _name(field_name, field.validation_alias)
        rows.append((name, CHOSEN.get(name) or _default(field.default), field.description or ""))
    if form == "env":
        head = "# Every setting of Kontor, with its default. Printed by `kontor settings`.\n"
        return head + "".join(f"\n# {words}\n#{name}={default}\n" for name, default, words in rows)
    head = "# Settings\n\nPrinted by `kontor settings --format markdown`. All come from the environment or `.env`.\n\n"
    table = "".join(
        f"| `{name}` | {f'`{default}`' if default else ''} | {words} |\n" for name, default, words in rows
    )
    return f"{head}| setting | default | what it does |\n| --- | --- | --- |\n{table}"


def _name(name: str, alias: Any) -> str:
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else name.upper()


def _default(value: Any) -> str:
    if value is PydanticUndefined or value is None:
        return ""
    if isinstance(value, SecretStr):
        return ""
    return (
        ",".join(value)
        if isinstance(value, list)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
