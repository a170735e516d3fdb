# removed: test_another_site
"""Nobody asks who sends a form.

check: test_origin
says: came past the fault and passed
"""
