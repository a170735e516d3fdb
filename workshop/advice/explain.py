"""From the record of a check to the advice of its report; the entry point of this room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from workshop.advice import clues, observed
from workshop.advice.catalogue import advise
from workshop.advice.causes import causes_of
from workshop.advice.faults import Fault
from workshop.course import exercise_of
from workshop.recorder import expressions, tracebacks
from workshop.recorder.check_record import ASSERTION_ERRORS, PLAIN_MESSAGES, CheckRecord
from workshop.report import FROM_COURSE, Advice, Line
from workshop.report.comparison import exception_text


def explain(record: CheckRecord) -> Advice | None:
    """Return the advice about a check that did not pass, or None where nothing is known.

    Errors come first, then what the suite says, then what an answer looks like, then what was
    recorded of the line that made it.
    """
    error, stall = record.cause, islice(_stalls(record), 1)
    return (
        advise(_errors(record))
        or advise(stall, general=False)
        or _by_suite(record)
        or advise(_signs(record))
        or _by_record(record)
        or (observed.advice_on_uncaught_error(error) if error else None)
    )


def _by_suite(record: CheckRecord) -> Advice | None:
    """Return the advice that the suite gives beside its assertion."""
    exercise = exercise_of(record.item.path)
    causes = causes_of(record.cause) if record.raised_by_suite else None
    if causes is None or exercise is None:
        return None
    found = causes.advice(record.failed_comparison, str(exercise.file))
    return replace(found, line=found.line or _made(record)) if found else None


def _made(record: CheckRecord) -> Line | None:
    """Return the learner's line that made the last answer or, without any, the actual value."""
    served = record.server_records
    made = served[-1].answer_line if served else record.last_line
    return made if made and not made.file.startswith(FROM_COURSE) else None


def _by_record(record: CheckRecord) -> Advice | None:
    """Return advice that names the line which made the actual value."""
    compared = record.failed_comparison
    if compared is None:
        return None
    own = [(sent, server) for sent, server in record.requests if server and not sent.inner]
    answers = [(sent.response_message(), server) for sent, server in own]
    found = observed.advice_on_answers(answers, compared, tracebacks.assertion_source(record.cause))
    return found or observed.advice_on_return_value(record.call_trace, compared)


def _errors(record: CheckRecord) -> Iterator[Fault]:
    """Yield the faults that count before the suite's causes, the most specific first."""
    return chain(_errors_of_check(record), _errors_of_requests(record), _errors_of_values(record))


def _errors_of_check(record: CheckRecord) -> Iterator[Fault]:
    """Yield the faults that ended the check."""
    if record.output.overflowed:
        yield Fault("OutputLimit", record.message)
    if isinstance(record.cause, TimeoutError):
        yield from _stalls(record)
    served = record.server_records
    if served and record.failed_comparison is None:  # a 500 that was not asked for comes first
        yield from Fault.logged_as_500(served[-1])
    if record.error is not None:
        for error in tracebacks.flattened(record.error):
            if (
                not isinstance(error, ASSERTION_ERRORS)
                and type(error).__name__ not in PLAIN_MESSAGES
            ):
                yield _fault(record, error, record.client_trace.session_line(exception_text(error)))


def _errors_of_requests(record: CheckRecord) -> Iterator[Fault]:
    """Yield the faults in the handlers, the last request first, and those that were logged."""
    served = record.server_records[::-1]
    for server in served:
        if server.already_sent:
            yield Fault.sent_twice(server)
        if server.returned:
            yield Fault.not_a_response(server.returned, server.match.function)
        if server.error is not None:
            yield _fault(record, server.error, server.match.line)
        if server.waiting_lines:
            yield Fault("Waiting", "", server.waiting_lines[-1])
    for error in reversed(record.server_trace.logged_errors):
        yield _fault(record, error)
    for error in chain.from_iterable(map(tracebacks.flattened, record.later_errors)):
        fault = _fault(record, error)
        if "never awaited" in fault.text and fault.line:
            yield fault
    for server in served:
        if server.raised:
            yield from Fault.used_as_value(server.raised)


def _errors_of_values(record: CheckRecord) -> Iterator[Fault]:
    """Yield the faults of the compared values, of cookies, and of the file as it stands."""
    compared, served = record.failed_comparison, record.server_records
    if compared:
        yield from Fault.of_comparison(compared, tracebacks.lines_of(record.cause))
    if caught := _caught(record):
        yield from Fault.caught_by_suite(caught)
    yield from Fault.lost_cookie(record.client_trace.requests, served)
    exercise = exercise_of(record.item.path)
    if exercise and expressions.uncalled_method(str(exercise.file)):
        yield from Fault.without_effect(str(exercise.file))
    if compared and served:
        yield from Fault.server_answer(served[-1], compared)


def _signs(record: CheckRecord) -> Iterator[Fault]:
    """Yield the faults that an answer shows, and errors that may be raised on purpose."""
    compared, served = record.failed_comparison, record.server_records
    if compared and served:
        yield from Fault.wrong_answer(served[-1], compared, record.suite_message)
    for error in reversed(record.server_trace.caught_errors):
        yield _fault(record, error)
    for server in reversed(served):
        if isinstance(server.error, Exception):
            yield Fault.unhandled(server)
    if caught := _caught(record):
        yield from Fault.raised_exception(caught)
    if record.error is not None:
        for error in tracebacks.flattened(record.error):
            yield _fault(record, error)
    yield from _stalls(record)
    if exercise := exercise_of(record.item.path):
        yield from Fault.without_effect(str(exercise.file))


def _stalls(record: CheckRecord) -> Iterator[Fault]:
    """Yield a fault for each stall of the event loop, the longest first."""
    for stall in sorted(record.loop_stalls.found, key=lambda stall: -stall.seconds):
        yield Fault("Stalled", f"{stall.seconds:.2f}", stall.line, raised=True)


def _caught(record: CheckRecord) -> BaseException | None:
    """Return the exception of the learner's that the suite caught and compared, if any."""
    error, compared = record.cause, record.failed_comparison
    return clues.caught_exception(error, compared.actual) if error and compared else None


def _fault(record: CheckRecord, error: BaseException, place: Line | None = None) -> Fault:
    """Return the fault of an exception; `place` is the line for one without any."""
    return Fault.from_exception(error, place, record.server_trace.failed_calls)
