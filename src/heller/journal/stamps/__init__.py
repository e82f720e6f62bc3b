"""Time stamps by third parties (RFC 3161): request, verification, revocation, the queue. No network here."""
