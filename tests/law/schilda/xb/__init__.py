"""Krähwinkel, XB: the law of Schilda where nobody knows what a lawsuit costs."""
