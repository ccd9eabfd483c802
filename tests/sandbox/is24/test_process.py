"""A kill forgets nothing that was answered."""

from __future__ import annotations

from pathlib import Path

from tests.sandbox.is24.agent import Agent
from tests.sandbox.test_process import launch


def test_a_kill_forgets_nothing(tmp_path: Path) -> None:
    process, url = launch(tmp_path)
    try:
        with Agent(url) as agent:
            agent.connect()
            identifier = agent.insert()
            agent.publish(identifier)
            token, secret = agent.token, agent.token_secret
    finally:
        process.kill()
        process.wait(20)
    process, url = launch(tmp_path)
    try:
        with Agent(url) as agent:
            agent.token, agent.token_secret = token, secret
            assert agent.read(f"/user/me/realestate/{identifier}").value("realEstateState") == "ACTIVE"
            assert agent.insert() != identifier
    finally:
        process.kill()
        process.wait(20)
