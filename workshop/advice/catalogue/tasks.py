"""Tasks, `gather()`, `wait()`, and results that are not there yet."""

from workshop.advice.entry import Entry

GATHER = r"^(?:asyncio\.)?gather\("
START = r"(?:create_task|ensure_future|run|run_until_complete)\("
"""The end of what starts one coroutine."""

ENTRIES = (
    Entry(
        "gather-star",
        "RuntimeError",
        r"Task got bad yield",
        "`gather()` takes what it waits for one by one, and was given a generator of it.",
        "Put a star before it: `asyncio.gather(*(… for … in …))`.",
        line_pattern=r"\bgather\(",
    ),
    Entry(
        "gather-star",
        "TypeError",
        r"unhashable type|an awaitable is required",
        "`gather()` takes what it waits for one by one, and was given all of it as one thing.",
        "Put a star before it: `{star}`.",
        part_pattern=GATHER,
    ),
    Entry(
        "wait-tasks",
        "TypeError",
        r"Passing coroutines is forbidden",
        "`asyncio.wait()` takes tasks, and these are coroutines.",
        "Make a task of each, `asyncio.create_task(…)`. Or take `asyncio.gather(*…)`, which makes"
        " them itself and keeps the order; what `wait()` calls done is a set without any.",
    ),
    Entry(
        "wait-tasks",
        "TypeError",
        r"expect(?:s)? (?:a list|an iterable) of futures, not (\w+)",
        "`asyncio.wait()` takes a list of tasks, and was given a single {0}.",
        "For a single one write `await {first}`; for many make all of them first.",
    ),
    Entry(
        "wait-tasks",
        "ValueError",
        r"Set of (?:coroutines|Tasks)/Futures is empty",
        "`asyncio.wait()` was given nothing to wait for, and takes at least one task.",
        "Return before it when there is nothing; `gather()` and a TaskGroup take none, too.",
    ),
    Entry(
        "create-task",
        "TypeError|ValueError",
        r"a coroutine was expected, got (?:\[|\(|\{|<generator|<map|<zip|<dict_)",
        "`{function}()` starts a single coroutine, and was given many at once.",
        "Call it for each of them, in a loop: `[{function}(…) for … in …]`.",
        part_pattern=START,
    ),
    Entry(
        "create-task",
        "TypeError|ValueError",
        r"a coroutine was expected, got <(?:function|bound method|class)",
        "The function `{first}` was given where a coroutine is expected.",
        "Call it there: `{outer}`, with what it takes in its parentheses.",
    ),
    Entry(
        "create-task",
        "TypeError|ValueError",
        r"a coroutine was expected, got (?:None|'|\"|-?\d)",
        "What stands in the parentheses of `{function}()` is no coroutine.",
        "It has to be a call of an `async def` function: is that `async` there?",
    ),
    Entry(
        "create-task",
        "TypeError|ValueError",
        r"a coroutine was expected, got <(?:_asyncio\.)?(?:Task|Future|_GatheringFuture)",
        "What stands in the parentheses of `{function}()` is a task already.",
        "Leave out one of the two calls that start it.",
    ),
    Entry(
        "create-task",
        "TypeError",
        r"\b(?:create_task|run)\(\) takes .*positional arguments? but \d+ (?:was|were) given",
        "`{function}()` takes one coroutine, not a function and what that takes.",
        "Call the function there: `{outer}`.",
        part_pattern=START,
    ),
    Entry(
        "not-awaitable",
        "TypeError",
        r"an awaitable is required",
        "What `{function}()` was given to wait for is neither a coroutine nor a task.",
        "Is it a function that nobody called, or many things as one?",
    ),
    Entry(
        "result-early",
        "InvalidStateError",
        r"(?:Result|Exception) is not (?:set|ready)",
        "A task was asked for its result before it was done.",
        "Wait first: `await` the task, or ask behind the `async with asyncio.TaskGroup()` block,"
        " not inside.",
    ),
    Entry(
        "unfinished",
        "Unfinished",
        r"^task (.*)$",
        "{0} a task, not what that gives.",
        "When it is done, `.result()` of each task is that: `[task.result() for task in tasks]`.",
    ),
    Entry(
        "unfinished",
        "Unfinished",
        r"^future (.*)$",
        "{0} something that nobody has waited for: it only will have a result.",
        "Put `await` before what makes it, such as `await asyncio.gather(…)`.",
    ),
    Entry(
        "unfinished",
        "Unfinished",
        r"^async_generator (.*)$",
        "{0} a generator that waits, not what it gives.",
        "Go over it with `async for`; a list is `[… async for … in …]`.",
    ),
    Entry(
        "unfinished",
        "Unfinished",
        r"^(\w+) (.*)$",
        "{1} a {0}, not what that gives: nothing of it has been worked out yet.",
        "Make a list of it: brackets around it, `[… for … in …]`, or `list(…)`.",
    ),
    Entry(
        "unfinished",
        "RuntimeError",
        r"await wasn't used with future",
        "Something is handed on that nobody has waited for: it only will have a result.",
        "Put `await` before what makes it, such as `await asyncio.gather(…)`.",
    ),
    Entry(
        "task-group",
        "AttributeError",
        r"'TaskGroup' object has no attribute '(\w+)'",
        "A TaskGroup has no `{0}`.",
        "It starts a coroutine by `group.create_task(…)`.",
        keep_action=True,
    ),
)
