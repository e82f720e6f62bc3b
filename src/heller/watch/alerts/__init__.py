"""A word when it happens: to people by apprise, to a dead-man's switch, to Home Assistant, over any uplink that
lives."""
