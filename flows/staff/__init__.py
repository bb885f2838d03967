"""Posts, accounts, who acts in whose name."""
