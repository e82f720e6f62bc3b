"""The chain from gross damage to money in hand, and its steps."""
