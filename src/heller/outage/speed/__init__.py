"""Speed against the promise, and the authority's campaign."""
