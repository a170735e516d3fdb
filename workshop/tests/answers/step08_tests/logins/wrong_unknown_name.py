"""There is no Alan, so no password would do.

check: test_password
says: came past the fault and passed
"""

WRONG = {"name": "Alan", "password": "wrong password"}
