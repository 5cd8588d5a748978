"""A front end that knows nothing but ZeroMQ: frames as they are written and read on the wire."""
import hashlib
import hmac
import json
import os
import random
import socket
import subprocess
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import zmq

import message_schema

DELIMITER = b"<IDS|MSG>"
CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
KEYBOARD_INTERRUPT = ("error", "KeyboardInterrupt")


def ending(content):
    """How a reply says that its cell has ended."""
    return content["status"], content.get("ename")


@dataclass
class Message:
    """A message as it came, and as it reads."""

    identities: list
    header: dict
    parent: dict
    parent_frame: bytes
    metadata: dict
    content: dict
    buffers: list

    @property
    def type(self):
        return self.header["msg_type"]

    @property
    def state(self):
        return self.content.get("execution_state")

    @property
    def line(self):
        """The message in a word or two, for tests of order."""
        return self.state if self.type == "status" else self.type


def free_ports(count):
    """Ports that nobody listened at a moment ago.

    They lie below those that the system gives to clients: a client that tries to connect before the
    kernel listens could be given the very port, and would be connected with itself.
    """
    ports = []
    while len(ports) < count:
        port = random.SystemRandom().randrange(15_000, 32_000)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in ports:
            ports.append(port)
    return ports


class WireKernel:
    """One kernel process, started with a connection file of our own, and a client of it."""

    def __init__(
            self, linnet, folder, env, transport="tcp", key="a secret", command=None, checks=True,
            listens=True, log=None, **fields):
        """Starts Linnet, or another kernel by its command, whose messages are not checked then.

        Without `listens` the client's iopub is not connected yet; `listen` does that. `log` takes what
        the kernel writes in place of a file.
        """
        folder = Path(folder)
        self.checks = checks
        self.key = key.encode()
        self.session = uuid.uuid4().hex
        self.ports = dict(zip(CHANNELS, free_ports(5) if transport == "tcp" else range(1, 6)))
        ip = "127.0.0.1" if transport == "tcp" else str(folder / "socket")
        ip = fields.get("ip", ip)
        self.connection = {
            "transport": transport, "ip": ip, "key": key, "signature_scheme": "hmac-sha256",
        } | {f"{name}_port": port for name, port in self.ports.items()} | fields
        self.file = folder / "connection.json"
        self.file.write_text(json.dumps(self.connection))
        self.file.chmod(0o600)
        self.log_file = folder / "log.txt"
        with open(self.log_file, "wb") as written:
            self.process = subprocess.Popen(
                [*(command or [linnet, "kernel"]), "-f", self.file], env=env, cwd=folder,
                stdin=subprocess.DEVNULL, stdout=log or written, stderr=log or written)
        self.context = zmq.Context()
        self.sockets = {}
        try:
            self.join()
            if listens:
                self.listen()
        except BaseException:
            # A context that is forgotten waits for its sockets when it is collected.
            self.close()
            raise

    def endpoint(self, channel):
        port = self.ports[channel]
        ip = self.connection["ip"]
        ip = f"[{ip}]" if ":" in ip else ip
        return f"tcp://{ip}:{port}" if self.connection["transport"] == "tcp" else f"ipc://{ip}-{port}"

    def open(self, channel, kind, **options):
        """One more socket that is connected to a channel."""
        opened = self.context.socket(kind)
        opened.linger = 0
        # A client that tries before the kernel listens tries again soon.
        opened.reconnect_ivl = 5
        for name, value in options.items():
            setattr(opened, name, value)
        if server := self.connection.get("curve_publickey"):
            opened.curve_publickey, opened.curve_secretkey = zmq.curve_keypair()
            opened.curve_serverkey = server.encode()
        opened.ipv6 = ":" in self.connection["ip"]
        opened.connect(self.endpoint(channel))
        return opened

    def join(self):
        """Connects the client's sockets but iopub."""
        for channel in ("shell", "control", "stdin"):
            self.sockets[channel] = self.open(
                channel, zmq.DEALER, identity=self.session.encode(), sndhwm=0, rcvhwm=0)

    def listen(self):
        """Connects iopub; the welcome says that nothing will be missed from here on."""
        self.sockets["iopub"] = self.open("iopub", zmq.SUB, rcvhwm=0)
        self.sockets["iopub"].subscribe(b"")
        # Who is early hears before it that the kernel starts.
        while self.receive("iopub").type != "iopub_welcome":
            pass

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.context.destroy(linger=0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # Sending

    def sign(self, frames, key=None):
        key = self.key if key is None else key
        return hmac.new(key, b"".join(frames), hashlib.sha256).hexdigest().encode() if key else b""

    def frames(
            self, kind, content, header=None, metadata=None, buffers=(), signature=None, parent=None):
        """A request's frames with its header."""
        header = {
            "msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.session,
            "username": "tester", "date": "2026-01-01T00:00:00Z", "version": "5.5",
        } | (header or {})
        parts = [json.dumps(part).encode() for part in (header, parent or {}, metadata or {}, content)]
        signature = self.sign(parts) if signature is None else signature
        return header, [DELIMITER, signature, *parts, *buffers]

    def send(self, kind, channel="shell", header=None, **content):
        """Sends a request; gives its header."""
        header, frames = self.frames(kind, content, header)
        self.sockets[channel].send_multipart(frames)
        return header

    def answer(self, value, parent=None, client="stdin"):
        """Answers a question, which the answer names as its parent or not; gives its header."""
        header, frames = self.frames("input_reply", {"value": value}, parent=parent)
        (self.sockets[client] if isinstance(client, str) else client).send_multipart(frames)
        return header

    def execute(self, code, header=None, **options):
        return self.send("execute_request", "shell", header, code=code, **options)

    # Receiving

    def receive(self, channel, timeout=20):
        """The next message of a channel, checked in every way."""
        source = self.sockets[channel]
        assert source.poll(timeout * 1000), f"nothing came on {channel} in {timeout} s"
        return self.read(source.recv_multipart(), channel)

    def read(self, frames, channel):
        place = frames.index(DELIMITER)
        signature, *parts = frames[place + 1:place + 6]
        assert not self.checks or signature == self.sign(parts)
        header, parent, metadata, content = (json.loads(part) for part in parts)
        message = Message(
            frames[:place], header, parent, parts[1], metadata, content, frames[place + 6:])
        if self.checks:
            message_schema.check(
                {"header": header, "parent_header": parent, "metadata": metadata, "content": content},
                channel)
        return message

    def reply(self, request, channel="shell", timeout=20):
        """The answer to a request, whose answers before it are passed over."""
        while True:
            message = self.receive(channel, timeout)
            if message.parent.get("msg_id") == request["msg_id"]:
                return message

    def broadcasts(self, request, until="idle", timeout=20):
        """What iopub tells of a request, up to a state or a message type."""
        found = []
        while True:
            message = self.receive("iopub", timeout)
            if message.parent.get("msg_id") != request["msg_id"]:
                continue
            found.append(message)
            if message.line == until:
                return found

    def ask(self, kind, channel="shell", header=None, **content):
        """Sends a request; gives its reply's content."""
        return self.reply(self.send(kind, channel, header, **content), channel).content

    def run(self, code, **options):
        """Runs a cell; gives its reply's content and its outputs without status and input."""
        request = self.execute(code, **options)
        shown = self.broadcasts(request)
        reply = self.reply(request).content
        return reply, [m for m in shown if m.type not in ("status", "execute_input")]

    def start(self, code="print('started')\nwhile True:\n    pass"):
        """Starts a cell that prints first; gives its request once it runs."""
        request = self.execute(code)
        self.broadcasts(request, until="stream")
        return request

    def interrupt(self):
        return self.ask("interrupt_request", "control")

    def is_alive(self):
        """Whether the kernel still computes."""
        _, outputs = self.run("6 * 7")
        return [m.content["data"]["text/plain"] for m in outputs] == ["42"]

    # The process

    @property
    def log(self):
        """The lines that the kernel has written."""
        return self.log_file.read_text().splitlines()

    def logged(self, words, after=0, timeout=5):
        """Waits for a line that contains the words, behind so many others."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if found := [line for line in self.log[after:] if words in line]:
                return found
            time.sleep(0.01)
        raise AssertionError(f"no line says {words!r}: {self.log}")

    def resident(self):
        """The bytes of memory that the process holds."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def cpu_seconds(self):
        """The processor time that the kernel has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until_busy(self, seconds=0.05, timeout=20):
        """Waits until the kernel has used so much processor time from now on."""
        wanted = self.cpu_seconds() + seconds
        deadline = time.monotonic() + timeout
        while self.cpu_seconds() < wanted:
            assert time.monotonic() < deadline, "the kernel does nothing"
            time.sleep(0.005)

    def wait_until_idle(self, timeout=20):
        """Waits until the kernel uses no processor time."""
        deadline = time.monotonic() + timeout
        before = None
        while (now := self.cpu_seconds()) != before:
            assert time.monotonic() < deadline, "the kernel is never idle"
            before = now
            # Longer than the unit in which the system tells processor time.
            time.sleep(0.03)

    def wait_for_end(self, timeout=5):
        """How many seconds the process still lived."""
        start = time.monotonic()
        self.process.wait(timeout)
        return time.monotonic() - start
