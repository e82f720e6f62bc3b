"""Things nobody could know before a time, and third parties that sign a time without a line."""
