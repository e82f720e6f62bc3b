"""German law: rules as dated data, and the formulas that read them."""
