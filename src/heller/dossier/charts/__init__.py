"""The pictures, as plain Vega-Lite specifications: the same ones for paper and browser."""
