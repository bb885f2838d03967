"""A Pelaksana's part: by workbook, in the chat, with evidence."""
