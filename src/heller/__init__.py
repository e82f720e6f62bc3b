"""Heller proves an outage, works out the damage and typesets the dossier."""
