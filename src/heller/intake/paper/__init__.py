"""What stands on paper: words with boxes, labels in several languages, and sums that prove themselves.

It serves PDFs with text, scans and photos alike; it opens no file and runs no program but tesseract.
"""
