"""What writes into a case: taking in, notes, decisions, erasure."""
