"""How people and machines write values: numbers, canonical forms, wall time, years and lines of logs."""
