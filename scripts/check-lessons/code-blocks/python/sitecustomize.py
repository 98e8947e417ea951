"""Read by Python as it starts: a program that connects to port 1883 reaches the test's broker."""

import os
import socket

_create = socket.create_connection


def create_connection(address, *args, **kwargs):
    host, port = address
    if port == 1883 and host in ("localhost", "127.0.0.1"):
        address = ("127.0.0.1", int(os.environ["RETAINED_PORT_1883"]))
    return _create(address, *args, **kwargs)


if "RETAINED_PORT_1883" in os.environ:
    socket.create_connection = create_connection
