"""The ways to the money in Germany: one file each, with its ROUTE and its PLACE. Put a file here and it is found."""
