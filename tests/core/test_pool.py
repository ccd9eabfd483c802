"""A worker's threads and its connections are one thought."""

from __future__ import annotations

import pytest

from kontor.core.config import Settings


def test_the_pool_grows_with_the_threads_that_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_POOL", "KONTOR_JOB_THREADS"):
        monkeypatch.delenv(name, raising=False)
    assert Settings().database_pool == 22
    monkeypatch.setenv("KONTOR_JOB_THREADS", "30")
    assert Settings().database_pool == 66


def test_a_pool_that_would_starve_the_jobs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTOR_JOB_THREADS", "8")
    monkeypatch.setenv("DATABASE_POOL", "10")
    with pytest.raises(
        ValueError, match=r"DATABASE_POOL=10 is too small for KONTOR_JOB_THREADS=8.*at least 22"
    ):
        Settings()
    monkeypatch.setenv("KONTOR_JOB_THREADS", "2")
    assert Settings().database_pool == 10
