"""Settle or sue: costs, offers, odds, and what moves the result."""
