"""Every paper: its typed facts, when it is due, who signs."""
