"""Two requests on one connection: what one of them commits, it commits for both."""

import asyncio

import aiosqlite
import click


async def main() -> None:
    """Let Ada's request and Grace's request share a connection."""
    async with aiosqlite.connect(":memory:") as db:
        await db.execute("CREATE TABLE posts (title TEXT)")
        await db.execute("INSERT INTO posts VALUES ('Notes on the Analytical Engine')")
        await db.commit()

        # Ada's request changes a title, and is not done: it awaits something.
        await db.execute("UPDATE posts SET title = 'Half a change'")

        # Meanwhile Grace's request is quick.
        await db.execute("INSERT INTO posts VALUES ('A moth in relay 70')")
        await db.commit()

        # Ada's request meets a fault, and undoes what it did.
        await db.rollback()

        for (title,) in await db.execute_fetchall("SELECT title FROM posts"):
            click.echo(title)


if __name__ == "__main__":
    asyncio.run(main())
