"""`except PageError` does not see the group that a TaskGroup raises.

check: test_loud
says: A traceback came out of main(): ExceptionGroup
"""


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        show(asyncio.run(download(server, numbers, at_most=3)))
    except PageError as error:
        raise click.ClickException(str(error)) from None
