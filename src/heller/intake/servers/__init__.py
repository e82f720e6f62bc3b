"""What web, mail and log servers record."""
