"""A cookie that cannot be decrypted is a 500.

check: test_forged
says: never a 500
"""


async def index(request: web.Request) -> web.Response:
    """Count this visit, and say how many there were."""
    sealed = request.cookies.get("count")
    visits = int(Fernet(KEY).decrypt(sealed)) + 1 if sealed else 1
    response = web.json_response({"visits": visits})
    sealed = Fernet(KEY).encrypt(str(visits).encode()).decode()
    response.set_cookie("count", sealed, httponly=True, samesite="Lax")
    return response
