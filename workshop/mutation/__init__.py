"""A learner's tests judged by mutants: they pass on the right app and catch each small fault."""
