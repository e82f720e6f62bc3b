"""One file per next step under German law: PLACE, in which they stand, and STEP. Put a file here and it is found."""
