"""`gather` raises the error itself, without a group."""


async def download(server: str, numbers: Iterable[int], at_most: int) -> dict[int, str]:
    """Return the texts of the pages by their numbers; ask for so many at a time."""
    limit = asyncio.Semaphore(at_most)
    numbers = list(numbers)

    async def one(session, number):
        async with limit:
            return await fetch(session, number)

    async with ClientSession(server, timeout=TIMEOUT) as session:
        texts = await asyncio.gather(*(one(session, number) for number in numbers))
    return dict(zip(numbers, texts, strict=True))


@click.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--server", default="http://127.0.0.1:8080", show_default=True)
def main(numbers: tuple[int, ...], server: str) -> None:
    """Print the pages with these NUMBERS."""
    try:
        show(asyncio.run(download(server, numbers, at_most=3)))
    except PageError as error:
        raise click.ClickException(str(error)) from None
