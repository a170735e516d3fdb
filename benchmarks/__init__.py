"""Benchmarks of the steps and of the checker: `nox -s bench`, or `python -m benchmarks NAME`.

Each benchmark prints ratios of two measurements of the same run on the same machine.
"""
