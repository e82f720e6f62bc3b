"""The rules as data: rows, dates, and what is refused."""
