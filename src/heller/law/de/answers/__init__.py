"""Single questions of law answered without a case: one file per question, each with its `answer`."""
