"""Benchmarks that print figures: `nox -s bench`, or `python -m benchmarks NAME`.

Each figure is a ratio against something that runs in the same call, on the same machine.
"""
