"""The Bot API client: account, rate limits, faults."""
