"""Statements of accounts and tables of banks."""
