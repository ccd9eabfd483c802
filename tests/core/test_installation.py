"""Where data live and which keys are used where nobody said so."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kontor.core import installation
from kontor.core.config import Settings


def test_keys_are_made_once_and_are_private(tmp_path: Path) -> None:
    first = installation.kept_keys(tmp_path)
    assert installation.kept_keys(tmp_path) == first
    assert all(len(value) >= 50 for value in first.values())
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("account", "given", "expected"),
    [
        (0, {}, "/var/lib/kontor"),
        (1000, {"HOME": "/home/ida"}, "/home/ida/.local/share/kontor"),
        (1000, {"XDG_DATA_HOME": "/srv/share"}, "/srv/share/kontor"),
        (1000, {"HOME": "/home/ida", "KONTOR_DATA": "~/here"}, "/home/ida/here"),
        (0, {"KONTOR_DATA": "/srv/kontor"}, "/srv/kontor"),
    ],
)
def test_the_command_and_the_settings_mean_the_same_folder(
    monkeypatch: pytest.MonkeyPatch, account: int, given: dict[str, str], expected: str
) -> None:
    for name in ("KONTOR_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("os.geteuid", lambda: account)
    assert str(installation.data_folder()) == expected
    assert str(Settings(_env_file=None).data_dir) == expected
