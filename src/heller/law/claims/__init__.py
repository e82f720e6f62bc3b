"""Claims worked out under the law of their country: of one event, and of all events of a case."""
