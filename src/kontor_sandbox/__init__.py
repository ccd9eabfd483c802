"""Plays the channels over HTTP, with rules, faults and a memory of its own; knows nothing of Kontor."""

from kontor_sandbox.server import RunningSandbox, start

__all__ = ["RunningSandbox", "start"]
