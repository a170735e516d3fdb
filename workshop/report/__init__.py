"""What is known after a check: frozen data, the same for the terminal, the page, the instructor."""

from workshop.report.codec import CARRIED, decode, encode, from_json, make_ready, to_json
from workshop.report.difference import MUST, Difference, Part
from workshop.report.exchange import (
    Exchange,
    Frame,
    Line,
    Mark,
    Message,
    ServerHalf,
    Span,
    Stall,
)
from workshop.report.limits import (
    BODY_LIMIT,
    EXCHANGES_LIMIT,
    ITEMS_LIMIT,
    LOG_LIMIT,
    OUTPUT_LIMIT,
    PARTS_LIMIT,
    STALLS_LIMIT,
    TRACEBACK_LIMIT,
    capped,
)
from workshop.report.model import FROM_COURSE, Advice, Begin, Check, Outcome, Report, verdict

__all__ = [
    "BODY_LIMIT",
    "CARRIED",
    "EXCHANGES_LIMIT",
    "FROM_COURSE",
    "ITEMS_LIMIT",
    "LOG_LIMIT",
    "MUST",
    "OUTPUT_LIMIT",
    "PARTS_LIMIT",
    "STALLS_LIMIT",
    "TRACEBACK_LIMIT",
    "Advice",
    "Begin",
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
    "decode",
    "encode",
    "from_json",
    "make_ready",
    "to_json",
    "verdict",
]
