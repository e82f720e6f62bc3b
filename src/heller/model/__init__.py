"""Frozen nouns of the field: no input, no output, no clocks, no formatting."""
