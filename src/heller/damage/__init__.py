"""What the outage cost: the two-world ledger, heads of loss, baseline."""
