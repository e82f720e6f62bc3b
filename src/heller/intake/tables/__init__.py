"""Tables of any origin: cells, headings, rows, exports of programs, JSON."""
