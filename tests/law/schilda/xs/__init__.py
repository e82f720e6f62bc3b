"""The town of Schilda, XS: an invented law, to show that a country is a folder."""
