"""What is seen of a check: both ends of the wire, the learner's lines, what differs."""
