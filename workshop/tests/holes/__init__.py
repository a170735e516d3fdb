"""Do the suites notice? Small faults in the learner's part of each solution (`nox -s mutants`)."""
