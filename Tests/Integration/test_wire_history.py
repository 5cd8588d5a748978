"""The history of all sessions, on the wire."""
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def history_path(environment):
    return Path(environment["HOME"]) / ".local/state/linnet/history.jsonl"


def history(wire, kind, **fields):
    fields = {"output": False, "raw": True} | fields
    return wire.ask("history_request", hist_access_type=kind, **fields)["history"]


def test_history(start_wire):
    wire = start_wire()
    for code in ("alpha = 1", "alpha + 1", "alpha = 1", "beta = 2"):
        wire.run(code)
    tail = history(wire, "tail", n=4)
    assert [entry[1:] for entry in tail] == [
        [1, "alpha = 1"], [2, "alpha + 1"], [3, "alpha = 1"], [4, "beta = 2"]]
    session = tail[0][0]
    assert {entry[0] for entry in tail} == {session}
    assert history(wire, "range", session=session, start=2, stop=4) == tail[1:3]
    assert history(wire, "range", session=0, start=2, stop=4) == tail[1:3]
    assert history(wire, "range", session=session, start=4) == tail[3:]
    assert history(wire, "range", session=-10**18) == []
    assert history(wire, "tail", n=2, output=True)[0] == [session, 3, ["alpha = 1", None]]
    assert history(wire, "range", session=0, start=2, stop=3, output=True) == [
        [session, 2, ["alpha + 1", "2"]]]
    assert history(wire, "search", pattern="alpha*", n=2) == tail[1:3]
    assert history(wire, "search", pattern="alpha = ?", unique=True)[-1:] == tail[2:3]
    assert history(wire, "search", pattern="no such thing") == []


def test_history_outlives_the_kernel_and_is_private(start_wire, environment):
    first = start_wire()
    first.run("kept_over_sessions = 'é🐦'")
    session = history(first, "tail", n=1)[0][0]
    first.send("shutdown_request", "control", restart=False)
    first.wait_for_end()
    second = start_wire()
    second.run("2")
    assert history(second, "range", session=session) == [[session, 1, "kept_over_sessions = 'é🐦'"]]
    assert [entry[2] for entry in history(second, "range", session=-1)] == ["kept_over_sessions = 'é🐦'"]
    assert stat.S_IMODE(history_path(environment).stat().st_mode) == 0o600


def test_kernels_that_share_the_history(start_wire, environment):
    # A long one takes time to read, while the other kernels wait for their numbers.
    path = history_path(environment)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        while file.tell() < 30_000_000:
            file.write('{"session":1,"line":1,"input":"' + "x" * 1_000_000 + '"}\n')
    kernels = [start_wire() for _ in range(4)]

    def work(numbered):
        place, kernel = numbered
        for number in range(50):
            kernel.run(f"shared_{place} = {number}")

    with ThreadPoolExecutor() as pool:
        list(pool.map(work, enumerate(kernels)))
    sessions = [history(kernel, "range", session=0) for kernel in kernels]
    for place, entries in enumerate(sessions):
        assert [entry[2] for entry in entries] == [f"shared_{place} = {n}" for n in range(50)]
    # Each has a number of its own, and sees what the others have run.
    assert len({entries[0][0] for entries in sessions}) == 4
    for kernel in kernels:
        assert len(history(kernel, "search", pattern="shared_? = *")) == 200
