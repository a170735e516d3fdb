"""Each error of this Python's SQLite gets a sentence and an action."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import aiosqlite
import pytest

from workshop.advice.catalogue import advise, database, database_calls
from workshop.advice.faults import Fault

SCHEMA = """
PRAGMA foreign_keys = ON;
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, name TEXT UNIQUE, likes INTEGER CHECK (likes >= 0)
);
CREATE TABLE notes (post INTEGER REFERENCES posts (id));
INSERT INTO posts (title, name) VALUES ('On loops', 'loops');
"""
ADD = "INSERT INTO posts (title) VALUES (?)"
STATEMENTS = {
    "SELECT * FORM posts": "`FORM`",
    "SELECT * FROM posts WHERE title = ": "ends too early",
    "SELECT 'a": "A quote has no partner",
    "SELECT * FROM post": "no table `post`",
    "SELECT titel FROM posts": "a column `titel`",
    "INSERT INTO posts (titel) VALUES ('a')": "no column `titel`",
    "INSERT INTO posts (title, name) VALUES ('a')": "2 columns and has 1 values",
    "INSERT INTO posts VALUES ('a')": "has 4 columns, and the statement has 1 values",
    "CREATE TABLE posts (id)": "`posts` is made a second time",
    "ROLLBACK": "no transaction to rollback",
    "INSERT INTO posts (title) VALUES (NULL)": "`posts.title` must have a value",
    "INSERT INTO posts (title, name) VALUES ('b', 'loops')": "the same `posts.name`",
    "INSERT INTO notes VALUES (99)": "one that is not there",
    "INSERT INTO posts (title, likes) VALUES ('a', -1)": "breaks a rule",
    "INSERT INTO posts (id, title) VALUES ('x', 'a')": "A key is a whole number",
    "SELECT 1; SELECT 2": "takes one statement",
}
VALUES = [
    (("a", "b"), "has 1 `?`, and 2 values"),
    ("Ada", "has 1 `?`, and 3 values"),
    (5, "come as a tuple"),
    (({},), "SQLite stores None"),
    ((2**70,), "takes 64 bits"),
]


def read(error):
    """Return what a learner reads of an error."""
    advice = advise([Fault.from_exception(error)])
    assert advice, error
    assert advice.key.startswith("database-"), advice
    return f"{advice.sentence} {advice.action}"


@pytest.fixture
def db():
    """Return a database in memory."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(SCHEMA)
        yield made


@pytest.mark.parametrize(("statement", "says"), STATEMENTS.items())
def test_statements(db, statement, says):
    """A statement with a syntax error, or one that breaks a constraint, is explained."""
    with pytest.raises((sqlite3.Error, sqlite3.Warning)) as caught:
        db.execute(statement)
    assert says in read(caught.value)


@pytest.mark.parametrize(("values", "says"), VALUES, ids=repr)
def test_values(db, values, says):
    """Values that do not fit the statement are explained."""
    with pytest.raises((sqlite3.Error, ValueError, OverflowError)) as caught:
        db.execute(ADD, values)
    assert says in read(caught.value)


def test_names(db):
    """Named values for numbered placeholders, and the other way round, are explained."""
    with pytest.raises(sqlite3.Error) as caught:
        db.execute("INSERT INTO posts (title) VALUES (:title)", {"text": "a"})
    assert "Nothing was handed over for `:" in read(caught.value)
    with pytest.raises(sqlite3.Error) as caught:
        db.execute(ADD, {"title": "a"})
    assert "take their values by order" in read(caught.value)


def test_transactions(db):
    """A transaction inside of another is explained."""
    db.execute("BEGIN")
    with pytest.raises(sqlite3.Error) as caught:
        db.execute("BEGIN")
    assert "already in one" in read(caught.value)


def test_locked(tmp_path):
    """Two connections that write at the same time are explained."""
    file = tmp_path / "blog.db"
    with (
        closing(sqlite3.connect(file, timeout=0)) as one,
        closing(sqlite3.connect(file, timeout=0)) as two,
    ):
        one.executescript(SCHEMA)
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.Error) as caught:
            two.execute("BEGIN IMMEDIATE")
        one.rollback()
    assert "Another connection was writing" in read(caught.value)


def test_files(tmp_path):
    """A missing folder, a file that is no database and a read-only file are explained."""
    with pytest.raises(sqlite3.Error) as caught:
        sqlite3.connect(tmp_path / "nowhere" / "blog.db")
    assert "Does its folder exist?" in read(caught.value)
    (tmp_path / "text").write_text("I am a database, believe me. " * 100)
    with (
        closing(sqlite3.connect(tmp_path / "text")) as made,
        pytest.raises(sqlite3.Error) as caught,
    ):
        made.execute("SELECT * FROM posts")
    assert "is no database" in read(caught.value)
    with closing(sqlite3.connect(tmp_path / "blog.db")) as made:
        made.executescript(SCHEMA)
    address = (tmp_path / "blog.db").as_uri() + "?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True)) as made,
        pytest.raises(sqlite3.Error) as caught,
    ):
        made.execute(ADD, ("a",))
    assert "for reading only" in read(caught.value)


def test_closed(db):
    """The use of a closed connection is explained."""
    db.close()
    with pytest.raises(sqlite3.Error) as caught:
        db.execute(ADD, ("a",))
    assert "The database was closed" in read(caught.value)


async def test_closed_for_a_loop(tmp_path):
    """The use of a closed connection of aiosqlite is explained."""
    async with aiosqlite.connect(tmp_path / "blog.db") as db:
        pass
    with pytest.raises(ValueError, match=r"[Cc]onnection") as caught:
        await db.execute("SELECT 1")
    assert "is not open" in read(caught.value)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda result, cursor: list(cursor), "Write `async for row in …`"),
        (lambda result, cursor: result.fetchone(), "`cursor = await db.execute(…)`"),
        (lambda result, cursor: cursor.commit(), "Write `await db.commit()`"),
    ],
)
async def test_not_awaited(tmp_path, wrong, says):
    """A cursor of aiosqlite that is used without `await` is explained."""
    async with aiosqlite.connect(tmp_path / "blog.db") as db:
        result = db.execute("SELECT 1")
        cursor = await db.execute("SELECT 2")
        with pytest.raises((TypeError, AttributeError)) as caught:
            wrong(result, cursor)
        await result
    assert says in read(caught.value)


def test_another_thread(db):
    """A connection that another thread uses is explained."""
    caught = []

    def ask():
        try:
            db.execute("SELECT 1")
        except sqlite3.Error as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert "in one thread and asked in another" in read(caught[0])


def test_nothing_else():
    """No other error gets the advice of a database; all keys begin with `database-`."""
    assert advise([Fault.from_exception(ValueError("no"))]) is None
    entries = *database.ENTRIES, *database_calls.ENTRIES
    assert {entry.key.partition("-")[0] for entry in entries} == {"database"}


def test_a_row_is_no_dictionary():
    """`dict()` of a row without names is explained; a row with names becomes a dictionary."""
    with closing(sqlite3.connect(":memory:")) as db:
        row = db.execute("SELECT 1, 'a'").fetchone()
        with pytest.raises(TypeError) as caught:
            dict(row)
        assert "row_factory" in read(caught.value)
        db.row_factory = sqlite3.Row
        assert dict(db.execute("SELECT 1 AS id").fetchone()) == {"id": 1}
