"""What follows from the journal and is kept under `derived/`: readings and claims. All of it may be deleted."""
