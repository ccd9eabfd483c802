"""How Kontor compares with the bare thing it stands on: ratios measured in one run, printed, never a gate.

python -m benchmarks [NAME…] [--quick]; what each figure means stands in `docs/benchmarks.md`.
"""
