"""The reason goes to standard output, among the pages.

check: test_loud
says: Standard error does not name page 8099
"""


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        show(asyncio.run(download(server, numbers, at_most=3)))
    except ExceptionGroup as group:
        click.echo("\n".join(str(error) for error in group.exceptions))
        raise SystemExit(1) from None
