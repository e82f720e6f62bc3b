"""What the readers of a bookkeeper's papers share: classes of accounts, postings that are taken back."""
