"""Evidence records: stamps that outlive their certificates and digests (RFC 4998)."""
