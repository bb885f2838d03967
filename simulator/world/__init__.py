"""Chats, messages, clock and faults of the simulated Telegram."""
