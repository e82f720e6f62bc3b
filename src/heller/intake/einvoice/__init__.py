"""E-invoices: the syntaxes, what they state, and what their pages say of it."""
