"""The account of a claim: which debt a payment takes, what interest stops, what a settlement leaves, day by day."""
