"""The logout says that it was one, and that is believed.

check: test_logout
says: came past the fault and passed
"""


async def test_logout(program: Client) -> None:
    """After the logout its token is worth nothing."""
    assert (await program.delete("/api/login")).status == 204
