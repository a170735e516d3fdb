"""Make an account, or give one a new password: python -m steps.step07_sessions.adduser Ada."""

import asyncio
from pathlib import Path

import aiosqlite
import click

from .config import from_environment, usage_error
from .db import PATIENCE, prepare, try_out
from .passwords import hash_password
from .users import read_user


async def keep(path: Path, name: str, password: str) -> None:
    """Write the account into the database; a login from before the new password ends."""
    async with aiosqlite.connect(path, timeout=PATIENCE) as db:
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
    path = from_environment().data / "blog.db"
    try:
        try_out(path)
        asyncio.run(keep(path, name, hash_password(password)))
    except (OSError, aiosqlite.Error) as error:
        usage_error(f"{path} cannot be used: {error}. Move it, or set WORKSHOP_DATA.")


if __name__ == "__main__":
    main()
