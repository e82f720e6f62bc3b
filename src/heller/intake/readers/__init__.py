"""One file per format: NAME, identify(head, name) -> Claimed, read(blob, zone) -> Reading.

`identify` sees the first 64 kB and gives a score of 0 to 100 with its reason; `read` is pure. A file that
is added here is found; no list is kept. A container also has members(blob) -> blobs.
"""
