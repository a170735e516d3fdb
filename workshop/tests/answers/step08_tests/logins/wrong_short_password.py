"""A password that is too short is refused before it is looked at.

check: test_password
says: came past the fault and passed
"""

WRONG = {"name": "Ada", "password": "wrong"}
