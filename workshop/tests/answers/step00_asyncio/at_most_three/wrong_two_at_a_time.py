"""The program asks for two at a time, though three may be.

check: test_prints
says: 2 came, 3 was wanted
"""


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        show(asyncio.run(download(server, numbers, at_most=2)))
    except* PageError as group:
        raise click.ClickException("\n".join(map(str, group.exceptions))) from None
