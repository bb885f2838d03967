"""Papers and pictures drawn with typst."""
