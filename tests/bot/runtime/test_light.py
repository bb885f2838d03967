"""What the bot's process does not load."""

import subprocess
import sys


def test_the_bot_does_not_load_the_libraries_of_the_signature_worker() -> None:
    program = (
        "import sys; import bot.__main__;"
        "print(*({m.partition('.')[0] for m in sys.modules} & {'cryptography', 'pyhanko'}))"
    )

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (loaded.returncode, loaded.stdout.strip()) == (0, "")


def test_cryptography_is_there_for_who_asks_later() -> None:
    program = "import bot.__main__, cryptography.x509"

    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
