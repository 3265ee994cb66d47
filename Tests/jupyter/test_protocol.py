"""The rules of the messaging protocol that kernels get wrong, one test each."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import zmq

from harness import TIMEOUT, FrontEnd, KernelProcess, summary, text

DELIMITER = b"<IDS|MSG>"


# Frames and signatures


def signed(client, header, content):
    parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    return [DELIMITER, client.session.sign(parts), *parts]


def kernel_info_header(client):
    return json.loads(json.dumps(client.session.msg_header("kernel_info_request"), default=str))


def test_a_signed_message_is_answered_and_its_replay_is_not(client):
    frames = signed(client, kernel_info_header(client), {})
    client.sockets["shell"].send_multipart(frames)
    client.receive("shell", "kernel_info_reply")
    client.sockets["shell"].send_multipart(frames)
    assert client.frames("shell", timeout=0.5) is None


def test_a_wrong_signature_is_refused(client):
    frames = signed(client, kernel_info_header(client), {})
    frames[1] = b"0" * 64
    client.sockets["shell"].send_multipart(frames)
    client.sockets["shell"].send_multipart([DELIMITER, b"", *frames[2:]])
    assert client.frames("shell", timeout=0.5) is None
    assert client.request("kernel_info_request")[0]["status"] == "ok"


def test_replies_are_signed_and_carry_the_parent_header(client):
    header = kernel_info_header(client)
    header["extra"] = {"kept": [1, None]}
    client.sockets["shell"].send_multipart(signed(client, header, {}))
    frames = client.frames("shell")
    assert frames[0] == DELIMITER
    assert frames[1] == client.session.sign(frames[2:6])
    assert json.loads(frames[3]) == header


def test_an_empty_key_means_empty_signatures(launch):
    kernel, client = launch(key="")
    client.send("kernel_info_request")
    frames = client.frames("shell")
    assert frames[1] == b""
    assert json.loads(frames[5])["status"] == "ok"


def test_buffers_after_the_content_are_not_signed(client):
    frames = signed(client, kernel_info_header(client), {})
    client.sockets["shell"].send_multipart([*frames, b"\x00\xff", b""])
    assert client.receive("shell", "kernel_info_reply")


def test_the_session_in_the_header_is_the_kernels(client):
    reply_id = client.send("kernel_info_request")
    reply = client.receive("shell", "kernel_info_reply", reply_id)
    control_id = client.send("kernel_info_request", channel="control")
    control = client.receive("control", "kernel_info_reply", control_id)
    status = client.receive("iopub", "status", reply_id)
    sessions = {m["header"]["session"] for m in (reply, control, status, client.welcome)}
    assert len(sessions) == 1
    assert client.session.session not in sessions


def test_dates_are_iso_8601_in_utc_with_microseconds(client):
    client.send("kernel_info_request")
    header = json.loads(client.frames("shell")[2])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", header["date"])
    assert header["version"].startswith("5.")


def test_hostile_input_does_not_harm(client):
    shell = client.sockets["shell"]
    header = kernel_info_header(client)

    def raw(*parts):
        return [DELIMITER, client.session.sign(list(parts)), *parts]

    good = json.dumps(header).encode()
    deep = b"[" * 100_000
    hostile = [
        [b""],
        [b"\xff" * 1000],
        [DELIMITER],
        [DELIMITER, b"", b"", b"", b""],
        raw(b"", b"", b"", b""),
        raw(b"{", b"{}", b"{}", b"{}"),
        raw(b"\xff\xfe", b"{}", b"{}", b"{}"),
        raw(b"[]", b"{}", b"{}", b"{}"),
        raw(b"{}", b"{}", b"{}", b"{}"),
        raw(b'{"msg_id": 1, "msg_type": []}', b"{}", b"{}", b"{}"),
        raw(good, b"null", b"3", b'"text"'),
        raw(good, b"{}", b"{}", b'{"a":' * 100_000),
        raw(good, b"{}", b"{}", deep),
        raw(good, b"{}", b"{}", b'{"a": NaN}'),
    ]
    for channel in ("shell", "control", "stdin"):
        for frames in hostile:
            client.sockets[channel].send_multipart(frames)
    for content in ({}, {"code": 3}, {"code": None, "cursor_pos": "x"}, {"cursor_pos": -5}):
        for kind in ("execute", "complete", "inspect", "is_complete", "history"):
            client.send(f"{kind}_request", content)
    client.send("complete_request", {"code": "a", "cursor_pos": 2**62})
    client.send("history_request", {"hist_access_type": "tail", "n": -(2**62)})
    client.send("comm_open", {"comm_id": 3})
    client.send("delete_subshell_request", {}, channel="control")
    reply, _ = client.request("kernel_info_request")
    assert reply["status"] == "ok"


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_an_unknown_request_is_ignored_between_busy_and_idle(client, channel):
    id = client.send("no_such_request", channel=channel)
    assert summary(client.published(id)) == ["busy", "idle"]
    assert client.request("kernel_info_request", channel=channel)[0]["status"] == "ok"


# Order


@pytest.mark.parametrize(
    "type, content, channel",
    [
        ("kernel_info_request", {}, "shell"),
        ("kernel_info_request", {}, "control"),
        ("connect_request", {}, "shell"),
        ("comm_info_request", {}, "shell"),
        ("history_request", {"hist_access_type": "tail", "n": 1}, "shell"),
        ("is_complete_request", {"code": "1"}, "shell"),
        ("complete_request", {"code": "pri", "cursor_pos": 3}, "shell"),
        ("inspect_request", {"code": "print", "cursor_pos": 5, "detail_level": 0}, "shell"),
        ("interrupt_request", {}, "control"),
        ("list_subshell_request", {}, "control"),
    ],
)
def test_every_request_is_framed_by_busy_and_idle(client, type, content, channel):
    _, messages = client.request(type, content, channel)
    assert summary(messages) == ["busy", "idle"]


def test_the_order_of_an_execution(client):
    reply, messages = client.execute('print("before")\n1 + 1')
    assert reply["status"] == "ok"
    assert summary(messages) == ["execute_input", "stream", "execute_result"]
    assert messages[0]["content"]["execution_count"] == reply["execution_count"]
    assert messages[2]["content"]["execution_count"] == reply["execution_count"]
    assert messages[2]["content"]["data"]["text/plain"] == "2"


def test_the_order_of_an_error(client):
    reply, messages = client.execute('fatalError("on purpose")')
    assert summary(messages) == ["execute_input", "error"]
    error = messages[1]["content"]
    assert reply["status"] == "error"
    assert {key: reply[key] for key in ("ename", "evalue", "traceback")} == error
    assert "on purpose" in error["evalue"]
    assert error["traceback"]


def test_replies_on_control_come_on_control(client):
    client.send("kernel_info_request", channel="control")
    assert client.receive("control", "kernel_info_reply")
    assert client.frames("shell", timeout=0.2) is None


# iopub


def test_every_subscription_is_welcomed(client):
    assert client.welcome["parent_header"] == {}
    assert client.welcome["content"] == {"subscription": ""}
    other = FrontEnd(client.kernel)
    assert other.welcome["content"] == {"subscription": ""}
    other.close()
    topical = FrontEnd(client.kernel, topic=b"stream.stdout")
    assert topical.welcome["content"] == {"subscription": "stream.stdout"}
    client.execute('print("for the topic")')
    assert topical.next("iopub")["content"]["text"] == "for the topic\n"
    topical.close()


def test_a_waiting_subscriber_is_welcomed_before_starting(tmp_path):
    first = KernelProcess(directory=tmp_path)
    endpoint = first.endpoint("iopub")
    first.kill()
    subscriber = zmq.Context.instance().socket(zmq.SUB)
    subscriber.linger = 0
    subscriber.reconnect_ivl = 1
    subscriber.subscribe(b"")
    subscriber.connect(endpoint)
    second = KernelProcess(directory=tmp_path)
    try:
        assert subscriber.poll(TIMEOUT * 1000)
        frames = subscriber.recv_multipart()
        assert json.loads(frames[-4])["msg_type"] == "iopub_welcome"
    finally:
        subscriber.close()
        second.kill()


# kernel_info


def test_kernel_info_says_what_the_kernel_is(client):
    info, _ = client.request("kernel_info_request")
    assert info["protocol_version"] == "5.5"
    assert info["implementation"] == "flambeau"
    language = info["language_info"]
    assert language["name"] == "swift"
    assert language["mimetype"] == "text/x-swift"
    assert language["file_extension"] == ".swift"
    assert re.match(r"\d+\.\d+", language["version"])
    assert "kernel subshells" in info["supported_features"]
    assert "debugger" not in info["supported_features"]


# Options of execute


def test_a_silent_cell_counts_nothing_and_shows_nothing(client):
    before, _ = client.execute("1 + 1")
    reply, messages = client.execute("1 + 2", silent=True)
    assert reply["status"] == "ok"
    assert messages == []
    after, _ = client.execute("1 + 3")
    assert after["execution_count"] == before["execution_count"] + 1


def test_execution_count_starts_at_one(launch):
    _, client = launch()
    assert client.execute("1 + 1")[0]["execution_count"] == 1


def test_store_history_false_leaves_no_trace(client):
    before, _ = client.execute('print("kept")')
    client.execute('print("forgotten")', store_history=False)
    history, _ = client.request(
        "history_request",
        {"hist_access_type": "tail", "n": 1, "output": False, "raw": True},
    )
    assert history["history"][-1][2] == 'print("kept")'
    after, _ = client.execute("1 + 1")
    assert after["execution_count"] == before["execution_count"] + 1


def test_user_expressions_are_evaluated_after_success_only(client):
    expressions = {"sum": "2 + 3", "wrong": "missing"}
    reply, _ = client.execute("1 + 1", user_expressions=expressions)
    assert reply["user_expressions"]["sum"]["status"] == "ok"
    assert reply["user_expressions"]["sum"]["data"]["text/plain"] == "5"
    assert reply["user_expressions"]["wrong"]["status"] == "error"
    assert reply["user_expressions"]["wrong"]["ename"]
    reply, _ = client.execute('fatalError("no")', user_expressions=expressions)
    assert reply["user_expressions"] == {}


def test_history_gives_results_as_pairs(client):
    reply, _ = client.execute("20 + 22")
    history, _ = client.request(
        "history_request",
        {
            "hist_access_type": "range",
            "session": 0,
            "start": reply["execution_count"],
            "stop": reply["execution_count"] + 1,
            "output": True,
            "raw": True,
        },
    )
    (session, line, (code, output)) = history["history"][0]
    assert (line, code, output) == (reply["execution_count"], "20 + 22", "42")


# Fails when what is sent right after it has arrived.
FAILING_LATE = 'import Foundation\nusleep(1_000_000)\nfatalError("first")'


def test_stop_on_error_aborts_what_is_queued_and_nothing_later(client):
    failing = client.start(FAILING_LATE)
    queued = [client.start(f'print("queued {n}")') for n in range(3)]
    assert client.receive("shell", "execute_reply", failing)["content"]["status"] == "error"
    later = client.start('print("later")')
    for id in queued:
        reply = client.receive("shell", "execute_reply", id)["content"]
        assert (reply["status"], reply["ename"]) == ("error", "ExecutionAborted")
    assert client.receive("shell", "execute_reply", later)["content"]["status"] == "ok"
    shown = client.published(queued[-1])
    assert summary(shown) == ["busy", "idle"]


def test_without_stop_on_error_the_queue_runs_on(client):
    failing = client.start(FAILING_LATE, stop_on_error=False)
    queued = client.start('print("queued")')
    assert client.receive("shell", "execute_reply", failing)["content"]["status"] == "error"
    assert client.receive("shell", "execute_reply", queued)["content"]["status"] == "ok"


def test_other_requests_in_the_queue_are_not_aborted(client):
    client.start(FAILING_LATE)
    info = client.send("kernel_info_request")
    assert client.receive("shell", "kernel_info_reply", info)["content"]["status"] == "ok"


def test_an_edited_cell_replaces_its_functions(client):
    def edit(code):
        id = client.send("execute_request", {"code": code}, metadata={"cellId": "the-edited-cell"})
        assert client.receive("shell", "execute_reply", id)["content"]["status"] == "ok"

    edit('func stepOf(_ n: Int) -> String { "old" }')
    edit('func stepOf(_ n: Int, by m: Int = 1) -> String { "new" }')
    assert text(client.execute("print(stepOf(3))")[1]) == "new\n"


# Cursors


def test_cursor_positions_count_code_points(client):
    code = 'let s = "👩‍👩‍👧 é"; pri'
    reply, _ = client.request(
        "complete_request", {"code": code, "cursor_pos": len(code)}
    )
    assert "print" in {match[:5] for match in reply["matches"]}
    assert (reply["cursor_start"], reply["cursor_end"]) == (len(code) - 3, len(code))


@pytest.mark.parametrize("cell", ["%time 1 + 1", "%%time\n1 + 1", "%opt", "%opt fast\n1 + 1"])
def test_an_unknown_command_is_told_from_swift(client, cell):
    reply, _ = client.execute(cell)
    assert reply["ename"] == "UsageError"
    assert ("%opt none|speed" in reply["evalue"]) == cell.startswith("%opt")


def test_commands_are_completed(client):
    reply, _ = client.request("complete_request", {"code": "%o", "cursor_pos": 2})
    assert (reply["matches"], reply["cursor_start"], reply["cursor_end"]) == (["%opt"], 0, 2)


def test_completion_knows_cells_that_ran_after_it_was_first_asked(client):
    def completions(code):
        content = {"code": code, "cursor_pos": len(code)}
        return client.request("complete_request", content)[0]["matches"]

    assert "zebraCrossing" not in completions("zebraCr")
    client.execute("let zebraCrossing = 1")
    assert completions("zebraCr") == ["zebraCrossing"]
    client.execute("let zebraCrowd = 2")
    assert set(completions("zebraCr")) == {"zebraCrossing", "zebraCrowd"}


# Interrupt and control


def test_control_answers_while_a_cell_runs_and_interrupts_it(client):
    id = client.start("while true {}")
    client.wait_busy(id)
    client.receive("iopub", "execute_input", id)
    info, _ = client.request("kernel_info_request", channel="control")
    assert info["status"] == "ok"
    time.sleep(1)
    reply, _ = client.request("interrupt_request", channel="control")
    assert reply["status"] == "ok"
    assert client.receive("shell", "execute_reply", id)["content"]["status"] == "error"
    assert client.execute("1 + 1")[0]["status"] == "ok"


def test_sigint_interrupts_a_cell_and_leaves_an_idle_kernel(client):
    os.kill(client.kernel.process.pid, signal.SIGINT)
    time.sleep(1)
    assert client.execute("1 + 1")[0]["status"] == "ok"
    id = client.start("while true {}")
    client.receive("iopub", "execute_input", id)
    time.sleep(1)
    os.kill(client.kernel.process.pid, signal.SIGINT)
    assert client.receive("shell", "execute_reply", id)["content"]["status"] == "error"
    assert client.execute("1 + 1")[0]["status"] == "ok"


def test_the_heartbeat_echoes_bytes_while_a_cell_runs(client):
    id = client.start("while true {}")
    client.receive("iopub", "execute_input", id)
    for beat in (b"ping", b"\x00\xff\x00", b""):
        client.sockets["hb"].send(beat)
        assert client.sockets["hb"].poll(TIMEOUT * 1000)
        assert client.sockets["hb"].recv() == beat
    time.sleep(1)
    client.request("interrupt_request", channel="control")
    client.receive("shell", "execute_reply", id)


# stdin

READ = 'print("read", readLine() ?? "nothing")'


def ask(client):
    id = client.start(READ, allow_stdin=True)
    question = client.receive("stdin", "input_request")
    assert question["parent_header"]["msg_id"] == id
    return id, question


def test_a_cell_reads_a_line(client):
    id, question = ask(client)
    assert question["content"]["password"] is False
    client.send("input_reply", {"value": "a line"}, "stdin", parent=question)
    assert text(client.published(id)) == "read a line\n"


def test_a_reply_that_names_no_question_answers_the_open_one(client):
    id, _ = ask(client)
    client.send("input_reply", {"value": "plain"}, "stdin")
    assert text(client.published(id)) == "read plain\n"


def test_stale_replies_are_dropped(client):
    client.send("input_reply", {"value": "too early"}, "stdin")
    id, question = ask(client)
    stale = {"header": {**question["header"], "msg_id": "an-older-question"}}
    client.send("input_reply", {"value": "stale"}, "stdin", parent=stale)
    client.send("input_reply", {"value": "fresh"}, "stdin", parent=question)
    assert text(client.published(id)) == "read fresh\n"


def test_a_client_that_connects_its_stdin_late_is_asked(client):
    client.sockets["stdin"].close()
    time.sleep(0.3)
    id = client.start(READ, allow_stdin=True)
    time.sleep(0.3)
    client.connect("stdin")
    question = client.receive("stdin", "input_request", id)
    client.send("input_reply", {"value": "late"}, "stdin", parent=question)
    assert text(client.published(id)) == "read late\n"


def test_only_the_asking_client_is_asked(client):
    other = FrontEnd(client.kernel)
    id, question = ask(client)
    assert other.frames("stdin", timeout=0.2) is None
    other.send("input_reply", {"value": "not mine"}, "stdin")
    client.send("input_reply", {"value": "mine"}, "stdin", parent=question)
    assert text(client.published(id)) == "read mine\n"
    other.close()


def test_waiting_for_input_can_be_interrupted(client):
    id, question = ask(client)
    client.request("interrupt_request", channel="control")
    assert client.receive("shell", "execute_reply", id)["content"]["status"] == "error"
    client.send("input_reply", {"value": "too late"}, "stdin", parent=question)
    assert client.execute("1 + 1")[0]["status"] == "ok"


def test_without_allow_stdin_nobody_is_asked(client):
    reply, messages = client.execute(READ, allow_stdin=False)
    assert reply["status"] == "ok"
    assert text(messages) == "read nothing\n"
    assert client.frames("stdin", timeout=0.2) is None


# Comms


def test_a_comm_to_an_unknown_target_is_closed(client):
    id = client.send("comm_open", {"comm_id": "c1", "target_name": "nowhere", "data": {}})
    messages = client.published(id)
    assert summary(messages) == ["busy", "comm_close", "idle"]
    assert messages[1]["content"]["comm_id"] == "c1"
    id = client.send("comm_msg", {"comm_id": "c1", "data": {}})
    assert summary(client.published(id)) == ["busy", "idle"]
    reply, _ = client.request("comm_info_request")
    assert reply == {"status": "ok", "comms": {}}


# Subshells


def test_a_subshell_answers_while_the_main_shell_runs(client):
    created, _ = client.request("create_subshell_request", channel="control")
    subshell = created["subshell_id"]
    listed, _ = client.request("list_subshell_request", channel="control")
    assert listed["subshell_id"] == [subshell]

    id = client.start("while true {}")
    client.receive("iopub", "execute_input", id)
    reply, messages = client.request(
        "complete_request", {"code": "pri", "cursor_pos": 3}, header={"subshell_id": subshell}
    )
    assert reply["status"] == "ok"
    assert messages[0]["parent_header"]["subshell_id"] == subshell
    time.sleep(1)
    client.request("interrupt_request", channel="control")
    client.receive("shell", "execute_reply", id)

    ran = client.send("execute_request", {"code": "1 + 1"}, header={"subshell_id": subshell})
    assert client.receive("shell", "execute_reply", ran)["content"]["status"] == "ok"

    deleted, _ = client.request(
        "delete_subshell_request", {"subshell_id": subshell}, channel="control"
    )
    assert deleted["status"] == "ok"
    gone, _ = client.request("kernel_info_request", header={"subshell_id": subshell})
    assert gone["status"] == "error"
    again, _ = client.request(
        "delete_subshell_request", {"subshell_id": subshell}, channel="control"
    )
    assert again["status"] == "error"


# The process


def test_port_zero_is_chosen_and_written_back(shared_kernel):
    ports = shared_kernel.ports
    assert len(set(ports.values())) == 5
    assert shared_kernel.connection["kernel_name"]
    assert os.stat(shared_kernel.connection_file).st_mode & 0o077 == 0


def test_ipc(launch):
    kernel, client = launch(transport="ipc")
    assert client.execute("1 + 1")[0]["status"] == "ok"
    client.request("shutdown_request", {"restart": False}, channel="control")
    assert kernel.wait() == 0
    assert [p for p in kernel.directory.iterdir() if p.is_socket()] == []


def test_a_client_that_comes_back_takes_its_route_over(client):
    identity = b"the-same-client"
    first = FrontEnd(client.kernel, identity=identity)
    first.request("kernel_info_request")
    second = FrontEnd(client.kernel, identity=identity)
    assert second.request("kernel_info_request")[0]["status"] == "ok"
    first.close()
    second.close()


@pytest.mark.parametrize("restart", [False, True])
def test_shutdown_replies_then_ends(launch, restart):
    kernel, client = launch()
    client.execute("1 + 1")
    reply, messages = client.request("shutdown_request", {"restart": restart}, "control")
    assert reply == {"status": "ok", "restart": restart}
    assert summary(messages) == ["busy", "idle"]
    assert kernel.wait() == 0


def test_shutdown_leaves_no_files(launch):
    kernel, client = launch()
    for number in range(3):
        client.execute(f"let number{number} = {number}")
    work = list(Path(tempfile.gettempdir()).glob(f"flambeau-{kernel.process.pid}-*"))
    assert len(work) == 1
    client.request("shutdown_request", {"restart": False}, "control")
    assert kernel.wait() == 0
    deadline = time.monotonic() + TIMEOUT
    while work[0].exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not work[0].exists()


def test_shutdown_on_shell_does_not_wait_for_the_cell(launch):
    kernel, client = launch()
    id = client.start("while true {}")
    client.receive("iopub", "execute_input", id)
    client.send("shutdown_request", {"restart": False})
    assert kernel.wait() == 0


def test_shutdown_works_while_a_cell_runs(launch):
    kernel, client = launch()
    id = client.start("while true {}")
    client.receive("iopub", "execute_input", id)
    time.sleep(1)
    client.request("shutdown_request", {"restart": False}, "control")
    assert kernel.wait() == 0


def test_a_restart_reuses_the_connection_file(launch, tmp_path):
    first, client = launch(directory=tmp_path)
    ports = first.ports
    client.request("shutdown_request", {"restart": True}, "control")
    # As Jupyter does: the ports are free again when the process has ended.
    assert first.wait() == 0
    second, client = launch(directory=tmp_path)
    assert second.ports == ports
    assert client.execute("1 + 1")[0]["execution_count"] == 1


def test_sigterm_ends_the_kernel_in_good_order(launch):
    kernel, client = launch()
    kernel.process.terminate()
    assert kernel.wait() == 0


def test_the_kernel_ends_with_the_process_that_launched_it(tmp_path):
    launcher = (
        "import os, sys, time; from harness import KernelProcess;"
        "k = KernelProcess(directory=sys.argv[1], environment={'JPY_PARENT_PID': str(os.getpid())});"
        "print(k.process.pid, flush=True); os._exit(0)"
    )
    output = subprocess.run(
        [sys.executable, "-c", launcher, str(tmp_path)],
        cwd=os.path.dirname(__file__),
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    pid = int(output)
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        try:
            state = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the kernel outlived its launcher")


def test_help_and_reset(client):
    reply, messages = client.execute("%help")
    assert "%reset" in text(messages)
    assert client.execute("%reset")[0]["status"] == "ok"
    assert client.execute("1 + 1")[0]["status"] == "ok"
