"""The parts of a dossier: one file each, `part(pen)` gives it or None where there is nothing to say."""
