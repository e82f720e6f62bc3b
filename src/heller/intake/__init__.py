"""Reads documents into records; what is uncertain travels beside them as findings."""
