"""What every message that leaves the kernel must look like: one schema a message type.

A schema maps fields to what their values must be: a type, a set of allowed values, a list with the
schema of its elements, an object's schema, or a function that says whether a value will do. Fields
named with a question mark at the end may be missing; fields that are not named may not be there.
"""
import re

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)").fullmatch


class Either:
    """One of several schemas."""

    def __init__(self, *schemas):
        self.schemas = schemas


def is_mime_bundle(value):
    """Formats with their content; every bundle says something in plain text."""
    return isinstance(value, dict) and isinstance(value.get("text/plain"), str) and all(
        re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) and isinstance(content, (str, dict, list))
        for kind, content in value.items())


def is_history_entry(value):
    session, line, text = value
    return isinstance(session, int) and isinstance(line, int) and (
        isinstance(text, str) or isinstance(text[0], str) and isinstance(text[1], (str, type(None))))


ERROR = {"ename": str, "evalue": str, "traceback": [str]}
FAILED = {"status": {"error"}} | ERROR
DONE = {"status": {"ok"}}
SHOWN = {"status": {"ok"}, "data": is_mime_bundle, "metadata": dict}

COMPLETION = {
    "start": int, "end": int, "text": str, "type": str, "signature": str,
}

KERNEL_INFO = DONE | {
    "protocol_version": {"5.5"},
    "implementation": {"linnet"},
    "implementation_version": str,
    "language_info": {
        "name": {"starlark"}, "version": str, "mimetype": {"text/x-python"},
        "file_extension": {".star"}, "pygments_lexer": {"python"}, "codemirror_mode": {"python"},
        "nbconvert_exporter": {"script"},
    },
    "banner": str,
    "help_links": [{"text": str, "url": str}],
    "supported_features": [str],
}

USAGE = DONE | {
    "hostname": str, "pid": int, "kernel_cpu": Either(int, float), "kernel_memory": int,
    "cpu_count": int, "host_cpu_percent": Either(int, float),
    "host_virtual_memory": {
        "total": int, "available": int, "percent": Either(int, float), "used": int, "free": int,
    },
}

SCHEMAS = {
    # iopub
    "status": {"execution_state": {"busy", "idle", "starting"}},
    "iopub_welcome": {"subscription": str},
    "execute_input": {"code": str, "execution_count": int},
    "execute_result": {"execution_count": int, "data": is_mime_bundle, "metadata": dict},
    "stream": {"name": {"stdout", "stderr"}, "text": lambda text: isinstance(text, str) and text},
    "display_data": {
        "data": is_mime_bundle, "metadata": dict, "transient": {"display_id?": str}},
    "update_display_data": {
        "data": is_mime_bundle, "metadata": dict, "transient": {"display_id": str}},
    "clear_output": {"wait": bool},
    "error": ERROR,
    "comm_close": {"comm_id": str, "data": dict},
    # replies
    "kernel_info_reply": KERNEL_INFO,
    "execute_reply": Either(
        DONE | {
            "execution_count": int,
            "user_expressions": lambda results: all(
                problems(Either(SHOWN, FAILED), result) == [] for result in results.values()),
            "payload": [{"source": {"page"}, "data": is_mime_bundle, "start": int}],
        },
        FAILED | {
            "execution_count": int, "user_expressions": {}, "payload": list,
        },
        # What could not be read has no number.
        FAILED,
        {"status": {"aborted"}},
    ),
    "is_complete_reply": Either(
        {"status": {"complete", "invalid", "unknown"}},
        {"status": {"incomplete"}, "indent": lambda text: text.strip(" ") == ""}, FAILED),
    "complete_reply": Either(
        DONE | {
            "matches": [str], "cursor_start": int, "cursor_end": int,
            "metadata": {"_jupyter_types_experimental": [COMPLETION]},
        }, FAILED),
    "inspect_reply": Either(
        DONE | {"found": {True}, "data": is_mime_bundle, "metadata": dict},
        DONE | {"found": {False}, "data": {}, "metadata": {}}, FAILED),
    "history_reply": Either(DONE | {"history": [is_history_entry]}, FAILED),
    "comm_info_reply": Either(DONE | {"comms": dict}, FAILED),
    "interrupt_reply": DONE,
    "shutdown_reply": Either(DONE | {"restart": bool}, FAILED),
    "usage_reply": USAGE,
    "create_subshell_reply": DONE | {"subshell_id": str},
    "delete_subshell_reply": Either(DONE, FAILED),
    "list_subshell_reply": DONE | {"subshell_id": [str]},
    # stdin
    "input_request": {"prompt": str, "password": bool},
}

CHANNELS = {
    "iopub": {
        "status", "iopub_welcome", "execute_input", "execute_result", "stream", "display_data",
        "update_display_data", "clear_output", "error", "comm_close", "shutdown_reply"},
    "stdin": {"input_request"},
}

HEADER = {
    "msg_id": str, "msg_type": str, "username": str, "session": str,
    "date": lambda date: DATE(date if isinstance(date, str) else date.isoformat()),
    "version": {"5.5"},
}


def problems(schema, value, place="content"):
    """What is wrong with a value, one line each."""
    if isinstance(schema, Either):
        found = [problems(each, value, place) for each in schema.schemas]
        return [] if [] in found else min(found, key=len)
    if isinstance(schema, type):
        # A truth value is an int to Python, not to JSON.
        fits = isinstance(value, schema) and (schema is not int or not isinstance(value, bool))
        return [] if fits else [f"{place}: expected {schema.__name__}; received {value!r}"]
    if isinstance(schema, (set, frozenset)):
        return [] if value in schema else [f"{place}: expected one of {schema}; received {value!r}"]
    if isinstance(schema, list):
        if not isinstance(value, list):
            return [f"{place}: expected a list; received {value!r}"]
        return [
            problem for index, element in enumerate(value)
            for problem in problems(schema[0], element, f"{place}[{index}]")]
    if isinstance(schema, dict):
        return object_problems(schema, value, place)
    return [] if schema(value) else [f"{place}: {value!r} will not do"]


def object_problems(schema, value, place):
    if not isinstance(value, dict):
        return [f"{place}: expected an object; received {value!r}"]
    fields = {name.rstrip("?"): each for name, each in schema.items()}
    required = {name for name in schema if not name.endswith("?")}
    found = [f"{place}: no {name!r}" for name in sorted(required - set(value))]
    for name, each in value.items():
        if name in fields:
            found += problems(fields[name], each, f"{place}.{name}")
        else:
            found.append(f"{place}: {name!r} is not known")
    return found


def check(message, channel):
    """Fails unless a message, as jupyter_client reads it, is what its type demands."""
    kind = message["header"]["msg_type"]
    assert kind in SCHEMAS, f"{kind} has no schema"
    allowed = CHANNELS.get(channel) or {name for name in SCHEMAS if name.endswith("_reply")}
    assert kind in allowed, f"{kind} does not belong on {channel}"
    found = problems(HEADER, message["header"], "header")
    found += problems(SCHEMAS[kind], message["content"])
    found += problems(dict, message["metadata"], "metadata")
    has_parent = kind != "iopub_welcome" and message["content"].get("execution_state") != "starting"
    if bool(message["parent_header"]) != has_parent:
        found.append(f"parent_header: {message['parent_header']!r}")
    assert found == [], f"{kind} on {channel}: " + "; ".join(found)
