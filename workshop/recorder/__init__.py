"""The pytest plugin that records what each check sees."""
