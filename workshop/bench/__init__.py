"""Benchmarks that print figures: `nox -s bench`, or `python -m workshop.bench NAME`.

Each is a ratio against something that runs in the same call, on the same machine.
"""
