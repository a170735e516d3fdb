"""The reason is printed, and the program ends with 0.

check: test_loud
says: 0 came, 1 was wanted
"""


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        show(asyncio.run(download(server, numbers, at_most=3)))
    except* PageError as group:
        for error in group.exceptions:
            click.echo(error, err=True)
