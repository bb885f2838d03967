"""A local Bot API over HTTP with an office of people, for tests and practice."""
