"""Checks a journal and its stamps without trusting who wrote it."""
