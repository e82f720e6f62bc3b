"""Wording, figures, typesetting. It knows the claim and computes nothing."""
