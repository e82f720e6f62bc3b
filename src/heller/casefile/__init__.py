"""One case: opening, taking in, running the steps, sealing."""
