"""How samples are kept: store, segments, sessions, locks."""
