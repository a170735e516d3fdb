"""What is done: a small JSON file that a person can read, replaced whole or not at all."""

from workshop.progress.entries import Entry, taken_in
from workshop.progress.record import Progress

__all__ = ["Entry", "Progress", "taken_in"]
