"""From what the recorder saw of a check to the advice of its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from workshop.advice import held, observed
from workshop.advice.catalogue import advise
from workshop.advice.causes import causes_of
from workshop.advice.faults import Fault
from workshop.course import exercise_of
from workshop.recorder import expressions, tracebacks
from workshop.recorder.record import FAILURES, PLAIN, Asked
from workshop.report import FROM_COURSE, Advice, Line
from workshop.report.comparison import exception_text


def explain(asked: Asked) -> Advice | None:
    """Return what to do about a check that did not pass, or None where nothing is known.

    Errors come first, then what the suite says, then what an answer looks like, then what was
    recorded of the line that made it.
    """
    error, stall = asked.cause, islice(_stalls(asked), 1)
    return (
        advise(_errors(asked))
        or advise(stall, general=False)
        or _by_suite(asked)
        or advise(_signs(asked))
        or _by_record(asked)
        or (observed.of_error(error) if error else None)
    )


def _by_suite(asked: Asked) -> Advice | None:
    """Return what the suite says beside its assertion of what came."""
    exercise = exercise_of(asked.item.path)
    causes = causes_of(asked.cause) if asked.raised_by_suite else None
    if causes is None or exercise is None:
        return None
    found = causes.advice(asked.failed_comparison, str(exercise.file))
    return replace(found, line=found.line or _made(asked)) if found else None


def _made(asked: Asked) -> Line | None:
    """Return the learner's line that made the last answer or, without any, what came."""
    served = asked.served
    made = served[-1].made if served else asked.last_line
    return made if made and not made.file.startswith(FROM_COURSE) else None


def _by_record(asked: Asked) -> Advice | None:
    """Return which line made what came."""
    compared = asked.failed_comparison
    if compared is None:
        return None
    answers = [(sent.answer(), half) for sent, half in asked.requests if half and not sent.inner]
    found = observed.of_answers(answers, compared, tracebacks.claim_of(asked.cause))
    return found or observed.of_return(asked.trail, compared)


def _errors(asked: Asked) -> Iterator[Fault]:
    """Yield the errors that arose, the most telling first, and what no suite knows better."""
    return chain(_errors_of_check(asked), _errors_of_requests(asked), _errors_of_values(asked))


def _errors_of_check(asked: Asked) -> Iterator[Fault]:
    """Yield what ended the check."""
    if asked.printed.overflowed:
        yield Fault("OutputLimit", asked.message)
    if isinstance(asked.cause, TimeoutError):
        yield from _stalls(asked)
    served = asked.served
    if served and asked.failed_comparison is None:  # a 500 that was not asked for comes first
        yield from Fault.made_500(served[-1])
    if asked.error is not None:
        for error in tracebacks.unfolded(asked.error):
            if not isinstance(error, FAILURES) and type(error).__name__ not in PLAIN:
                yield _fault(asked, error, asked.wire.made_at(exception_text(error)))


def _errors_of_requests(asked: Asked) -> Iterator[Fault]:
    """Yield what went wrong in the handlers, the last request first, and what was logged."""
    served = asked.served[::-1]
    for half in served:
        if half.again:
            yield Fault.again(half)
        if half.returned:
            yield Fault.returned(half.returned, half.match.function)
        if half.error is not None:
            yield _fault(asked, half.error, half.match.place)
        if half.waits:
            yield Fault("Waiting", "", half.waits[-1])
    for error in reversed(asked.server.logged):
        yield _fault(asked, error)
    for error in chain.from_iterable(map(tracebacks.unfolded, asked.later)):
        fault = _fault(asked, error)
        if "never awaited" in fault.text and fault.line:
            yield fault
    for half in served:
        if half.raised:
            yield from Fault.unfinished(half.raised)


def _errors_of_values(asked: Asked) -> Iterator[Fault]:
    """Yield what is wrong with what came, however it came about, and with the file as it stands."""
    compared, served = asked.failed_comparison, asked.served
    if compared:
        yield from Fault.compared(compared, tracebacks.lines_of(asked.cause))
    if caught := _caught(asked):
        yield from Fault.caught(caught)
    yield from Fault.unsent(asked.wire.drafts, served)
    exercise = exercise_of(asked.item.path)
    if exercise and expressions.uncalled(str(exercise.file)):
        yield from Fault.idle(str(exercise.file))
    if compared and served:
        yield from Fault.served(served[-1], compared)


def _signs(asked: Asked) -> Iterator[Fault]:
    """Yield what an answer shows, and errors that may be meant to arise."""
    compared, served = asked.failed_comparison, asked.served
    if compared and served:
        yield from Fault.answered(served[-1], compared, asked.suite_message)
    for error in reversed(asked.server.caught):
        yield _fault(asked, error)
    for half in reversed(served):
        if isinstance(half.error, Exception):
            yield Fault.unhandled(half)
    if caught := _caught(asked):
        yield from Fault.came(caught)
    if asked.error is not None:
        for error in tracebacks.unfolded(asked.error):
            yield _fault(asked, error)
    yield from _stalls(asked)
    if exercise := exercise_of(asked.item.path):
        yield from Fault.idle(str(exercise.file))


def _stalls(asked: Asked) -> Iterator[Fault]:
    """Yield the fault that the loop stood still, the longest time first."""
    for stall in sorted(asked.stalls.found, key=lambda stall: -stall.seconds):
        yield Fault("Stalled", f"{stall.seconds:.2f}", stall.line, raised=True)


def _caught(asked: Asked) -> BaseException | None:
    """Return the exception of the learner's that the suite caught and compared, if any."""
    error, compared = asked.cause, asked.failed_comparison
    return held.caught(error, compared.actual) if error and compared else None


def _fault(asked: Asked, error: BaseException, place: Line | None = None) -> Fault:
    """Return the fault of an exception; `place` is the line for one that tells none."""
    return Fault.of(error, place, asked.server.failed_calls)
