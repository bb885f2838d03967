"""Plain values: what was asked, what is known, what is decided, what is said."""
