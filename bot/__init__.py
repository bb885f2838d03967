"""The Telegram side and the console: updates in, queued messages out."""
