"""The token is asked for, but no form has it.

check: test_honest
says: Does that form carry the token
"""


def form(session: aiohttp_session.Session, action: str, inside: str) -> str:
    """Return a form that sends what stands inside to the action."""
    return f'<form method="post" action="{action}">{inside}</form>'
