"""The pytest plugin that records each check: HTTP exchanges, learner's lines, loop stalls, output.

`plugin.Recorder` is the plugin; `record.CheckRecord` collects what happens while a check runs, and
becomes a `Check` of the report.
"""
