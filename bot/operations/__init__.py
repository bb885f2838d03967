"""Commands and jobs of whoever keeps the bot running."""
