"""Make an account, or give one a new password: python -m steps.step08_tests.adduser Ada."""

import asyncio

import aiosqlite
import click

from .config import from_environment
from .db import prepare
from .passwords import hash_password
from .users import read_user


async def keep(name: str, password: str) -> None:
    """Write the account into the database; a login from before the new password ends."""
    folder = from_environment().data
    folder.mkdir(parents=True, exist_ok=True)
    async with aiosqlite.connect(folder / "blog.db", timeout=5) as db:
        await prepare(db)
        sql = (
            "INSERT INTO users VALUES (?, ?) ON CONFLICT DO UPDATE SET password = excluded.password"
        )
        await db.execute(sql, (name, password))
        await db.execute("DELETE FROM logins WHERE name = ?", (name,))
        await db.commit()


@click.command()
@click.argument("name")
@click.password_option()
def main(name: str, password: str) -> None:
    """Make an account, or give one a new password."""
    try:
        name, password = read_user({"name": name, "password": password})
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    asyncio.run(keep(name, hash_password(password)))


if __name__ == "__main__":
    main()
