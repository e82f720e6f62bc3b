"""One probe, one file; and the sockets that they share."""
