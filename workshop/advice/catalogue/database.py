"""SQLite refuses a statement: syntax, names, transactions, constraints."""

from workshop.advice.entry import Entry

ENTRIES = (
    Entry(
        "database-locked",
        "OperationalError",
        r"database(?: table)? is locked",
        "Another connection was writing, and it did not come to its end while this one waited.",
        "Keep transactions short, with no `await` of anything but the database inside; every way"
        " out of one has to commit or to roll back, as `async with transaction(request)` does.",
    ),
    Entry(
        "database-table",
        "OperationalError",
        r"no such table: (\S+)",
        "The database has no table `{0}`.",
        "Compare the name with the schema. Where it is right, the tables are not made yet: is"
        " `database` in `app.cleanup_ctx`, and is this the file that it opened?",
    ),
    Entry(
        "database-column",
        "OperationalError",
        r"no such column: (\S+)",
        "The statement names a column `{0}`, and there is none.",
        "Compare it with the schema. A text in SQL needs single quotes, and a value a `?` in the"
        ' statement: `execute("… WHERE title = ?", (title,))`.',
    ),
    Entry(
        "database-column",
        "OperationalError",
        r"table (\S+) has no column named (\S+)",
        "The table `{0}` has no column `{1}`.",
        "Compare the names in the statement with the schema; keys from outside are no columns.",
    ),
    Entry(
        "database-syntax",
        "OperationalError",
        r'near "(.*?)": syntax error',
        "SQLite cannot read the statement: it stumbles over `{0}`.",
        "Look at what stands there and just before it: a word misspelt, a comma too many or"
        " missing, a bracket. Values do not belong into the text: write `?` and hand them over.",
    ),
    Entry(
        "database-syntax",
        "OperationalError",
        r"incomplete input",
        "The statement ends too early: SQLite waits for more.",
        "Look at its end: is a bracket, a quote, or what follows `WHERE` or `SET` missing?",
    ),
    Entry(
        "database-syntax",
        "OperationalError",
        r"unrecognized token: (.*)$",
        "SQLite cannot read the statement from here on: {0}",
        "A quote has no partner, or a character means nothing in SQL. Values do not belong into"
        " the text: write `?` and hand them over.",
    ),
    Entry(
        "database-values",
        "OperationalError",
        r"(\d+) values for (\d+) columns",
        "The statement names {1} columns and has {0} values for them.",
        "Write one `?` for each column, in the same order.",
    ),
    Entry(
        "database-values",
        "OperationalError",
        r"table (\S+) has (\d+) columns but (\d+) values were supplied",
        "The table `{0}` has {1} columns, and the statement has {2} values.",
        "Name the columns that you fill: `INSERT INTO {0} (…, …) VALUES (?, ?)`.",
    ),
    Entry(
        "database-table-there",
        "OperationalError",
        r"(?:table|index) (\S+) already exists",
        "`{0}` is made a second time.",
        "Write `CREATE TABLE IF NOT EXISTS`, or make it in one place alone.",
    ),
    Entry(
        "database-transaction",
        "OperationalError",
        r"cannot start a transaction within a transaction",
        "A transaction begins on a connection that is already in one.",
        "Begin it once, around all that belongs together; two requests at a time need a"
        " connection each.",
    ),
    Entry(
        "database-transaction",
        "OperationalError",
        r"cannot (commit|rollback) - no transaction is active",
        "There is no transaction to {0}: it has ended already, or has never begun.",
        "Let one place begin and end it: `async with transaction(request) as db:`.",
    ),
    Entry(
        "database-file",
        "OperationalError",
        r"unable to open database file",
        "The file of the database cannot be opened.",
        "Does its folder exist? Make it first: `path.parent.mkdir(parents=True, exist_ok=True)`.",
    ),
    Entry(
        "database-file",
        "OperationalError",
        r"attempt to write a readonly database",
        "This connection, or the file, is for reading only.",
        "Write with a connection that may write, as `transaction(request)` gives.",
    ),
    Entry(
        "database-file",
        "DatabaseError",
        r"file is not a database|disk image is malformed",
        "The file that was opened is no database, or it is damaged.",
        "Is its path right? Move the file away, and the app makes a new one.",
    ),
    Entry(
        "database-constraint",
        "IntegrityError",
        r"NOT NULL constraint failed: (\S+)",
        "`{0}` must have a value, and the statement gives it none (None is NULL in SQL).",
        "Give it one. Where it comes from outside, refuse the request before you store it.",
    ),
    Entry(
        "database-constraint",
        "IntegrityError",
        r"UNIQUE constraint failed: (.+)$",
        "There is a row with the same `{0}`, and there may be but one.",
        "Catch `sqlite3.IntegrityError` around this statement and say so (409), or write"
        " `INSERT … ON CONFLICT (…) DO UPDATE` where the new row is to take its place.",
    ),
    Entry(
        "database-constraint",
        "IntegrityError",
        r"FOREIGN KEY constraint failed",
        "The row belongs to one that is not there, or one that others belong to is deleted.",
        "Look whether the other row exists, in the same transaction; it is a 404 if not. Delete"
        " what belongs to a row before the row.",
    ),
    Entry(
        "database-constraint",
        "IntegrityError",
        r"CHECK constraint failed: (.+)$",
        "The value breaks a rule of the table: `{0}`.",
        "Look at the value first, and refuse a request that brings such a one.",
    ),
    Entry(
        "database-type",
        "IntegrityError",
        r"datatype mismatch",
        "A key is a whole number, and the statement gives it something else.",
        "Hand over an `int`: parts of a path and fields of a form are text.",
    ),
)
