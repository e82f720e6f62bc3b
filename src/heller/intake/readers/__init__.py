"""One file per format: NAME, identify(head, name) -> 0..100, read(blob, zone) -> Reading.

A file that is added here is found; no list is kept. A container also has members(blob) -> blobs.
"""
