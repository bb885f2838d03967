"""Message keys and arguments rendered as Indonesian text."""
