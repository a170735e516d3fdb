"""A report as JSON, and back.

The form is a superset of Exercism's results, version 3: whatever reads those can read these
(https://exercism.org/docs/building/tooling/test-runners/interface).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import cattrs

from workshop.report.checks import Check, Report

VERSION = 3
CARRIED = "workshop"
"""The attribute by which a report of pytest carries a check, as JSON, to another process."""


def to_data(value: Report | Check) -> dict[str, Any]:
    """Return plain dicts, lists, strings and numbers, with Exercism's keys in place of ours."""
    data: dict[str, Any] = cattrs.unstructure(value)
    if isinstance(value, Report):
        checks = data.pop("checks")
        return {
            "version": VERSION,
            "status": data.pop("outcome"),
            "message": data.pop("message"),
            "tests": [_exercism(check) for check in checks],
            **data,
        }
    return _exercism(data)


def _exercism(check: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": check.pop("name"),
        "status": check.pop("outcome"),
        "message": check.pop("message"),
        "output": check.pop("output"),
        "test_code": check.pop("code"),
        **check,
    }


def to_json(report: Report) -> str:
    """Return the report as one line of JSON, which can be written as UTF-8 whatever it holds."""
    text = json.dumps(to_data(report), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # half of a letter: its escape


def check_from_data(data: dict[str, Any]) -> Check:
    """Return the check that `to_data` took apart; raises ValueError on anything else."""
    ours = {key: value for key, value in data.items() if key not in {"status", "test_code"}}
    try:
        return cattrs.structure(
            {**ours, "outcome": data["status"], "code": data["test_code"]}, Check
        )
    except (KeyError, TypeError, cattrs.BaseValidationError) as error:
        raise ValueError(f"not a check: {error!r}") from error


def from_json(text: str) -> Report:
    """Return the report that `to_json` wrote; raises ValueError on anything else."""
    try:
        data = json.loads(text)
        checks = tuple(check_from_data(check) for check in data["tests"])
        rest = {k: v for k, v in data.items() if k not in {"version", "status", "tests"}}
        report = cattrs.structure({**rest, "outcome": data["status"]}, Report)
    except (KeyError, TypeError, AttributeError, cattrs.BaseValidationError) as error:
        raise ValueError(f"not a report: {error!r}") from error
    return replace(report, checks=checks)
