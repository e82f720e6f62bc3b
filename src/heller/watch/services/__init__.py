"""The texts by which a system starts the watch of a case by itself: a file for each way of doing it. Pure; nothing is
written or started here."""
