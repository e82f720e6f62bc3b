"""What to do and by when: dates, next steps, mitigation, insurance, questions."""
