"""Who owes it: dated rules and small dated functions."""

from heller.law.rules import in_force, norm, rule

__all__ = ["in_force", "norm", "rule"]
