"""A witness at another line: it watches the office's public address and signs what it saw."""
