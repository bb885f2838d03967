"""A free port to listen on."""

import socket


def open_door() -> tuple[socket.socket, str]:
    door = socket.create_server(("127.0.0.1", 0))
    return door, f"http://127.0.0.1:{door.getsockname()[1]}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
