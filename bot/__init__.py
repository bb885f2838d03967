"""The Telegram side and the console: updates in, queued messages out."""

import sys

# python-telegram-bot imports cryptography for Telegram Passport, which no office uses: 10 MB and
# a tenth of a second of every start. Who asks for it later still gets it.
if "cryptography" not in sys.modules:
    sys.modules["cryptography"] = None  # type: ignore[assignment]
    import telegram as telegram

    del sys.modules["cryptography"]
