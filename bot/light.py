"""Import of python-telegram-bot without cryptography, before anything else of telegram.

It asks for it on behalf of Telegram Passport only: 10 MB and a tenth of a second of every start.
Who asks for cryptography later still gets it.
"""

import sys

if "cryptography" not in sys.modules:
    sys.modules["cryptography"] = None  # type: ignore[assignment]
    import telegram as telegram

    del sys.modules["cryptography"]
