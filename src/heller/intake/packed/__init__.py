"""Archives that no library of ours opens."""
