"""The course as read from its folders: steps, exercises, suites, answers; all paths are here.

A step is a folder in `steps/`: the digits of its name give the order, the rest gives the identity.
An exercise is a suite in `exercises/<step>/test_<name>.py`; the suite says what is asked.
"""

from workshop.course.course import Course, copy_to, discover
from workshop.course.layout import ROOT, TREES, Exercise, Step, exercise_of, step_of
from workshop.course.suite import WHEN, CourseError, Question

__all__ = [
    "ROOT",
    "TREES",
    "WHEN",
    "Course",
    "CourseError",
    "Exercise",
    "Question",
    "Step",
    "copy_to",
    "discover",
    "exercise_of",
    "step_of",
]
