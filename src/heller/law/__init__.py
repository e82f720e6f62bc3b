"""Who owes it: dated rules and small dated functions."""
