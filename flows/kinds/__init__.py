"""The closed vocabulary of acts, a file a kind."""
