"""The entries are sorted from exact to general; the first one that fits decides."""

import csv
import io
import json
import logging
import os
from fnmatch import fnmatchcase

from aiohttp import web


def quality(offer: str, accept: str) -> float:
    """Return how much the client likes a format: the most exact entry decides, 0 means no."""
    entries = [take_apart(entry) for entry in accept.split(",")]
    entries.sort(key=lambda entry: entry[0].count("*"))
    for name, weight in entries:
        if fnmatchcase(offer, name):
            return weight
    return 0.0
