"""For authors: the next step's folders, made in all trees at once."""
from __future__ import annotations
from pathlib import Path
from workshop.course import Course
def new_step(found: Course, topic: str) -> list[Path]:
    raise NotImplementedError
