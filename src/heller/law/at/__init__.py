"""The law of Austria: no cap and no lump sum by statute, fault presumed, three years to the day."""
