"""While a suite asks: the module that it asks, what that prints, how a check ended."""
