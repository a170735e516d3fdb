"""The blog on the command line: python -m steps.step08_tests.cli --help."""

import json
import os
from dataclasses import asdict

import click

from .asking import Account, ask
from .client import Client
from .posts import Post


async def all_posts(blog: Client) -> list[Post]:
    """Return every post."""
    return [post async for post in blog.posts()]


def show(post: Post, as_json: bool) -> None:
    """Print a post."""
    text = f"{post.id}  {post.title}\n\n{post.text}\n\n{post.owner}"
    click.echo(json.dumps(asdict(post)) if as_json else text)


number = click.argument("number", type=click.IntRange(1))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
SERVER = "http://127.0.0.1:8080"


@click.group()
@click.option("--server", default=SERVER, show_default=True, help="Where the blog is.")
@click.option("--user", default="", envvar="BLOG_USER", help="Who writes; reading needs nobody.")
@click.pass_context
def cli(context: click.Context, server: str, user: str) -> None:
    """Read and write the blog; the password is asked for, unless BLOG_PASSWORD has it."""
    password = os.environ.get("BLOG_PASSWORD", "")
    if user and not password:
        password = click.prompt("Password", hide_input=True, err=True)
    context.obj = Account(server, user, password)


@cli.command("list")
@json_option
@click.pass_obj
def list_posts(account: Account, as_json: bool) -> None:
    """List all posts."""
    found = ask(account, all_posts)
    lines = [f"{post.id}  {post.title} ({post.owner})" for post in found]
    click.echo(json.dumps([asdict(post) for post in found]) if as_json else "\n".join(lines))


@cli.command()
@number
@json_option
@click.pass_obj
def get(account: Account, number: int, as_json: bool) -> None:
    """Show a post."""
    show(ask(account, lambda blog: blog.read(number)), as_json)


@cli.command()
@click.option("--title", required=True)
@click.option("--text", required=True)
@json_option
@click.pass_obj
def create(account: Account, /, as_json: bool, **values: str) -> None:
    """Write a new post."""
    show(ask(account, lambda blog: blog.create(**values)), as_json)


@cli.command()
@number
@click.option("--title")
@click.option("--text")
@json_option
@click.pass_obj
def update(account: Account, /, number: int, as_json: bool, **values: str | None) -> None:
    """Change a post; what you leave out stays as it is."""
    changes = {name: value for name, value in values.items() if value is not None}
    if not changes:
        raise click.UsageError("Give --title or --text.")
    show(ask(account, lambda blog: blog.update(number, **changes)), as_json)


@cli.command()
@number
@click.pass_obj
def delete(account: Account, number: int) -> None:
    """Take a post out of the blog."""
    ask(account, lambda blog: blog.delete(number))


if __name__ == "__main__":
    cli()
