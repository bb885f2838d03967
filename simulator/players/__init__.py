"""Officials that play by themselves."""
