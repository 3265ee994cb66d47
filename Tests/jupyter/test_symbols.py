"""What the kernel says of names: inspection and completion."""


def test_inspection_shows_the_documentation_of_a_cell(client):
    client.execute("/// Adds numbers.\nfunc addUp(_ a: Int, _ b: Int) -> Int { a + b }")
    reply, _ = client.request("inspect_request", {"code": "addUp", "cursor_pos": 5})
    assert "Adds numbers." in reply["data"]["text/plain"]
    for question in ["?addUp", "addUp?", "addUp??"]:
        reply, _ = client.execute(question)
        assert "Adds numbers." in reply["payload"][0]["data"]["text/plain"]


def test_completion_hides_names_with_underscores_until_asked(client):
    client.execute("func _hidden(_ a: Int) {}")
    reply, _ = client.request("complete_request", {"code": "print(", "cursor_pos": 6})
    assert reply["matches"] and not any(match.startswith("_") for match in reply["matches"])
    reply, _ = client.request("complete_request", {"code": "_hid", "cursor_pos": 4})
    assert reply["matches"] == ["_hidden"]
