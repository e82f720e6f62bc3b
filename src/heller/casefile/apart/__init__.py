"""Work on foreign bytes in a process of its own, within a budget; the process that asks stays unharmed."""
