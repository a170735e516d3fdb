"""What is known after a check: frozen data, the same for the terminal, the page, the instructor."""

from workshop.report.capping import capped
from workshop.report.checks import (
    FROM_COURSE,
    OUTPUT_LIMIT,
    Advice,
    Check,
    Outcome,
    Report,
    verdict,
)
from workshop.report.difference import MUST, PARTS_LIMIT, Difference, Part
from workshop.report.exchange import (
    BODY_LIMIT,
    Exchange,
    Frame,
    Line,
    Mark,
    Message,
    ServerHalf,
    Span,
    Stall,
)
from workshop.report.results import CARRIED, check_from_data, from_json, to_data, to_json

__all__ = [
    "BODY_LIMIT",
    "CARRIED",
    "FROM_COURSE",
    "MUST",
    "OUTPUT_LIMIT",
    "PARTS_LIMIT",
    "Advice",
    "Check",
    "Difference",
    "Exchange",
    "Frame",
    "Line",
    "Mark",
    "Message",
    "Outcome",
    "Part",
    "Report",
    "ServerHalf",
    "Span",
    "Stall",
    "capped",
    "check_from_data",
    "from_json",
    "to_data",
    "to_json",
    "verdict",
]
