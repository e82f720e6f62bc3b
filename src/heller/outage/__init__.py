"""From observations to outages with bounds and cause. Pure."""
