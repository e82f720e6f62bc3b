"""What stands on paper: words with boxes, labels in several languages, and sums that prove themselves.

It serves PDFs with text, scans and photos alike; it opens no file, and
only words of pictures are recognised by a process of their own.
"""
