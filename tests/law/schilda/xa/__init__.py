"""Lalenburg, XA: the law of Schilda without a cap, so that nothing falls and nothing lies outside it."""
