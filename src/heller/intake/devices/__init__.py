"""What the messages of routers, firewalls and switches say about a line: one file per family.

Each has `told(line)`: the sign with its port and the maker's name, `NOISE` for a message of the family
that says nothing about the line, None for one it does not know.
"""
