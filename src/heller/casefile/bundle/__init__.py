"""The bundle for the other side: built, closed, sealed, verified."""
