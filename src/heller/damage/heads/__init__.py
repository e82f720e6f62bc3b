"""One file per head of loss, each with a HEAD. Put a file here and it is found."""
