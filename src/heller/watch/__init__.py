"""Measures a line on every uplink and keeps what was measured. No verdict beyond one probe's outcome."""
