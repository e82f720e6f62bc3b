"""What differs between operating systems: locks, files, clocks, signals, loops. Nothing outside this room asks which
system it is on; it knows nothing of cases."""
