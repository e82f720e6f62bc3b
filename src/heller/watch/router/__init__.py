"""The router that is asked, if wanted: its log before it rolls over, and the values of its line. Read only."""
