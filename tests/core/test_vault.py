"""A sealed secret opens for its owner, with a key we still have, and for nothing else."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.core import vault as vaults
from kontor.core.config import SettingsError
from kontor.core.vault import UnknownKey, Vault, VaultError, new_key, read_keys


def vault_of(*rows: str) -> Vault:
    return Vault(read_keys(rows))


KEY = new_key()


@given(st.binary(max_size=300), st.text(max_size=40))
def test_what_is_sealed_opens_for_its_owner(secret: bytes, owner: str) -> None:
    sealed = vault_of(KEY).seal(secret, owner=owner)
    assert vault_of(KEY).open(sealed, owner=owner) == secret
    assert len(secret) < 8 or secret not in sealed


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_byte_is_noticed(position: int, change: int) -> None:
    sealed = bytearray(vault_of(KEY).seal(b"refresh token", owner="tenant/connection"))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(VaultError):
        vault_of(KEY).open(bytes(sealed), owner="tenant/connection")


def test_a_secret_copied_to_another_connection_stays_shut() -> None:
    sealed = vault_of(KEY).seal(b"secret", owner="tenant/one")
    with pytest.raises(VaultError):
        vault_of(KEY).open(sealed, owner="tenant/two")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02abc", b"plain text that was never sealed"])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(VaultError):
        vault_of(KEY).open(sealed, owner="x")


def test_keys_change_without_a_gap() -> None:
    old, new = new_key(), new_key()
    sealed = vault_of(old).seal(b"secret", owner="x")
    both = vault_of(new, old)
    assert not both.is_current(sealed)
    resealed = both.seal(both.open(sealed, owner="x"), owner="x")
    assert both.is_current(resealed)
    assert vault_of(new).open(resealed, owner="x") == b"secret"
    with pytest.raises(UnknownKey) as caught:
        vault_of(new).open(sealed, owner="x")
    assert caught.value.params["key_id"] == old.partition(":")[0]


@pytest.mark.parametrize("row", ["", "a", "a:", "a:short", "a:****", f":{'A' * 43}=", f"x y:{'A' * 43}="])
def test_a_wrong_key_is_refused_with_a_sentence(row: str) -> None:
    with pytest.raises(SettingsError, match="base64 of 32 bytes"):
        read_keys((row,))


def test_a_key_id_is_there_once() -> None:
    with pytest.raises(SettingsError, match="twice"):
        read_keys((KEY, KEY))


def test_the_demo_keeps_one_key_however_many_ask_first(tmp_path: Path) -> None:
    path = tmp_path / "data" / "vault.key"
    make = vaults._kept_key.__wrapped__
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(make, [path] * 16))
    assert len(keys) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["vault.key"]
