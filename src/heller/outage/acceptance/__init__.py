"""The acceptance test of a line: points, decision, ends that were refused."""
