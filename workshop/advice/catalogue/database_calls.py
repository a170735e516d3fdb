"""Calls of sqlite3 and aiosqlite: values for a statement, cursors, connections."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "database-bindings",
        "ProgrammingError",
        r"Incorrect number of bindings supplied\. The current statement uses (\d+), and there"
        r" (?:is|are) (\d+) supplied",
        "The statement has {0} `?`, and {1} values were handed over.",
        "Hand over as many as there are `?`, as a tuple. One value needs a comma: `(number,)`;"
        " `(number)` is no tuple, and a text alone counts letter by letter.",
    ),
    Entry(
        "database-bindings",
        "ProgrammingError|ValueError",
        r"parameters are of unsupported type",
        "The values of a statement come as a tuple, a list or a dictionary.",
        "Put the value into a tuple, with a comma: `execute(sql, (number,))`.",
    ),
    Entry(
        "database-bindings",
        "ProgrammingError",
        r"You did not supply a value for binding (?:parameter )?:?(\w+)",
        "Nothing was handed over for `:{0}`.",
        "Give the dictionary this key, spelt as in the statement.",
    ),
    Entry(
        "database-bindings",
        "ProgrammingError",
        r"Binding \d+ has no name, but you supplied a dictionary",
        "The statement has `?`, which take their values by order, and got a dictionary.",
        "Hand over a tuple, or write `:name` in place of each `?`.",
    ),
    Entry(
        "database-type",
        "ProgrammingError|InterfaceError",
        r"Error binding parameter (?:\d+|:?\w+)(?:: type '(.+?)' is not supported| - probably)",
        "SQLite stores None, whole numbers, numbers, text and bytes; it got another type: {0}",
        "Hand over one of these: a part of a dictionary, `str(…)`, or what `await` gives.",
    ),
    Entry(
        "database-type",
        "OverflowError",
        r"Python int too large to convert to SQLite INTEGER",
        "The number is too large for SQLite, which takes 64 bits.",
        "Look at a number from outside before you ask with it: nothing has such an id, so a 404.",
    ),
    Entry(
        "database-statements",
        "ProgrammingError|Warning",
        r"You can only execute one statement at a time",
        "`execute()` takes one statement, and got several.",
        "Write a call for each, or `executescript()` for a schema without values.",
    ),
    Entry(
        "database-closed",
        "ProgrammingError",
        r"Cannot operate on a closed (database|cursor)",
        "The {0} was closed before this line asked it.",
        "Ask inside the `async with` that opened it, and return the rows, not the cursor.",
    ),
    Entry(
        "database-closed",
        "ValueError",
        r"no active connection|Connection closed",
        "The connection is not open: it was never awaited, or it is closed already.",
        "Open it by `async with aiosqlite.connect(…) as db:` and ask inside of that block.",
    ),
    Entry(
        "database-thread",
        "ProgrammingError",
        r"SQLite objects created in a thread can only be used in that same thread",
        "A connection of `sqlite3` was made in one thread and asked in another.",
        "Make and ask it in the same function, or use `aiosqlite`, which has a thread for it.",
    ),
    Entry(
        "database-await",
        "TypeError",
        r"'Cursor' object is not iterable",
        "A cursor of aiosqlite gives its rows one by one, and each has to be waited for.",
        "Write `async for row in …`, or take all: `for row in await cursor.fetchall()`.",
    ),
    Entry(
        "database-await",
        "AttributeError",
        r"'Result' object has no attribute"
        r" '(fetchone|fetchall|fetchmany|lastrowid|rowcount)'",
        "`execute(…)` was not awaited yet when `.{0}` was taken from it.",
        "Wait for it first, in brackets: `cursor = await db.execute(…)`, then `cursor.{0}`;"
        " what is called on a cursor is awaited as well.",
        keep_action=True,
    ),
    Entry(
        "database-cursor",
        "AttributeError",
        r"'Cursor' object has no attribute '(commit|rollback)'",
        "A cursor cannot {0}: the connection does.",
        "Write `await db.{0}()`, or let `async with transaction(request) as db:` do it.",
        keep_action=True,
    ),
    Entry(
        "database-row",
        "TypeError",
        r"cannot convert dictionary update sequence element #0 to a sequence",
        "`dict(…)` takes pairs, or something with names; here it got bare values, such as a row.",
        "Give each value its name, `dict(zip(names, row))`, or set `db.row_factory = aiosqlite.Row`"
        " before you ask: such rows have names.",
    ),
)
