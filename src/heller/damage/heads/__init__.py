"""One file per head of loss, named by its key: its ROW, and HEAD where it is more than receipts. Put a file here and
it is found."""
