"""The group says how many errors there are, not which.

check: test_loud
says: does not name page 8099
"""


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        show(asyncio.run(download(server, numbers, at_most=3)))
    except ExceptionGroup as group:
        raise click.ClickException(str(group)) from None
