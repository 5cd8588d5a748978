"""A front end for tests: starts a kernel, runs cells, collects what they show."""
import time

from jupyter_client.manager import KernelManager

import message_schema


def checked(channel, receive):
    """A channel's receiving function that checks every message against its type's schema."""

    def receive_checked(*arguments, **options):
        message = receive(*arguments, **options)
        message_schema.check(message, channel)
        return message

    return receive_checked


def check_messages(client):
    """Makes a client check every message that it receives."""
    for channel in ("shell", "iopub", "stdin", "control"):
        name = f"get_{channel}_msg"
        setattr(client, name, checked(channel, getattr(client, name)))


class Client:
    """One kernel process and one client of it, which checks every message that it receives."""

    def __init__(self, env, transport="tcp", **options):
        self.manager = KernelManager(kernel_name="linnet", transport=transport, **options)
        self.manager.start_kernel(env=env)
        self.client = self.manager.client()
        check_messages(self.client)
        self.client.start_channels()
        self.client.wait_for_ready(timeout=20)

    @property
    def process(self):
        return self.manager.provisioner.process

    def close(self):
        self.client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()

    def messages(self, parent, until="idle", timeout=20):
        """The iopub messages of a request up to a status, or up to a message type."""
        found = []
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != parent:
                continue
            found.append(message)
            state = message["content"].get("execution_state")
            if until in (state, message["msg_type"]):
                return found

    def reply(self, parent, timeout=20):
        """The shell reply to a request."""
        while True:
            message = self.client.get_shell_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == parent:
                return message

    def control(self, kind, timeout=20):
        """The content of the reply to a request without content on the control channel."""
        request = self.client.session.msg(kind, content={})
        self.client.control_channel.send(request)
        while True:
            message = self.client.get_control_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") == request["header"]["msg_id"]:
                return message["content"]

    def run(self, code, **options):
        """Runs a cell; gives its reply's content and its outputs without status and input."""
        parent = self.client.execute(code, **options)
        reply = self.reply(parent)["content"]
        shown = [m for m in self.messages(parent) if m["msg_type"] not in ("status", "execute_input")]
        return reply, [(m["msg_type"], m["content"]) for m in shown]

    def result(self, code):
        """The text of a cell's result."""
        reply, outputs = self.run(code)
        assert reply["status"] == "ok", reply
        return [c["data"]["text/plain"] for t, c in outputs if t == "execute_result"]

    def wait_for_end(self, timeout):
        """How many seconds the process still lived; fails after `timeout`."""
        start = time.monotonic()
        self.process.wait(timeout)
        return time.monotonic() - start
