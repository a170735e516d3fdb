"""The tables, one statement after the other; a new one is added below, none is ever changed."""

SCHEMA = (
    """
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        owner TEXT NOT NULL,
        editor TEXT NOT NULL
    ) STRICT
    """,
    """
    INSERT INTO posts (title, text, owner, editor) VALUES
        ('Notes on the Analytical Engine', 'It weaves.', 'Ada', 'Ada'),
        ('A moth in relay 70', 'The first bug found.', 'Grace', 'Grace')
    """,
    """
    CREATE TABLE images (
        post INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
        size TEXT NOT NULL,
        etag TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (post, size)
    ) STRICT
    """,
    """
    CREATE TABLE users (
        name TEXT PRIMARY KEY COLLATE NOCASE,
        password TEXT NOT NULL
    ) STRICT
    """,
    # Names under which somebody wrote are taken; nobody has their password.
    "INSERT OR IGNORE INTO users SELECT owner, '' FROM posts",
    """
    CREATE TABLE logins (
        token TEXT PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE REFERENCES users ON DELETE CASCADE,
        since INTEGER NOT NULL
    ) STRICT
    """,
)
