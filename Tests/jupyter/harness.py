"""A kernel process, and a front end that sees every frame."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import zmq
from jupyter_client.kernelspec import get_kernel_spec
from jupyter_client.session import Session

KERNEL = os.environ.get("FLAMBEAU_KERNEL", "flambeau")
# Long enough for the first cell on a busy machine.
TIMEOUT = 30.0
CHANNELS = ("shell", "iopub", "stdin", "control", "hb")


class KernelProcess:
    """A kernel started from the installed kernelspec, without jupyter_client's manager."""

    def __init__(self, transport="tcp", key="a-secret", environment=None, directory=None):
        if directory is None:
            directory = tempfile.mkdtemp(prefix="flambeau-test-")
            atexit.register(shutil.rmtree, directory, ignore_errors=True)
        self.directory = Path(directory)
        self.connection_file = self.directory / "connection.json"
        ip = "127.0.0.1" if transport == "tcp" else str(self.directory / "socket")
        if not self.connection_file.exists():
            self.connection_file.write_text(
                json.dumps(
                    {
                        "transport": transport,
                        "ip": ip,
                        "key": key,
                        "signature_scheme": "hmac-sha256",
                        "kernel_name": KERNEL,
                        **{f"{channel}_port": 0 for channel in CHANNELS},
                    }
                )
            )
        argv = [
            argument.replace("{connection_file}", str(self.connection_file))
            for argument in get_kernel_spec(KERNEL).argv
        ]
        self.process = subprocess.Popen(
            argv,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        deadline = time.monotonic() + TIMEOUT
        while 0 in self.ports.values():
            assert self.process.poll() is None, "the kernel ended while starting"
            assert time.monotonic() < deadline, "the kernel wrote no ports"
            time.sleep(0.01)

    @property
    def connection(self):
        return json.loads(self.connection_file.read_text())

    @property
    def ports(self):
        connection = self.connection
        return {channel: connection[f"{channel}_port"] for channel in CHANNELS}

    def endpoint(self, channel):
        connection = self.connection
        separator = ":" if connection["transport"] == "tcp" else "-"
        port = connection[f"{channel}_port"]
        return f"{connection['transport']}://{connection['ip']}{separator}{port}"

    def wait(self, timeout=TIMEOUT):
        return self.process.wait(timeout)

    def kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class FrontEnd:
    """One client: DEALER sockets with one identity, and a subscription to iopub."""

    def __init__(self, kernel, topic=b"", identity=None):
        self.kernel = kernel
        self.context = zmq.Context.instance()
        key = kernel.connection["key"].encode()
        self.session = Session(key=key)
        self.identity = identity or self.session.bsession
        self.sockets = {}
        self.topic = topic
        for channel in CHANNELS:
            self.connect(channel)
        self.welcome = self.receive("iopub", "iopub_welcome")

    def connect(self, channel):
        kind = {"iopub": zmq.SUB, "hb": zmq.REQ}.get(channel, zmq.DEALER)
        socket = self.context.socket(kind)
        socket.linger = 0
        if kind == zmq.DEALER:
            socket.identity = self.identity
        if kind == zmq.SUB:
            socket.subscribe(self.topic)
        socket.connect(self.kernel.endpoint(channel))
        self.sockets[channel] = socket

    def close(self):
        for socket in self.sockets.values():
            socket.close()

    def send(self, type, content=None, channel="shell", header=None, parent=None, metadata=None):
        """Sends a message and returns its id."""
        message = self.session.msg(type, content or {}, parent=parent, metadata=metadata)
        message["header"].update(header or {})
        self.session.send(self.sockets[channel], message)
        return message["header"]["msg_id"]

    def frames(self, channel, timeout=TIMEOUT):
        """The raw frames of the next message; None if there is none in time."""
        if not self.sockets[channel].poll(timeout * 1000):
            return None
        return self.sockets[channel].recv_multipart()

    def next(self, channel, timeout=TIMEOUT):
        frames = self.frames(channel, timeout)
        if frames is None:
            return None
        _, frames = self.session.feed_identities(frames)
        return self.session.deserialize(frames)

    def receive(self, channel, type, parent=None):
        """Skips to the next message of a type, and of one request if given."""
        deadline = time.monotonic() + TIMEOUT
        while (left := deadline - time.monotonic()) > 0:
            message = self.next(channel, left)
            if message is None:
                break
            matches = parent is None or message["parent_header"].get("msg_id") == parent
            if message["msg_type"] == type and matches:
                return message
        raise AssertionError(f"no {type} on {channel}")

    def published(self, parent):
        """What iopub shows of one request, up to and including its idle."""
        messages = []
        while True:
            message = self.next("iopub")
            assert message is not None, f"iopub fell silent after {summary(messages)}"
            if message["parent_header"].get("msg_id") != parent:
                continue
            messages.append(message)
            if message["content"].get("execution_state") == "idle":
                return messages

    def request(self, type, content=None, channel="shell", header=None):
        """Sends a request; returns its reply and all that iopub shows of it."""
        id = self.send(type, content, channel, header)
        messages = self.published(id)
        reply = self.receive(channel, type.replace("_request", "_reply"), id)
        return reply["content"], messages

    def start(self, code, **options):
        """Sends an execute_request and returns its id."""
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        return self.send("execute_request", {**content, **options})

    def execute(self, code, **options):
        """Runs a cell; returns its reply and the messages between busy and idle."""
        id = self.start(code, **options)
        messages = self.published(id)
        assert summary(messages[:1]) == ["busy"], summary(messages)
        return self.receive("shell", "execute_reply", id)["content"], messages[1:-1]

    def wait_busy(self, id):
        """Waits until a request is being answered."""
        status = self.receive("iopub", "status", id)
        assert status["content"]["execution_state"] == "busy"


def summary(messages):
    """Types of messages, and the states of status messages."""
    return [m["content"].get("execution_state", m["msg_type"]) for m in messages]


def text(messages, name="stdout"):
    """What a cell wrote to one of its streams."""
    return "".join(
        m["content"]["text"]
        for m in messages
        if m["msg_type"] == "stream" and m["content"]["name"] == name
    )
