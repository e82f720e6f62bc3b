"""The append-only record of a case: entries, chain, tree, store, bundle, verification."""
