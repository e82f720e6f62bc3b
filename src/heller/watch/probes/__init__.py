"""One file per type of probe, each with a PROBE. Put a file here and it is found."""
