"""Subshells, on the wire."""


def test_subshells_are_made_listed_and_deleted(wire):
    def subshells():
        return wire.ask("list_subshell_request", "control")["subshell_id"]
    assert wire.ask("kernel_info_request")["supported_features"] == ["kernel subshells"]
    assert subshells() == []
    first, second = (wire.ask("create_subshell_request", "control")["subshell_id"] for _ in range(2))
    assert subshells() == [first, second]
    assert wire.ask("delete_subshell_request", "control", subshell_id=first) == {"status": "ok"}
    assert subshells() == [second]
    again = wire.ask("delete_subshell_request", "control", subshell_id=first)
    assert again["status"] == "error" and "subshell_id" in again["evalue"]


def test_a_subshell_answers_and_queues_while_a_cell_runs(wire):
    subshell = {"subshell_id": wire.ask("create_subshell_request", "control")["subshell_id"]}
    cell = wire.start()
    assert wire.ask("complete_request", header=subshell, code="le", cursor_pos=2)["matches"]
    assert wire.ask("inspect_request", header=subshell, code="len", cursor_pos=2)["found"]
    assert wire.ask("kernel_info_request", header=subshell)["status"] == "ok"
    # Its cells wait behind the running one. That one's end aborts only its own queue.
    inside = wire.execute("from_subshell = 1", subshell)
    main = wire.execute("from_main = 1")
    wire.interrupt()
    assert wire.reply(cell).content["ename"] == "KeyboardInterrupt"
    statuses = {}
    for _ in range(2):
        message = wire.receive("shell")
        statuses[message.parent["msg_id"]] = message.content["status"]
    assert statuses == {inside["msg_id"]: "ok", main["msg_id"]: "aborted"}
    # All shells share their names.
    assert wire.run("from_subshell")[0]["status"] == "ok"


def test_an_error_in_a_subshell_aborts_only_its_queue(wire):
    subshell = {"subshell_id": wire.ask("create_subshell_request", "control")["subshell_id"]}
    cells = [
        wire.execute("1 / 0", subshell), wire.execute("main = 1"), wire.execute("aborted = 1", subshell)]
    statuses = {}
    for _ in cells:
        message = wire.receive("shell")
        statuses[message.parent["msg_id"]] = message.content["status"]
    assert [statuses[cell["msg_id"]] for cell in cells] == ["error", "ok", "aborted"]


def test_deleting_a_subshell_aborts_what_waits_in_it(wire):
    name = wire.ask("create_subshell_request", "control")["subshell_id"]
    cell = wire.start()
    waiting = wire.execute("never = 1", {"subshell_id": name})
    wire.ask("kernel_info_request")
    assert wire.ask("delete_subshell_request", "control", subshell_id=name)["status"] == "ok"
    assert wire.reply(waiting).content["status"] == "aborted"
    refused = wire.ask("execute_request", header={"subshell_id": name}, code="1")
    assert refused["status"] == "error" and "subshell_id" in refused["evalue"]
    wire.interrupt()
    assert wire.reply(cell).content["ename"] == "KeyboardInterrupt"
