"""What monitors record: probes, beats, databases, ping's lines, speed tests."""
