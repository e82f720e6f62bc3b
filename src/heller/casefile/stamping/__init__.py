"""Getting a case's anchors stamped: settings, files, the queue that survives an outage."""
