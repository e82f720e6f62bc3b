"""What lies between documents: corroboration, identity, postings, duplicates, decisions."""
