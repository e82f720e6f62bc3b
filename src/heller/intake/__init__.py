"""Reads documents into records; what is uncertain travels beside them as findings."""

from heller.intake.reading import read

__all__ = ["read"]
